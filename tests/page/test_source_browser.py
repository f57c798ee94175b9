"""What a reader sees and does in the source panel, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import APPEARANCES, DUTCH, NAMES_OF_APPEARANCES, PHONE, ask, open_citation, violations
from tests.page.source_documents import PDF_QUOTE, TWO_PAGE_QUOTE
from tests.page.source_reading import HOSTILE, LONG, PDF, opened, show_page, source_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the page with more sources is served."""
    with source_server() as url:
        yield url


# --- the question that is answered


def test_the_question_that_is_answered_stands_above_the_answer(open_page: Opener) -> None:
    page = opened(open_page)
    expect(page.get_by_role("region", name="Vraag waarop dit het antwoord is")).to_contain_text("4 woorden van een Kamerlid")
    expect(page.locator("#source p.asked")).to_be_in_viewport()


def test_the_number_of_the_question_leads_to_its_place_in_the_document(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("link", name="Vraag 4", exact=True).click()
    expect(page.locator("#source article p.question.asked")).to_be_focused()


def test_from_the_page_view_it_leads_to_the_text(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    show_page(page)
    page.locator("#source section.asked a").click()
    expect(page.locator("#source article p.question.asked")).to_be_focused()


# --- footnotes


def test_footnote_opens_beside_its_mark(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Voetnoot 1", exact=True).click()
    note = page.get_by_role("note", name="Voetnoot 1")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Kamerstuk 19 637, nr. 2688.")
    mark, box = page.locator("#source sup a[aria-expanded=true]").bounding_box(), note.bounding_box()
    assert mark is not None
    assert box is not None
    assert abs(box["y"] - mark["y"]) < 60


def test_footnote_lies_within_the_panel_on_a_phone(open_page: Opener) -> None:
    page = opened(open_page, **PHONE)
    page.get_by_role("button", name="Voetnoot 1", exact=True).click()
    box = page.get_by_role("note", name="Voetnoot 1").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_escape_closes_the_footnote_only_and_returns_to_its_mark(open_page: Opener) -> None:
    page = opened(open_page)
    place = page.locator("#source article").evaluate("article => article.scrollTop")
    page.get_by_role("button", name="Voetnoot 1", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("note")).to_have_count(0)
    expect(page.get_by_role("button", name="Voetnoot 1", exact=True)).to_be_focused()
    assert page.locator("#source article").evaluate("article => article.scrollTop") == place


def test_the_space_bar_opens_a_footnote_too(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Voetnoot 1", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("note")).to_be_focused()


def test_a_second_click_on_the_mark_closes_the_footnote(open_page: Opener) -> None:
    page = opened(open_page)
    for n_open in (1, 0):
        page.get_by_role("button", name="Voetnoot 1", exact=True).click()
        expect(page.get_by_role("note")).to_have_count(n_open)


def test_a_click_elsewhere_closes_the_footnote(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Voetnoot 1", exact=True).click()
    page.locator("#source h2").click()
    expect(page.get_by_role("note")).to_have_count(0)


def test_footnote_has_a_way_to_its_place_at_the_end_and_back(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Voetnoot 1", exact=True).click()
    page.get_by_role("link", name="Onderaan het document").click()
    expect(page.locator("#source p.footnote").first).to_be_focused()
    page.get_by_role("link", name="Terug naar de plaats van voetnoot 1").click()
    expect(page.get_by_role("button", name="Voetnoot 1", exact=True)).to_be_focused()


def test_footnote_in_a_document_of_300_pages_is_not_cut_off(open_page: Opener) -> None:
    page = opened(open_page, LONG)
    page.locator("#source sup a[data-number='250']").click()
    note = page.get_by_role("note")
    expect(note).to_contain_text("Zie Kamerstuk 35 350, nr. 3.")
    page.wait_for_function(  # a document this long may still be moving
        "note => { const b = note.getBoundingClientRect(); return note.contains(document.elementFromPoint(b.x + 20, b.bottom - 8)); }",
        arg=note.element_handle(),
    )


# --- references


def test_reference_opens_the_librarys_own_copy_and_leads_back(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    page.get_by_role("link", name="Aanhangsel Handelingen II 2021/22, nr. 2856").click()
    expect(page.locator("#source h2")).to_contain_text("International Migration Review Forum")
    expect(page.locator("#source mark")).to_have_count(0)
    page.get_by_role("button", name="Terug naar het citaat").click()
    expect(page.locator("#source mark")).to_have_text(PDF_QUOTE)
    expect(page.get_by_role("button", name="Terug naar het citaat")).to_be_hidden()


def test_reference_to_another_paper_says_that_it_leaves_this_computer(open_page: Opener) -> None:
    page = opened(open_page)
    link = page.locator("#source p.footnote a.reference").first
    expect(link).to_have_attribute("title", "opent een pagina op internet, buiten deze computer")
    expect(link).to_have_attribute("target", "_blank")


def test_official_publication_is_linked_with_the_words_of_the_quote(open_page: Opener) -> None:
    page = opened(open_page)
    link = page.get_by_role("link", name=re.compile("Officiële publicatie ah-tk-20212022-2856"))
    expect(link).to_have_attribute(
        "href", re.compile(r"ah-tk-20212022-2856\.html#:~:text=De%20onderzoekers%20.*,en%20ca.*ligt\.")
    )


# --- facts


def test_facts_can_be_unfolded_and_stay_so(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    expect(page.locator("#source dl")).to_be_hidden()
    page.locator("#source .facts summary").click()
    expect(page.locator("#source dl")).to_contain_text("De Vries (ABC)")
    open_citation(page, 2)
    expect(page.locator("#source dl")).to_be_visible()


def test_facts_are_folded_until_they_are_asked_for_and_stay_as_they_were_left(open_page: Opener) -> None:
    page = opened(open_page, viewport={"width": 1440, "height": 1000})
    expect(page.locator("#source dl")).to_be_hidden()
    page.locator("#source .facts summary").click()
    page.reload()
    expect(page.locator("#source dl")).to_be_visible()


# --- previous and next


def test_next_citation_opens_and_keeps_the_focus_on_its_button(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    expect(page.locator("#source .citations .place")).to_have_text("1 van 5")
    page.get_by_role("button", name="Volgend citaat").click()
    expect(page.locator("#source mark").first).to_have_text(TWO_PAGE_QUOTE)
    expect(page.locator("#source .citations .place")).to_have_text("2 van 5")
    expect(page.get_by_role("button", name="Volgend citaat")).to_be_focused()


def test_keys_lead_to_the_next_and_previous_citation(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#source .citations .place")).to_have_text("2 van 5")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#source .citations .place")).to_have_text("1 van 5")
    expect(page.locator("#source mark")).to_be_focused()


def test_the_citation_that_is_open_is_marked_in_the_answer(open_page: Opener) -> None:
    page = opened(open_page)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#source .citations .place")).to_have_text("2 van 2")
    assert page.locator("blockquote a.open").evaluate_all("links => links.map(link => /\\d+$/.exec(link.textContent)[0])") == [
        "2"
    ]


def test_before_the_first_citation_there_is_none(open_page: Opener) -> None:
    page = opened(open_page)
    expect(page.get_by_role("button", name="Vorig citaat")).to_have_attribute("aria-disabled", "true")


def test_citations_of_another_answer_are_not_among_them(open_page: Opener) -> None:
    page = open_page()
    for question in (DUTCH, PDF):
        ask(page, question)
    page.locator(f'blockquote:has-text("{PDF_QUOTE}") a[href^="#src="]').first.click()
    expect(page.locator("#source .citations .place")).to_have_text("1 van 5")


def test_the_place_is_said_to_who_hears_the_page(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Volgend citaat").click()
    expect(page.locator("#source-status")).to_contain_text("Citaat 2 van 2: Het International Migration Review Forum")


# --- everyone


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_open_footnote_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = opened(open_page, **options)
    page.locator("#source sup a").first.click()
    assert violations(page) == ""


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_facts_and_choices_are_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = opened(open_page, PDF, **options)
    page.locator("#source .facts").evaluate("facts => { facts.open = true; }")
    page.locator("#source .copies > .copy").click()
    assert violations(page) == ""


@pytest.mark.parametrize("question", [DUTCH, PDF, HOSTILE], ids=["text", "PDF", "hostile"])
def test_panel_does_not_scroll_sideways_on_a_phone(open_page: Opener, question: str) -> None:
    page = opened(open_page, question, **PHONE)
    assert (
        page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('#source *')].filter(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)).map(e => e.className)"
        )
        == []
    )


def test_the_english_page_speaks_english(open_page: Opener) -> None:
    page = opened(open_page, PDF, locale="en-GB")
    expect(page.get_by_role("tab", name="Page")).to_be_visible()
    expect(page.locator("#source section.asked")).to_contain_text("words of a member of parliament: De Vries (ABC)")
