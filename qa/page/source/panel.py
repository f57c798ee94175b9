"""The source panel: a cited document, from its address to escaped HTML."""

import html
from collections.abc import Sequence
from typing import Any

from qa.address import Address, parse_address, parse_document_link
from qa.answer import Language
from qa.desk import Desk
from qa.document import Document
from qa.exceptions import BronvraagError, NotInLibraryError
from qa.page.source.copies import copies_of
from qa.page.source.document_html import NOWHERE, document_html
from qa.page.source.document_links import NO_LINKS, Links, links_of
from qa.page.source.header import facts_html, header_html, isolated, tools_html
from qa.page.source.text_fragment import text_fragment
from qa.passage import Passage, Role
from qa.wording.interface import TEXTS, Texts, as_language

LONG = 100_000
"""Characters of a document from which on the browser lays out only what is in sight."""


def open_source(desk: Desk, request: object) -> str:
    """Return the panel for a request `{"link": "#src=...", "language": "nl"}`; a request that names no quote gets a sentence that says so."""
    wishes: dict[str, Any] = request if isinstance(request, dict) else {}
    language = as_language(wishes.get("language"))
    texts, link = TEXTS[language], str(wishes.get("link", ""))
    address = parse_address(link)
    document_id = address.document_id if address else parse_document_link(link)
    if document_id is None:
        return apology_html(texts, texts.open_wrong)
    try:
        document, passages = desk.document(document_id), desk.passages(document_id)
        links = links_of(document, desk.documents_called, texts)
    except NotInLibraryError:
        return apology_html(texts, texts.document_gone)
    except BronvraagError as error:
        return apology_html(texts, texts.open_failed, error.sentence.said_elsewhere(language))
    if address and not address.is_within(document.text):
        return apology_html(texts, texts.open_wrong)
    return panel_html(document, passages, address, language, links=links)


def panel_html(
    document: Document, passages: Sequence[Passage], address: Address | None, language: Language, *, links: Links = NO_LINKS
) -> str:
    """Return the panel: what the document is, a warning where a question is cited, and the whole text with the quote marked.

    Args:
        document: to show.
        passages: of the document, in order of start.
        address: of the quote; None shows the document without one.
        language: of the page.
        links: the references in the text that are to be links.
    """
    texts, span = TEXTS[language], (address.start, address.end) if address else NOWHERE
    cited = next((passage for passage in passages if passage.start <= span[0] < span[1] <= passage.end), None)
    asked = questions_of(cited, passages)
    quote = document.text[slice(*span)]
    has_pages = bool(document.printed_spans)
    tools = tools_html(copies_of(document, cited, quote, language), texts, has_pages=has_pages)
    fragment = text_fragment(quote, (note.anchor - span[0] for note in document.footnotes if note.anchor is not None))
    cites_question = any(
        passage.role is Role.QUESTION and passage.start < span[1] and span[0] < passage.end for passage in passages
    )
    is_long = len(document.text) > LONG
    text = _article_html(document_html(document, passages, span, texts, links=links, asked=asked), texts, is_long=is_long)
    return "".join(
        [
            header_html(document.metadata.title, texts, tools + facts_html(document, language, fragment)),
            f'<p class="warning">{html.escape(texts.question_warning)}</p>' if cites_question else "",
            _asked_html(asked, document, texts),
            _views_html(text, texts) if has_pages else f'<div class="view">{text}</div>',
        ]
    )


def questions_of(cited: Passage | None, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Return the questions that a cited answer belongs to, in order."""
    if cited is None or cited.role is not Role.ANSWER:
        return ()
    return [passage for passage in passages if passage.role is Role.QUESTION and set(passage.numbers) & set(cited.numbers)]


def apology_html(texts: Texts, sentence: str, reason: str = "") -> str:
    """Return a panel that says that a source cannot be opened, and why if that is known."""
    why = f'<p lang="en">{html.escape(reason)}</p>' if reason else ""
    return f'{header_html(texts.source, texts)}<div class="apology" role="alert"><p>{html.escape(sentence)}</p>{why}</div>'


def _article_html(content: str, texts: Texts, *, is_long: bool) -> str:
    long = ' class="long"' if is_long else ""
    return (
        f'<article{long} lang="nl" tabindex="0" role="region" aria-label="{html.escape(texts.document_text)}">{content}</article>'
    )


def _views_html(text: str, texts: Texts) -> str:
    """Return the two views; that of the page is filled when it is asked for."""
    return (
        f'<div class="view" id="view-text" role="tabpanel" aria-labelledby="tab-text">{text}</div>'
        f'<div class="view" id="view-page" role="tabpanel" aria-labelledby="tab-page" hidden><p class="loading">{html.escape(texts.page_loading)}</p></div>'
    )


def _asked_html(asked: Sequence[Passage], document: Document, texts: Texts) -> str:
    """Return the questions that the answer belongs to, as the words of a member that they are."""
    if not asked:
        return ""
    title = texts.asked_one if len({number for passage in asked for number in passage.numbers}) == 1 else texts.asked_many
    members = ", ".join(
        f"{person.name} ({person.affiliation})" if person.affiliation else person.name for person in document.metadata.asked_by
    )
    who = f"{html.escape(texts.members_words)}{f': {isolated(members)}' if members else ''}"
    questions = "".join(_question_html(passage, texts) for passage in asked)
    return (
        f'<section class="asked" tabindex="0" aria-labelledby="asked-title"><h3 id="asked-title">{html.escape(title)}'
        f" <span>{who}</span></h3>{questions}</section>"
    )


def _question_html(passage: Passage, texts: Texts) -> str:
    numbers = ", ".join(map(str, passage.numbers))
    link = f'<a href="#part-{passage.start}" aria-label="{html.escape(texts.asked)} {numbers}">{numbers}</a>'
    return f'<p lang="nl">{link} {isolated(passage.text)}</p>'
