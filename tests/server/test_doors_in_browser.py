"""What a real browser makes of sign-in, of foreign names and sites, and of the page that documents the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import FOREIGN
from tests.page.small_library import QUOTE_OF_ANSWER_4
from tests.server.conftest import ACCOUNT

pytestmark = pytest.mark.browser

ASK_FROM_ELSEWHERE = """async (url) => {
    const request = {method: "POST", mode: "no-cors", body: '{"question": "vreemdelingen"}'};
    try { await fetch(url + "/api/ask", request); } catch { /* the browser hides why */ }
}"""


@contextmanager
def opened(chromium: Browser, **options: Any) -> Iterator[Page]:
    context = chromium.new_context(**{"locale": "nl-NL", "viewport": {"width": 1280, "height": 800}, **options})
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def other_site() -> Iterator[str]:
    """Serve an empty page that has nothing to do with us."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_whoever_signs_in_asks_and_reads_the_source(chromium: Browser, locked_url: str) -> None:
    errors: list[str] = []
    with opened(chromium, http_credentials={"username": ACCOUNT[0], "password": ACCOUNT[1]}) as page:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(locked_url)
        page.locator("#question textarea").fill("Hoeveel vreemdelingen?")
        page.keyboard.press("Enter")
        expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
        page.locator("blockquote a").first.click()
        expect(page.locator("#source mark").first).to_be_in_viewport()
    assert errors == []


def test_whoever_does_not_sign_in_reads_why(chromium: Browser, locked_url: str) -> None:
    with opened(chromium, http_credentials={"username": "jansen", "password": "geraden"}) as page:
        response = page.goto(locked_url)
        assert response is not None
        assert response.status == 401
        expect(page.locator("body")).to_have_text(
            "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."
        )


def test_a_name_that_was_led_here_shows_nothing(chromium: Browser, url: str) -> None:
    with opened(chromium, locale="en-GB") as page:
        response = page.goto(f"http://{FOREIGN}:{url.rpartition(':')[2]}/api/documents")
        assert response is not None
        assert response.status == 421
        expect(page.locator("body")).to_contain_text(f"This server is not known by the name {FOREIGN}.")


def test_a_script_of_another_site_is_refused(chromium: Browser, url: str) -> None:
    with other_site() as elsewhere, opened(chromium) as page:
        page.goto(elsewhere)
        with page.expect_response(f"{url}/api/ask") as refused:
            page.evaluate(ASK_FROM_ELSEWHERE, url)
        assert refused.value.status == 403
