"""From a question, with the earlier ones, to ranked passages."""

from qa.retrieval.retriever import Retrieval, Retriever, ScoredPassage, question_text
from qa.retrieval.signals import SIGNALS
from qa.understanding.continuation import Continuation

__all__ = ["SIGNALS", "Continuation", "Retrieval", "Retriever", "ScoredPassage", "question_text"]
