from math import comb

import pytest

from qa.exceptions import BronvraagError
from qa.measuring import Comparison, compare
from qa.measuring.comparison import sign_test
from tests.measuring.outcomes import answered, found, refused, run_of

BEFORE = run_of(found(2, "better"), found(1, "worse"), found(4, "moved"), found(1, "same"), answered("refused now"))
AFTER = run_of(
    found(1, "better"), found(3, "worse"), found(2, "moved"), found(1, "same"), refused("refused now", answerable=False)
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(BEFORE, AFTER)


def test_questions_that_became_right_are_named(comparison: Comparison) -> None:
    assert [change.after.question.id for change in comparison.became_right] == ["better", "refused now"]


def test_questions_that_became_wrong_are_named(comparison: Comparison) -> None:
    assert [(change.before.rank, change.after.rank) for change in comparison.became_wrong] == [(1, 3)]


def test_questions_at_another_rank_are_named(comparison: Comparison) -> None:
    assert [change.after.question.id for change in comparison.moved] == ["moved"]


def test_rates_are_compared_over_the_same_questions(comparison: Comparison) -> None:
    """hit@3 of four questions was 3/4 and is 4/4; hit@1 was 2/4 and is 2/4."""
    measures = next(row for row in comparison.differences if row.kind == "content").measures
    assert (measures["hit@3"].value, measures["hit@1"].value) == (0.25, 0)


def test_a_run_compared_with_itself_shows_no_change() -> None:
    same = compare(BEFORE, BEFORE)
    assert (same.became_right, same.became_wrong, same.moved, same.sign_test_p) == ((), (), (), 1)


def test_questions_that_only_one_run_asked_are_left_out() -> None:
    comparison = compare(run_of(found(1, "a"), found(1, "b")), run_of(found(1, "b"), found(1, "c")))
    assert (comparison.n_compared, comparison.n_left_out) == (1, 2)


def test_a_question_that_was_worded_otherwise_is_left_out() -> None:
    other = found(1, "b").question.model_copy(update={"question": "Hoe?"})
    after = run_of(found(1, "a"), found(2, "b").model_copy(update={"question": other}))
    comparison = compare(run_of(found(1, "a"), found(1, "b")), after)
    assert (comparison.n_compared, comparison.n_left_out) == (1, 1)


def test_runs_without_a_common_question_are_refused() -> None:
    with pytest.raises(BronvraagError, match="no question in common"):
        compare(run_of(found(1, "a")), run_of(found(1, "b")))


@pytest.mark.parametrize(
    ("n_better", "n_worse", "p"),
    [(0, 0, 1), (1, 1, 1), (5, 0, 2 / 32), (8, 2, 2 * (1 + 10 + 45) / 1024)],
)
def test_the_sign_test_is_exact(n_better: int, n_worse: int, p: float) -> None:
    assert sign_test(n_better, n_worse) == pytest.approx(p)


def test_the_sign_test_treats_both_directions_alike() -> None:
    assert sign_test(9, 3) == sign_test(3, 9) == 2 * sum(comb(12, i) for i in range(4)) / 2**12


def test_a_comparison_comes_back_from_json_as_it_was(comparison: Comparison) -> None:
    assert Comparison.model_validate_json(comparison.to_json()) == comparison
