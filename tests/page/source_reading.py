"""What a reader does with the source panel."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.page.conftest import Opener
from tests.page.reading import DUTCH, ask, open_citation

PDF = "Hoeveel woningen hebben de gemeenten aangewezen?"
TWO_PAGES = "Welke zin begint onderaan de eerste bladzijde?"
HOSTILE_SET = "Einde van het antwoord"
LONG = "Welke zeldzame kievitsbloem bloeit langs de rivier?"


def opened(open_page: Opener, question: str = DUTCH, number: int = 1, **options: Any) -> Page:
    """Return a page on which a citation is open."""
    page = open_page(**options)
    ask(page, question)
    open_citation(page, number)
    return page


def ask_another(page: Page, question: str, number: int = 1) -> None:
    """Begin a new conversation with a question, and open a citation of its answer."""
    page.locator("#new-conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, question)
    open_citation(page, number)


def show_page(page: Page) -> None:
    page.locator("#source [role=tab][data-view=page]").click()
    expect(page.locator("#source .sheet img")).to_be_visible()


def copied(page: Page, name: str, url: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    page.locator("#source .copies > .copy").click()
    page.get_by_role("button", name=name).click()
    expect(page.locator("#source-status")).to_have_text(f"Gekopieerd: {name}")
    return str(page.evaluate("navigator.clipboard.readText()"))
