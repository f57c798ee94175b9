"""Real servers with a small library: one that is open, one that asks for a password."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACCOUNT = ("jansen", "paard:batterij")
PUBLIC_HOST = "bronvraag.example.nl"


@dataclass(frozen=True)
class Served:
    """A server that runs: where it listens, its process, and the file that it logs to."""

    url: str
    pid: int
    log: Path


@contextmanager
def served(*public_hosts: str, account: tuple[str, str] | None = None) -> Iterator[Served]:
    command = [sys.executable, "-m", "tests.server.program", *public_hosts]
    environment = {**os.environ, "BRONVRAAG_AUTH": ":".join(account)} if account else None
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url, Path(log.name).read_text()
            yield Served(url, process.pid, Path(log.name))
        finally:
            process.terminate()
            process.communicate(timeout=60)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """Where an open server listens."""
    with served(PUBLIC_HOST) as server:
        yield server.url


@pytest.fixture(scope="session")
def locked() -> Iterator[Served]:
    """A server that lets in one account only."""
    with served(account=ACCOUNT) as server:
        yield server


@pytest.fixture(scope="session")
def locked_url(locked: Served) -> str:
    return locked.url
