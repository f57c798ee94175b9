"""What a reader sees and does in the source panel, in a real browser; each journey holds several facts in the order in which they are met."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import APPEARANCES, DUTCH, NAMES_OF_APPEARANCES, PHONE, ask, attacked, violations
from tests.page.small_library import QUOTE_OF_ANSWER_4
from tests.page.source_documents import CHANGED_QUOTE, GONE_QUOTE, HOSTILE_ANSWER, PDF_QUOTE
from tests.page.source_reading import HOSTILE_SET, LONG, PDF, TWO_PAGES, ask_another, copied, opened, show_page

pytestmark = pytest.mark.browser

FOOTNOTE = {"name": "Voetnoot 1", "exact": True}


def test_an_answer_stands_below_its_question_in_text_and_leads_to_it(open_page: Opener) -> None:
    page = opened(open_page)
    expect(page.get_by_role("region", name="Vraag waarop dit het antwoord is")).to_contain_text("4 woorden van een Kamerlid")
    expect(page.locator("#source p.asked")).to_be_in_viewport()
    page.get_by_role("link", name="Vraag 4", exact=True).click()
    expect(page.locator("#source article p.question.asked")).to_be_focused()
    ask_another(page, PDF)
    show_page(page)
    page.locator("#source section.asked a").click()  # from the page as printed it leads to the text
    expect(page.locator("#source article p.question.asked")).to_be_focused()


def test_a_footnote_opens_beside_its_mark_and_closes_in_every_way(open_page: Opener) -> None:
    page = opened(open_page)
    mark, note = page.get_by_role("button", **FOOTNOTE), page.get_by_role("note", name="Voetnoot 1")
    mark.focus()
    place = page.locator("#source article").evaluate("article => article.scrollTop")
    page.keyboard.press("Enter")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Kamerstuk 19 637, nr. 2688.")
    at, box = page.locator("#source sup a[aria-expanded=true]").bounding_box(), note.bounding_box()
    assert at is not None
    assert box is not None
    assert abs(box["y"] - at["y"]) < 60
    page.keyboard.press("Escape")
    expect(page.get_by_role("note")).to_have_count(0)
    expect(mark).to_be_focused()
    assert page.locator("#source article").evaluate("article => article.scrollTop") == place
    page.keyboard.press("Space")
    expect(note).to_be_focused()
    mark.click()  # once more on the mark
    expect(page.get_by_role("note")).to_have_count(0)
    mark.click()
    expect(note).to_be_visible()
    page.locator("#source h2").click()  # elsewhere
    expect(page.get_by_role("note")).to_have_count(0)
    mark.click()
    page.get_by_role("link", name="Onderaan het document").click()
    expect(page.locator("#source p.footnote").first).to_be_focused()
    page.get_by_role("link", name="Terug naar de plaats van voetnoot 1").click()
    expect(mark).to_be_focused()


def test_a_footnote_in_a_document_of_300_pages_is_not_cut_off(open_page: Opener) -> None:
    page = opened(open_page, LONG)
    page.locator("#source sup a[data-number='250']").click()
    note = page.get_by_role("note")
    expect(note).to_contain_text("Zie Kamerstuk 35 100, nr. 3.")
    page.wait_for_function(  # a document this long may still be moving
        "note => { const b = note.getBoundingClientRect(); return note.contains(document.elementFromPoint(b.x + 20, b.bottom - 8)); }",
        arg=note.element_handle(),
    )


def test_references_lead_to_the_librarys_own_copy_or_say_that_they_leave_this_computer(open_page: Opener) -> None:
    page = opened(open_page)
    link = page.locator("#source p.footnote a.reference").first
    expect(link).to_have_attribute("title", "opent een pagina op internet, buiten deze computer")
    expect(link).to_have_attribute("target", "_blank")
    publication = page.get_by_role("link", name=re.compile("Officiële publicatie ah-tk-20212022-2856"))
    expect(publication).to_have_attribute(  # with the words of the quote
        "href", re.compile(r"ah-tk-20212022-2856\.html#:~:text=De%20onderzoekers%20.*,en%20ca.*ligt\.")
    )
    ask_another(page, PDF)
    page.get_by_role("link", name="Aanhangsel Handelingen II 2021/22, nr. 2856").click()
    expect(page.locator("#source h2")).to_contain_text("International Migration Review Forum")
    expect(page.locator("#source mark")).to_have_count(0)
    page.get_by_role("button", name="Terug naar het citaat").click()
    expect(page.locator("#source mark")).to_have_text(PDF_QUOTE)
    expect(page.get_by_role("button", name="Terug naar het citaat")).to_be_hidden()


def test_buttons_and_keys_lead_through_the_citations_of_one_answer(open_page: Opener) -> None:
    page = open_page()
    for question in (DUTCH, PDF):
        ask(page, question)
    page.locator(f'blockquote:has-text("{PDF_QUOTE}") a[href^="#src="]').last.click()
    place = page.locator("#source .citations .place")
    expect(place).to_have_text("1 van 5")  # of the second answer only
    expect(page.get_by_role("button", name="Vorig citaat")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Volgend citaat").click()
    expect(page.locator("#source mark").first).to_have_text(CHANGED_QUOTE)
    expect(place).to_have_text("2 van 5")
    expect(page.get_by_role("button", name="Volgend citaat")).to_be_focused()
    expect(page.locator("#source-status")).to_contain_text("Citaat 2 van 5: Vragen van het lid De Vries")
    assert page.locator("blockquote a.open").evaluate_all("links => links.map(link => /\\d+$/.exec(link.textContent)[0])") == [
        "2"
    ]
    page.keyboard.press("Alt+ArrowDown")
    expect(place).to_have_text("3 van 5")
    page.keyboard.press("Alt+ArrowUp")
    expect(place).to_have_text("2 van 5")
    expect(page.locator("#source mark")).to_be_focused()
    expect(page.locator("#source dl")).to_be_hidden()  # facts are folded until they are asked for
    page.locator("#source .facts summary").click()
    expect(page.locator("#source dl")).to_contain_text("De Vries (ABC)")
    page.keyboard.press("Alt+ArrowDown")
    expect(place).to_have_text("3 van 5")
    expect(page.locator("#source dl")).to_be_visible()
    page.reload()
    expect(page.locator("#source dl")).to_be_visible()


def test_everything_of_a_citation_can_be_copied(open_page: Opener, url: str) -> None:
    page = opened(open_page)
    reference = "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"
    assert copied(page, "Formele verwijzing", url) == reference
    assert copied(page, "Citaat met verwijzing", url) == f"“{QUOTE_OF_ANSWER_4}” ({reference})"
    assert copied(page, "Markdown met link", url).endswith(f"nr. 2856, antwoord 4]({url}/#{page.url.partition('#')[2]})")
    link = copied(page, "Link naar dit citaat", url)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    assert copied(page, "Formele verwijzing", url) == reference  # where the clipboard is refused, all the same
    page.locator("#source .copies > .copy").click()
    expect(page.get_by_role("button", name="Formele verwijzing")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Citaat met verwijzing")).to_be_focused()
    page.keyboard.press("Escape")  # closes the choices only
    expect(page.locator("#source .copies > .copy")).to_be_focused()
    expect(page.locator("#source")).to_be_visible()
    fresh = open_page(link.removeprefix(url), profile="a colleague", locale="en-GB")
    expect(fresh.locator("#source mark")).to_have_text(QUOTE_OF_ANSWER_4)
    expect(fresh.locator("#source mark")).to_be_in_viewport()


def test_a_link_opens_a_document_or_gets_a_clear_sentence(open_page: Opener) -> None:
    page = open_page("/#doc=3d4e5f")
    expect(page.locator("#source h2")).to_be_focused()
    expect(page.locator("#source article")).to_contain_text("Global Compact on Migration")
    gone = open_page("/#src=0123456789abcdef.10.20")
    expect(gone.locator("#source [role=alert]")).to_contain_text("Dit document staat niet meer in de bibliotheek.")
    wrong = open_page("/#src=0a1b2c.999990.999999", locale="en-GB")
    expect(wrong.locator("#source [role=alert]")).to_contain_text("This link is wrong")


def test_the_page_as_printed_shows_the_quote_and_can_be_turned(open_page: Opener) -> None:
    page = opened(open_page, PDF)
    assert page.locator("#source img").count() == 0  # no picture is made before it is asked for
    page.get_by_role("tab", name="Tekst").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Pagina")).to_be_focused()
    image = page.get_by_role("img", name="pagina 1 van ah-tk-20232024-123.pdf; het citaat is gemarkeerd")
    expect(image).to_be_visible()
    sheet, box = image.bounding_box(), page.locator("#source .box").first.bounding_box()
    assert sheet is not None
    assert box is not None
    assert sheet["x"] <= box["x"]
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
    expect(page.locator("#source .box").first).to_be_in_viewport()
    page.get_by_role("button", name="Volgende pagina").click()
    expect(page.locator("#source .pages .place")).to_have_text("pagina 2 van 2")
    expect(page.get_by_role("button", name="Volgende pagina")).to_be_focused()
    page.get_by_role("button", name="Naar de pagina van het citaat").click()
    expect(page.locator("#source .pages .place")).to_have_text("pagina 1 van 2")
    for quote, sentence in (
        (CHANGED_QUOTE, "het bestand is gewijzigd"),
        (GONE_QUOTE, "het bestand staat niet meer op de plaats"),
    ):
        page.get_by_role("button", name="Volgend citaat").click()
        expect(page.locator("#source mark").first).to_have_text(quote)
        expect(page.locator("#source #view-page [role=alert]")).to_contain_text(sentence)  # the view stays for the next citation
    page.get_by_role("button", name="Volgend citaat").click()  # of a file with a hostile name
    expect(page.locator("#source img")).to_have_attribute("alt", re.compile(r"<img src=x onerror=window\.__xss=25>\.pdf"))
    ask(page, TWO_PAGES)
    page.locator(".turn").last.locator(".pill").first.click()
    expect(page.locator("#source .remark")).to_have_text("Het citaat loopt door op de volgende pagina.")
    assert attacked(page) is None


def test_hostile_set_executes_nothing_anywhere_in_the_panel(open_page: Opener, url: str) -> None:
    page = opened(open_page, HOSTILE_SET)
    page.locator("#source .facts summary").click()
    page.get_by_role("button", **FOOTNOTE).click()
    expect(page.get_by_role("note")).to_contain_text("onerror=window.__xss=20")
    page.get_by_role("note").get_by_role("button").click()
    for name in ("Formele verwijzing", "Citaat met verwijzing", "Markdown met link"):
        assert "\u202e" not in copied(page, name, url)
    assert (page.locator("#source mark").text_content() or "?") in HOSTILE_ANSWER
    assert page.locator("#source img, #source b, #source [onclick]").count() == 0
    assert attacked(page) is None


# --- everyone


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_every_state_of_the_panel_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = opened(open_page, **options)
    page.locator("#source sup a").first.click()
    assert violations(page) == "", "footnote"
    page.keyboard.press("Escape")
    page.locator("#source .close").click()
    ask(page, PDF)
    page.locator(f'blockquote:has-text("{PDF_QUOTE}") a[href^="#src="]').last.click()
    expect(page.locator("#source mark").first).to_be_focused()
    page.locator("#source .facts").evaluate("facts => { facts.open = true; }")
    page.locator("#source .copies > .copy").click()
    assert violations(page) == "", "facts and choices"
    page.keyboard.press("Escape")
    show_page(page)
    assert violations(page) == "", "page"
    if options:
        expect(page.get_by_role("tab", name="Page")).to_be_visible()  # the English page speaks English
        expect(page.locator("#source section.asked")).to_contain_text("words of a member of parliament: De Vries (ABC)")


SIDEWAYS = "[document.documentElement, ...document.querySelectorAll('#source *')].filter(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)).map(e => e.className)"


def test_on_a_phone_nothing_of_the_panel_is_wider_than_the_screen(open_page: Opener) -> None:
    page = open_page(**PHONE)
    for number, question in enumerate((DUTCH, PDF, HOSTILE_SET)):
        ask(page, question)
        page.locator(".turn").nth(number).locator("a[href^='#src=']").first.click()
        expect(page.locator("#source mark").first).to_be_focused()
        assert page.evaluate(SIDEWAYS) == [], question
        if question == DUTCH:
            page.get_by_role("button", **FOOTNOTE).click()
            box = page.get_by_role("note", name="Voetnoot 1").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            page.keyboard.press("Escape")
        page.locator("#source .close").click()
        expect(page.locator("#source")).to_be_hidden()
