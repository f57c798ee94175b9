"""The library view: the documents, listed, searched, filtered, added and removed.

The browser (`documents.js`) says what it wants to see; everything that it sends is checked here. A path never comes from it.
"""

from typing import Any

import gradio as gr

from qa.answer import Certainty, Language
from qa.desk import Desk
from qa.exceptions import BronvraagError, FilterError
from qa.library import Order
from qa.library.filters import read_filters
from qa.page.documents.listing_html import N_SHOWN, frame_html, in_texts_html, listing_html, said_of
from qa.page.filters.facets_html import chips_html, facets_html
from qa.page.filters.view import read_narrowed
from qa.wording.interface import as_language
from qa.wording.library import LIBRARY_TEXTS

MAX_WORDS = 200
N_QUOTES = 8
"""Passages that are looked for in the texts; several may be of one document."""
MAX_START = 10_000_000


def build_documents_view(desk: Desk) -> gr.HTML:
    """Build the section; the browser fills it when it is opened."""

    def draw_library_frame(request: object) -> str:
        return frame_html(as_language(request), desk.intake.limits if desk.intake else None)

    def draw_library(visitor: gr.Request, request: object) -> dict[str, str]:
        wishes: dict[str, Any] = request if isinstance(request, dict) else {}
        language = as_language(wishes.get("language"))
        try:
            return _drawn(desk, wishes, language, can_remove=desk.intake is not None and _may_remove(visitor))
        except FilterError:
            return {"error": LIBRARY_TEXTS[language].failed}

    def remove_document(visitor: gr.Request, request: object) -> dict[str, str]:
        wishes: dict[str, Any] = request if isinstance(request, dict) else {}
        language = as_language(wishes.get("language"))
        if not _may_remove(visitor):
            return {"error": LIBRARY_TEXTS[language].remove_for_keepers}
        return _removed(desk, wishes.get("document_id"), language)

    def search_texts(request: object) -> str:
        """Return what the texts say about the words that are searched: the quotes of their best passages."""
        wishes: dict[str, Any] = request if isinstance(request, dict) else {}
        language, words = as_language(wishes.get("language")), str(wishes.get("words", ""))[:MAX_WORDS]
        try:
            answer = desk.ask(words, top_k=N_QUOTES, filters=read_filters(wishes.get("filters") or {}) or None)
        except BronvraagError:
            return ""
        is_likely = answer.certainty in {Certainty.FOUND, Certainty.PROBABLE}
        return in_texts_html(words, answer.citations if is_likely else (), language)

    return gr.HTML(
        None,
        elem_id="documents",
        html_template='<div class="library"></div>',
        apply_default_css=False,
        js_on_load="bronvraag.startDocuments(element, server)",
        server_functions=[draw_library_frame, draw_library, search_texts, remove_document],
    )


def _may_remove(visitor: gr.Request) -> bool:
    """Tell whether a visitor may remove documents, as the sign-in says; where nobody signs in, everybody may."""
    return bool(getattr(visitor.state, "may_remove", True))


def _drawn(desk: Desk, wishes: dict[str, Any], language: Language, *, can_remove: bool) -> dict[str, str]:
    catalogue, filters = desk.catalogue(), read_filters(wishes.get("filters") or {})
    words, start = wishes.get("words"), wishes.get("start")
    words = words[:MAX_WORDS] if isinstance(words, str) else ""
    start = start if isinstance(start, int) and 0 <= start <= MAX_START else 0
    order = next((order for order in Order if order == wishes.get("order")), Order.NEWEST)
    listing = catalogue.listing(filters, words, order=order, start=start, n_most=N_SHOWN)
    if not listing.records and start:  # the last documents of the last page have been removed
        start, listing = 0, catalogue.listing(filters, words, order=order, n_most=N_SHOWN)
    return {
        "list": listing_html(listing, start, language, filters=filters, is_empty=not len(catalogue), can_remove=can_remove),
        "chosen": chips_html(filters, type(filters)(), language, catalogue.title),
        "facets": facets_html(catalogue, filters, language, words=words, narrowed=read_narrowed(wishes.get("narrowed"))),
        "said": said_of(listing, len(catalogue), language),
    }


def _removed(desk: Desk, document_id: object, language: Language) -> dict[str, str]:
    texts = LIBRARY_TEXTS[language]
    record = desk.catalogue().record(document_id) if isinstance(document_id, str) else None
    if desk.intake is None or record is None:
        return {"error": texts.upload_closed if desk.intake is None else texts.remove_failed}
    try:
        desk.intake.remove(record.document_id)
    except BronvraagError:
        return {"error": texts.remove_failed}
    return {"said": texts.removed.format_map({"title": record.metadata.title})}
