import re
import signal
from pathlib import Path

import httpx
import pytest

from qa.server.security import complete_page
from tests.page.program import port_of, served, started


@pytest.fixture(scope="module")
def page(url: str) -> httpx.Response:
    return httpx.get(url, headers={"accept-language": "en"})


def test_healthz_says_ok(url: str) -> None:
    assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}


def test_policy_allows_no_inline_script_without_the_nonce(page: httpx.Response) -> None:
    scripts = re.search(r"script-src ([^;]*)", page.headers["content-security-policy"])
    assert scripts is not None
    assert re.fullmatch(r"'self' 'unsafe-eval' 'nonce-[\w-]{22}'", scripts[1])


def test_policy_allows_no_outside_host(page: httpx.Response) -> None:
    assert not re.search(r"https?:|\*", page.headers["content-security-policy"])


def test_every_script_has_the_nonce(page: httpx.Response) -> None:
    nonce = re.search(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])
    assert nonce is not None
    assert page.text.count("<script") == page.text.count(f"<script nonce={nonce[1]}")


def test_nonce_is_another_one_each_time(url: str, page: httpx.Response) -> None:
    assert httpx.get(url).headers["content-security-policy"] != page.headers["content-security-policy"]


def test_page_is_in_the_language_of_the_browser(page: httpx.Response) -> None:
    assert re.search(r'<html\s+lang="en"', page.text)


def test_language_cookie_decides(url: str) -> None:
    response = httpx.get(url, headers={"accept-language": "en", "cookie": "bronvraag_language=nl"})
    assert re.search(r'<html\s+lang="nl"', response.text)


def test_page_names_no_outside_image(page: httpx.Response) -> None:
    assert "og:image" not in page.text


def test_other_responses_carry_the_policy_too(url: str) -> None:
    assert "script-src" in httpx.get(f"{url}/healthz").headers["content-security-policy"]


def test_files_of_the_computer_are_refused(url: str) -> None:
    assert httpx.get(f"{url}/gradio_api/file=/etc/hostname").status_code in {403, 404}


def test_events_are_not_in_the_public_description(url: str) -> None:
    assert httpx.get(f"{url}/gradio_api/info").json()["named_endpoints"] == {}


def test_port_in_use_is_named_and_a_server_ends_quietly(tmp_path: Path) -> None:
    with served(tmp_path) as url:  # which sees that SIGTERM ends it quietly
        port = port_of(url)
        with started(tmp_path, port) as second:
            _, error = second.communicate(timeout=60)
    assert f"Port {port} on 127.0.0.1 is in use by another program; stop that, or choose another port with `--port" in error
    with started(tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (0, "")


def test_texts_cannot_end_the_script_that_holds_them() -> None:
    texts = re.search(r'type="application/json">(.*?)</script>', complete_page("<head></head>", "nl", "n"))
    assert texts is not None
    assert "<" not in texts[1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "upload"),
        ("POST", "upload/"),
        ("POST", "run/predict"),
        ("POST", "api/predict"),
        ("POST", "call/predict"),
        ("POST", "process_recording"),
        ("POST", "vibe-edit"),
        ("GET", "proxy=https://outside.example/x"),
        ("GET", "file=/etc/hostname"),
        ("GET", "deep_link"),
        ("GET", "runs"),
        ("GET", "openapi.json"),
    ],
)
def test_what_the_page_does_not_use_of_gradio_is_closed(url: str, method: str, path: str) -> None:
    response = httpx.request(method, f"{url}/gradio_api/{path}")
    assert (response.status_code, response.json()) == (404, {"detail": "There is nothing at this address."})


@pytest.mark.parametrize("path", ["monitoring", "monitoring/summary"])
def test_use_of_the_page_is_not_shown(url: str, path: str) -> None:
    assert httpx.get(f"{url}/{path}").status_code == 403
