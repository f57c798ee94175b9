"""`Content`: what an export shows, as plain text and addresses. The formats differ only in how they write it.

Every text in it has lost its invisible characters and its line breaks; each format still has to escape what has a meaning in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from qa.address import Address
from qa.answer import Answer, Citation, Language, Relevance
from qa.conversation import Conversation, Turn
from qa.table_rows import QuotedTable
from qa.text.visible_text import visible_text
from qa.wording.documents import say_date
from qa.wording.export import EXPORT_TEXTS, ExportTexts
from qa.wording.provenance import Provenance, other_place_of, provenance_of

_MAX_SITE = 500


@dataclass(frozen=True, kw_only=True)
class Link:
    """A name, and the address that it leads to if there is one."""

    name: str
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A quote with where it comes from.

    Attributes:
        number: of the citation.
        quote: the words themselves.
        reference: the formal reference or the title, with the official publication.
        facts: what else is said about it, in order.
        permalink: opens it in Bronvraag.
        also_in: where else it is said.
        table: the quote with its heads, where it is the row of a table.
        note: what the reader noted with it.
    """

    number: int
    quote: str
    reference: Link
    facts: tuple[str, ...]
    permalink: Link
    also_in: tuple[Link, ...]
    table: QuotedTable | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptQuote:
    """A citation that a reader kept, with a note."""

    citation: Citation
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A question, the sentences that answer it, and its sources."""

    question: str
    sentences: tuple[str, ...]
    sources: tuple[Source, ...]
    language: Language


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole conversation."""

    title: str
    made_with: str
    language: Language
    texts: ExportTexts
    sections: tuple[Section, ...]


def content_of(conversation: Conversation, *, site: str, language: Language, today: date, with_weak: bool = False) -> Content:
    """Return what an export of a conversation shows.

    Args:
        conversation: to export.
        site: address of the page, to which the addresses of quotes are added; anything else than http or https leaves them out.
        language: of the words around the answers.
        today: the day that it is made.
        with_weak: whether weak quotes are in it beside better ones.
    """
    texts = EXPORT_TEXTS[language]
    first = conversation.turns[0].question if conversation.turns else ""
    return Content(
        title=visible_text(conversation.title) or visible_text(first) or texts.untitled,
        made_with=texts.made_with.format(say_date(today.isoformat(), language)),
        language=language,
        texts=texts,
        sections=tuple(_section(turn, safe_site(site), language, with_weak=with_weak) for turn in conversation.turns),
    )


def content_of_quotes(
    quotes: Sequence[tuple[str, Sequence[KeptQuote]]], *, title: str, site: str, language: Language, today: date
) -> Content:
    """Return what an export of kept quotes shows.

    Args:
        quotes: the questions, each with the quotes that were kept of its answer.
        title: of the export.
        site: as for `content_of`, and so are the others.
        language: of the words around the quotes.
        today: the day that it is made.
    """
    texts, address = EXPORT_TEXTS[language], safe_site(site)
    sections, number = [], 0
    for question, kept in quotes:
        sources = []
        for one in kept:
            number += 1
            source = _source(replace(one.citation, number=number), address, language)
            sources.append(replace(source, note=visible_text(one.note)))
        sections.append(Section(question=visible_text(question), sentences=(), sources=tuple(sources), language=language))
    return Content(
        title=title,
        made_with=texts.made_with.format(say_date(today.isoformat(), language)),
        language=language,
        texts=texts,
        sections=tuple(sections),
    )


def _section(turn: Turn, site: str | None, language: Language, *, with_weak: bool) -> Section:
    question = visible_text(turn.question)
    if turn.answer is None:
        said = turn.failure or EXPORT_TEXTS[language].no_answer
        return Section(question=question, sentences=(visible_text(said),), sources=(), language=language)
    answer = turn.answer
    shown = answer.citations if with_weak else _without_weak(answer.citations)
    return Section(
        question=question,
        sentences=_sentences(answer, len(answer.citations) - len(shown)),
        sources=tuple(_source(citation, site, answer.language) for citation in shown),
        language=answer.language,
    )


def _without_weak(citations: Sequence[Citation]) -> Sequence[Citation]:
    """Return the citations that fit better than weakly, or all of them where none does."""
    return [citation for citation in citations if citation.relevance is not Relevance.WEAK] or citations


def _sentences(answer: Answer, n_left_out: int) -> tuple[str, ...]:
    texts = EXPORT_TEXTS[answer.language]
    unknown = f"{texts.unknown_words}: {', '.join(answer.unknown_words)}." if answer.unknown_words else ""
    left_out = f"{texts.left_out}: {n_left_out}." if n_left_out else ""
    return tuple(visible_text(sentence) for sentence in (answer.message, unknown, left_out) if sentence)


def _source(citation: Citation, site: str | None, language: Language) -> Source:
    said, texts = provenance_of(citation, language), EXPORT_TEXTS[language]
    title = said.title if said.reference else None
    asked = " ".join(question.text for question in citation.answers_questions)
    facts = (title, said.role, f"{texts.question}: {asked}" if asked else "", said.date, said.page, said.people, said.relevance)
    also_in = (other_place_of(place, language) for place in citation.also_in)
    return Source(
        number=citation.number,
        quote=visible_text(citation.quote),
        reference=_reference(said),
        facts=tuple(visible_text(fact) for fact in facts if fact),
        permalink=Link(name=texts.in_bronvraag, address=_permalink(citation, site)),
        also_in=tuple(_reference(place) for place in also_in),
        table=_shown(citation.table) if citation.table and citation.table.rows else None,
    )


def _shown(table: QuotedTable) -> QuotedTable:
    """Return a table without invisible characters."""
    return replace(
        table,
        heads=tuple(map(visible_text, table.heads)),
        rows=tuple(tuple(map(visible_text, row)) for row in table.rows),
    )


def _reference(said: Provenance) -> Link:
    name = visible_text(said.name) or "?"
    return Link(
        name=f"{name} ({visible_text(said.date)})" if said.relevance is None and said.date else name, address=said.published_at
    )


def _permalink(citation: Citation, site: str | None) -> str | None:
    link = Address(citation.document_id, citation.quote_start, citation.quote_end).link
    return f"{site}{link}" if site else None


def safe_site(site: str) -> str | None:
    """Return the address of the page without its query and fragment, or None for what is no address of a page."""
    try:
        parts = urlsplit(site[:_MAX_SITE])
    except ValueError:
        return None
    plain = parts.netloc.replace(".", "").replace(":", "").replace("-", "").replace("[", "").replace("]", "")
    if parts.scheme not in {"http", "https"} or not (plain.isascii() and plain.isalnum()):
        return None
    return f"{parts.scheme}://{parts.netloc}/"
