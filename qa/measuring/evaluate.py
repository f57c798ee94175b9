"""Asking labelled questions."""

from collections.abc import Callable, Sequence
from time import perf_counter

from qa.answering import Answerer
from qa.measuring.judging import Outcome, judge
from qa.measuring.questions import LabelledQuestion

TOP_K = 10
"""Citations to judge: as deep as the deepest measure."""


def evaluate(
    answerer: Answerer, questions: Sequence[LabelledQuestion], *, on_progress: Callable[[int], None] = lambda _n_done: None
) -> list[Outcome]:
    """Ask every question and return what became of each, in their order."""
    outcomes = []
    for n_done, question in enumerate(questions, start=1):
        began = perf_counter()
        answer = answerer.ask(question.question, question.history, top_k=TOP_K)
        outcomes.append(judge(question, answer, seconds=perf_counter() - began))
        on_progress(n_done)
    return outcomes
