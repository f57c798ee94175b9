"""From a question, with the earlier ones, to ranked passages."""

from qa.retrieval.continuation import Continuation
from qa.retrieval.retriever import Retrieval, Retriever, ScoredPassage
from qa.retrieval.signals import SIGNALS

__all__ = ["SIGNALS", "Continuation", "Retrieval", "Retriever", "ScoredPassage"]
