"""A real server with a small library, in a process of its own, and what opens it in a real browser."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, expect

from tests.page.program import served


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library that is served."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def url(library: Path) -> Iterator[str]:
    """Where the page is served."""
    with served(library, "--sources") as url:
        yield url


@pytest.fixture(scope="session")
def files_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library of files, which tests add to and remove from."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def files_url(files_folder: Path) -> Iterator[str]:
    """Where the library of files is served."""
    with served(files_folder, "--files") as url:
        yield url


Opener = Callable[..., Page]


class Profiles:
    """Browser profiles and their pages, made once for all tests: a tab that is used again opens much sooner than a new one."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._contexts: dict[str, BrowserContext] = {}
        self._free: defaultdict[str, list[Page]] = defaultdict(list)

    def take(self, profile: str, options: Mapping[str, Any]) -> tuple[str, Page]:
        key = f"{profile} {dict(options)}"
        if key not in self._contexts:
            self._contexts[key] = self._chromium.new_context(**options)
        return key, self._free[key].pop() if self._free[key] else self._contexts[key].new_page()

    def give_back(self, key: str, page: Page, url: str) -> None:
        """Take a page back, and forget what it kept."""
        page.goto(f"{url}/robots.txt")  # where no script of the page runs that could keep something again
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.emulate_media(media="null", reduced_motion="null")
        self._free[key].append(page)


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    return Profiles(chromium)


@pytest.fixture
def open_page(profiles: Profiles, url: str) -> Iterator[Opener]:
    """Opens the page, by default as a Dutch reader on a desktop; at the end nothing may have gone wrong unseen."""
    complaints: list[str] = []
    opened: list[tuple[str, Page]] = []

    def open_one(address: str = "/", *, profile: str = "shared", **options: Any) -> Page:
        options = {"locale": "nl-NL", "viewport": {"width": 1280, "height": 800}, **options}
        key, page = profiles.take(profile, options)
        opened.append((key, page))
        for event, notice in notices.items():
            page.on(event, notice)  # type: ignore[call-overload]  # the names are literals for each event
        page.goto(url + address)
        expect(page.locator("#question .submit-button[aria-label]")).to_be_visible()
        return page

    def notice_request(request: Request) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            complaints.append(request.url)

    def notice_message(message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_left_behind(message.text):
            complaints.append(message.text)

    def notice_error(error: Error) -> None:
        if not _is_left_behind(str(error)):
            complaints.append(str(error))

    notices: dict[str, Callable[[Any], None]] = {
        "request": notice_request,
        "console": notice_message,
        "pageerror": notice_error,
    }
    yield open_one
    for key, page in opened:
        for event, notice in notices.items():
            page.remove_listener(event, notice)
        profiles.give_back(key, page, url)
    assert complaints == [], "requests to other hosts, or errors in the console"


def _is_left_behind(said: str) -> bool:
    """Tell whether Gradio says that it ended the stream of a page that was left, as it may when a page is loaded again."""
    return "AbortError" in said or "errored out" in said
