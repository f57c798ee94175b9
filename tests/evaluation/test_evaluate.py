from pathlib import Path

import pytest

from qa.answer import Answer, Citation, Relevance
from qa.document import Kind
from qa.evaluation import LabelledQuestion, load_questions
from qa.evaluation.evaluate import Evaluation, Rate, judge
from qa.evaluation.report import as_misses, as_table
from qa.exceptions import BronvraagError
from qa.passage import Role
from tests.builders import write_files


def citation(number: int, passage: str, quote: str) -> Citation:
    return Citation(
        number=number,
        passage_id=number,
        document_id="d",
        title="t",
        source="s",
        official_id=None,
        date=None,
        kind=Kind.OTHER,
        role=Role.PARAGRAPH,
        numbers=(),
        page=None,
        start=0,
        end=len(passage),
        passage=passage,
        quote=quote,
        quote_start=0,
        quote_end=len(quote),
        relevance=Relevance.WEAK,
        score=0.5,
    )


def answer(*citations: Citation) -> Answer:
    return Answer(question="q", language="nl", refused=not citations, message="", citations=citations)


def labelled(question_id: str = "a", evidence: tuple[str, ...] = ("drie miljoen",)) -> LabelledQuestion:
    return LabelledQuestion(
        id=question_id, language="nl", kind="content" if evidence else "unanswerable", question="Wat?", evidence=evidence
    )


WRONG = citation(1, "Iets anders.", "Iets anders.")
RIGHT = citation(2, "Het kost drie miljoen euro. Dat is veel.", "Het kost drie miljoen euro.")
RIGHT_BUT_QUOTED_ELSEWHERE = citation(1, "Het kost drie miljoen euro. Dat is veel.", "Dat is veel.")


def test_the_rank_is_that_of_the_first_passage_with_the_evidence() -> None:
    assert judge(labelled(), answer(WRONG, RIGHT)).rank == 2


def test_without_the_evidence_there_is_no_rank() -> None:
    assert judge(labelled(), answer(WRONG)).rank is None


def test_line_breaks_in_the_evidence_do_not_count() -> None:
    assert judge(labelled(evidence=("drie\n  miljoen",)), answer(RIGHT)).rank == 2


def test_a_quote_elsewhere_in_the_right_passage_is_no_quote_hit() -> None:
    outcome = judge(labelled(), answer(RIGHT_BUT_QUOTED_ELSEWHERE))
    assert (outcome.rank, outcome.quote_hit) == (1, False)


def test_an_unanswerable_question_is_right_when_refused() -> None:
    assert judge(labelled(evidence=()), answer()).is_right


def test_an_answered_unanswerable_question_is_a_miss() -> None:
    outcome = judge(labelled("fout", evidence=()), answer(WRONG))
    assert as_misses(Evaluation([outcome])).startswith("fout")


def test_rates_are_shares_of_their_group() -> None:
    outcomes = [judge(labelled("a"), answer(RIGHT_BUT_QUOTED_ELSEWHERE)), judge(labelled("b"), answer(WRONG, RIGHT))]
    rates = Evaluation(outcomes).rates()["content", "nl"]
    assert {measure: rate.value for measure, rate in rates.items()} == {"hit@1": 0.5, "hit@3": 1.0, "quote": 0.5, "refused": 0.0}


def test_the_interval_is_wilson_s() -> None:
    """8 of 10: (0.8 + 1.92/10 ± 1.96 * sqrt(0.016 + 0.0096)) / 1.384, worked out by hand."""
    assert Rate(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize("n_right", [0, 7])
def test_intervals_stay_between_0_and_1(n_right: int) -> None:
    low, high = Rate(n_right, 7).interval
    assert 0 <= low < high <= 1


def test_the_table_has_a_row_a_kind_and_language() -> None:
    table = as_table(Evaluation([judge(labelled(), answer(RIGHT)), judge(labelled("b", ()), answer())]))
    assert [line.split()[:3] for line in table.splitlines()[1:]] == [["content", "nl", "1"], ["unanswerable", "nl", "1"]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1"),
        ('{"id": "a", "language": "fr", "kind": "content", "question": "Q", "evidence": ["e"]}', "line 1: language"),
        ('{"id": "a", "language": "nl", "kind": "content", "question": "Q"}', "evidence unless it is unanswerable"),
        ('{"id": "a", "language": "nl", "kind": "content", "question": "Q", "evidence": ["e"], "extra": 1}', "line 1: extra"),
    ],
    ids=["no JSON", "another language", "no evidence", "an unknown key"],
)
def test_a_question_that_is_not_valid_is_named(tmp_path: Path, line: str, message: str) -> None:
    folder = write_files(tmp_path, {"q.jsonl": line})
    with pytest.raises(BronvraagError, match=message):
        load_questions(folder / "q.jsonl")


def test_two_questions_with_one_id_are_refused(tmp_path: Path) -> None:
    line = '{"id": "a", "language": "nl", "kind": "content", "question": "Q", "evidence": ["e"]}\n'
    with pytest.raises(BronvraagError, match="two questions with the id 'a'"):
        load_questions(write_files(tmp_path, {"q.jsonl": line * 2}) / "q.jsonl")


def test_missing_questions_are_named(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match="cannot be read"):
        load_questions(tmp_path / "q.jsonl")
