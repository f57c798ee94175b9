import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.measuring.bootstrap import Estimate, estimate_differences, estimate_means

NAN = float("nan")


def mean_of(values: list[float]) -> Estimate | None:
    return estimate_means(np.array([values]))[0]


def rows(*values: list[float]) -> npt.NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def test_the_interval_is_that_of_the_binomial_distribution() -> None:
    """8 of 10 right: the number right in a resample is binomial(10, 0.8), whose 2.5th and 97.5th percentiles are 5 and 10."""
    assert mean_of([1.0] * 8 + [0.0] * 2) == Estimate(value=0.8, low=0.5, high=1.0, n=10)


def test_a_hundred_questions_give_the_normal_interval() -> None:
    """sqrt(0.5 * 0.5 / 100) = 0.05, so 0.5 ± 0.098; a percentile of 2,000 counts is off by 0.01 at most."""
    estimate = mean_of([1.0, 0.0] * 50)
    assert estimate
    assert (estimate.low, estimate.high) == pytest.approx((0.402, 0.598), abs=0.011)


def test_the_same_values_give_the_same_interval() -> None:
    values = list(np.linspace(0, 1, 17))
    assert mean_of(values) == mean_of(values)


def test_a_measure_that_does_not_apply_to_a_question_leaves_it_out() -> None:
    estimate = mean_of([1.0, NAN, 0.0, NAN])
    assert estimate
    assert (estimate.value, estimate.n) == (0.5, 2)


def test_a_measure_that_applies_to_no_question_has_no_estimate() -> None:
    assert mean_of([NAN, NAN]) is None


def test_where_all_went_alike_the_interval_has_no_width() -> None:
    assert mean_of([1.0] * 6) == Estimate(value=1.0, low=1.0, high=1.0, n=6)


@given(st.lists(st.sampled_from([0.0, 1.0, 0.5, NAN]), min_size=1, max_size=40).filter(lambda v: not np.isnan(v).all()))
def test_the_interval_holds_the_mean_and_stays_between_0_and_1(values: list[float]) -> None:
    estimate = mean_of(values)
    assert estimate
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_measures_are_resampled_with_the_same_questions() -> None:
    """A measure and its complement have mirrored intervals only if the same questions are drawn for both."""
    values = rows([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    share, rest = estimate_means(np.vstack([values, 1 - values]))
    assert share
    assert rest
    assert (share.low, share.high) == pytest.approx((1 - rest.high, 1 - rest.low), abs=1e-4)


def test_the_difference_of_a_run_with_itself_is_nothing() -> None:
    values = rows([1.0, 0.0, NAN, 1.0])
    assert estimate_differences(values, values) == [Estimate(value=0.0, low=0.0, high=0.0, n=3)]


def test_differences_are_paired() -> None:
    """Each question rose by 0.25, so every resample did, however much the questions differ from each other."""
    before = rows([0.0, 0.5, 0.75, 0.0, 0.25])
    assert estimate_differences(before, before + 0.25) == [Estimate(value=0.25, low=0.25, high=0.25, n=5)]


def test_a_difference_is_later_less_earlier() -> None:
    estimate = estimate_differences(rows([1.0, 1.0]), rows([1.0, 0.0]))[0]
    assert estimate
    assert estimate.value == -0.5
