"""The filters as a reader sees them, and what of the documents the answers are limited to; each journey holds several facts in the order in which they are met."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Opener
from tests.page.library_reading import ENGLISH, HOUSES, OF_KEIJZER, chips, open_panel
from tests.page.reading import APPEARANCES, NAMES_OF_APPEARANCES, ask, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(files_url: str) -> str:
    return files_url


@pytest.fixture
def page(open_page: Opener) -> Page:
    """The page as a Dutch reader on a desktop sees it."""
    opened = open_page()
    expect(opened.locator(".filter-toggle")).to_be_visible()
    return opened


def test_a_chosen_filter_limits_the_answer_until_it_is_taken_away(page: Page) -> None:
    open_panel(page).get_by_label("Kamerbrief").check()
    expect(chips(page)).to_have_text(["Kamerbrief"])
    page.locator("#question textarea").click()
    expect(page.locator("#filter-panel")).to_be_hidden()  # something else is chosen
    page.reload()
    expect(chips(page)).to_have_text(["Kamerbrief"])  # filters are kept
    ask(page, "Waarom kwaken eenden?")
    expect(page.locator(".turn .message")).to_contain_text("Met deze filters is hierover niets gevonden: Kamerbrief.")
    page.get_by_role("button", name="Filter weghalen: Kamerbrief").click()
    expect(chips(page)).to_have_count(0)
    expect(page.locator(".turn .message")).to_contain_text("Dit lijkt over iets anders te gaan")  # it is asked again at once
    expect(page.locator(".turn .actions")).to_be_visible()
    ask(page, HOUSES)
    expect(page.locator(".citation").first).to_contain_text("tachtig huizen")


def test_each_value_and_the_bar_say_how_many_documents_are_left(page: Page) -> None:
    panel = open_panel(page)
    panel.locator("summary", has_text="Bewindspersoon").click()
    panel.get_by_label("Hermans").check()
    expect(panel.get_by_label("antwoord op schriftelijke vragen")).to_be_visible()
    expect(panel.locator("li", has_text="antwoord op schriftelijke vragen").locator(".n")).to_have_text("1")
    panel.locator("summary", has_text="Fractie").click()
    panel.locator("input[value=BBB]").check()
    expect(page.locator("#filters .scope")).to_contain_text("Zoekt in 1 van")


def test_a_period_limits_the_documents_unless_it_ends_before_it_begins(page: Page) -> None:
    panel = open_panel(page)
    panel.get_by_label("vanaf").fill("2024-01-01")
    panel.get_by_label("tot en met").fill("2024-12-31")
    expect(chips(page)).to_have_text(["2024"])
    panel.get_by_label("vanaf").fill("")
    panel.get_by_label("tot en met").fill("2023-01-01")
    expect(chips(page)).to_have_text(["tot en met 1 januari 2023"])
    panel.get_by_label("vanaf").fill("2024-01-01")
    expect(panel.locator(".wrong")).to_contain_text("Deze periode bestaat niet")
    expect(chips(page)).to_have_text(["tot en met 1 januari 2023"])


def test_a_filter_that_a_question_names_is_applied_said_and_of_that_question_only(page: Page) -> None:
    page.locator("#question textarea").fill(OF_KEIJZER)
    expect(chips(page)).to_have_text(["Kamerlid: Keijzer uit uw vraag"])  # while it is typed
    page.keyboard.press("Enter")
    expect(page.locator(".turn .actions")).to_be_visible()
    expect(page.locator(".turn .message")).to_contain_text("Alleen gezocht in documenten met deze filters: Kamerlid: Keijzer.")
    expect(chips(page)).to_have_text(["Kamerlid: Keijzer uit uw vraag"])
    ask(page, "Hoeveel fietspaden zijn er in het noorden?")
    expect(page.locator(".turn").last.locator(".citation").first).to_contain_text("negentig fietspaden")
    expect(chips(page)).to_have_count(0)
    page.locator("#question textarea").fill(OF_KEIJZER)
    chips(page).get_by_role("button").click()  # taken away before it is asked
    expect(chips(page)).to_have_count(0)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn").nth(2).locator(".actions")).to_be_visible()
    expect(page.locator(".turn").nth(2).locator(".message")).to_have_text("Dit is waarschijnlijk wat u zoekt:")


def test_a_year_in_the_question_is_only_suggested(page: Page) -> None:
    ask(page, "Hoeveel huizen zijn er in 2024 gebouwd?")
    expect(page.locator(".turn .message")).to_have_text("Dit is waarschijnlijk wat u zoekt:")
    page.get_by_role("button", name="Alleen zoeken in documenten met filter: 2024").click()
    expect(chips(page)).to_have_text(["2024"])


def test_filters_of_an_address_that_make_no_sense_are_dropped(page: Page) -> None:
    for kept in ('{"kinds": ["<img src=x onerror=window.__xss=9>"]}', '{"x": 1}', "[1]", "{", '{"kinds": 5}'):
        page.evaluate("kept => history.replaceState({}, '', `?filters=${encodeURIComponent(kept)}`)", kept)
        page.reload()
        expect(page.locator(".filter-toggle")).to_be_visible()
        expect(chips(page)).to_have_count(0)
    ask(page, HOUSES)
    expect(page.locator(".citation").first).to_be_visible()


def test_filters_can_be_chosen_by_keyboard_alone(page: Page) -> None:
    page.locator(".filter-toggle").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#filter-panel [name=date_from]")).to_be_focused()
    kind = page.locator("#filter-panel").get_by_label("Kamerbrief")
    for _ in range(12):
        page.keyboard.press("Tab")
        if kind.evaluate("input => input === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(chips(page)).to_have_text(["Kamerbrief"])
    expect(kind).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".filter-toggle")).to_be_focused()
    expect(page.locator("#filter-panel")).to_be_hidden()


def test_the_filters_are_in_english_for_an_english_reader(open_page: Opener) -> None:
    page = open_page(**ENGLISH)
    panel = open_panel(page)
    panel.locator("summary", has_text="Minister or state secretary").click()
    panel.get_by_label("Hermans").check()
    expect(chips(page)).to_have_text(["Minister or state secretary: Hermans"])
    page.keyboard.press("Escape")
    ask(page, "Why do the ducks quack?")
    expect(page.locator(".turn .message")).to_contain_text("With these filters nothing was found about this")


@pytest.mark.parametrize("appearance", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_the_filters_have_no_accessibility_violations(open_page: Opener, appearance: dict[str, Any]) -> None:
    page = open_page(**appearance)
    open_panel(page).locator(".values input").first.check()
    page.locator("#filter-panel summary").first.click()
    expect(chips(page)).to_have_count(1)
    assert violations(page) == ""
    page.keyboard.press("Escape")
    page.locator("#question textarea").fill(f"{OF_KEIJZER} in 2024")
    expect(page.locator("#filters .chip.recognised")).to_have_count(1)
    assert violations(page) == ""
