import html
import re
from collections.abc import Iterator

import pytest

from qa.address import Address
from qa.page.source.page_view import open_page
from qa.wording.interface import TEXTS
from tests.page.small_library import desk_over, thrown_away_library
from tests.page.source_documents import BADLY_NAMED_QUOTE, CHANGED_QUOTE, GONE_QUOTE, PDF_QUOTE, TWO_PAGE_QUOTE, source_documents
from tests.page.test_panel import Reading

_SOURCES = source_documents()
DESK = desk_over(thrown_away_library(tuple(_SOURCES)))
PDF, CHANGED, GONE, BADLY_NAMED = [document.document_id for document, _ in _SOURCES[:4]]


@pytest.fixture(autouse=True, scope="module")
def _closed() -> Iterator[None]:
    """End the process that draws the pages."""
    yield
    DESK.close()


def view(document_id: str, quote: str = PDF_QUOTE, **wishes: object) -> str:
    start = DESK.document(document_id).text.index(quote)
    link = Address(document_id, start, start + len(quote)).link
    return open_page(DESK, {"link": link, "language": "nl", **wishes})


def boxes(shown: str) -> list[dict[str, float]]:
    styles = re.findall(r'<span class="box" style="([^"]*)"', shown)
    return [{name: float(value) for name, value in re.findall(r"(\w+):([\d.]+)%", style)} for style in styles]


def test_the_page_of_the_quote_is_a_picture_with_its_name() -> None:
    assert 'alt="pagina 1 van ah-tk-20232024-123.pdf; het citaat is gemarkeerd"' in view(PDF)


def test_the_picture_asks_no_other_address() -> None:
    assert re.findall(r'src="([^"]{15})', view(PDF)) == ["data:image/png;"]


def test_the_quote_is_marked_within_the_column_that_it_is_printed_in() -> None:
    marked = boxes(view(PDF))
    assert marked
    assert all(box["left"] > 100 * 215 / 558 and box["left"] + box["width"] < 100 * 545 / 558 for box in marked)


def test_a_quote_on_two_pages_shows_the_first_and_says_so() -> None:
    shown = view(PDF, TWO_PAGE_QUOTE)
    assert "pagina 1 van 2" in shown
    assert TEXTS["nl"].quote_goes_on in shown


def test_the_second_of_two_pages_says_where_the_quote_began() -> None:
    shown = view(PDF, TWO_PAGE_QUOTE, page=2)
    assert TEXTS["nl"].quote_began in shown
    assert boxes(shown)


def test_another_page_has_a_way_back_to_the_quote() -> None:
    shown = view(PDF, page=2)
    assert boxes(shown) == []
    assert 'class="tool quote-page" data-page="1"' in shown


def test_a_file_that_changed_gets_a_sentence() -> None:
    assert html.escape(TEXTS["nl"].page_file_changed) in view(CHANGED, CHANGED_QUOTE)


def test_a_file_that_is_gone_gets_a_sentence() -> None:
    assert html.escape(TEXTS["nl"].page_file_gone) in view(GONE, GONE_QUOTE)


def test_a_file_that_is_no_pdf_gets_a_sentence() -> None:
    assert 'role="alert"' in open_page(DESK, {"link": "#src=0a1b2c.0.5", "language": "nl"})


def test_a_hostile_file_name_stays_text() -> None:
    shown = view(BADLY_NAMED, BADLY_NAMED_QUOTE)
    assert set(Reading(shown).tags) == {"div", "button", "span", "img"}
    assert shown.count("<img") == 1


def test_a_whole_document_shows_its_first_page() -> None:
    shown = open_page(DESK, {"link": f"#doc={PDF}", "language": "en"})
    assert "page 1 of 2" in shown
    assert "remark" not in shown


@pytest.mark.parametrize("page", [0, -1, 3, 10**12, 5000])
def test_a_page_that_is_not_there_gets_a_sentence(page: int) -> None:
    assert html.escape(TEXTS["nl"].page_failed) in view(PDF, page=page)


@pytest.mark.parametrize("page", [None, "2", 1.5, True, [], {}])
def test_what_is_no_page_number_shows_the_page_of_the_quote(page: object) -> None:
    assert "pagina 1 van 2" in view(PDF, page=page)


@pytest.mark.parametrize(
    "request_", [None, 7, [], {}, {"link": None}, {"link": "#src=x"}, {"link": "#src=unknown.1.2"}, {"link": "#doc="}]
)
def test_a_request_for_nothing_gets_a_sentence(request_: object) -> None:
    assert 'role="alert"' in open_page(DESK, request_)
