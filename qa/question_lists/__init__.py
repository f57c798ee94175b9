"""Whole lists of questions, and the table of their answers."""
