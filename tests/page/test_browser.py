"""What a reader sees and does, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import (
    APPEARANCES,
    DUTCH,
    ENGLISH,
    NAMES_OF_APPEARANCES,
    PHONE,
    ask,
    open_citation,
    type_question,
    violations,
)
from tests.page.small_engine import HOSTILE, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER

pytestmark = pytest.mark.browser


def test_dutch_question_shows_the_quote(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    expect(page.locator("#chat blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_english_question_shows_the_quote(open_page: Opener) -> None:
    page = open_page()
    ask(page, ENGLISH)
    expect(page.locator("#chat blockquote").first).to_contain_text(QUOTE_OF_LETTER)


def test_each_citation_is_a_block_quote_of_its_own(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    expect(page.locator("#chat blockquote")).to_have_count(2)


def test_example_can_be_clicked(open_page: Opener) -> None:
    page = open_page()
    page.locator("#welcome").get_by_role("button", name=DUTCH).click()
    expect(page.locator("#chat blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_conversation_goes_on(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.locator("#question textarea").fill(ENGLISH)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .turn .actions")).to_have_count(2)


def test_new_conversation_empties_the_chat(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator("#welcome .examples").first).to_be_visible()


def test_refusal_shows_no_citation(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Wat kost een brood?")
    expect(page.locator("#chat .message")).to_have_text("Hierover staat niets in de documenten.")
    expect(page.locator("#chat .citation")).to_have_count(0)


def test_reader_sees_that_a_reply_is_coming(open_page: Opener) -> None:
    page = open_page()
    page.locator("#question textarea").fill("Een trage vraag duurt traag")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .waiting")).to_contain_text("Zoeken in de documenten")


def test_citation_opens_the_document_with_exactly_the_quote_marked(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    assert page.locator("#source mark").text_content() == QUOTE_OF_ANSWER_4


def test_marked_quote_is_in_the_middle_of_the_panel_with_its_question_above_it(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    box, mark = page.locator("#source article").bounding_box(), page.locator("#source mark").bounding_box()
    assert box is not None
    assert mark is not None
    assert 0.2 < (mark["y"] - box["y"]) / box["height"] < 0.7


def test_citation_of_a_question_warns(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page, 2)
    expect(page.locator("#source .warning")).to_have_text("Dit is een vraag van een Kamerlid, niet het antwoord van de regering.")


def test_escape_closes_and_returns_to_the_citation(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page, 2)
    page.keyboard.press("Escape")
    expect(page.locator("#chat .pill").nth(1)).to_be_focused()


def test_close_button_closes(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    page.get_by_role("button", name="Document sluiten").click()
    expect(page.locator("#source")).to_be_hidden()


def test_citation_opens_by_keyboard(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.locator("#chat .pill").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source mark")).to_be_focused()


def test_address_of_an_open_source_opens_it_again(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    again = open_page("/#" + page.url.partition("#")[2])
    expect(again.locator("#source mark")).to_have_text(QUOTE_OF_ANSWER_4)


def test_interface_is_dutch_for_a_dutch_browser(open_page: Opener) -> None:
    expect(open_page().get_by_placeholder("Stel een vraag over de documenten")).to_be_visible()


def test_interface_is_english_for_an_english_browser(open_page: Opener) -> None:
    expect(open_page(locale="en-GB").get_by_placeholder("Ask a question about the documents")).to_be_visible()


def test_language_switch_changes_the_interface(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_placeholder("Ask a question about the documents")).to_be_visible()


def test_language_switch_changes_the_language_of_the_page(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_chosen_theme_stays(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Licht of donker").click()
    page.reload()
    expect(page.locator("body.dark #question textarea")).to_be_visible()


def test_hostile_document_executes_nothing(open_page: Opener) -> None:
    page = open_page()
    ask(page, "gevaar <img src=x onerror=window.__xss=11> ${window.__xss=12}")
    open_citation(page)
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None


def test_hostile_text_is_marked_as_it_is(open_page: Opener) -> None:
    page = open_page()
    ask(page, "gevaar")
    open_citation(page)
    assert page.locator("#source mark").text_content() == HOSTILE


def test_hostile_quote_holds_no_element_but_its_number(open_page: Opener) -> None:
    page = open_page()
    ask(page, "gevaar")
    assert page.locator("#chat blockquote p").first.evaluate("p => [...p.querySelectorAll('*')].map(e => e.tagName)") == [
        "SPAN",
        "A",
    ]


def test_hostile_question_is_shown_as_it_was_typed(open_page: Opener) -> None:
    page = open_page()
    question = "gevaar <b>vet</b> [a](b) ![c](https://outside.example/d.png) - *e* www.outside.example &amp; $$f$$"
    ask(page, question)
    assert page.locator("#chat .asked bdi").inner_text() == question


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_empty_page_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    assert violations(open_page(**options)) == ""


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_answer_with_its_source_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = open_page(**options)
    ask(page, DUTCH)
    open_citation(page, 2)
    assert violations(page) == ""


def test_phone_shows_the_source_over_the_whole_screen(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, DUTCH)
    open_citation(page)
    assert page.locator("#source").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}


def test_phone_does_not_scroll_sideways(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, "gevaar")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_question_asked_in_the_moment_that_the_one_before_is_answered_stands_at_the_top(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 420})
    page.evaluate(
        "question => document.addEventListener('bronvraag:drawn', () => bronvraag.ask(question), { once: true })", DUTCH
    )
    type_question(page, DUTCH)
    expect(page.locator("#chat .turn .actions").nth(1)).to_be_visible()
    expect(page.locator("#chat .asked").last).to_be_in_viewport()
    top = page.locator("#chat .asked").last.evaluate("asked => asked.getBoundingClientRect().top")
    assert top < 200
