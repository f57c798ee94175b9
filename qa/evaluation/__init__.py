"""Measuring answers against labelled questions, and against what the library's own documents tell."""

from qa.evaluation.comparison import Comparison, compare
from qa.evaluation.evaluate import evaluate
from qa.evaluation.judging import Outcome, judge
from qa.evaluation.questions import LabelledQuestion, load_questions
from qa.evaluation.run import Conditions, Run, load_run

__all__ = [
    "Comparison",
    "Conditions",
    "LabelledQuestion",
    "Outcome",
    "Run",
    "compare",
    "evaluate",
    "judge",
    "load_questions",
    "load_run",
]
