"""`RateRow`: the measures of one kind of questions in one language. "all" stands for all kinds, "both" for both languages.

The precision of refusing is told over all kinds only: among questions of one kind, refusals are all right or all wrong.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Literal

from pydantic import BaseModel, ConfigDict

from qa.measuring.bootstrap import Estimate, estimate_differences, estimate_means
from qa.measuring.judging import Outcome
from qa.measuring.metrics import MEASURES, PRECISION, measured

ALL_KINDS = "all"
BOTH: Literal["both"] = "both"


class RateRow(BaseModel):
    """Measures of a group of `n` questions, by name; those that apply to none of them are left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    language: str
    n: int
    measures: Mapping[str, Estimate]


def rate_rows(outcomes: Sequence[Outcome]) -> list[RateRow]:
    """Return the rates of every group of questions."""
    rows = []
    for (kind, language), places in _groups(outcomes).items():
        estimates = estimate_means(measured([outcomes[place] for place in places]))
        rows.append(RateRow(kind=kind, language=language, n=len(places), measures=_by_name(estimates, kind)))
    return rows


def document_rows(outcomes: Sequence[Outcome]) -> list[RateRow]:
    """Return the rates of the questions that documents of each kind answer, in each language, where the questions say what kind that is."""
    answerable = [outcome for outcome in outcomes if outcome.question.is_answerable and outcome.question.document_kind]
    groups = sorted({(str(one.question.document_kind), one.question.language) for one in answerable})
    rows = []
    for kind, language in groups:
        own = [one for one in answerable if (one.question.document_kind, one.question.language) == (kind, language)]
        rows.append(RateRow(kind=kind, language=language, n=len(own), measures=_by_name(estimate_means(measured(own)), kind)))
    return rows


def difference_rows(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[RateRow]:
    """Return by how much the rates of every group rose from one run to another over the same questions in the same order."""
    rows = []
    for (kind, language), places in _groups(after).items():
        estimates = estimate_differences(
            measured([before[place] for place in places]), measured([after[place] for place in places])
        )
        rows.append(RateRow(kind=kind, language=language, n=len(places), measures=_by_name(estimates, kind)))
    return rows


def _groups(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], list[int]]:
    """Return the places of the questions of each kind and language, by `(kind, language)`; totals come last."""
    questions = [outcome.question for outcome in outcomes]
    languages: list[str] = sorted({question.language for question in questions}, reverse=True)
    kinds = sorted({question.label for question in questions})
    groups = {}
    for kind, language in product([*kinds, ALL_KINDS], [*languages, BOTH] if len(languages) > 1 else languages):
        places = [
            place
            for place, question in enumerate(questions)
            if kind in {question.label, ALL_KINDS} and language in {question.language, BOTH}
        ]
        if places:
            groups[kind, language] = places
    return groups


def _by_name(estimates: Sequence[Estimate | None], kind: str) -> dict[str, Estimate]:
    named = zip(MEASURES, estimates, strict=True)
    return {name: estimate for name, estimate in named if estimate and (kind == ALL_KINDS or name != PRECISION)}
