"""Requests as browsers, proxies and programs of all kinds send them: each gets what it asks for, or one sentence."""

import json
import socket

import httpx
import pytest

COOKIES = [
    "bronvraag_language=nl; a[b]=c",
    'bronvraag_language=nl; prefs={"a": 1}',
    "bronvraag_language=nl; a=é; b=\x7f",
    "bronvraag_language=nl; a@b=1; =; ;;",
    'bronvraag_language=nl; a="\\777"; expires=x; path=/; secure',
    "bronvraag_language=nl; " + "x" * 4000,
]
ODD_HEADERS = [
    {"accept-language": ";q=;,,nl;q=abc, *;q=9"},
    {"accept-language": "é\x7f"},
    {"accept": "\xff", "accept-encoding": "gzip;q=x, \xff"},
    {"user-agent": "\xff" * 1000, "x-nergens": "{name}%s"},
    {"content-length": "0", "range": "bytes=-9"},
    {"if-none-match": "W/", "if-modified-since": "gisteren"},
    {"upgrade": "h2c", "connection": "upgrade, http2-settings"},
    {"cache-control": "x", "cookie": ""},
]
BODIES = [
    b'{"question": "\xe9\xe9n"}',
    b"[" * 100_000,
    b'{"question": ' + b"9" * 5000 + b"}",
    b"",
    b"{question}",
]


def test_cookies_of_others_change_nothing(url: str) -> None:
    for cookie in COOKIES:
        page = httpx.get(url, headers={"accept-language": "en", "cookie": cookie.encode("latin-1")})  # type: ignore[dict-item]
        assert (page.status_code, 'lang="nl"' in page.text) == (200, True), cookie


def test_odd_headers_change_nothing(url: str) -> None:
    for headers in ODD_HEADERS:
        sent = {name: value.encode("latin-1") for name, value in headers.items()}
        assert httpx.get(url, headers=sent).status_code == 200, headers  # type: ignore[arg-type]


def test_a_body_that_is_no_json_in_utf_8_is_said_to_be_none(url: str) -> None:
    for body in BODIES:
        response = httpx.post(f"{url}/api/ask", content=body, headers={"content-type": "application/json"})
        assert response.status_code in {400, 422}, body[:30]
        assert "is not known here" not in response.json()["detail"], body[:30]
        untyped = httpx.post(f"{url}/api/ask", content=body)
        assert (untyped.status_code, "content-type: application/json" in untyped.text) == (
            422 if not body else 415,
            bool(body),
        ), body[:30]


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_assistants_are_answered_with_and_without_a_slash(url: str, path: str) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"accept": "application/json, text/event-stream"}
    tools = httpx.post(f"{url}{path}", json=request, headers=headers).json()["result"]["tools"]
    assert {tool["name"] for tool in tools} == {"ask", "read_passage"}


def test_an_assistant_that_waits_for_messages_is_told_that_none_come(url: str) -> None:
    response = httpx.get(f"{url}/mcp", headers={"accept": "text/event-stream"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_what_is_no_http_gets_an_answer_too(url: str) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"\r\n\r\nx\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=10) as connection:
            connection.sendall(sent)
            assert connection.recv(100).startswith(b"HTTP/1.1 4"), sent


def test_headers_for_safety_are_on_every_response(url: str) -> None:
    for path in ("/", "/healthz", "/api/documents", "/mcp", "/nergens", "/config"):
        headers = httpx.get(f"{url}{path}").headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert headers["referrer-policy"] == "no-referrer", path


def test_files_are_named_without_the_folders_of_the_server(url: str) -> None:
    answer = httpx.post(f"{url}/api/ask", json={"question": "Hoeveel vreemdelingen?"}).json()
    listed = httpx.get(f"{url}/api/documents").json()["documents"]
    assert "001_22b0354069afef56.txt" in {document["source"] for document in listed}
    assert "/data/" not in json.dumps([listed, httpx.get(f"{url}/api/documents/0a1b2c").json()])
    assert answer["citations"]
