from qa.measuring import Outcome, Run
from qa.measuring.rates import RateRow, difference_rows, document_rows, rate_rows
from qa.measuring.report import run_text
from tests.measuring.outcomes import CONDITIONS, answered, found, refused

MIXED = [found(1), found(2, language="en"), refused(answerable=False), answered(language="en")]


def row(rows: list[RateRow], kind: str, language: str) -> RateRow:
    return next(row for row in rows if (row.kind, row.language) == (kind, language))


def test_every_kind_and_language_has_a_row_and_so_have_all_and_both() -> None:
    groups = [(row.kind, row.language, row.n) for row in rate_rows(MIXED)]
    assert groups == [
        ("content", "nl", 1),
        ("content", "en", 1),
        ("content", "both", 2),
        ("unanswerable", "nl", 1),
        ("unanswerable", "en", 1),
        ("unanswerable", "both", 2),
        ("all", "nl", 2),
        ("all", "en", 2),
        ("all", "both", 4),
    ]


def test_one_language_has_no_row_for_both() -> None:
    assert {row.language for row in rate_rows([found(1)])} == {"nl"}


def test_a_row_has_the_rates_of_its_group() -> None:
    rows = rate_rows(MIXED)
    assert [row(rows, "content", language).measures["hit@1"].value for language in ("nl", "en", "both")] == [1, 0, 0.5]


def test_measures_that_apply_to_no_question_of_a_group_are_left_out() -> None:
    assert set(row(rate_rows(MIXED), "unanswerable", "nl").measures) == {"recall"}


def test_the_precision_of_refusing_is_told_over_all_kinds_only() -> None:
    assert [row.kind for row in rate_rows(MIXED) if "precision" in row.measures] == ["all", "all"]


def test_differences_are_told_for_the_same_groups() -> None:
    after = [found(1), found(1, language="en"), *MIXED[2:]]
    rows = difference_rows(MIXED, after)
    assert row(rows, "content", "en").measures["hit@1"].value == 1
    assert row(rows, "content", "nl").measures["hit@1"].value == 0


def test_answerable_questions_are_told_by_the_kind_of_their_document() -> None:
    def about(kind: str, outcome: Outcome) -> Outcome:
        return outcome.model_copy(update={"question": outcome.question.model_copy(update={"document_kind": kind})})

    outcomes = [
        about("motion", refused(answerable=True)),
        about("motion", found(1)),
        about("letter", found(2)),
        refused(answerable=False),
        found(1),
    ]
    rows = document_rows(outcomes)
    assert [
        (row.kind, row.language, row.n, row.measures["wrongly refused"].value, row.measures["hit@1"].value) for row in rows
    ] == [
        ("letter", "nl", 1, 0.0, 0.0),
        ("motion", "nl", 2, 0.5, 0.5),
    ]
    assert "By kind of document" in run_text(Run.of(outcomes, CONDITIONS))
