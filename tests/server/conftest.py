"""Real servers with the small engine: one that is open, one that asks for a password."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACCOUNT = ("jansen", "paard:batterij")
PUBLIC_HOST = "bronvraag.example.nl"


@contextmanager
def served(*public_hosts: str, account: tuple[str, str] | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the server; give its address and its process."""
    command = [sys.executable, "-m", "tests.server.program", *public_hosts]
    environment = {**os.environ, "BRONVRAAG_AUTH": ":".join(account)} if account else None
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        yield address, process
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """Where an open server listens."""
    with served(PUBLIC_HOST) as (address, _):
        yield address


@pytest.fixture(scope="session")
def locked_url() -> Iterator[str]:
    """Where a server listens that lets in one account only."""
    with served(account=ACCOUNT) as (address, _):
        yield address
