"""Measures: one number for a question, or none where the measure does not apply; what is reported is the mean over the questions where it applies.

- `hit@k`: whether a hit is among the first k citations. This and the next three apply to questions that the documents answer.
- `MRR`: 1 / rank of the first hit, 0 without one (mean reciprocal rank).
- `nDCG@10`: 1 / log2(1 + rank of the first hit), 0 beyond rank 10 (K. Järvelin and J. Kekäläinen, 2002, with binary gains). Which other passages
  would do is not known: the label says only that any one of its evidence texts is enough. So one hit is all there is to gain, a second gains nothing, and the ideal, with which
  the gain is normalised, is that hit in the first place.
- `quote`: whether a quote among the first three shows the evidence.
- `shown`: how many citations stand open in an answer of usual length, of questions that the documents answer and that were not refused.
- `of these right`: which share of those holds the evidence. Only the labelled passages count, so other passages that would do lower it.
- `wrongly refused`: whether nothing was shown, of questions that the documents answer.
- `precision`, of refusing: of the questions that were refused, the share that the documents do not answer.
- `recall`, of refusing: of the questions that the documents do not answer, the share that was refused.
- `found`, `unclear`: whether the answer was said to be found, and to be not clear. Of questions without an answer the first should be rare.
"""

from collections.abc import Callable, Mapping, Sequence
from math import log2

import numpy as np

from qa.answer import Certainty
from qa.measuring.bootstrap import Float64Array
from qa.measuring.judging import Outcome

Measure = Callable[[Outcome], float | None]

NDCG_DEPTH = 10
PRECISION = "precision"


def hit_at(k: int) -> Measure:
    """Return the measure `hit@k`."""
    return lambda outcome: _if_answerable(outcome, float(outcome.rank is not None and outcome.rank <= k))


def reciprocal_rank(outcome: Outcome) -> float | None:
    """Return 1 / rank, or 0 without a hit."""
    return _if_answerable(outcome, 1 / outcome.rank if outcome.rank else 0.0)


def ndcg(outcome: Outcome) -> float | None:
    """Return the normalised discounted cumulative gain of the first 10 citations."""
    return _if_answerable(outcome, 1 / log2(1 + outcome.rank) if outcome.rank and outcome.rank <= NDCG_DEPTH else 0.0)


def quote_hit(outcome: Outcome) -> float | None:
    """Return whether a quote shows the evidence."""
    return _if_answerable(outcome, float(outcome.quote_hit))


def wrongly_refused(outcome: Outcome) -> float | None:
    """Return whether nothing was shown though the documents answer."""
    return _if_answerable(outcome, float(outcome.refused))


def refusal_precision(outcome: Outcome) -> float | None:
    """Return whether a refusal was right."""
    return float(not outcome.question.is_answerable) if outcome.refused else None


def refusal_recall(outcome: Outcome) -> float | None:
    """Return whether a question that the documents do not answer was refused."""
    return None if outcome.question.is_answerable else float(outcome.refused)


def n_shown(outcome: Outcome) -> float | None:
    """Return how many citations stand open."""
    return float(outcome.n_shown) if outcome.n_shown and outcome.question.is_answerable else None


def share_right(outcome: Outcome) -> float | None:
    """Return the share of those citations that hold the evidence."""
    return outcome.n_holding / outcome.n_shown if outcome.n_shown and outcome.question.is_answerable else None


def said(certainty: Certainty) -> Measure:
    """Return whether an answer was said to be so sure."""
    return lambda outcome: None if outcome.certainty is None else float(outcome.certainty is certainty)


FINDING: Mapping[str, Measure] = {
    "hit@1": hit_at(1),
    "hit@3": hit_at(3),
    "hit@5": hit_at(5),
    "MRR": reciprocal_rank,
    "nDCG@10": ndcg,
    "quote": quote_hit,
}
REFUSING: Mapping[str, Measure] = {"wrongly refused": wrongly_refused, PRECISION: refusal_precision, "recall": refusal_recall}
SAYING: Mapping[str, Measure] = {
    "shown": n_shown,
    "of these right": share_right,
    "found": said(Certainty.FOUND),
    "unclear": said(Certainty.UNCLEAR),
}
MEASURES: Mapping[str, Measure] = {**FINDING, **REFUSING, **SAYING}


def measured(outcomes: Sequence[Outcome]) -> Float64Array:
    """Return every measure of every question, `(n_measures, n_questions)` float64 in the order of `MEASURES`, NaN where it does not apply."""
    return np.array([[measure(outcome) for outcome in outcomes] for measure in MEASURES.values()], dtype=np.float64)


def _if_answerable(outcome: Outcome, value: float) -> float | None:
    return value if outcome.question.is_answerable else None
