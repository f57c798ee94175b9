"""The list of documents as HTML: what stays the same of it, a part of the list, and what the texts say about the words that are searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qa.address import Address, document_link
from qa.answer import Citation, Language
from qa.document import Metadata
from qa.intake.uploads import UploadLimits
from qa.library import DocumentRecord, Listing, Order
from qa.library.filters import Filters
from qa.library.upload_name import is_upload, shown_name
from qa.page.source.header import doubts_of
from qa.parliament.formal_reference import formal_reference
from qa.passage import Role
from qa.readers import SUFFIXES
from qa.templates import macros
from qa.wording.documents import say_date, say_kind
from qa.wording.library import LIBRARY_TEXTS, LibraryTexts, say_n_documents, say_n_passages
from qa.wording.sentence import say_number
from qa.workers.limits import size_text

_TEMPLATE = "page/documents/documents.html"
N_SHOWN = 50
"""Documents on a page of the list."""


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A document of the list; `consequence` is what removing it means."""

    document_id: str
    link: str
    title: str
    facts: Sequence[str]
    doubts: Sequence[str]
    consequence: str
    can_remove: bool


@dataclass(frozen=True, kw_only=True)
class _Pages:
    """Where in the list its reader is, and at which places its other pages begin."""

    shown: str
    previous: int
    following: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class _Upload:
    """What a browser needs of the limits; `said` are the sentences that it says itself, by name."""

    most: int
    kinds: str
    accepted: str
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class _Found:
    quote: str
    title: str
    date: str
    link: str


def frame_html(language: Language, limits: UploadLimits | None) -> str:
    """Return what of the section stays the same; without limits nothing can be added or removed."""
    texts = LIBRARY_TEXTS[language]
    orders = [(Order.NEWEST, texts.order_newest), (Order.TITLE, texts.order_title), (Order.INDEXED, texts.order_indexed)]
    return str(macros(_TEMPLATE).frame(texts, _upload(texts, limits) if limits else None, orders))


def listing_html(listing: Listing, start: int, language: Language, *, filters: Filters, is_empty: bool, can_remove: bool) -> str:
    """Return the documents from place `start` on, with the ways to the other pages of the list."""
    texts = LIBRARY_TEXTS[language]
    if not listing.n_documents:
        return str(macros(_TEMPLATE).nothing(texts.none_yet if is_empty else texts.none_fit))
    entries = [_entry(record, language, can_remove=can_remove) for record in listing.records]
    return str(macros(_TEMPLATE).listing(entries, start, texts, bool(filters), _pages(listing, start, language)))


def in_texts_html(words: str, citations: Sequence[Citation], language: Language) -> str:
    """Return what the documents say about words that were searched, each document once, with the way to ask it as a question."""
    best = {citation.document_id: citation for citation in reversed(citations)}
    found = [
        _Found(
            quote=citation.quote,
            title=citation.title,
            date=say_date(citation.date, language) if citation.date else "",
            link=Address(citation.document_id, citation.quote_start, citation.quote_end).link,
        )
        for citation in citations
        if best[citation.document_id] is citation
    ]
    return str(macros(_TEMPLATE).in_texts(words, found, LIBRARY_TEXTS[language], language))


def said_of(listing: Listing, n_all: int, language: Language) -> str:
    """Return how many documents are listed, of how many."""
    if listing.n_documents == n_all:
        return say_n_documents(n_all, language)
    found, everything = say_number(listing.n_documents, language), say_number(n_all, language)
    return LIBRARY_TEXTS[language].n_of.format(found=found, all=everything)


def _entry(record: DocumentRecord, language: Language, *, can_remove: bool) -> _Entry:
    texts = LIBRARY_TEXTS[language]
    return _Entry(
        document_id=record.document_id,
        link=document_link(record.document_id),
        title=record.metadata.title,
        facts=_facts(record, record.metadata, language),
        doubts=doubts_of(record.doubts, language),
        consequence=texts.remove_uploaded if is_upload(record.source) else texts.remove_from_disk,
        can_remove=can_remove,
    )


def _facts(record: DocumentRecord, metadata: Metadata, language: Language) -> list[str]:
    texts = LIBRARY_TEXTS[language]
    facts = [
        say_kind(metadata.kind, language),
        say_date(metadata.date, language) if metadata.date else texts.no_date,
        formal_reference(metadata, Role.PARAGRAPH, ()) or "",
        shown_name(record.source),
        say_n_passages(record.n_passages, language),
        texts.indexed_at.format(when=_say_moment(record.indexed_at, language)),
    ]
    return [fact for fact in facts if fact]


def _say_moment(iso_time: str, language: Language) -> str:
    """Return a moment by this computer's clock."""
    try:
        moment = datetime.fromisoformat(iso_time)
    except ValueError:
        return iso_time
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
    return f"{say_date(local.date().isoformat(), language)}, {local:%H:%M}"


def _pages(listing: Listing, start: int, language: Language) -> _Pages | None:
    n_shown = len(listing.records)
    if n_shown == listing.n_documents:
        return None
    first, last, everything = (say_number(n, language) for n in (start + 1, start + n_shown, listing.n_documents))
    return _Pages(
        shown=LIBRARY_TEXTS[language].shown.format(first=first, last=last, n=everything),
        previous=max(0, start - N_SHOWN),
        following=start + N_SHOWN,
        is_first=not start,
        is_last=start + n_shown >= listing.n_documents,
    )


def _upload(texts: LibraryTexts, limits: UploadLimits) -> _Upload:
    size = size_text(limits.max_file_bytes)
    return _Upload(
        most=limits.max_file_bytes,
        kinds=texts.upload_kinds.format(size=size),
        accepted=",".join(sorted(SUFFIXES - {".doc"})),
        said=[
            ("waiting", texts.upload_waiting),
            ("sending", texts.upload_sending),
            ("indexing", texts.upload_indexing),
            ("failed", texts.upload_failed),
            ("too-large", texts.upload_too_large.format(size=size)),
            ("summary", texts.upload_summary),
            ("running", texts.upload_running),
            ("open", texts.upload_open),
        ],
    )
