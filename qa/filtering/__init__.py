"""Which documents a question is asked about: filters, and filters in the words of questions."""
