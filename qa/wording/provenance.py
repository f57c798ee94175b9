"""`Provenance`: where a quote comes from and how well it fits, in the words of one language. The page and every export say it from here."""

from dataclasses import dataclass

from qa.answer import Citation, Language, OtherPlace
from qa.parliament.formal_reference import reference_of
from qa.parliament.identifiers import parse_official_id, public_address
from qa.passage import Role
from qa.wording.documents import say_date, say_people, say_relevance, say_role, say_speaker
from qa.wording.sentence import say


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What is said below a quote; what is not known is None.

    Attributes:
        title: of the document.
        role: what the passage is.
        is_question: whether it is a question, and so not what the government says.
        reference: how it is cited formally.
        date: of the document.
        page: with its word.
        people: who says it in a debate; else who asked, who answered or wrote.
        relevance: how well it fits the question.
        published_at: address of the official publication.
    """

    title: str
    role: str
    is_question: bool
    reference: str | None
    date: str | None
    page: str | None = None
    people: str | None = None
    relevance: str | None = None
    published_at: str | None = None

    @property
    def name(self) -> str:
        """The formal reference, or the title of a document that has none."""
        return self.reference or self.title


def provenance_of(citation: Citation, language: Language) -> Provenance:
    """Return where a quote comes from."""
    return Provenance(
        title=citation.title,
        role=say_role(citation.role, citation.numbers, citation.kind, language),
        is_question=citation.role is Role.QUESTION,
        reference=citation.reference or reference_of(citation),
        date=say_date(citation.date, language) if citation.date else None,
        page=f"{say(language, 'documents', 'page')} {citation.page}" if citation.page else None,
        people=_people(citation, language) or None,
        relevance=say_relevance(citation.relevance, language),
        published_at=_published_at(citation.official_id),
    )


def _people(citation: Citation, language: Language) -> str:
    if citation.speaker:
        return say_speaker(citation.speaker, language)
    return say_people(citation.asked_by, citation.answered_by, citation.kind, language)


def other_place_of(place: OtherPlace, language: Language) -> Provenance:
    """Return where else a quote is said."""
    return Provenance(
        title=place.title,
        role=say_role(place.role, place.numbers, place.kind, language),
        is_question=place.role is Role.QUESTION,
        reference=reference_of(place),
        date=say_date(place.date, language) if place.date else None,
        published_at=_published_at(place.official_id),
    )


def _published_at(official_id: str | None) -> str | None:
    """Return the address of an official publication; an identifier of another form might lead elsewhere."""
    return public_address(official_id) if official_id and parse_official_id(official_id) else None
