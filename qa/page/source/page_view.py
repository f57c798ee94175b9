"""The page view: a page of a PDF file as it is printed, the quote marked on it.

The picture travels inside the panel's HTML, as a `data:` address: it is covered by whatever protects the panel, is kept by no cache and needs no
address of its own that would have to be protected, limited and cleared. A page is about 200 kB.
"""

from base64 import b64encode
from typing import Any

from qa.address import parse_address, parse_document_link
from qa.desk import Desk
from qa.document import Document
from qa.exceptions import BronvraagError, BusyError, FileChangedError, FileGoneError, NotInLibraryError
from qa.library.upload_name import shown_name
from qa.page.source.document_html import NOWHERE, Span
from qa.page.source.panel import TEMPLATE
from qa.readers.pdf_picture import PagePicture
from qa.templates import macros
from qa.wording.interface import TEXTS, Texts, as_language


def open_page(desk: Desk, request: object) -> str:
    """Return the view for `{"link": "#src=...", "page": 2, "language": "nl"}`; without a page number, of the page on which the quote begins."""
    wishes: dict[str, Any] = request if isinstance(request, dict) else {}
    language = as_language(wishes.get("language"))
    texts, link, wished = TEXTS[language], str(wishes.get("link", "")), wishes.get("page")
    address = parse_address(link)
    document_id = address.document_id if address else parse_document_link(link)
    if document_id is None:
        return _sorry_html(texts.open_wrong)
    span = (address.start, address.end) if address else NOWHERE
    try:
        document = desk.document(document_id)
        page = wished if type(wished) is int else document.page_at(span[0]) or 1
        return page_html(desk.page_picture(document, page, span), document, span, texts)
    except NotInLibraryError:
        return _sorry_html(texts.document_gone)
    except FileGoneError:
        return _sorry_html(texts.page_file_gone)
    except FileChangedError:
        return _sorry_html(texts.page_file_changed)
    except BronvraagError as error:
        return _sorry_html(texts.page_failed, error.sentence.said_elsewhere(language))


def busy_page(error: BusyError, request: object) -> str:
    """Return what is shown instead of a page while too many wait for theirs."""
    language = as_language(request.get("language")) if isinstance(request, dict) else "nl"
    return _sorry_html(TEXTS[language].page_failed, error.sentence.said_elsewhere(language))


def page_html(picture: PagePicture, document: Document, span: Span, texts: Texts) -> str:
    """Return the page, the way to the others, and where the quote stands on it."""
    pages = sorted({printed.page for printed in document.printed_between(*span)})
    name = f"{texts.page} {picture.page} {texts.out_of} {picture.n_pages}"
    marked = f"; {texts.quote_is_marked}" if picture.places else ""
    page = {
        "number": picture.page,
        "n_pages": picture.n_pages,
        "name": name,
        "quote_page": pages[0] if pages and picture.page not in pages else None,
        "remarks": _remarks(pages, picture, span, texts),
        "image": f"data:image/png;base64,{b64encode(picture.png).decode('ascii')}",
        "width": picture.width,
        "height": picture.height,
        "description": f"{texts.page} {picture.page} {texts.out_of} {shown_name(document.source)}{marked}",
        "places": [{side: 100 * getattr(place, side) for side in ("left", "top", "width", "height")} for place in picture.places],
    }
    return str(macros(TEMPLATE).printed(page, texts))


def _remarks(pages: list[int], picture: PagePicture, span: Span, texts: Texts) -> list[str]:
    if span == NOWHERE:
        return []
    if not pages:
        return [texts.quote_not_placed]
    goes_on = picture.page in pages and pages[-1] > picture.page
    began = picture.page in pages and pages[0] < picture.page
    return [remark for remark, holds in ((texts.quote_began, began), (texts.quote_goes_on, goes_on)) if holds]


def _sorry_html(sentence: str, reason: str = "") -> str:
    return str(macros(TEMPLATE).apology(sentence, reason))
