"""Answers to what a follow-up asks of the document that was cited before it: who said that, who asked, when, in which document.

The answer is what the document says about itself, and the quote is the sentence of the document that states it, where one does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.document import Document, Kind, Person
from qa.library import Library, PassageRecord
from qa.parliament.formal_reference import formal_reference
from qa.passage import Role
from qa.text.sentences import sentence_spans
from qa.understanding.source_question import AskedOfSource
from qa.wording.documents import say_date
from qa.wording.source import Saying, say_when, say_which, say_who


@dataclass(frozen=True)
class SaidBySource:
    """What a document says about itself.

    Attributes:
        message: it in a sentence.
        passage: that states it, or else the one that was cited before.
        span: of the sentence in the passage that states it; None if none does.
    """

    message: str
    passage: PassageRecord
    span: tuple[int, int] | None


def said_by_source(library: Library, cited: PassageRecord, asked: AskedOfSource, language: Language) -> SaidBySource:
    """Return what the document of a cited passage says about itself."""
    document = library.document(cited.document_id)
    metadata = document.metadata
    if asked is AskedOfSource.WHICH:
        reference = formal_reference(metadata, cited.passage.role, cited.passage.numbers)
        return SaidBySource(say_which(metadata.title, reference, language), cited, None)
    if asked is AskedOfSource.WHEN:
        message = say_when(metadata.date, metadata.sent, metadata.title, language, is_answer=metadata.kind is Kind.ANSWERS)
        stated = [say_date(day, "nl") for day in (metadata.date, metadata.sent) if day]
    else:
        people, saying = _people(document, cited, asked)
        message = say_who(people, saying, metadata.title, language)
        stated = [person.name for person in people]
    return SaidBySource(message, *_where_stated(library, cited, stated))


def _people(document: Document, cited: PassageRecord, asked: AskedOfSource) -> tuple[Sequence[Person], Saying]:
    metadata, passage = document.metadata, cited.passage
    if passage.speaker:
        return [Person(name=passage.speaker.name, affiliation=passage.speaker.affiliation)], Saying.SPOKE
    if metadata.kind is Kind.MOTION:
        return metadata.moved_by, Saying.MOVED
    if asked is AskedOfSource.WHO_ASKED or passage.role is Role.QUESTION:
        return metadata.asked_by, Saying.ASKED
    return metadata.answered_by, Saying.ANSWERED if metadata.kind in {Kind.ANSWERS, Kind.NOTICE} else Saying.WROTE


def _where_stated(library: Library, cited: PassageRecord, stated: Sequence[str]) -> tuple[PassageRecord, tuple[int, int] | None]:
    """Return the first passage, and the sentence in it, that states one of these texts; what opens or signs a document comes first."""
    for text in stated:
        for record in _opening_first(library.passages_of(cited.document_id), cited):
            place = record.passage.text.find(text)
            if place >= 0:
                spans = sentence_spans(record.passage.text)
                return record, next((span for span in spans if span[0] <= place < span[1]), None)
    return cited, None


def _opening_first(passages: Sequence[PassageRecord], cited: PassageRecord) -> Iterator[PassageRecord]:
    """Yield passages: introductions and signatures, then the others, the cited one last."""
    about = {Role.INTRODUCTION, Role.SIGNATURE}
    yield from (record for record in passages if record.passage.role in about)
    yield from (record for record in passages if record.passage.role not in about and record.passage_id != cited.passage_id)
    yield cited
