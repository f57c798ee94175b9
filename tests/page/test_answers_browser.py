"""Asking and reading an answer, for everyone, in a real browser; each journey holds several facts in the order in which they are met."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Opener
from tests.page.reading import (
    APPEARANCES,
    COMPACT,
    DUTCH,
    ENGLISH,
    HOSTILE_QUESTION,
    NAMES_OF_APPEARANCES,
    NOTHING,
    PHONE,
    SLOW,
    SLOWER,
    ask,
    attacked,
    kept,
    open_citation,
    type_question,
    violations,
)
from tests.page.small_library import HOSTILE, QUESTION_4, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER
from tests.page.source_reading import PDF

pytestmark = pytest.mark.browser


def turn(page: Page, number: int) -> Any:
    return page.locator(".turn").nth(number - 1)


def test_a_reader_asks_on_and_every_answer_says_what_it_is(open_page: Opener) -> None:
    page = open_page()
    page.locator("#welcome").get_by_role("button", name=DUTCH).click()  # an example
    expect(page.locator("#chat blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
    expect(page.locator(".actions")).to_be_visible()
    n_quotes = page.locator("#chat blockquote").count()
    assert n_quotes == page.locator("#chat .citation").count() > 1  # each citation is a block quote of its own
    expect(page.locator("#said")).to_have_text(f"Dit zeggen de documenten hierover: Aantal citaten: {n_quotes}")
    live = page.locator("#chat [aria-live], #chat [role=log], #chat [role=alert], #chat [role=status]:not(.thanks)")
    assert live.evaluate_all("found => found.map(element => element.id)") == ["said"]  # one place speaks by itself
    expect(page.locator(".people").first).to_have_text(
        "Gevraagd door Van Haga (Groep Van Haga), beantwoord door Van der Burg (Justitie en Veiligheid)"
    )
    page.locator(".relevance summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".relevance p").first).to_contain_text("Sterk: bij metingen stond in drie van de vier")

    page.get_by_role("button", name="Welke organisaties zijn geconsulteerd over de uitvoering van het Global Compact?").click()
    expect(turn(page, 2).locator(".asked bdi")).to_contain_text("Welke organisaties")
    expect(turn(page, 2).locator(".actions")).to_be_visible()
    ask(page, ENGLISH)
    expect(turn(page, 3).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    ask(page, PDF)
    expect(turn(page, 4).locator(".suggestions")).to_be_visible()
    expect(page.locator(".suggestions:visible")).to_have_count(1)  # below the last answer only

    ask(page, NOTHING)
    expect(turn(page, 5).locator(".message")).to_contain_text("Dit lijkt over iets anders te gaan dan de documenten hier.")
    expect(turn(page, 5).locator(".citation")).to_have_count(0)
    expect(turn(page, 5).locator(".unknown")).to_contain_text(
        re.compile(r"Deze woorden komen nergens in de documenten voor: .*brood")
    )
    expect(page.get_by_role("heading", name="Vragen waarop de documenten wel ingaan")).to_be_visible()
    ask(page, "lang " * 500)
    expect(turn(page, 6).locator(".message")).to_have_text(
        "De vraag is 2.499 tekens lang; 2.000 is het meeste. Stel de vraag in enkele zinnen."
    )
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator("#welcome .examples").first).to_be_visible()


def test_places_that_say_the_same_are_named_and_many_are_counted_and_folded(open_page: Opener) -> None:
    page = open_page()
    ask(page, COMPACT)
    page.locator(".also a").first.click()
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_LETTER)
    assert "Tot slot." in page.locator("#source mark").first.evaluate("mark => mark.closest('p').textContent")
    page.keyboard.press("Escape")
    page.locator("details.left-out > summary").click()
    many = page.locator("details.also")
    expect(many.locator("summary").first).to_have_text(re.compile(r"Ook op andere plaatsen: \d\d"))
    expect(many.locator("li").first).to_be_hidden()


def test_a_search_can_be_stopped_and_done_again(open_page: Opener) -> None:
    page = open_page()
    type_question(page, "   ")
    expect(page.locator("#welcome")).to_be_visible()  # nothing was asked
    type_question(page, SLOWER)
    expect(page.locator("#chat .waiting")).to_contain_text("Zoeken in de documenten")
    type_question(page, SLOWER)
    expect(page.locator("#question textarea")).to_have_value(SLOWER)  # it waits in the box
    page.get_by_role("button", name="Stoppen").click()
    expect(page.locator(".message")).to_have_text("Gestopt. Er is niet verder gezocht.")
    ask(page, SLOWER)  # takes as long as the stopped one, which began earlier
    expect(turn(page, 2).locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
    expect(turn(page, 1).locator("blockquote")).to_have_count(0)
    ask(page, COMPACT)
    turn(page, 3).evaluate("turn => turn.classList.add('before')")
    page.get_by_role("button", name="Opnieuw zoeken").last.click()
    expect(turn(page, 3).locator(".actions")).to_be_visible()
    expect(page.locator(".turn.before")).to_have_count(0)
    expect(turn(page, 3).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    expect(page.locator(".turn")).to_have_count(3)


def test_question_of_a_million_characters_is_told_its_length_and_kept_short(open_page: Opener) -> None:
    page = open_page()
    ask(page, "x" * 1_000_000)
    for _ in range(2):
        expect(page.locator(".message")).to_have_text(
            "De vraag is 1.000.000 tekens lang; 2.000 is het meeste. Stel de vraag in enkele zinnen."
        )
        page.get_by_role("button", name="Opnieuw zoeken").click()
    assert len(next(iter(kept(page).values()))) < 25_000


def test_the_newest_question_stands_at_the_top_also_when_it_is_asked_in_the_moment_of_an_answer(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 420})
    page.evaluate(
        "question => document.addEventListener('bronvraag:drawn', () => bronvraag.ask(question), { once: true })", ENGLISH
    )
    type_question(page, DUTCH)
    expect(page.locator("#chat .turn .actions").nth(1)).to_be_visible()
    ask(page, COMPACT)
    for number in (2, 3):
        expect(turn(page, number).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    top = turn(page, 3).evaluate(
        "turn => turn.getBoundingClientRect().top - document.getElementById('chat').getBoundingClientRect().top"
    )
    assert 0 <= top < 40


def test_a_citation_opens_the_document_at_exactly_its_quote_and_leads_back(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.locator("#chat .pill").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source mark")).to_be_focused()
    assert page.locator("#source mark").text_content() == QUOTE_OF_ANSWER_4
    box, mark = page.locator("#source article").bounding_box(), page.locator("#source mark").bounding_box()
    assert box is not None
    assert mark is not None
    assert 0.2 < (mark["y"] - box["y"]) / box["height"] < 0.7  # in the middle, with its question above it
    address = page.url
    page.keyboard.press("Escape")
    expect(page.locator("#chat .pill").first).to_be_focused()
    open_citation(page)
    page.get_by_role("button", name="Document sluiten").click()
    expect(page.locator("#source")).to_be_hidden()
    again = open_page("/#" + address.partition("#")[2])
    expect(again.locator("#source mark")).to_have_text(QUOTE_OF_ANSWER_4)


def test_a_members_question_that_is_opened_comes_with_a_warning(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    start = page.locator("#source article").evaluate("(article, question) => article.textContent.indexOf(question)", QUESTION_4)
    question = open_page(f"/#src=0a1b2c.{start}.{start + len(QUESTION_4)}")
    expect(question.locator("#source .warning")).to_have_text(
        "Dit is een vraag van een Kamerlid, niet het antwoord van de regering."
    )


def test_language_and_theme_are_the_readers_and_stay(open_page: Opener) -> None:
    expect(open_page(locale="en-GB").get_by_placeholder("Ask a question about the documents")).to_be_visible()
    page = open_page()
    expect(page.get_by_placeholder("Stel een vraag over de documenten")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_placeholder("Ask a question about the documents")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    expect(page.locator("body.dark #question textarea")).to_be_visible()


def test_hostile_questions_and_documents_are_text_and_execute_nothing(open_page: Opener) -> None:
    page = open_page()
    ask(page, HOSTILE_QUESTION)
    asked = "Welk gevaar dreigt? <b>vet</b> [a](b) ![c](https://outside.example/d.png) - *e* www.outside.example &amp; $$f$$"
    ask(page, asked)
    assert turn(page, 2).locator(".asked bdi").inner_text() == asked
    assert turn(page, 2).locator("blockquote p").first.evaluate("p => [...p.querySelectorAll('*')].map(e => e.tagName)") == [
        "SPAN",
        "A",
    ]
    ask(page, "Wat kost <b>kaas</b>?")
    expect(turn(page, 3).locator(".unknown b").last).to_have_text("kaas")
    page.reload()
    expect(page.locator("blockquote").first).to_be_visible()
    open_citation(page)
    assert page.locator("#source mark").text_content() == HOSTILE
    assert attacked(page) is None


STATES = {
    "everything unfolded": lambda page: page.evaluate(
        "document.querySelectorAll('#chat details').forEach(each => each.open = true)"
    ),
    "source": lambda page: open_citation(page, 1),
    "export menu": lambda page: page.locator("#export summary").click(),
    "list open": lambda page: page.locator("#toggle-side").click() if page.locator("#side").is_hidden() else None,
    "renaming": lambda page: (STATES["list open"](page), page.locator(".rename").first.focus(), page.keyboard.press("Enter")),
    "deleted": lambda page: (STATES["list open"](page), page.locator(".delete").first.focus(), page.keyboard.press("Enter")),
}


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_every_state_of_the_chat_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = open_page(**options)
    assert violations(page) == "", "welcome"
    ask(page, NOTHING)
    assert violations(page) == "", "refusal"
    type_question(page, SLOW)
    expect(page.locator(".waiting")).to_be_visible()
    assert violations(page) == "", "waiting"
    expect(page.locator(".turn").nth(1).locator(".actions")).to_be_visible()
    assert violations(page) == "", "answer"
    for state, bring_about in STATES.items():
        bring_about(page)
        assert violations(page) == "", state
        page.keyboard.press("Escape")


def test_on_a_phone_nothing_scrolls_sideways_and_the_source_fills_the_screen(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, f"{HOSTILE_QUESTION} {'x' * 500}")
    ask(page, COMPACT)
    page.evaluate("document.querySelectorAll('#chat details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#chat").evaluate("chat => chat.scrollWidth <= chat.clientWidth")
    open_citation(page)
    assert page.locator("#source").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
