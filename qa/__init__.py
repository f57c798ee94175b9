"""Documents to passages to a library; questions to cited answers; the command line, the page and the evaluation."""
