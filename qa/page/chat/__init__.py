"""The conversation: questions, answers and the list of conversations."""
