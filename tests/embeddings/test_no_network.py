"""Using the embedded model opens no connection: a process of its own is watched by an audit hook."""

import subprocess
import sys

import pytest

WATCHED = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
from embeddings import PackedEmbedder

embedder = PackedEmbedder.load()
embedder.embed_queries(["Wat antwoordde de minister?"])
print(embedder.embed_passages(["De minister antwoordde niet."]))
"""


@pytest.fixture(scope="module")
def watched() -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.model
def test_loading_and_embedding_open_no_connection(watched: subprocess.CompletedProcess[str]) -> None:
    assert (watched.returncode, watched.stdout) == (0, "Embeddings(n_texts=1, dim=384)\n"), watched.stderr[-800:]


@pytest.mark.model
def test_loading_and_embedding_print_no_warning(watched: subprocess.CompletedProcess[str]) -> None:
    assert watched.stderr == ""


def test_the_watch_catches_a_connection() -> None:
    code = WATCHED.split("from embeddings", maxsplit=1)[0] + "import socket; socket.create_connection(('127.0.0.1', 9))"
    caught = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert "socket." in caught.stderr
