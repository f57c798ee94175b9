"""What a reader sees and does in the source panel, in a real browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import ROOT, Opener
from tests.page.reading import APPEARANCES, DUTCH, NAMES_OF_APPEARANCES, PHONE, ask, open_citation, violations
from tests.page.small_engine import QUOTE_OF_ANSWER_4
from tests.page.source_documents import HOSTILE_ANSWER, PDF_QUOTE, TWO_PAGE_QUOTE

pytestmark = pytest.mark.browser

PDF = "Wat staat er op deze bladzijde?"
HOSTILE = "Wat staat er in het vijandig stuk?"
LONG = "Wat staat er in het lang verslag?"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the page with more sources is served."""
    command = [sys.executable, "-m", "tests.page.source_engine"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=10)


def opened(open_page: Opener, question: str = DUTCH, number: int = 1, **options: Any) -> Page:
    """Return a page on which a citation is open."""
    page = open_page(**options)
    ask(page, question)
    open_citation(page, number)
    return page


def show_page(page: Page) -> None:
    page.locator("#source [role=tab][data-view=page]").click()
    expect(page.locator("#source .sheet img")).to_be_visible()


def copied(page: Page, name: str, url: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    page.locator("#source .copies > .copy").click()
    page.get_by_role("button", name=name).click()
    expect(page.locator("#source-status")).to_have_text(f"Gekopieerd: {name}")
    return str(page.evaluate("navigator.clipboard.readText()"))


# --- the question that is answered ---------------------------------------------------------------------------------------


def test_the_question_that_is_answered_stands_above_the_answer(open_page: Opener) -> None:
    page = opened(open_page)
    expect(page.get_by_role("region", name="Vraag waarop dit het antwoord is")).to_contain_text("Uit welke herkomstlanden?")


def test_the_number_of_the_question_leads_to_its_place_in_the_document(open_page: Opener) -> None:
    page = opened(open_page)
    page.get_by_role("link", name="Vraag 4", exact=True).click()
    expect(page.locator("#source article p.question.asked")).to_be_focused()


def test_from_the_page_view_it_leads_to_the_text(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    show_page(page)
    page.locator("#source section.asked a").click()
    expect(page.locator("#source article p.question.asked")).to_be_focused()


# --- footnotes -----------------------------------------------------------------------------------------------------------


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
    assert note.evaluate(
        "note => { const b = note.getBoundingClientRect(); return note.contains(document.elementFromPoint(b.x + 20, b.bottom - 8)); }"
    )


# --- references ----------------------------------------------------------------------------------------------------------


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


# --- facts ---------------------------------------------------------------------------------------------------------------


def test_facts_can_be_unfolded_and_stay_so(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    expect(page.locator("#source dl")).to_be_hidden()
    page.locator("#source .facts summary").click()
    expect(page.locator("#source dl")).to_contain_text("De Vries (ABC)")
    open_citation(page, 2)
    expect(page.locator("#source dl")).to_be_visible()


def test_facts_are_unfolded_where_there_is_room(open_page: Opener) -> None:
    page = opened(open_page, viewport={"width": 1440, "height": 1000})
    expect(page.locator("#source dl")).to_be_visible()


# --- previous and next ---------------------------------------------------------------------------------------------------


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


# --- copying -------------------------------------------------------------------------------------------------------------


def test_formal_reference_is_copied(open_page: Opener, url: str) -> None:
    assert copied(opened(open_page), "Formele verwijzing", url) == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"


def test_quote_is_copied_with_its_reference(open_page: Opener, url: str) -> None:
    expected = f"“{QUOTE_OF_ANSWER_4}” (Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4)"
    assert copied(opened(open_page), "Citaat met verwijzing", url) == expected


def test_markdown_is_copied_with_the_link_to_this_citation(open_page: Opener, url: str) -> None:
    page = opened(open_page)
    assert copied(page, "Markdown met link", url).endswith(f"nr. 2856, antwoord 4]({page.url})")


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


# --- permalinks ----------------------------------------------------------------------------------------------------------


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


# --- the page as printed -------------------------------------------------------------------------------------------------


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


# --- hostile documents ---------------------------------------------------------------------------------------------------


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


# --- everyone ------------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_page_view_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = opened(open_page, PDF, 2, **options)
    show_page(page)
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
