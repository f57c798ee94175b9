"""Hostile texts, and every state of the chat for everyone, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import (
    APPEARANCES,
    DUTCH,
    HOSTILE_QUESTION,
    NAMES_OF_APPEARANCES,
    PHONE,
    SLOW,
    ask,
    type_question,
    violations,
)

pytestmark = pytest.mark.browser


def test_hostile_question_executes_nothing_anywhere(open_page: Opener) -> None:
    page = open_page()
    ask(page, HOSTILE_QUESTION)
    page.reload()
    expect(page.locator("blockquote").first).to_be_visible()
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None


def test_hostile_refusal_executes_nothing(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Wat kost <b>kaas</b>?")
    expect(page.locator(".unknown b")).to_have_text("<b>kaas</b>")


STATES = {
    "everything unfolded": lambda page: page.evaluate(
        "document.querySelectorAll('#chat details').forEach(each => each.open = true)"
    ),
    "export menu": lambda page: page.locator("#export summary").click(),
    "list open": lambda page: page.locator("#toggle-side").click() if page.locator("#side").is_hidden() else None,
    "renaming": lambda page: (STATES["list open"](page), page.locator(".rename").first.focus(), page.keyboard.press("Enter")),
    "deleted": lambda page: (STATES["list open"](page), page.locator(".delete").first.focus(), page.keyboard.press("Enter")),
}


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_every_state_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = open_page(**options)
    assert violations(page) == "", "welcome"
    ask(page, f"{DUTCH} overal")
    assert violations(page) == "", "answer"
    for state, bring_about in STATES.items():
        bring_about(page)
        assert violations(page) == "", state
        page.keyboard.press("Escape")


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_refusal_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = open_page(**options)
    ask(page, "Wat kost een brood?")
    assert violations(page) == ""


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_waiting_is_accessible(open_page: Opener, options: dict[str, Any]) -> None:
    page = open_page(**options)
    type_question(page, SLOW)
    expect(page.locator(".waiting")).to_be_visible()
    assert violations(page) == ""


def test_phone_does_not_scroll_sideways_in_a_long_answer(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, f"{HOSTILE_QUESTION} {'x' * 500} overal")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#chat").evaluate("chat => chat.scrollWidth <= chat.clientWidth")
