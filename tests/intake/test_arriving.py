"""Files that arrive at the door for uploads: whole, broken off, too slowly."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from qa.answering import Answerer
from qa.desk import Desk
from qa.indexing import Indexer
from qa.intake import Intake
from qa.page.documents import upload
from tests.builders import LETTER, make_library
from tests.coroutines import run
from tests.fake_embedder import FakeEmbedder

HALF = {"type": "http.request", "body": LETTER.encode()[:20], "more_body": True}
WHOLE = {"type": "http.request", "body": LETTER.encode(), "more_body": False}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library, embedder = make_library(tmp_path, FakeEmbedder(), {}), FakeEmbedder()
    intake = Intake(library, Indexer(library, embedder))
    yield Desk(library, Answerer(library, embedder), intake=intake)
    intake.close()


async def put(desk: Desk, *messages: Message) -> tuple[int, dict[str, Any]]:
    """Send a file in parts, then say nothing any more; return the status and what was said."""
    import asyncio

    coming, said = iter(messages), []

    async def receive() -> Message:
        for message in coming:
            return message
        return await asyncio.Event().wait() or {}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "PUT", "path": "/uploads", "query_string": b"name=brief.txt&language=en", "headers": []}
    await Starlette(routes=upload.upload_routes(desk))(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in said)
    return said[0]["status"], json.loads(body) if body else {}


def kept(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "library" / "uploads").iterdir()]


def test_a_file_that_is_broken_off_or_comes_too_slowly_leaves_nothing_and_its_place_to_the_next(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(put(desk, HALF, {"type": "http.disconnect"})) == (400, {})
    assert kept(tmp_path) == []
    monkeypatch.setattr(upload, "GRACE_S", 0.1)
    status, said = run(put(desk, HALF))
    assert (status, said["outcome"]) == (200, "refused")
    assert "slow" in said["said"]
    assert (kept(tmp_path), len(desk.catalogue())) == ([], 0)
    monkeypatch.setattr(upload, "GRACE_S", 60)
    assert run(put(desk, WHOLE))[1]["outcome"] == "indexed"
    assert len(kept(tmp_path)) == len(desk.catalogue()) == 1
