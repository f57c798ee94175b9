"""Question lists: the best earlier answers to a list of questions, as a table."""
