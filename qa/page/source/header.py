"""What the head of the source panel says of a document: in short, in full, and where it was published."""

from collections.abc import Iterable, Sequence

from qa.answer import Language
from qa.document import Document, Doubt, Kind, Person
from qa.library.upload_name import shown_name
from qa.parliament.formal_reference import formal_reference
from qa.parliament.identifiers import parse_official_id, public_address, spaced_dossier
from qa.passage import Role
from qa.wording.documents import say_date, say_kind
from qa.wording.doubts import say_doubt
from qa.wording.interface import TEXTS


def in_short(document: Document, language: Language) -> list[str]:
    """Return what a document is, of which day, and how it is cited, as far as it says so."""
    metadata = document.metadata
    date = say_date(metadata.date, language) if metadata.date else ""
    reference = formal_reference(metadata, Role.PARAGRAPH, ())
    return [fact for fact in (say_kind(metadata.kind, language), date, reference) if fact]


def facts_of(document: Document, language: Language) -> list[tuple[str, str]]:
    """Return what a document says about itself, each with its name."""
    return [(name, value) for name, value in _facts(document, language) if value]


def published(document: Document, fragment: str) -> tuple[str, str] | None:
    """Return the official identifier with the address of the publication; what does not have the form of one might lead anywhere, and gets none.

    Args:
        document: the one.
        fragment: the end of the address that leads to the quote.
    """
    official_id = document.metadata.official_id
    if official_id is None or parse_official_id(official_id) is None:
        return None
    return official_id, public_address(official_id) + fragment


def doubts_of(doubts: Sequence[Doubt], language: Language) -> list[str]:
    """Return what is doubtful about a document, and what helps, a sentence each."""
    return [say_doubt(doubt, language) for doubt in doubts]


def say_people(people: Sequence[Person]) -> str:
    """Return people by name, each with what they belong to."""
    return ", ".join(f"{person.name} ({person.affiliation})" if person.affiliation else person.name for person in people)


def _facts(document: Document, language: Language) -> Iterable[tuple[str, str | None]]:
    texts, metadata = TEXTS[language], document.metadata
    is_answer = metadata.kind in {Kind.ANSWERS, Kind.NOTICE}
    return (
        (texts.fact_reference, formal_reference(metadata, Role.PARAGRAPH, ())),
        (texts.fact_kind, say_kind(metadata.kind, language)),
        (texts.fact_date, say_date(metadata.date, language) if metadata.date else texts.fact_not_stated),
        (texts.fact_sent, say_date(metadata.sent, language) if metadata.sent else None),
        (texts.fact_asked_by, say_people(metadata.asked_by)),
        (texts.fact_answered_by if is_answer else texts.fact_signed_by, say_people(metadata.answered_by)),
        (texts.fact_on_behalf_of, ", ".join(metadata.on_behalf_of)),
        (texts.fact_moved_by, say_people(metadata.moved_by)),
        (texts.fact_request, metadata.request),
        (texts.fact_outcome, metadata.outcome),
        (texts.fact_speakers, say_people([Person(name=who.name, affiliation=who.affiliation) for who in metadata.speakers])),
        (texts.fact_sender, metadata.sender),
        (texts.fact_addressee, metadata.addressee),
        (texts.fact_own_reference, metadata.reference),
        (texts.fact_dossier, spaced_dossier(metadata.dossier) if metadata.dossier else None),
        (texts.fact_number, metadata.number),
        (texts.file, shown_name(document.source)),
    )
