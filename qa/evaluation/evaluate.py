"""Judging answers to labelled questions, and summing up by language and kind.

A hit is a citation whose passage contains the evidence; `hit@k` is the share of questions with a hit among the first k citations. A quote hit is a
hit whose quote contains the evidence, at any rank up to 3. White space does not count. Intervals are Wilson's score intervals at 95 %
(E. B. Wilson, 1927).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from qa.answer import Answer
from qa.answering import Answerer
from qa.evaluation.questions import LabelledQuestion

QUOTE_RANKS = 3


@dataclass(frozen=True)
class Outcome:
    """What became of one question: the rank of the first citation that is a hit, if any, and whether a quote was."""

    question: LabelledQuestion
    answer: Answer
    rank: int | None
    quote_hit: bool

    @property
    def is_right(self) -> bool:
        """Whether the first citation is a hit or, for an unanswerable question, whether it was refused."""
        return self.answer.refused if self.question.kind == "unanswerable" else self.rank == 1


@dataclass(frozen=True)
class Rate:
    """A share of `n` questions with its 95 % interval."""

    n_right: int
    n: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.n_right / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        z = 1.96
        centre = (self.value + z**2 / (2 * self.n)) / (1 + z**2 / self.n)
        half = z / (1 + z**2 / self.n) * sqrt(self.value * (1 - self.value) / self.n + z**2 / (4 * self.n**2))
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class Evaluation:
    """The outcomes of a set of questions, in their order."""

    outcomes: Sequence[Outcome]

    def rates(self) -> dict[tuple[str, str], dict[str, Rate]]:
        """Return the rates of every kind of question and language, by `(kind, language)` and measure.

        Measures are `hit@1`, `hit@3`, `quote` and `refused`; for unanswerable questions only `refused` (which is right there and wrong elsewhere).
        """
        groups: dict[tuple[str, str], list[Outcome]] = {}
        for outcome in self.outcomes:
            kind = outcome.question.kind
            label = f"{kind} ({outcome.question.distance})" if outcome.question.distance else kind
            groups.setdefault((label, outcome.question.language), []).append(outcome)
        return {group: _measure(outcomes) for group, outcomes in groups.items()}


def evaluate(
    answerer: Answerer, questions: Sequence[LabelledQuestion], *, on_progress: Callable[[int], None] = lambda _n_done: None
) -> Evaluation:
    """Ask every question and return what became of it."""
    outcomes = []
    for n_done, question in enumerate(questions, start=1):
        outcomes.append(judge(question, answerer.ask(question.question, question.history)))
        on_progress(n_done)
    return Evaluation(outcomes)


def judge(question: LabelledQuestion, answer: Answer) -> Outcome:
    """Return what became of a question that got this answer."""
    hits = [citation for citation in answer.citations if _contains(citation.passage, question)]
    quoted = any(_contains(citation.quote, question) for citation in hits if citation.number <= QUOTE_RANKS)
    return Outcome(question, answer, rank=hits[0].number if hits else None, quote_hit=quoted)


def _contains(text: str, question: LabelledQuestion) -> bool:
    squeezed = " ".join(text.split())
    return any(" ".join(evidence.split()) in squeezed for evidence in question.evidence)


def _measure(outcomes: Sequence[Outcome]) -> dict[str, Rate]:
    n = len(outcomes)
    refused = Rate(sum(outcome.answer.refused for outcome in outcomes), n)
    if outcomes[0].question.kind == "unanswerable":
        return {"refused": refused}
    return {
        "hit@1": Rate(sum(outcome.rank == 1 for outcome in outcomes), n),
        "hit@3": Rate(sum(outcome.rank is not None and outcome.rank <= 3 for outcome in outcomes), n),
        "quote": Rate(sum(outcome.quote_hit for outcome in outcomes), n),
        "refused": refused,
    }
