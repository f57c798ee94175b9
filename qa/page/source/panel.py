"""The source panel: a cited document, from its address to escaped HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.address import Address, parse_address, parse_document_link
from qa.answer import Language
from qa.desk import Desk
from qa.document import Document
from qa.exceptions import BronvraagError, NotInLibraryError
from qa.page.source.contents import Entry, contents_of
from qa.page.source.copies import Copy, copies_of
from qa.page.source.document_html import NOWHERE, document_html
from qa.page.source.document_links import NO_LINKS, Links, links_of
from qa.page.source.header import doubts_of, facts_of, in_short, published, say_people
from qa.page.source.text_fragment import text_fragment
from qa.passage import Passage, Role
from qa.table_rows import BETWEEN
from qa.templates import macros
from qa.wording.interface import TEXTS, Texts, as_language

TEMPLATE = "page/source/panel.html"
LONG = 100_000
"""Characters of a document from which on the browser lays out only what is in sight."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the panel shows of a document.

    Attributes:
        title: of the document.
        in_short: what it is.
        facts: what it says about itself, each with its name.
        doubts: what is doubtful about it.
        published: its official identifier and the address of the publication.
        copies: what can be copied.
        cites_question: whether the quote is a member's question.
        asked: the questions that the cited answer belongs to: their numbers, and where they begin.
        members: who asked.
        contents: the table of contents.
        has_pages: whether the printed pages can be shown.
        is_long: whether only what is in sight should be laid out.
        text: the document as HTML.
    """

    title: str
    in_short: Sequence[str]
    facts: Sequence[tuple[str, str]]
    doubts: Sequence[str]
    published: tuple[str, str] | None
    copies: Sequence[Copy]
    cites_question: bool
    asked: Sequence[tuple[str, int]]
    members: str
    contents: Sequence[Entry]
    has_pages: bool
    is_long: bool
    text: str


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
        links = links_of(document, passages, desk.documents_called, texts)
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
    words = quote.partition(BETWEEN)[0]  # the publication shows other cells elsewhere on the page
    fragment = text_fragment(words, (note.anchor - span[0] for note in document.footnotes if note.anchor is not None))
    shown = Shown(
        title=document.metadata.title,
        in_short=in_short(document, language),
        facts=facts_of(document, language),
        doubts=doubts_of(document.doubts, language),
        published=published(document, fragment),
        copies=copies_of(document, cited, quote, language),
        cites_question=any(
            passage.role is Role.QUESTION and passage.start < span[1] and span[0] < passage.end for passage in passages
        ),
        asked=[(", ".join(map(str, passage.numbers)), passage.start) for passage in asked],
        members=say_people(document.metadata.asked_by),
        contents=contents_of(document, passages, span),
        has_pages=bool(document.printed_spans),
        is_long=len(document.text) > LONG,
        text=document_html(document, passages, span, texts, links=links, asked=asked),
    )
    return str(macros(TEMPLATE).panel(shown, texts))


def questions_of(cited: Passage | None, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Return the questions that a cited answer belongs to, in order."""
    if cited is None or cited.role is not Role.ANSWER:
        return ()
    return [passage for passage in passages if passage.role is Role.QUESTION and set(passage.numbers) & set(cited.numbers)]


def apology_html(texts: Texts, sentence: str, reason: str = "") -> str:
    """Return a panel that says that a source cannot be opened, and why if that is known."""
    return str(macros(TEMPLATE).unopened(texts, sentence, reason))
