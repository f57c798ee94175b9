import asyncio
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from qa.exceptions import BronvraagError
from qa.server.accounts import VARIABLE, Accounts, HashedPassword, add_account, load_accounts
from qa.server.authentication import BasicAuthentication
from tests.coroutines import run
from tests.server.conftest import ACCOUNT, Served

ROUTES = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/page/page.css"),
    ("GET", "/page/page.js"),
    ("GET", "/static/img/logo.svg"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/file=/etc/hostname"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/mcp/schema"),
    ("GET", "/gradio_api/runs"),
    ("POST", "/gradio_api/mcp/"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/upload"),
    ("PUT", "/uploads?name=a.txt"),
    ("POST", "/login"),
    ("GET", "/logout"),
    ("GET", "/metrics"),
    ("GET", "/api"),
    ("GET", "/api/"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/ask?question=vreemdelingen"),
    ("POST", "/api/ask"),
    ("GET", "/api/documents"),
    ("GET", "/api/documents/0a1b2c"),
    ("GET", "/api/passages/1"),
    ("GET", "/mcp"),
    ("POST", "/mcp"),
    ("DELETE", "/mcp"),
    ("OPTIONS", "/api/ask"),
    ("GET", "/nergens"),
    ("GET", "/healthz/"),
    ("GET", "//healthz"),
    ("GET", "/%2e%2e/healthz/../config"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_route_is_closed_without_an_account(locked_url: str, method: str, path: str) -> None:
    response = httpx.request(method, f"{locked_url}{path}")
    assert (response.status_code, response.json()) == (401, {"detail": "Sign in with your user name and password."})


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/gradio_api/info", "/api/documents", "/api/openapi.json"])
def test_a_route_is_open_to_an_account(locked_url: str, path: str) -> None:
    assert httpx.get(f"{locked_url}{path}", auth=ACCOUNT).status_code == 200


def test_health_is_open_to_all(locked_url: str) -> None:
    assert httpx.get(f"{locked_url}/healthz").status_code == 200


def test_a_browser_is_asked_to_sign_in(locked_url: str) -> None:
    challenge = httpx.get(locked_url).headers["www-authenticate"]
    assert challenge == 'Basic realm="Bronvraag", charset="UTF-8"'


def test_a_browser_gets_the_sentence_in_its_language(locked_url: str) -> None:
    response = httpx.get(locked_url, headers={"accept": "text/html", "accept-language": "nl"})
    assert response.text == "Meld u aan met uw gebruikersnaam en wachtwoord."


@pytest.mark.parametrize("account", [("jansen", "paard"), ("jansen", ""), ("Jansen", "paard:batterij"), ("", "paard:batterij")])
def test_another_account_is_refused(locked_url: str, account: tuple[str, str]) -> None:
    response = httpx.get(f"{locked_url}/api/documents", auth=account)
    assert response.status_code == 401
    assert "do not go together" in response.json()["detail"]


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic /w==", "Bearer abc", "x", "Basic " + "QQ" * 2000, b"Basic \xff"])
def test_a_header_that_holds_no_account_is_refused(locked_url: str, header: str | bytes) -> None:
    assert httpx.get(f"{locked_url}/api/documents", headers={"authorization": header}).status_code == 401  # type: ignore[dict-item]


def test_guesses_are_slow_however_many_come_at_once(locked_url: str) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda n: httpx.get(locked_url, auth=("jansen", f"raden{n}"), timeout=60).status_code, range(8)))
    assert statuses == [401] * 8
    assert time.monotonic() - started > 1.9


def guarded(**options: Any) -> httpx.AsyncClient:
    """Return a client of a guarded application in this process."""
    accounts = load_accounts(None, {VARIABLE: ":".join(ACCOUNT)})
    assert accounts is not None
    guard = BasicAuthentication(PlainTextResponse("binnen"), accounts=accounts, **options)
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost")


def test_too_many_guesses_at_once_are_turned_away() -> None:
    async def guess() -> list[int]:
        async with guarded(pause_s=0.01, max_waiting=3) as client:
            responses = await asyncio.gather(*(client.get("/", auth=("jansen", f"raden{n}")) for n in range(5)))
        return [response.status_code for response in responses]

    assert sorted(run(guess())) == [401, 401, 401, 429, 429]


def test_who_signed_in_before_does_not_wait_for_guessers() -> None:
    async def sign_in_again() -> tuple[int, bool]:
        async with guarded(pause_s=0.5) as client:
            assert (await client.get("/", auth=ACCOUNT)).status_code == 200
            guess = asyncio.create_task(client.get("/", auth=("jansen", "geraden")))
            await asyncio.sleep(0)
            again = await client.get("/", auth=ACCOUNT)
            waited = guess.done()
            await guess
        return again.status_code, waited

    assert run(sign_in_again()) == (200, False)


def test_the_process_listing_holds_no_password(locked: Served) -> None:
    assert ACCOUNT[1].encode() not in Path(f"/proc/{locked.pid}/cmdline").read_bytes()


def test_the_log_holds_no_password(locked: Served) -> None:
    httpx.get(locked.url, auth=("jansen", "geheimpje"))
    log = locked.log.read_text()
    assert "A sign-in from 127.0.0.1 was refused." in log
    assert "geheimpje" not in log
    assert "jansen" not in log


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.txt"


def admits(accounts: Accounts | None, credentials: str) -> bool:
    assert accounts is not None
    user, _, password = credentials.partition(":")
    return accounts.admit(user, password)


def test_every_line_of_the_file_is_an_account(file: Path) -> None:
    file.write_text("# onze afdeling\n\njansen:paard:batterij\nde vries:nietje van staal\n")
    accounts = load_accounts(file, {})
    assert admits(accounts, "jansen:paard:batterij")
    assert admits(accounts, "de vries:nietje van staal")
    assert not admits(accounts, "jansen:nietje van staal")


def test_letters_with_accents_are_the_same_however_they_are_typed(file: Path) -> None:
    file.write_text("andré:één wachtwoord\n", encoding="utf-8")
    assert admits(load_accounts(file, {}), "andre\u0301:e\u0301e\u0301n wachtwoord")


def test_the_variable_is_taken_out_of_the_environment() -> None:
    environment = {VARIABLE: "jansen:paard:batterij", "HOME": "/root"}
    assert admits(load_accounts(None, environment), "jansen:paard:batterij")
    assert environment == {"HOME": "/root"}


def test_without_file_and_variable_there_are_no_accounts() -> None:
    assert load_accounts(None, {}) is None


def test_file_and_variable_together_are_refused(file: Path) -> None:
    with pytest.raises(BronvraagError, match="leave one out"):
        load_accounts(file, {VARIABLE: "a:b"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no accounts; write user:password on a line."),
        ("# niets\n", "holds no accounts; write user:password on a line."),
        ("jansen:paard:batterij\ngeheim-zonder-naam", "is not user:password."),
        (":geheim-zonder-naam", "is not user:password."),
        ("jansen:geheim", "is shorter than 8 characters; choose a longer one."),
        ("jansen:paard:batterij\njansen:geheimpjes", "gives a user a second password; leave one out."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_naming_a_password(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(BronvraagError) as error:
        load_accounts(file, {})
    assert str(error.value).endswith(sentence)
    assert "geheim" not in str(error.value)


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(BronvraagError, match=r"accounts.txt cannot be read \(No such file or directory\)"):
        load_accounts(file, {})


def test_a_file_of_other_bytes_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00geheim")
    with pytest.raises(BronvraagError, match="it is not UTF-8 text"):
        load_accounts(file, {})


def test_accounts_show_no_password() -> None:
    password = HashedPassword.of("paard:batterij", ln=4, p=1)
    assert repr(Accounts({"jansen": password})) == "Accounts(n=1)"
    assert "digest" not in repr(password)


def test_an_account_that_was_added_can_sign_in_and_its_password_is_nowhere(file: Path) -> None:
    add_account(file, "jansen", "eerst dit wachtwoord", is_keeper=True)
    add_account(file, "de vries", "nietje van staal")
    add_account(file, "jansen", "paard:één")
    accounts = load_accounts(file, {})
    assert accounts is not None
    assert [
        admits(accounts, name) for name in ("jansen:paard:e\u0301e\u0301n", "jansen:eerst dit wachtwoord", "x:paard:één")
    ] == [
        True,
        False,
        False,
    ]
    assert admits(accounts, "de vries:nietje van staal")
    assert (accounts.may_remove("jansen"), accounts.may_remove("de vries")) == (True, False)  # a keeper stays one
    assert (accounts.n_readable, file.stat().st_mode & 0o777) == (0, 0o600)
    assert [line.partition("$")[0] for line in file.read_text().splitlines()] == ["de vries:", "jansen:"]
    assert not {"nietje", "paard", "eerst"} & set(file.read_text().replace(":", " ").split())


def test_what_answers_knows_whom_it_is_for_and_whether_they_may_remove_documents() -> None:
    password = HashedPassword.of("paard:batterij", ln=4, p=1)

    async def state_of(user: str, keepers: set[str]) -> tuple[str, bool]:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            seen.append((scope["state"]["account"], scope["state"]["may_remove"]))
            await PlainTextResponse("binnen")(scope, receive, send)

        seen: list[tuple[str, bool]] = []
        guard = BasicAuthentication(answer, accounts=Accounts({"andré": password, "b": password}, keepers=keepers))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost") as client:
            await client.get("/", auth=(user, "paard:batterij"))
        return seen[0]

    assert run(state_of("andre\u0301", {"andré"})) == ("andre\u0301", True)
    assert run(state_of("b", {"andré"})) == ("b", False)
    assert run(state_of("b", set())) == ("b", True)  # nobody is named a keeper


def test_a_digest_made_elsewhere_is_read(file: Path) -> None:
    # the third test vector of RFC 7914: P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1, the first 32 bytes
    salt = "U29kaXVtQ2hsb3JpZGU"
    digest = b64encode(bytes.fromhex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")).decode().rstrip("=")
    file.write_text(f"jansen:$scrypt$ln=14,r=8,p=1${salt}${digest}\n")
    assert admits(load_accounts(file, {}), "jansen:pleaseletmein")


def test_readable_passwords_are_read_counted_and_replaced_when_an_account_is_added(file: Path) -> None:
    file.write_text("# onze afdeling\njansen:paard:batterij\n")
    accounts = load_accounts(file, {})
    assert accounts is not None
    assert accounts.n_readable == 1
    assert add_account(file, "de vries", "nietje van staal") == 1
    assert "batterij" not in file.read_text()
    assert file.read_text().startswith("# onze afdeling\njansen:$scrypt$")
    assert admits(load_accounts(file, {}), "jansen:paard:batterij")


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("", "lang genoeg"),
        ("a:b", "lang genoeg"),
        ("#a", "lang genoeg"),
        (" a", "lang genoeg"),
        ("a\nb", "lang genoeg"),
        ("jansen", "kort"),
    ],
)
def test_an_account_that_could_not_sign_in_is_not_written(file: Path, user: str, password: str) -> None:
    with pytest.raises(BronvraagError):
        add_account(file, user, password)
    assert not file.exists()


def test_a_running_server_follows_the_file_of_accounts(file: Path) -> None:
    def written(*accounts: str) -> None:
        file.write_text("".join(f"{line}\n" for line in accounts), encoding="utf-8")

    async def statuses() -> list[int]:
        accounts = load_accounts(file, {})
        assert accounts is not None
        guard = BasicAuthentication(PlainTextResponse("binnen"), accounts=accounts, pause_s=0)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost") as client:
            seen = []
            for lines in (("a:achttekens",), ("b:anderwoord",), ("onleesbaar",), ("a:nieuwwoord", "b:anderwoord")):
                written(*lines)
                for user, password in (("a", "achttekens"), ("a", "nieuwwoord"), ("b", "anderwoord")):
                    seen.append((await client.get("/", auth=(user, password))).status_code)
        return seen

    written("a:achttekens")
    assert run(statuses()) == [200, 401, 401, 401, 401, 200, 401, 401, 200, 401, 200, 200]
