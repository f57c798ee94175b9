"""What a reverse proxy says is believed where it is trusted; the page works below a path in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from playwright.sync_api import Browser, expect
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from qa.exceptions import BronvraagError
from qa.server.forwarded import ForwardedHeaders, PublicAddress, read_proxies
from tests.coroutines import run
from tests.page.small_library import QUOTE_OF_ANSWER_4
from tests.server.conftest import PUBLIC_HOST

PREFIX = "/bron"
SAID = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "a.example",
    "x-forwarded-prefix": "/a",
}


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    said = {"base": str(request.base_url), "client": request.client.host if request.client else None}
    said["headers"] = " ".join(name for name in request.headers if "forwarded" in name or "gradio" in name)
    await JSONResponse(said)(scope, receive, send)


def seen(client: str, headers: dict[str, str], *, root_path: str = "", path: str = "/x") -> httpx.Response:
    """Return what an application sees of a request from an address."""
    app = ForwardedHeaders(PublicAddress(_echo), proxies=read_proxies(["10.1.0.0/16"], root_path))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
            return await asking.get(path, headers=headers)

    return run(ask())


def test_proxies_that_are_trusted_are_believed() -> None:
    for proxy in ("127.0.0.1", "::1", "10.1.2.3"):
        said = seen(proxy, SAID).json()
        assert (said["base"], said["client"]) == ("https://a.example/a/", "203.0.113.9"), proxy


def test_others_are_not_believed_and_nothing_behind_reads_what_they_say() -> None:
    headers = {**SAID, "forwarded": "host=a.example", "x-gradio-server": "https://a.example", "x-forwarded-port": "1"}
    assert seen("10.2.0.1", headers).json() == {"base": "http://localhost/", "client": "10.2.0.1", "headers": ""}


def test_a_path_is_the_same_whether_the_proxy_takes_the_prefix_away_or_not() -> None:
    for path in ("/x", "/bron/x"):
        assert seen("10.2.0.1", {}, root_path="/bron/", path=path).json()["base"] == "http://localhost/bron/"
    assert seen("10.2.0.1", {}, root_path="/bron", path="/bron").headers["location"] == "/bron/"


def test_a_prefix_that_is_no_path_is_not_believed() -> None:
    for prefix in ('/a"><script>', "//evil.example", "a", "/../a", "/a, /b", "https://evil.example"):
        assert seen("127.0.0.1", {"x-forwarded-prefix": prefix}).json()["base"] == "http://localhost/", prefix


@pytest.mark.parametrize(("trusted", "root_path"), [(["proxy"], ""), ([], "bron"), ([], "/a b"), ([], "/a//b"), ([], "/..")])
def test_options_that_make_no_sense_are_refused(trusted: list[str], root_path: str) -> None:
    with pytest.raises(BronvraagError, match=r"--(trusted-proxy|root-path) takes "):
        read_proxies(trusted, root_path)


def test_a_name_that_a_proxy_forwards_is_checked_like_any_other(url: str) -> None:
    assert httpx.get(f"{url}/api/documents", headers={"x-forwarded-host": PUBLIC_HOST}).status_code == 200
    assert httpx.get(f"{url}/api/documents", headers={"x-forwarded-host": "evil.example"}).status_code == 421
    assert httpx.get(f"{url}/api/documents", headers={"host": "evil.example", "x-forwarded-host": PUBLIC_HOST}).status_code == 421


class Proxy(BaseHTTPRequestHandler):
    """Offers a server below a path, as nginx or Caddy would."""

    protocol_version = "HTTP/1.1"
    upstream = ""
    outside: list[str] = []  # noqa: RUF012 - of the class that the test makes

    def forward(self) -> None:
        if not self.path.startswith(f"{PREFIX}/"):
            self.outside.append(self.path)
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        headers |= {"X-Forwarded-Prefix": PREFIX, "X-Forwarded-Proto": "http", "X-Forwarded-Host": self.headers["host"]}
        upstream = HTTPConnection(self.upstream, timeout=60)
        upstream.request(self.command, self.path[len(PREFIX) :], body, headers)
        response = upstream.getresponse()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                self.send_header(name, value)
        self.send_header("connection", "close")
        self.end_headers()
        try:
            while content := response.read1(65536):
                self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):  # the browser has gone
            pass
        finally:
            upstream.close()
        self.close_connection = True

    do_GET = do_POST = do_HEAD = do_PUT = forward  # noqa: N815 - names of the standard library

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def proxied(url: str) -> Iterator[tuple[str, list[str]]]:
    """Offer a server below a path; the list holds what was asked for outside it."""
    outside: list[str] = []
    handler = type("Below", (Proxy,), {"upstream": url.removeprefix("http://"), "outside": outside})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}", outside
        server.shutdown()


def test_addresses_stay_below_the_path(url: str) -> None:
    with proxied(url) as (below, outside):
        description = httpx.get(f"{below}/api", follow_redirects=True).json()
        assert [server["url"] for server in description["servers"]] == [f"{PREFIX}/api"]
        assert httpx.get(f"{below}/config").json()["root"] == below
        request = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": "read_passage", "arguments": {"passage_id": 1}},
        }
        passage = httpx.post(f"{below}/mcp", json=request, headers={"accept": "application/json, text/event-stream"})
        assert re.search(r'"permalink": ?"([^"]*)#', passage.json()["result"]["content"][0]["text"])[1] == f"{below}/"  # type: ignore[index]
    assert outside == []


@pytest.mark.browser
def test_the_page_works_below_a_path(chromium: Browser, url: str) -> None:
    with proxied(url) as (below, outside):
        context = chromium.new_context(locale="nl-NL")
        page = context.new_page()
        page.goto(f"{below}/")
        page.locator("#question textarea").fill("Hoeveel vreemdelingen?")
        page.keyboard.press("Enter")
        expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
        page.locator("blockquote a").first.click()
        expect(page.locator("#source mark").first).to_be_in_viewport()
        context.close()
    assert outside == []
