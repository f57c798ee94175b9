"""The list of documents as HTML: what stays the same of it, and a part of the list."""

import html
from datetime import UTC, datetime

from qa.address import document_link
from qa.answer import Language
from qa.document import Metadata
from qa.intake.uploads import UploadLimits
from qa.library import DocumentRecord, Listing, Order
from qa.library.filters import Filters
from qa.library.upload_name import is_upload, shown_name
from qa.page.filters.facets_html import period_html
from qa.page.source.header import doubts_html
from qa.parliament.formal_reference import formal_reference
from qa.passage import Role
from qa.readers import SUFFIXES
from qa.wording.documents import say_date, say_kind
from qa.wording.library import LIBRARY_TEXTS, LibraryTexts, say_n_documents, say_n_passages
from qa.wording.sentence import say_number
from qa.workers.limits import size_text

N_SHOWN = 50
"""Documents on a page of the list."""


def frame_html(language: Language, limits: UploadLimits | None) -> str:
    """Return what of the section stays the same; without limits nothing can be added or removed."""
    texts = LIBRARY_TEXTS[language]
    return (
        f'<header class="library-head"><h2 tabindex="-1">{html.escape(texts.documents)}</h2><p class="count" role="status"></p></header>'
        f"{_upload_html(texts, limits) if limits else _closed_html(texts)}"
        f'{_search_html(texts)}<div class="chosen-place"></div><p class="notice" role="status"></p>'
        f'<div class="library-body"><details class="facets-fold" open><summary>{html.escape(texts.filters)}</summary>'
        f'<form class="facets">{period_html(language)}<div class="facet-lists"></div></form></details><div class="listing" data-failed="{html.escape(texts.failed)}"></div></div>'
        f"{_dialog_html(texts) if limits else ''}"
    )


def listing_html(listing: Listing, start: int, language: Language, *, filters: Filters, is_empty: bool, can_remove: bool) -> str:
    """Return the documents from place `start` on, with the ways to the other pages of the list."""
    texts = LIBRARY_TEXTS[language]
    if not listing.n_documents:
        return f'<p class="none">{html.escape(texts.none_yet if is_empty else texts.none_fit)}</p>'
    documents = "".join(_document_html(record, language, can_remove=can_remove) for record in listing.records)
    ask = f'<button type="button" class="ask-these">{html.escape(texts.ask_documents)}</button>' if filters else ""
    return f'{ask}<ol class="documents" start="{start + 1}">{documents}</ol>{_pages_html(listing, start, language)}'


def said_of(listing: Listing, n_all: int, language: Language) -> str:
    """Return how many documents are listed, of how many."""
    if listing.n_documents == n_all:
        return say_n_documents(n_all, language)
    found, everything = say_number(listing.n_documents, language), say_number(n_all, language)
    return LIBRARY_TEXTS[language].n_of.format(found=found, all=everything)


def _document_html(record: DocumentRecord, language: Language, *, can_remove: bool) -> str:
    texts, metadata = LIBRARY_TEXTS[language], record.metadata
    title = html.escape(metadata.title)
    consequence = texts.remove_uploaded if is_upload(record.source) else texts.remove_from_disk
    facts = "".join(f"<li><bdi>{html.escape(fact)}</bdi></li>" for fact in _facts(record, metadata, language))
    ask = f'<button type="button" class="ask-this">{html.escape(texts.ask_document)}<span class="sr-only">: <bdi>{title}</bdi></span></button>'
    remove = (
        f'<button type="button" class="remove">{html.escape(texts.remove)}<span class="sr-only">: <bdi>{title}</bdi></span></button>'
        if can_remove
        else ""
    )
    return (
        f'<li class="document" data-document="{html.escape(record.document_id)}" data-consequence="{html.escape(consequence)}"><h3><a href="{document_link(record.document_id)}" lang="nl"><bdi>{title}</bdi></a></h3>'
        f'<ul class="facts">{facts}</ul>{doubts_html(record.doubts, language)}<p class="doings">{ask}{remove}</p></li>'
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


def _pages_html(listing: Listing, start: int, language: Language) -> str:
    texts, n_shown = LIBRARY_TEXTS[language], len(listing.records)
    first, last, everything = (say_number(n, language) for n in (start + 1, start + n_shown, listing.n_documents))
    if n_shown == listing.n_documents:
        return ""
    previous = "" if start else " disabled"
    following = "" if start + n_shown < listing.n_documents else " disabled"
    return (
        f'<nav class="pages" aria-label="{html.escape(texts.pages_label)}">'
        f'<button type="button" data-start="{max(0, start - N_SHOWN)}"{previous}>{html.escape(texts.previous)}</button>'
        f"<span>{html.escape(texts.shown.format(first=first, last=last, n=everything))}</span>"
        f'<button type="button" data-start="{start + N_SHOWN}"{following}>{html.escape(texts.next)}</button></nav>'
    )


def _search_html(texts: LibraryTexts) -> str:
    orders = {Order.NEWEST: texts.order_newest, Order.TITLE: texts.order_title, Order.INDEXED: texts.order_indexed}
    options = "".join(f'<option value="{order}">{html.escape(name)}</option>' for order, name in orders.items())
    return (
        f'<form class="search" role="search"><label class="words"><span class="sr-only">{html.escape(texts.search_label)}</span>'
        f'<input type="search" name="words" maxlength="200" autocomplete="off" placeholder="{html.escape(texts.search_placeholder)}"></label>'
        f'<label class="order"><span>{html.escape(texts.order_label)}</span><select name="order">{options}</select></label></form>'
    )


def _upload_html(texts: LibraryTexts, limits: UploadLimits) -> str:
    size = size_text(limits.max_file_bytes)
    accepted = ",".join(sorted(SUFFIXES - {".doc"}))
    said = {
        "waiting": texts.upload_waiting,
        "sending": texts.upload_sending,
        "indexing": texts.upload_indexing,
        "failed": texts.upload_failed,
        "too-large": texts.upload_too_large.format(size=size),
        "summary": texts.upload_summary,
    }
    data = "".join(f' data-{name}="{html.escape(text)}"' for name, text in said.items())
    return (
        f'<section class="upload" aria-label="{html.escape(texts.upload)}" data-most="{limits.max_file_bytes}"{data}>'
        f'<p class="drop">{html.escape(texts.upload_drop)} <label class="choose"><input type="file" multiple accept="{accepted}" class="sr-only">'
        f"<span>{html.escape(texts.upload_choose)}</span></label></p>"
        f'<p class="kinds">{html.escape(texts.upload_kinds.format(size=size))}</p>'
        f'<ul class="uploaded" aria-label="{html.escape(texts.upload_list)}" hidden></ul><p class="summary" role="status"></p></section>'
    )


def _closed_html(texts: LibraryTexts) -> str:
    return f'<p class="closed">{html.escape(texts.upload_closed)}</p>'


def _dialog_html(texts: LibraryTexts) -> str:
    return (
        f'<dialog class="confirm" aria-labelledby="confirm-title"><h2 id="confirm-title">{html.escape(texts.remove_title)}</h2>'
        '<p class="what"><bdi></bdi></p><p class="consequence"></p><form method="dialog">'
        f'<button value="cancel">{html.escape(texts.cancel)}</button><button value="remove" class="danger">{html.escape(texts.remove)}</button></form></dialog>'
    )
