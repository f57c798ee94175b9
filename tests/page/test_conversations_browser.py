"""Conversations as a reader keeps them, in a real browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Opener, small_server
from tests.page.reading import DUTCH, ENGLISH, PHONE, ask, kept, open_citation, type_question
from tests.page.small_engine import HOSTILE, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    return page.locator("#conversations .open bdi").all_inner_texts()


def entry(page: Page, title: str) -> Any:
    return page.locator("#conversations [data-id]", has_text=title)


def begin_new(page: Page) -> None:
    page.get_by_role("button", name="Nieuw gesprek").click()


def test_conversation_survives_a_reload(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_conversation_survives_a_switch_of_language(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Copy with sources")).to_be_visible()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_citation_of_a_kept_conversation_opens(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.reload()
    open_citation(page)
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_ANSWER_4)


def test_conversation_goes_on_after_a_reload(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.reload()
    expect(page.locator(".actions")).to_be_visible()
    ask(page, ENGLISH)
    assert len(json.loads(next(iter(kept(page).values())))["turns"]) == 2


def test_conversation_is_named_after_its_first_question(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    assert titles(page) == [DUTCH]


def test_empty_conversation_is_not_kept(open_page: Opener) -> None:
    page = open_page()
    begin_new(page)
    assert kept(page) == {}


def test_newest_conversation_stands_first(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    assert titles(page) == [ENGLISH, DUTCH]


def test_another_conversation_can_be_opened(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    entry(page, DUTCH).locator(".open").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_chosen_conversation_keeps_the_focus(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    entry(page, DUTCH).locator(".open").focus()
    page.keyboard.press("Enter")
    expect(entry(page, DUTCH).locator(".open")).to_be_focused()


def test_open_conversation_is_marked(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    expect(page.locator("#conversations [aria-current]")).to_contain_text(ENGLISH)


def test_conversation_is_renamed_by_keyboard(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Enter")
    expect(page.locator("#conversations .open bdi")).to_have_text("Migratie")


def test_new_name_stays(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Enter")
    ask(page, ENGLISH)
    page.reload()
    expect(page.locator("#conversations .open bdi")).to_have_text("Migratie")


def test_escape_keeps_the_old_name(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Escape")
    expect(page.locator("#conversations .open bdi")).to_have_text(DUTCH)


def test_deleted_conversation_is_gone(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Verwijderen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#welcome")).to_be_visible()
    assert kept(page) == {}


def test_deletion_can_be_undone(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.get_by_role("button", name="Verwijderen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


@pytest.mark.parametrize(
    "foreign",
    [
        "no json",
        "null",
        "[]",
        '{"version": 1}',
        '{"version": 2, "id": "00000000000000aa", "title": "", "changed": 1, "turns": []}',
        '{"version": 1, "id": "00000000000000aa", "title": 7, "changed": 1, "turns": [{"question": "?"}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": "x", "turns": [{"question": "?"}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": 1, "turns": [{"question": {}}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": 1, "turns": [null]}',
    ],
)
def test_foreign_storage_is_not_shown_and_left_alone(open_page: Opener, foreign: str) -> None:
    page = open_page()
    page.evaluate("value => localStorage.setItem('bronvraag_conversation_00000000000000aa', value)", foreign)
    page.evaluate("sessionStorage.setItem('bronvraag_open', '00000000000000aa')")
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    assert titles(page) == []
    assert kept(page) == {"bronvraag_conversation_00000000000000aa": foreign}


def test_kept_answer_that_is_none_is_told_and_the_others_are_shown(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    key, value = next(iter(kept(page).items()))
    conversation = json.loads(value)
    conversation["turns"][0]["answer"]["citations"] = [{"number": "<img src=x onerror=window.__xss=1>"}]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(conversation)])
    page.reload()
    expect(page.locator(".message").first).to_have_text("Bij deze vraag is geen antwoord bewaard. Stel de vraag opnieuw.")
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)


def test_kept_markup_is_shown_as_text(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    key, value = next(iter(kept(page).items()))
    conversation = json.loads(value)
    conversation["title"], conversation["turns"][0]["question"] = HOSTILE[:300], HOSTILE
    conversation["turns"][0]["answer"]["citations"][0] |= {
        "quote": HOSTILE,
        "title": HOSTILE,
        "date": HOSTILE,
        "official_id": HOSTILE,
    }
    conversation["turns"][0]["suggestions"] = [HOSTILE]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(conversation)])
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text("<script>window.__xss=1</script>")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None
    assert page.locator("#turns").locator("img, script, svg, [style], [onclick]").count() == 0


def test_oldest_conversation_makes_room(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    key, value = next(iter(kept(page).items()))
    old = json.loads(value) | {"id": "00000000000000aa", "changed": 1, "title": "Oud", "filling": "x" * 3_999_000}
    page.evaluate("value => localStorage.setItem('bronvraag_conversation_00000000000000aa', value)", json.dumps(old))
    ask(page, ENGLISH)
    expect(page.locator("#conversations .notice")).to_contain_text("Het oudste gesprek is daarom verwijderd: Oud")
    assert list(kept(page)) == [key]


def test_page_works_where_nothing_may_be_stored(open_page: Opener) -> None:
    page = open_page()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); }; }")
    ask(page, DUTCH)
    expect(page.locator("#conversations .notice")).to_contain_text("wordt niet bewaard")


def test_other_tab_shows_the_new_conversation(open_page: Opener) -> None:
    first, second = open_page(), open_page()
    ask(first, DUTCH)
    expect(second.locator("#conversations .open bdi")).to_have_text(DUTCH)


def test_side_stays_closed(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("button", name="Gesprekken en filters").click()
    page.reload()
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#side")).to_be_hidden()


def test_phone_opens_a_conversation_from_the_sheet(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, DUTCH)
    begin_new(page)
    page.get_by_role("button", name="Gesprekken en filters", exact=True).click()
    page.locator("#conversations .open").click()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_escape_closes_the_sheet_and_returns_to_its_button(open_page: Opener) -> None:
    page = open_page(**PHONE)
    page.get_by_role("button", name="Gesprekken en filters", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#toggle-side")).to_be_focused()


def test_server_may_restart_between_two_questions(chromium: Browser) -> None:
    with small_server() as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(address)
        ask(page, DUTCH)
    with small_server(address.rpartition(":")[2]) as process:
        assert process.stdout is not None
        process.stdout.readline()
        page.reload()
        expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
        ask(page, ENGLISH)
        page.context.close()


def test_reader_is_told_when_the_server_is_gone(chromium: Browser) -> None:
    with small_server() as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(address)
        expect(page.locator("#question .submit-button[aria-label]")).to_be_visible()
    type_question(page, DUTCH)
    expect(page.locator(".message")).to_contain_text("Deze vraag is bewaard", timeout=15_000)
    expect(page.locator("#connection")).to_contain_text("even niet bereikbaar")
    page.context.close()
