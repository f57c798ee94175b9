"""A real server with the small engine, in a process of its own, and a real browser to look at it with."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM_ARGUMENTS += ["--disable-component-update", "--disable-sync"]

expect.set_options(timeout=15_000)  # a busy computer is not a wrong page


@contextmanager
def small_server(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the small engine's server; its first line is the address of the page."""
    command = [sys.executable, "-m", "tests.page.small_engine", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """Where the page is served."""
    with small_server() as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


def chromium_path() -> str | None:
    """Return the browser of this computer, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("no browser: neither chromium nor google-chrome is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def contexts() -> Iterator[dict[str, BrowserContext]]:
    """Browser profiles by their options; tests share them, and with them the cached files of the page."""
    opened: dict[str, BrowserContext] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def open_page(chromium: Browser, contexts: dict[str, BrowserContext], url: str) -> Iterator[Opener]:
    """Opens the page, by default as a Dutch reader on a desktop; at the end nothing may have gone wrong unseen."""
    complaints: list[str] = []
    pages: list[Page] = []

    def open_one(address: str = "/", *, profile: str = "shared", **options: Any) -> Page:
        options = {"locale": "nl-NL", "viewport": {"width": 1280, "height": 800}, **options}
        key = f"{profile} {options}"
        if key not in contexts:
            contexts[key] = chromium.new_context(**options)
        pages.append(contexts[key].new_page())
        watch(pages[-1])
        pages[-1].goto(url + address)
        expect(pages[-1].locator("#question .submit-button[aria-label]")).to_be_visible()
        return pages[-1]

    def watch(page: Page) -> None:
        page.on(
            "request",
            lambda request: complaints.append(request.url) if not request.url.startswith((url, "data:", "blob:")) else None,
        )
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    yield open_one
    for page in pages:
        page.close()
    assert complaints == [], "requests to other hosts, or errors in the console"
