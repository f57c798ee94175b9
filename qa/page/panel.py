"""The source panel: a cited document, from its address to escaped HTML."""

import html
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from qa.answer import Language
from qa.document import Document
from qa.exceptions import BronvraagError
from qa.identifiers import public_address
from qa.page.address import Address, parse_address
from qa.page.document_html import document_html
from qa.page.engine import Engine
from qa.page.texts import TEXTS, Texts, as_language
from qa.passage import Passage, Role
from qa.wording import say_date, say_kind


def open_source(engine: Engine, request: object) -> str:
    """Return the panel for a request `{"link": "#src=...", "language": "nl"}`; a request that names no quote gets a sentence that says so."""
    wishes: dict[str, Any] = request if isinstance(request, dict) else {}
    language = as_language(wishes.get("language"))
    address = parse_address(str(wishes.get("link", "")))
    if address is None:
        return apology_html(language)
    try:
        document, passages = engine.document(address.document_id), engine.passages(address.document_id)
    except BronvraagError as error:
        return apology_html(language, str(error))
    if not address.is_within(document.text):
        return apology_html(language)
    return panel_html(document, passages, address, language)


def panel_html(document: Document, passages: Sequence[Passage], address: Address, language: Language) -> str:
    """Return the panel: the document's facts, a warning where a question is cited, and the whole text with the quote marked."""
    texts, span = TEXTS[language], (address.start, address.end)
    cites_question = any(
        passage.role is Role.QUESTION and passage.start <= address.start and address.end <= passage.end for passage in passages
    )
    return "".join(
        [
            _header_html(document.metadata.title, _facts_html(document, language), texts),
            f'<p class="warning">{html.escape(texts.question_warning)}</p>' if cites_question else "",
            f'<article lang="nl" tabindex="0" role="region" aria-label="{html.escape(texts.document_text)}">',
            document_html(document, passages, span, texts),
            "</article>",
        ]
    )


def apology_html(language: Language, reason: str = "") -> str:
    """Return a panel that says that a source cannot be opened, and why if that is known."""
    texts = TEXTS[language]
    why = f"<p>{html.escape(reason)}</p>" if reason else ""
    return f'{_header_html(texts.source, "", texts)}<div class="apology" role="alert"><p>{html.escape(texts.open_failed)}</p>{why}</div>'


def _header_html(title: str, facts: str, texts: Texts) -> str:
    close = f'<button type="button" class="close" aria-label="{html.escape(texts.close)}" title="{html.escape(texts.close)}"></button>'
    return (
        f'<header><div class="title-row"><h2 id="source-title" tabindex="-1">{_isolated(title)}</h2>{close}</div>{facts}</header>'
    )


def _facts_html(document: Document, language: Language) -> str:
    texts, metadata = TEXTS[language], document.metadata
    facts = [f"<span>{html.escape(say_kind(metadata.kind, language))}</span>"]
    if metadata.date:
        facts.append(f"<span>{_isolated(say_date(metadata.date, language))}</span>")
    facts.append(
        f'<span class="file"><span class="label">{html.escape(texts.file)}</span> {_isolated(PurePath(document.source).name)}</span>'
    )
    if metadata.official_id:
        facts.append(_published_html(metadata.official_id, texts))
    return f'<p class="facts">{"".join(facts)}</p>'


def _published_html(official_id: str, texts: Texts) -> str:
    address = html.escape(public_address(official_id))
    return (
        f'<a class="published" href="{address}" target="_blank" rel="noopener noreferrer" title="{html.escape(texts.leaves)}">'
        f'{html.escape(texts.published)} {_isolated(official_id)}<span class="sr-only"> ({html.escape(texts.leaves)})</span></a>'
    )


def _isolated(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"
