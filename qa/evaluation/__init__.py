"""Measuring answers against labelled questions."""

from qa.evaluation.evaluate import Evaluation, Outcome, evaluate
from qa.evaluation.questions import LabelledQuestion, load_questions

__all__ = ["Evaluation", "LabelledQuestion", "Outcome", "evaluate", "load_questions"]
