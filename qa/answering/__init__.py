"""From a question to an answer with citations, or a refusal."""

from qa.answering.answerer import DEFAULT_TOP_K, MAX_QUESTION, Answerer, check_question
from qa.answering.finding import MAX_TOP_K

__all__ = ["DEFAULT_TOP_K", "MAX_QUESTION", "MAX_TOP_K", "Answerer", "check_question"]
