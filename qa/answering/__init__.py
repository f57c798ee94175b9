"""From a question to an answer with citations, or a refusal."""

from qa.answering.answerer import DEFAULT_TOP_K, MAX_QUESTION, MAX_TOP_K, Answerer, check_question

__all__ = ["DEFAULT_TOP_K", "MAX_QUESTION", "MAX_TOP_K", "Answerer", "check_question"]
