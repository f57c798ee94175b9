"""The source as printed, copied, linked to and attacked, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import APPEARANCES, NAMES_OF_APPEARANCES, violations
from tests.page.small_engine import QUOTE_OF_ANSWER_4
from tests.page.source_documents import HOSTILE_ANSWER
from tests.page.source_reading import HOSTILE, PDF, copied, opened, show_page, source_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the page with more sources is served."""
    with source_server() as url:
        yield url


# --- copying


def test_formal_reference_is_copied(open_page: Opener, url: str) -> None:
    assert copied(opened(open_page), "Formele verwijzing", url) == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"


def test_quote_is_copied_with_its_reference(open_page: Opener, url: str) -> None:
    expected = f"“{QUOTE_OF_ANSWER_4}” (Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4)"
    assert copied(opened(open_page), "Citaat met verwijzing", url) == expected


def test_markdown_is_copied_with_the_link_to_this_citation(open_page: Opener, url: str) -> None:
    page = opened(open_page)
    assert copied(page, "Markdown met link", url).endswith(f"nr. 2856, antwoord 4]({url}/#{page.url.partition('#')[2]})")


def test_copied_link_opens_exactly_this_citation_in_another_browser(open_page: Opener, url: str) -> None:
    link = copied(opened(open_page), "Link naar dit citaat", url)
    fresh = open_page(link.removeprefix(url), profile="a colleague", locale="en-GB")
    expect(fresh.locator("#source mark")).to_have_text(QUOTE_OF_ANSWER_4)
    expect(fresh.locator("#source mark")).to_be_in_viewport()


def test_where_the_clipboard_is_refused_it_is_copied_all_the_same(open_page: Opener, url: str) -> None:
    page = opened(open_page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    assert copied(page, "Formele verwijzing", url).startswith("Aanhangsel")


def test_escape_closes_the_choices_only(open_page: Opener) -> None:
    page = opened(open_page)
    page.locator("#source .copies > .copy").click()
    expect(page.get_by_role("button", name="Formele verwijzing")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Citaat met verwijzing")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source .copies > .copy")).to_be_focused()
    expect(page.locator("#source")).to_be_visible()


# --- permalinks


def test_link_to_a_document_that_changed_gets_a_clear_sentence(open_page: Opener) -> None:
    page = open_page("/#src=0123456789abcdef.10.20")
    expect(page.locator("#source [role=alert]")).to_contain_text("Dit document staat niet meer in de bibliotheek.")


def test_link_to_no_place_gets_a_clear_sentence(open_page: Opener) -> None:
    page = open_page("/#src=0a1b2c.999990.999999", locale="en-GB")
    expect(page.locator("#source [role=alert]")).to_contain_text("This link is wrong")


def test_link_to_a_document_opens_it_without_a_quote(open_page: Opener) -> None:
    page = open_page("/#doc=3d4e5f")
    expect(page.locator("#source h2")).to_be_focused()
    expect(page.locator("#source article")).to_contain_text("Global Compact on Migration")


# --- the page as printed


def test_page_shows_the_quote_marked_where_it_is_printed(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    show_page(page)
    image = page.get_by_role("img", name="pagina 1 van ah-tk-20232024-123.pdf; het citaat is gemarkeerd")
    sheet, box = image.bounding_box(), page.locator("#source .box").first.bounding_box()
    assert sheet is not None
    assert box is not None
    assert sheet["x"] <= box["x"]
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
    expect(page.locator("#source .box").first).to_be_in_viewport()


def test_no_picture_is_made_before_it_is_asked_for(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    assert page.locator("#source img").count() == 0


def test_chosen_view_stays_for_the_next_citation(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    show_page(page)
    page.get_by_role("button", name="Volgend citaat").click()
    expect(page.locator("#source .remark")).to_have_text("Het citaat loopt door op de volgende pagina.")


def test_pages_can_be_turned_and_lead_back_to_the_quote(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    show_page(page)
    page.get_by_role("button", name="Volgende pagina").click()
    expect(page.locator("#source .pages .place")).to_have_text("pagina 2 van 2")
    expect(page.get_by_role("button", name="Volgende pagina")).to_be_focused()
    page.get_by_role("button", name="Naar de pagina van het citaat").click()
    expect(page.locator("#source .pages .place")).to_have_text("pagina 1 van 2")


def test_arrow_keys_choose_the_view(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    page.get_by_role("tab", name="Tekst").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Pagina")).to_be_focused()
    expect(page.locator("#source .sheet img")).to_be_visible()


@pytest.mark.parametrize(
    ("number", "sentence"), [(3, "het bestand is gewijzigd"), (4, "het bestand staat niet meer op de plaats")]
)
def test_page_of_a_file_that_is_not_the_same_gets_a_sentence(open_page: Opener, number: int, sentence: str) -> None:
    page = opened(open_page, PDF, number)
    page.get_by_role("tab", name="Pagina").click()
    expect(page.locator("#source #view-page [role=alert]")).to_contain_text(sentence)


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_page_view_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = opened(open_page, PDF, 2, **options)
    show_page(page)
    assert violations(page) == ""


# --- hostile documents


def test_hostile_set_executes_nothing_anywhere_in_the_panel(open_page: Opener, url: str) -> None:
    page = opened(open_page, HOSTILE)
    page.locator("#source .facts summary").click()
    page.get_by_role("button", name="Voetnoot 1", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("onerror=window.__xss=20")
    page.get_by_role("note").get_by_role("button").click()
    for name in ("Formele verwijzing", "Citaat met verwijzing", "Markdown met link"):
        assert "\u202e" not in copied(page, name, url)
    assert page.locator("#source mark").text_content() == HOSTILE_ANSWER
    assert page.locator("#source img, #source b, #source [onclick]").count() == 0
    assert page.evaluate("window.__xss") is None


def test_hostile_file_name_executes_nothing_in_the_page_view(open_page: Opener) -> None:
    page = opened(open_page, PDF, 5)
    show_page(page)
    expect(page.locator("#source img")).to_have_attribute("alt", re.compile(r"<img src=x onerror=window\.__xss=25>\.pdf"))
    assert page.evaluate("window.__xss") is None
