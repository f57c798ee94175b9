"""Answers with the questions that they answer: which these are, and the answer that another one only points to."""

from collections.abc import Sequence
from dataclasses import replace

from qa.answer import AnsweredQuestion, Citation
from qa.answering.citing import JudgedPassage
from qa.library import Library, PassageRecord
from qa.parliament.headings import parse_pointer
from qa.passage import Passage, Role


def follow_pointers(judged: Sequence[JudgedPassage]) -> list[JudgedPassage]:
    """Return passages without the answers that only point to another ("zie het antwoord op vraag 3"); that one takes the better of the two places.

    An answer that points to one that was not found stays, at the end: it says nothing by itself.
    """
    kept: list[JudgedPassage] = []
    pointing: list[JudgedPassage] = []
    for one in judged:
        (pointing if _points(one.scored.record) else kept).append(one)
    last = []
    for pointer in pointing:
        targets = [place for place, one in enumerate(kept) if _is_answer_to(one.scored.record, pointer.scored.record)]
        if not targets:
            last.append(pointer)
        for place in targets:
            if pointer.score > kept[place].score:
                kept[place] = replace(kept[place], score=pointer.score, relevance=pointer.relevance)
    return [*sorted(kept, key=lambda one: -one.score), *last]


def with_questions(library: Library, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return citations with the members' questions that each answers: those that it is headed with, then those whose own answer only points to it."""
    answers = list(dict.fromkeys(citation.document_id for citation in citations if citation.role is Role.ANSWER))
    records = library.passages_of_each(answers) if answers else {}
    pairs = {document_id: _Pairs([one.passage for one in passages]) for document_id, passages in records.items()}
    return tuple(
        replace(citation, answers_questions=pairs[citation.document_id].answered_by(citation.numbers))
        if citation.role is Role.ANSWER
        else citation
        for citation in citations
    )


class _Pairs:
    """The questions of a document by number, and which of them are answered by pointing to another answer."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts: dict[int, list[str]] = {}
        self._pointing: dict[int, list[int]] = {}
        for passage in passages:
            for number in passage.numbers if passage.role is Role.QUESTION else ():
                self._texts.setdefault(number, []).append(" ".join(passage.text.split()))
            for number in parse_pointer(passage.text) if passage.role is Role.ANSWER else ():
                self._pointing.setdefault(number, []).extend(passage.numbers)

    def answered_by(self, numbers: Sequence[int]) -> tuple[AnsweredQuestion, ...]:
        """Return the questions that the answer with these numbers answers."""
        pointing = [other for number in numbers for other in self._pointing.get(number, ())]
        return tuple(
            AnsweredQuestion(number=number, text=" ".join(self._texts[number]))
            for number in dict.fromkeys([*numbers, *pointing])
            if number in self._texts
        )


def _points(record: PassageRecord) -> bool:
    return record.passage.role is Role.ANSWER and bool(parse_pointer(record.passage.text))


def _is_answer_to(record: PassageRecord, pointer: PassageRecord) -> bool:
    """Tell whether a passage is one of the answers that another one points to."""
    return (
        record.document_id == pointer.document_id
        and record.passage.role is Role.ANSWER
        and not set(parse_pointer(pointer.passage.text)).isdisjoint(record.passage.numbers)
    )
