"""`bronvraag serve` and `mcp` themselves, over a small library with the embedded model."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from qa.cli import main
from qa.cli.serving import exposure_warnings, is_read_by_all
from qa.server.accounts import VARIABLE
from tests.builders import ANSWERS, LETTER, write_files
from tests.coroutines import run
from tests.server.conftest import ACCOUNT, ROOT

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    files = write_files(folder / "files", {"brief.txt": LETTER, "antwoorden.txt": ANSWERS})
    with pytest.raises(SystemExit) as ended:
        main(["index", str(files), "--library", str(folder / "library")])
    assert not ended.value.code
    return folder / "library"


@dataclass(frozen=True)
class Started:
    """A server that runs: where it listens, and everything that it said until it could be opened."""

    url: str
    said: str


@contextmanager
def serve(library: Path, *options: str) -> Iterator[Started]:
    command = [sys.executable, "-m", "qa.cli", "serve", "--library", str(library), "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = ""
        while not (address := re.search(r"answers at (\S+)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield Started(address[1], said)
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def alone(library: Path) -> Iterator[Started]:
    """The server of one reader, as the command starts it without options."""
    with serve(library) as started:
        yield started


def test_on_this_computer_alone_it_starts_without_a_warning(alone: Started) -> None:
    assert "WARNING" not in alone.said


def test_it_serves_the_library(alone: Started) -> None:
    assert httpx.get(f"{alone.url}/api/documents", timeout=60).json()["n_documents"] == 2


def test_no_answer_names_a_folder_of_the_server(alone: Started, library: Path) -> None:
    document_id = httpx.get(f"{alone.url}/api/documents", timeout=60).json()["documents"][0]["document_id"]
    asked = {"question": "Wanneer zijn de dijken versterkt?"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": asked}}
    accept = {"accept": "application/json, text/event-stream"}
    answers = [
        httpx.get(f"{alone.url}{path}", timeout=60)
        for path in ("/", "/config", "/api/documents", f"/api/documents/{document_id}")
    ]
    answers += [
        httpx.post(f"{alone.url}/api/ask", json=asked, timeout=60),
        httpx.post(f"{alone.url}/mcp", json=call, headers=accept, timeout=60),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert str(library.parent) not in answer.text, answer.url
    assert answers[4].json()["citations"][0]["source"] in {"brief.txt", "antwoorden.txt"}


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an account, which everyone can read."""
    file = tmp_path_factory.mktemp("accounts") / "accounts"
    file.write_text(":".join(ACCOUNT))
    file.chmod(0o644)
    return file


@pytest.fixture(scope="module")
def on_the_network(library: Path, accounts: Path) -> Iterator[Started]:
    with serve(library, "--host", "0.0.0.0", "--auth", str(accounts)) as started:  # noqa: S104 - this is what it warns of
        yield started


def test_with_a_password_on_the_network_it_warns_that_it_can_be_read(on_the_network: Started) -> None:
    assert "travel readable over the network" in on_the_network.said


def test_it_says_that_all_can_read_the_file_of_accounts(on_the_network: Started, accounts: Path) -> None:
    sentence = f"everyone on this computer can read the passwords in {accounts}; run: chmod 600 {accounts}"
    assert sentence in on_the_network.said


def test_it_says_that_passwords_stand_readable_in_the_file(on_the_network: Started, accounts: Path) -> None:
    assert f"passwords stand readable in {accounts}; `bronvraag account add {accounts} USER` replaces them" in on_the_network.said


def test_an_account_is_added_with_a_password_from_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "qa.cli", "account", "add", str(tmp_path / "accounts"), "jansen"]
    added = subprocess.run(command, input="paard:batterij\n", capture_output=True, text=True, check=True, cwd=ROOT)
    assert "jansen can sign in" in added.stderr
    assert (tmp_path / "accounts").read_text().startswith("jansen:$scrypt$ln=15,r=8,p=3$")
    with pytest.raises(SystemExit):  # it is the last
        main(["account", "remove", str(tmp_path / "accounts"), "jansen"])


def test_it_says_no_password(on_the_network: Started) -> None:
    assert ACCOUNT[1] not in on_the_network.said


def test_the_accounts_of_a_file_are_let_in(on_the_network: Started) -> None:
    assert httpx.get(f"{on_the_network.url}/api/documents", auth=ACCOUNT, timeout=60).status_code == 200


def test_others_than_the_accounts_of_a_file_are_not_let_in(on_the_network: Started) -> None:
    assert httpx.get(f"{on_the_network.url}/api/documents", timeout=60).status_code == 401


def test_open_to_the_network_without_a_password_it_says_so_loudly() -> None:
    (warning,) = exposure_warnings("0.0.0.0", [], has_accounts=False)  # noqa: S104
    assert "open WITHOUT A PASSWORD to everyone on the network of this computer" in warning
    assert "give --auth FILE" in warning


def test_offered_by_a_proxy_without_a_password_it_says_so_loudly() -> None:
    (warning,) = exposure_warnings("127.0.0.1", ["bronvraag.example.nl"], has_accounts=False)
    assert "open WITHOUT A PASSWORD to everyone who reaches bronvraag.example.nl" in warning


def test_offered_by_a_proxy_with_a_password_it_warns_of_nothing() -> None:
    assert exposure_warnings("127.0.0.1", ["bronvraag.example.nl"], has_accounts=True) == []


@pytest.mark.parametrize(("mode", "is_read"), [(0o644, True), (0o604, True), (0o600, False), (0o640, False)])
def test_a_file_that_all_can_read_is_noticed(tmp_path: Path, mode: int, is_read: bool) -> None:
    file = tmp_path / "accounts"
    file.touch()
    file.chmod(mode)
    assert is_read_by_all(file) is is_read


def test_an_account_of_the_environment_beside_a_file_stops_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, ":".join(ACCOUNT))
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--auth", str(tmp_path / "accounts"), "--library", str(tmp_path)])
    assert ended.value.code == 1
    assert "leave one out" in capsys.readouterr().err


def test_a_wrong_file_stops_it_before_the_model_is_loaded(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--auth", str(tmp_path / "niet"), "--library", str(tmp_path)])
    assert ended.value.code == 1
    assert (
        capsys.readouterr().err == f"bronvraag: The accounts in {tmp_path / 'niet'} cannot be read (No such file or directory).\n"
    )


def test_a_wrong_public_host_stops_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--public-host", "https://bronvraag.example.nl", "--library", str(tmp_path)])
    assert ended.value.code == 1
    assert "--public-host takes a name such as bronvraag.example.nl" in capsys.readouterr().err


def test_an_assistant_asks_and_reads_over_standard_input(library: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "qa.cli", "mcp", "--library", str(library)], cwd=ROOT)

    async def ask_and_read() -> tuple[Any, Any]:
        async with Client(command) as client:
            answer = await client.call_tool("ask", {"question": "Wanneer zijn de dijken versterkt?"})
            cited = (answer.structured_content or {})["citations"][0]
            return cited, await client.call_tool("read_passage", {"passage_id": cited["passage_id"]})

    cited, passage = run(ask_and_read())
    assert cited["quote"] in passage.structured_content["text"]
    assert cited["permalink"] is None
