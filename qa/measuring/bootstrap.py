"""`Estimate`: a mean with its 95 % interval, by the bootstrap.

1. Questions are drawn with replacement, as many as there are, 2,000 times: how often each was drawn is a row of a matrix of counts.
2. The mean over each draw is a matrix product. A value that is NaN (a measure that does not apply to a question) is left out of its mean.
3. The interval runs from the 2.5th to the 97.5th percentile of those means (B. Efron, "Bootstrap methods: another look at the jackknife", 1979;
   Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13).

The seed is fixed: the same values give the same interval. Where all questions went alike, the interval has no width; that does not mean that the next
question would go so too. Of n questions that all went right, up to 3/n may go wrong elsewhere (the rule of three, J. Hanley and A. Lippman-Hand, 1983).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

N_RESAMPLES = 2000
SEED = 1979
PERCENTILES = 2.5, 97.5
DECIMALS = 4

Float64Array = npt.NDArray[np.float64]


class Estimate(BaseModel):
    """A mean over `n` questions, or a difference of two, with its 95 % interval from `low` to `high`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    low: float
    high: float
    n: int


def estimate_means(values: Float64Array) -> list[Estimate | None]:
    """Return the mean of every row with its interval, or None for a row of NaN only.

    Args:
        values: `(n_measures, n_questions)` float64, NaN where a measure does not apply.
    """
    resampled = _means(values, _draw_counts(values.shape[1]))
    return _estimates(_plain_means(values), resampled, (~np.isnan(values)).sum(axis=1))


def estimate_differences(before: Float64Array, after: Float64Array) -> list[Estimate | None]:
    """Return for every row the mean of `after` less the mean of `before`, over the same questions, with its interval.

    Args:
        before: `(n_measures, n_questions)` float64, NaN where a measure does not apply.
        after: the same questions in the same order, of the same shape.
    """
    counts = _draw_counts(before.shape[1])
    resampled = _means(after, counts) - _means(before, counts)
    n = np.minimum((~np.isnan(before)).sum(axis=1), (~np.isnan(after)).sum(axis=1))
    return _estimates(_plain_means(after) - _plain_means(before), resampled, n)


def _draw_counts(n_questions: int) -> Float64Array:
    """Return how often each question is drawn in every resample, `(N_RESAMPLES, n_questions)`."""
    draws = np.random.default_rng(SEED).integers(n_questions, size=(N_RESAMPLES, n_questions))
    cells = draws + n_questions * np.arange(N_RESAMPLES)[:, np.newaxis]
    counts = np.bincount(cells.ravel(), minlength=N_RESAMPLES * n_questions)
    return counts.reshape(N_RESAMPLES, n_questions).astype(np.float64)


def _plain_means(values: Float64Array) -> Float64Array:
    means: Float64Array = _means(values, np.ones((1, values.shape[1])))[0]
    return means


def _means(values: Float64Array, counts: Float64Array) -> Float64Array:
    """Return the mean of each row of values, weighted by each row of counts, `(n_counts, n_measures)`; NaN where nothing counts."""
    applies = ~np.isnan(values)
    sums = counts @ np.where(applies, values, 0.0).T
    totals = counts @ applies.T.astype(np.float64)
    return np.divide(sums, totals, out=np.full_like(sums, np.nan), where=totals > 0)


def _estimates(means: Float64Array, resampled: Float64Array, n: Sequence[int] | npt.NDArray[Any]) -> list[Estimate | None]:
    return [_estimate(mean, column, int(count)) for mean, column, count in zip(means, resampled.T, n, strict=True)]


def _estimate(mean: float, resampled: Float64Array, n: int) -> Estimate | None:
    if np.isnan(mean):
        return None
    low, high = np.percentile(resampled[~np.isnan(resampled)], PERCENTILES)
    value, low, high = (round(float(number), DECIMALS) for number in (mean, low, high))
    return Estimate(value=value, low=low, high=high, n=n)
