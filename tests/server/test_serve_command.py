"""`bronvraag serve` itself, over a small library with a tiny random model."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from qa.cli import main
from qa.cli.serving import exposure_warnings, is_read_by_all
from tests.builders import LETTER, write_files
from tests.embeddings.tiny_models import build_bert
from tests.server.conftest import ROOT


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    files = write_files(folder / "files", {"brief.txt": LETTER})
    with pytest.raises(SystemExit) as ended:
        main(["index", str(files), "--library", str(folder / "library"), "--model", str(build_bert(folder / "tiny"))])
    assert not ended.value.code
    return folder / "library"


@contextmanager
def serve(library: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """Run the command; give its address and everything that it said until it could be opened."""
    command = [sys.executable, "-m", "qa.cli", "serve", "--library", str(library), "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})}, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = ""
        while not (address := re.search(r"answers at (\S+)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield address[1], said
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_on_this_computer_alone_it_starts_without_a_warning(library: Path) -> None:
    with serve(library) as (url, said):
        assert "WARNING" not in said
        assert httpx.get(f"{url}/api/documents", timeout=60).json()["n_documents"] == 1


def test_open_to_the_network_without_a_password_it_says_so_loudly(library: Path) -> None:
    with serve(library, "--host", "0.0.0.0") as (_, said):  # noqa: S104 - this is what it warns of
        assert "open WITHOUT A PASSWORD to everyone on the network of this computer" in said
        assert "give --auth FILE" in said


def test_offered_by_a_proxy_without_a_password_it_says_so_loudly() -> None:
    (warning,) = exposure_warnings("127.0.0.1", ["bronvraag.example.nl"], has_accounts=False)
    assert "open WITHOUT A PASSWORD to everyone who reaches bronvraag.example.nl" in warning


def test_offered_by_a_proxy_with_a_password_it_warns_of_nothing() -> None:
    assert exposure_warnings("127.0.0.1", ["bronvraag.example.nl"], has_accounts=True) == []


def test_with_a_password_on_the_network_it_warns_that_it_can_be_read(library: Path) -> None:
    account = {"BRONVRAAG_AUTH": "jansen:paard:batterij"}
    with serve(library, "--host", "0.0.0.0", environment=account) as (url, said):  # noqa: S104
        assert "travel readable over the network" in said
        assert "paard" not in said
        assert httpx.get(f"{url}/api/documents", timeout=60).status_code == 401
        assert httpx.get(f"{url}/api/documents", auth=("jansen", "paard:batterij"), timeout=60).status_code == 200


@pytest.mark.parametrize(("mode", "is_read"), [(0o644, True), (0o604, True), (0o600, False), (0o640, False)])
def test_a_file_that_all_can_read_is_noticed(tmp_path: Path, mode: int, is_read: bool) -> None:
    file = tmp_path / "accounts"
    file.touch()
    file.chmod(mode)
    assert is_read_by_all(file) is is_read


def test_the_accounts_of_a_file_are_let_in(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    file.write_text("jansen:paard:batterij\n")
    file.chmod(0o644)
    with serve(library, "--auth", str(file)) as (url, said):
        assert f"everyone on this computer can read the passwords in {file}; run: chmod 600 {file}" in said
        assert httpx.get(url, timeout=60).status_code == 401
        assert httpx.get(url, auth=("jansen", "paard:batterij"), timeout=60).status_code == 200


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
