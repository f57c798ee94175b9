"""Measuring answers against labelled questions and against what the library's own documents tell, and fitting ranking and relevance to such questions."""

from qa.measuring.comparison import Comparison, compare
from qa.measuring.evaluate import evaluate
from qa.measuring.fitting import fit
from qa.measuring.judging import Outcome, judge
from qa.measuring.observations import load_observations, observe, save_observations
from qa.measuring.questions import LabelledQuestion, load_questions
from qa.measuring.run import Conditions, Run, load_run

__all__ = [
    "Comparison",
    "Conditions",
    "LabelledQuestion",
    "Outcome",
    "Run",
    "compare",
    "evaluate",
    "fit",
    "judge",
    "load_observations",
    "load_questions",
    "load_run",
    "observe",
    "save_observations",
]
