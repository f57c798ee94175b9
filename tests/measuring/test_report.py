import pytest

from qa.measuring import compare
from qa.measuring.bootstrap import Estimate
from qa.measuring.report import comparison_text, misses_text, run_text, share, signed
from tests.measuring.outcomes import answered, found, refused, run_of


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [(0.625, 0.45, 0.75, ".62 (.45-.75)"), (1, 1, 1, "1.00"), (0, 0, 0.3, ".00 (.00-.30)"), (0.9, 0.8, 0.999, ".90 (.80-1.00)")],
)
def test_a_share_is_written_without_leading_zeros(value: float, low: float, high: float, shown: str) -> None:
    assert share(Estimate(value=value, low=low, high=high, n=8)) == shown


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [(0.04, -0.01, 0.09, "+.04 (-.01 +.09)"), (0, 0, 0, "="), (-1, -1, -1, "-1.00 (-1.00 -1.00)")],
)
def test_a_difference_is_written_with_its_sign(value: float, low: float, high: float, shown: str) -> None:
    assert signed(Estimate(value=value, low=low, high=high, n=8)) == shown


def test_the_tables_have_a_row_for_every_group_to_which_they_apply() -> None:
    finding, refusing = run_text(run_of(found(1), refused(answerable=False))).split("\n\n")[1:3]
    assert [line.split()[:3] for line in finding.splitlines()[2:]] == [["content", "nl", "1"], ["all", "nl", "1"]]
    assert [line.split()[0] for line in refusing.splitlines()[2:]] == ["content", "unanswerable", "all"]


def test_a_miss_tells_what_was_asked_expected_and_came() -> None:
    assert misses_text([found(1), found(3, "fout")]).splitlines() == [
        "Misses: 1 of 2 questions.",
        "",
        "fout  found at 3",
        "    asked     Wat?",
        "    expected  drie miljoen",
        "    came      Brief over dijken (0.500): Iets anders.",
    ]


def test_an_answered_unanswerable_question_is_a_miss() -> None:
    assert "    expected  a refusal" in misses_text([answered("fout")]).splitlines()


def test_a_wrongly_refused_question_is_a_miss() -> None:
    assert "fout  refused" in misses_text([refused("fout", answerable=True)])


def test_a_comparison_names_the_questions_that_changed() -> None:
    text = comparison_text(compare(run_of(found(2, "beter"), found(1, "b")), run_of(found(1, "beter"), found(1, "b"))))
    assert "Of 2 questions, 1 became right and 0 became wrong (sign test p = 1)." in text
    assert "beter                found at 2 -> found at 1: Wat?" in text
