from collections.abc import Sequence

from qa.answering.opening_questions import opening_questions
from qa.document import Kind, Metadata
from qa.library import DocumentRecord
from qa.passage import Passage, Role
from tests.builders import catalogue_of

QUESTION = "Hoeveel gemeenten hebben in het jaar {} een loket geopend?"


def passage(role: Role, text: str, number: int = 1) -> Passage:
    return Passage(role=role, numbers=(number,), start=0, end=len(text), text=text)


def asked_of(sets: dict[str, Sequence[Passage]], *, kind: Kind = Kind.ANSWERS) -> list[str]:
    records = [
        DocumentRecord(
            name, Metadata(title=name, kind=kind, date=f"{name}-01-01"), f"/{name}.txt", "2026-11-22T10:00:00+00:00", len(held)
        )
        for name, held in sets.items()
    ]
    return opening_questions(catalogue_of(records), lambda document_id: sets[document_id])


def answered(year: str) -> list[Passage]:
    return [passage(Role.QUESTION, QUESTION.format(year)), passage(Role.ANSWER, "Dat waren er twaalf.")]


def test_questions_of_the_newest_sets_come_first() -> None:
    assert asked_of({year: answered(year) for year in ("2021", "2023", "2022")}) == [
        QUESTION.format(year) for year in ("2023", "2022", "2021")
    ]


def test_there_are_four_at_most() -> None:
    assert len(asked_of({str(year): answered(str(year)) for year in range(2010, 2020)})) == 4


def test_question_without_an_answer_is_left_out() -> None:
    assert asked_of({"2023": [passage(Role.QUESTION, QUESTION.format("2023"))]}) == []


def test_question_that_leans_on_another_is_left_out() -> None:
    text = "Deelt u deze mening, en wat gaat u daaraan doen?"
    assert asked_of({"2023": [passage(Role.QUESTION, text), passage(Role.ANSWER, "Ja.")]}) == []


def test_question_for_an_opinion_is_left_out() -> None:
    text = "Bent u het ermee eens dat gemeenten in 2023 meer loketten hadden moeten openen?"
    assert asked_of({"2023": [passage(Role.QUESTION, text), passage(Role.ANSWER, "Nee.")]}) == []


def test_other_kinds_of_documents_give_none() -> None:
    assert asked_of({"2023": answered("2023")}, kind=Kind.LETTER) == []
