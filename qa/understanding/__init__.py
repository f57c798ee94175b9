"""What a question asks: which documents, people and periods it names, and whether it goes on with the conversation."""

from qa.understanding.names import Named, Names

__all__ = ["Named", "Names"]
