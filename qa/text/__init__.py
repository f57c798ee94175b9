"""What text is made of: sentences, words and what they are called in the other language."""
