"""An answer as a reader meets it, and asking, stopping and trying again, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import DUTCH, ENGLISH, SLOW, ask, kept, type_question
from tests.page.small_engine import QUOTE_OF_LETTER

pytestmark = pytest.mark.browser


# --- the answer


def test_who_asked_and_who_answered_stands_below_the_quote(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    expect(page.locator(".people").first).to_have_text(
        "Gevraagd door Van Haga (Groep Van Haga), beantwoord door Van der Burg (Justitie en Veiligheid)"
    )


def test_what_a_relevance_means_opens_by_keyboard(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.locator(".relevance summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".relevance p").first).to_contain_text("Sterk: bij metingen stond in drie van de vier")


def test_one_other_place_is_named_with_its_own_address(open_page: Opener) -> None:
    page = open_page()
    ask(page, f"{DUTCH} elders")
    page.locator(".also a").click()
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_LETTER)


def test_many_other_places_are_counted_and_folded(open_page: Opener) -> None:
    page = open_page()
    ask(page, f"{DUTCH} overal")
    expect(page.locator(".also summary")).to_have_text("Ook op andere plaatsen: 3")
    expect(page.locator(".also li").first).to_be_hidden()


def test_refusal_names_the_words_that_occur_nowhere(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Wat kost een brood?")
    expect(page.locator(".unknown")).to_have_text("Deze woorden komen nergens in de documenten voor: brood")


def test_refusal_offers_questions_that_can_be_asked(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Wat kost een brood?")
    expect(page.get_by_role("heading", name="Vragen waarop de documenten wel ingaan")).to_be_visible()


def test_suggestion_is_asked_when_it_is_chosen(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Welke organisaties zijn geconsulteerd over de uitvoering van het Global Compact?").click()
    expect(page.locator(".turn").nth(1).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)


def test_suggestions_stand_below_the_last_answer_only(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    expect(page.locator(".suggestions:visible")).to_have_count(1)


def test_answer_is_said_once_when_it_is_there(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    expect(page.locator("#said")).to_have_text("Dit zeggen de documenten hierover: Aantal citaten: 2")


def test_only_one_place_of_the_chat_speaks_by_itself(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    live = page.locator("#chat [aria-live], #chat [role=log], #chat [role=alert], #chat [role=status]:not(.thanks)")
    assert live.evaluate_all("found => found.map(element => element.id)") == ["said"]


def test_question_too_long_is_refused_in_the_language_of_the_page(open_page: Opener) -> None:
    page = open_page()
    ask(page, "lang " * 500)
    expect(page.locator(".message")).to_have_text(
        "De vraag is 2.499 tekens lang; 2.000 is het meeste. Stel de vraag in enkele zinnen."
    )


def test_question_of_a_million_characters_is_refused_and_kept_short(open_page: Opener) -> None:
    page = open_page()
    ask(page, "x" * 1_000_000)
    expect(page.locator(".message")).to_contain_text("2.000 is het meeste")
    assert len(next(iter(kept(page).values()))) < 25_000


def test_newest_question_stands_at_the_top_of_a_long_answer(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 420})
    ask(page, DUTCH)
    ask(page, ENGLISH)
    top = (
        page.locator(".turn")
        .nth(1)
        .evaluate("turn => turn.getBoundingClientRect().top - document.getElementById('chat').getBoundingClientRect().top")
    )
    assert 0 <= top < 40


# --- asking, stopping, trying again


def test_search_can_be_stopped(open_page: Opener) -> None:
    page = open_page()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    expect(page.locator(".message")).to_have_text("Gestopt. Er is niet verder gezocht.")


def test_stopped_question_gets_no_answer_afterwards(open_page: Opener) -> None:
    page = open_page()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    page.wait_for_timeout(1500)
    expect(page.locator("blockquote")).to_have_count(0)


def test_question_can_be_asked_after_a_stop(open_page: Opener) -> None:
    page = open_page()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    ask(page, DUTCH)
    expect(page.locator(".turn").nth(1).locator("blockquote")).to_have_count(2)


def test_question_typed_while_another_is_answered_stays_in_the_box(open_page: Opener) -> None:
    page = open_page()
    type_question(page, SLOW)
    type_question(page, DUTCH)
    expect(page.locator("#question textarea")).to_have_value(DUTCH)


def test_retry_replaces_the_last_answer(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Opnieuw zoeken").click()
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_empty_question_asks_nothing(open_page: Opener) -> None:
    page = open_page()
    type_question(page, "   ")
    expect(page.locator("#welcome")).to_be_visible()
