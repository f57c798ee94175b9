"""`Group` and `Quote`: the citations of an answer as the chat shows them: those of one document together, and below each quote only what is its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.address import Address
from qa.answer import Citation, Language, OtherPlace, Relevance
from qa.parliament.formal_reference import reference_of
from qa.passage import Role
from qa.table_rows import QuotedTable
from qa.text.reading_help import Piece, explained
from qa.text.visible_text import visible_text
from qa.wording.interface import TEXTS
from qa.wording.provenance import other_place_of, provenance_of

LONG = 240
"""Characters from which on a quote is not set large."""
MAX_EXPLAINED = 8
"""Words of a quote that are explained to who asked in English."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where else a quote is said."""

    name: str
    title: str
    link: str
    date: str | None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A citation.

    Attributes:
        number: of the citation.
        language: of the answer.
        link: that opens its source.
        title: of its document.
        lines: the quote as it can be seen, in pieces, with the words that are explained to who asked in English.
        table: the quote with the heads of its columns, where it is of a table.
        help: those words with their meanings, each once.
        before: what stands before it in its passage.
        after: what follows it there.
        questions: that it answers.
        role: what the passage is.
        is_question: whether that is a member's question.
        page: on which it stands.
        relevance: for the style sheet.
        fit: the same in words.
        explanation: what that was measured to mean.
        also_in: where else it is said.
        is_long: whether it is too long to be set large.
    """

    number: int
    language: Language
    link: str
    title: str
    lines: Sequence[Sequence[Piece]]
    table: QuotedTable | None
    help: Sequence[tuple[str, str]]
    before: str
    after: str
    questions: Sequence[str]
    role: str
    is_question: bool
    page: str | None
    relevance: Relevance
    fit: str
    explanation: str
    also_in: Sequence[Place]
    is_long: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The quotes of one document, best first; `facts` are its reference and its date."""

    title: str
    facts: Sequence[str]
    people: str
    quotes: Sequence[Quote]
    is_lead: bool


def groups_of(citations: Iterable[Citation], language: Language, *, with_lead: bool) -> list[Group]:
    """Return the citations by document, the document of the best one first.

    Args:
        citations: best first.
        language: of the answer.
        with_lead: whether the first group holds the quote that decides.
    """
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    return [_group(held, language, is_lead=with_lead and place == 0) for place, held in enumerate(by_document.values())]


def _group(citations: Sequence[Citation], language: Language, *, is_lead: bool) -> Group:
    first = citations[0]
    said = provenance_of(first, language)
    reference = reference_of(replace(first, role=Role.PARAGRAPH, numbers=())) or (
        first.reference.rpartition(", ")[0] if first.reference and first.numbers else first.reference
    )
    people = said.people or ""
    return Group(
        title=first.title,
        facts=[fact for fact in (reference, said.date) if fact],
        people=people[:1].upper() + people[1:],
        quotes=[quote_of(citation, language) for citation in citations],
        is_lead=is_lead,
    )


def quote_of(citation: Citation, language: Language) -> Quote:
    """Return a citation as it is shown."""
    said = provenance_of(citation, language)
    shown = [visible_text(line) for line in re.split(r"\n\s*", citation.quote)]
    lines = [list(explained(line)) if language == "en" else [Piece(line)] for line in shown]
    pieces = [piece for line in lines for piece in line]
    return Quote(
        number=citation.number,
        language=language,
        link=Address(citation.document_id, citation.quote_start, citation.quote_end).link,
        title=citation.title,
        lines=lines,
        table=citation.table if citation.table and citation.table.rows else None,
        help=list({piece.text.lower(): (piece.text, piece.meaning) for piece in pieces if piece.meaning}.values())[
            :MAX_EXPLAINED
        ],
        before=citation.passage[: citation.quote_start - citation.start],
        after=citation.passage[citation.quote_end - citation.start :],
        questions=[question.text for question in citation.answers_questions],
        role=said.role,
        is_question=said.is_question,
        page=said.page,
        relevance=citation.relevance,
        fit=(said.relevance or "").rpartition(": ")[2],
        explanation=_explanation(citation.relevance, language),
        also_in=[_place(place, language) for place in citation.also_in],
        is_long=len(citation.quote) > LONG,
    )


def _place(place: OtherPlace, language: Language) -> Place:
    said = other_place_of(place, language)
    link = Address(place.document_id, place.quote_start, place.quote_end).link
    return Place(name=said.name, title=said.title, link=link, date=said.date)


def _explanation(relevance: Relevance, language: Language) -> str:
    texts = TEXTS[language]
    return {
        Relevance.STRONG: texts.relevance_strong,
        Relevance.POSSIBLE: texts.relevance_possible,
        Relevance.WEAK: texts.relevance_weak,
    }[relevance]
