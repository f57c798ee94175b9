"""What a question asks: which documents, people and periods it names, and whether it goes on with the conversation."""

from qa.understanding.names import Named, Names
from qa.understanding.recognised import Recognised
from qa.understanding.understanding import Understander, Understanding

__all__ = ["Named", "Names", "Recognised", "Understander", "Understanding"]
