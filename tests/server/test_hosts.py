from http.client import HTTPConnection

import httpx
import pytest

from qa.exceptions import BronvraagError
from qa.server.hosts import served_names
from tests.server.conftest import PUBLIC_HOST

PATHS = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/api/documents"),
    ("POST", "/api/ask"),
    ("POST", "/mcp"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/component_server"),
    ("PUT", "/uploads"),
    ("POST", "/gradio_api/upload"),
]


def port_of(url: str) -> str:
    return url.rpartition(":")[2]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_a_name_that_is_not_ours_is_refused(url: str, method: str, path: str) -> None:
    response = httpx.request(method, f"{url}{path}", headers={"host": f"evil.example:{port_of(url)}"})
    assert response.status_code == 421
    assert "This server is not known by the name evil.example" in response.json()["detail"]


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "a b", "[::1", "{name}"],
)
def test_a_host_header_that_is_not_ours_is_refused(url: str, host: str) -> None:
    assert httpx.get(f"{url}/api/documents", headers={"host": host}).status_code == 421


def test_two_host_headers_are_refused(url: str) -> None:
    connection = HTTPConnection("127.0.0.1", int(port_of(url)))
    connection.putrequest("GET", "/api/documents", skip_host=True)
    connection.putheader("Host", "localhost")
    connection.putheader("Host", "evil.example")
    connection.endheaders()
    assert connection.getresponse().status in {400, 421}
    connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "192.168.1.20", PUBLIC_HOST, f"{PUBLIC_HOST}."])
@pytest.mark.parametrize("port", ["", ":8080"])
def test_our_names_and_addresses_are_served(url: str, host: str, port: str) -> None:
    assert httpx.get(f"{url}/api/documents", headers={"host": host + port}).status_code == 200


def test_health_can_be_asked_under_any_name(url: str) -> None:
    assert httpx.get(f"{url}/healthz", headers={"host": "pod-17"}).status_code == 200


def test_a_reader_is_told_in_dutch_what_to_do(url: str) -> None:
    headers = {"host": "vraag.intern", "accept": "text/html", "accept-language": "nl"}
    assert "vraag de beheerder hem te starten met --public-host vraag.intern" in httpx.get(url, headers=headers).text


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:3000", "http://[x"])
def test_another_origin_is_refused(url: str, method: str, path: str, origin: str) -> None:
    response = httpx.request(method, f"{url}{path}", headers={"origin": origin})
    assert response.status_code == 403
    assert "comes from another web site" in response.json()["detail"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_a_browser_says_to_be_of_another_site_is_refused(url: str, site: str) -> None:
    assert httpx.get(f"{url}/api/documents", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403


def test_a_link_on_another_site_can_be_followed(url: str) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert httpx.get(url, headers=headers).status_code == 200


def test_a_form_on_another_site_cannot_be_sent(url: str) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert httpx.post(f"{url}/gradio_api/upload", headers=headers).status_code == 403


def test_our_own_origin_is_served(url: str) -> None:
    assert httpx.post(f"{url}/api/ask", headers={"origin": url}, json={"question": "vreemdelingen"}).status_code == 200


def test_a_public_name_is_an_origin_even_when_a_proxy_calls_us_otherwise(url: str) -> None:
    headers = {"origin": f"https://{PUBLIC_HOST}", "host": "127.0.0.1:7860"}
    assert httpx.post(f"{url}/api/ask", headers=headers, json={"question": "vreemdelingen"}).status_code == 200


def test_a_refused_origin_may_not_read_the_refusal(url: str) -> None:
    response = httpx.get(f"{url}/config", headers={"origin": "http://localhost:3000"})
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("name", ["https://bronvraag.example.nl", "bronvraag.example.nl:443", "a/b", "", "-x", "é.nl"])
def test_a_public_host_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BronvraagError, match="--public-host takes a name such as"):
        served_names("127.0.0.1", [name])
