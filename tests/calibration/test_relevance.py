"""Probabilities worked out by hand from signals written by hand."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from embeddings import TokenVectors
from qa.calibration import LogisticModel
from qa.calibration.relevance import LEAD_OVER, RELEVANCE_SIGNALS, relevance_signals
from qa.library import PassageRecord
from qa.passage import Passage, Role
from qa.retrieval import SIGNALS, ScoredPassage
from qa.retrieval.signals import TokenMatches
from tests.calibrations import logistic_model


def scored(score: float, **signals: float) -> ScoredPassage:
    record = PassageRecord(1, "d", Passage(role=Role.ANSWER, start=0, end=3, text="Ja."))
    row = np.array([signals.get(name, 0) for name in SIGNALS], dtype=np.float32)
    nothing = TokenVectors(np.empty((0, 2), np.float32), np.empty(0, np.int64), np.empty(0, np.int64))
    return ScoredPassage(record, score, row, TokenMatches(nothing, np.empty((0, 0), np.float32), np.empty(0, np.float32)))


def probability(total: float) -> float:
    return 1 / (1 + exp(-total))


def test_a_probability_is_the_logistic_function_of_the_weighted_sum() -> None:
    model = logistic_model(-1, passage=2, context=1, weakest=4, words=8)
    passages = [scored(0.5, passage=0.5, context=0.25, weakest=-0.5, words=0.125)]
    assert model.probabilities(passages, 1) == pytest.approx([probability(-1 + 1 + 0.25 - 2 + 1)])


def test_the_lead_is_how_far_a_passage_stands_above_the_mean_of_the_first_ten() -> None:
    passages = [scored(score) for score in (1.0, *[0.5] * (LEAD_OVER - 1), *[-100.0] * 5)]
    lead = relevance_signals(passages, 2)[:, RELEVANCE_SIGNALS.index("lead")]
    assert lead.tolist() == pytest.approx([1 - 0.55, 0.5 - 0.55])


def test_the_lead_of_the_only_passage_is_0() -> None:
    assert logistic_model(0, lead=7).probabilities([scored(0.9)], 1) == [0.5]


def test_signals_that_only_rank_say_nothing_of_relevance() -> None:
    plain, introduction = scored(0.5, passage=0.5), scored(0.5, passage=0.5, introduction=1, introduction_asked=1, earlier=1)
    first, second = relevance_signals([plain, introduction], 2)
    assert first.tolist() == second.tolist()


def test_only_the_first_passages_are_judged() -> None:
    assert len(logistic_model(0).probabilities([scored(0.5)] * 6, 2)) == 2


def test_fewer_passages_than_asked_for_are_all_judged() -> None:
    assert logistic_model(0).probabilities([scored(0.5)] * 2, 15) == [0.5, 0.5]


def test_nothing_found_has_no_probabilities() -> None:
    assert logistic_model(0).probabilities([], 5) == []


@pytest.mark.parametrize(("intercept", "certain"), [(1e9, 1), (-1e9, 0)])
def test_very_large_totals_are_certain(intercept: float, certain: float) -> None:
    assert logistic_model(intercept).probabilities([scored(0.5)], 1) == pytest.approx([certain])


@given(signals=st.lists(st.floats(-1, 1), min_size=2, max_size=8), weight=st.floats(0.1, 20))
def test_a_larger_signal_of_positive_weight_is_never_less_probable(signals: list[float], weight: float) -> None:
    passages = [scored(0.0, passage=value) for value in sorted(signals)]
    probabilities = logistic_model(-1, passage=weight).probabilities(passages, len(passages))
    assert probabilities == sorted(probabilities)
    assert all(0 <= one <= 1 for one in probabilities)


def test_the_number_of_judged_passages_does_not_change_a_probability() -> None:
    passages = [scored(1 - i / 20, passage=1 - i / 10) for i in range(9)]
    model = logistic_model(-1, passage=2, lead=3)
    assert model.probabilities(passages, 3) == model.probabilities(passages, 9)[:3]


@pytest.mark.parametrize(
    "weights",
    [{"passage": 1.0}, dict.fromkeys(RELEVANCE_SIGNALS, 1.0) | {"another": 1.0}],
    ids=["one is missing", "one is unknown"],
)
def test_weights_of_other_signals_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="weights of exactly the signals passage, context, weakest, words, lead"):
        LogisticModel(intercept=0, weights=weights)
