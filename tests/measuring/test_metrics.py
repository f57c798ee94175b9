from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.measuring import Outcome
from qa.measuring.metrics import MEASURES, measured
from tests.measuring.outcomes import answered, found, refused

RANKS = st.one_of(st.none(), st.integers(1, 50))


def mean(name: str, *outcomes: Outcome) -> float:
    return float(np.nanmean(measured(outcomes)[list(MEASURES).index(name)]))


@pytest.mark.parametrize(("name", "share"), [("hit@1", 0.2), ("hit@3", 0.6), ("hit@5", 0.8)])
def test_hits_are_counted_to_their_depth(name: str, share: float) -> None:
    assert mean(name, *map(found, [1, 2, 3, 5, None])) == pytest.approx(share)


def test_mrr_is_the_mean_of_one_over_the_rank() -> None:
    """(1 + 1/2 + 1/4 + 0) / 4."""
    assert mean("MRR", *map(found, [1, 2, 4, None])) == pytest.approx(0.4375)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    """(1/log2(2) + 1/log2(3) + 1/log2(4) + 0) / 4, the last one beyond the tenth rank."""
    assert mean("nDCG@10", *map(found, [1, 2, 3, 11])) == pytest.approx((1 + 1 / log2(3) + 0.5) / 4)


def test_a_wrongly_refused_question_is_not_found() -> None:
    assert mean("hit@5", found(1), refused(answerable=True)) == 0.5


def test_quote_hits_are_a_share_of_the_questions_that_can_be_answered() -> None:
    assert mean("quote", found(1, quote_hit=True), found(1), answered()) == 0.5


def test_the_precision_of_refusing_is_over_all_that_was_refused() -> None:
    outcomes = [refused(answerable=False), refused(answerable=False), refused(answerable=True), found(1), answered()]
    assert mean("precision", *outcomes) == pytest.approx(2 / 3)


def test_the_recall_of_refusing_is_over_all_that_cannot_be_answered() -> None:
    outcomes = [refused(answerable=False), refused(answerable=True), found(1), answered(), answered(), answered()]
    assert mean("recall", *outcomes) == 0.25


def test_questions_without_an_answer_do_not_count_for_finding() -> None:
    assert mean("hit@1", found(1), answered(), refused(answerable=False)) == 1


@given(st.lists(RANKS, min_size=1))
def test_measures_of_finding_are_ordered_and_between_0_and_1(ranks: list[int | None]) -> None:
    """hit@1 <= MRR <= nDCG of the same depth, and nothing is above 1; a rank beyond 10 counts for MRR only."""
    outcomes = [found(rank if rank and rank <= 10 else None) for rank in ranks]
    assert 0 <= mean("hit@1", *outcomes) <= mean("MRR", *outcomes) <= mean("nDCG@10", *outcomes) <= 1
