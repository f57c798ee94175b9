"""What a reader does with the source panel, on a server with more sources."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect

from tests.page.conftest import ROOT, Opener
from tests.page.reading import DUTCH, ask, open_citation

PDF = "Wat staat er op deze bladzijde?"
HOSTILE = "Wat staat er in het vijandig stuk?"
LONG = "Wat staat er in het lang verslag?"


@contextmanager
def source_server() -> Iterator[str]:
    """Serve the page with more sources; gives its address."""
    command = [sys.executable, "-m", "tests.page.source_engine"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=60)


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
