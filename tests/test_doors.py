"""The doors: page, API, assistants and command line give the same answer to the same question."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from starlette.testclient import TestClient

from embeddings import Embedder, Embeddings
from qa.answering import Answerer
from qa.cli import main
from qa.desk import Desk
from qa.library import Library, create_library
from qa.page.chat.asking import replies
from qa.page.chat.examples import Examples
from qa.page.filters.scope import ask_within
from qa.server.mcp import build_mcp_server
from qa.server.rest import build_api
from qa.work_queues import WorkQueues
from tests.builders import ANSWERS, LETTER, index, write_files
from tests.conftest import SEEDS
from tests.coroutines import run

pytestmark = pytest.mark.model

OWN_QUESTIONS: tuple[tuple[str, list[Any]], ...] = (
    ("Wat staat er in brieven uit 2022 over migratie?", []),
    ("What do the letters from 2022 say about migration?", []),
    ("Antwoorden van minister Jansen over fietspaden", []),
    ("Vragen van het lid De Vries", []),
    ("questions by the ABC about cycle paths", []),
    ("De Vries", []),
    ("minister Jansen", []),
    ("Hoeveel fietspaden zijn er in het noorden?", []),
    ("En wie betaalt ze?", ["Hoeveel fietspaden zijn er?"]),
    ("En wie betaalt ze?", [{"question": "Hoeveel fietspaden zijn er?", "passage_ids": [1]}]),
    ("Wanneer zijn de dijken versterkt?", ["Hoeveel fietspaden zijn er?"]),
    ("ah-tk-20232024-1", []),
    ("kst-30573-153", []),
    ("dossier 30573", []),
    ("Hoeveel kostte dat in 2021?", ["Wanneer zijn de dijken versterkt?"]),
    ("HOEVEEL FIETSPADEN ZIJN ER", []),
    ("?", []),
    ("wat kost een brood", []),
    ("how do I bake bread", []),
    ("sluizen 2025", []),
)


class Remembering:
    """Embeds each question once for all doors of this process: how it is embedded is not what they could differ in."""

    def __init__(self, embedder: Embedder) -> None:
        self.identity = embedder.identity
        self.embed_passages = embedder.embed_passages
        self._embedded = cache(embedder.embed_queries)

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        return self._embedded(tuple(queries))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Library:
    folder = tmp_path_factory.mktemp("doors")
    library = create_library(folder / "library", embedder.identity)
    index(library, embedder, SEEDS, write_files(folder / "files", {"brief.txt": LETTER, "antwoorden.txt": ANSWERS}))
    return library


@pytest.fixture(scope="module")
def desk(library: Library, embedder: Embedder) -> Desk:
    return Desk(library, Answerer(library, Remembering(embedder)))


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, list[Any]]]:
    lines = (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = [json.loads(line) for line in lines]
    return [*((one["question"], one["history"]) for one in labelled), *OWN_QUESTIONS]


def by_page(desk: Desk, questions: list[tuple[str, list[Any]]]) -> Iterator[dict[str, Any]]:
    examples = Examples(desk)
    for question, history in questions:
        sent = {"ticket": "1", "question": question, "history": history}
        *_, last = replies(desk, ask_within(desk), examples, sent)
        yield last["turn"]["answer"]


def by_api(desk: Desk, questions: list[tuple[str, list[Any]]]) -> Iterator[dict[str, Any]]:
    with TestClient(build_api(desk, WorkQueues().questions)) as client:
        for question, history in questions:
            yield client.post("/ask", json={"question": question, "history": history}).json()


def by_assistant(desk: Desk, questions: list[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
    async def ask_all() -> list[dict[str, Any]]:
        async with Client(build_mcp_server(desk, WorkQueues().questions)) as client:
            called = [await client.call_tool("ask", {"question": q, "history": history}) for q, history in questions]
            return [one.structured_content or {} for one in called]

    return run(ask_all())  # type: ignore[no-any-return]


def by_command(
    library: Library, questions: list[tuple[str, list[Any]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, Any]]:
    lines = [json.dumps({"question": question, "history": history}) for question, history in questions]
    batch = write_files(tmp_path, {"questions.jsonl": "\n".join(lines)}) / "questions.jsonl"
    with pytest.raises(SystemExit):
        main(["ask", "--batch", str(batch), "--library", str(library.folder)])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_door_gives_the_same_citations(
    desk: Desk,
    library: Library,
    questions: list[tuple[str, list[Any]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    doors = {
        "page": list(by_page(desk, questions)),
        "assistant": by_assistant(desk, questions),
        "command": by_command(library, questions, tmp_path, capsys),
    }
    for place, answer in enumerate(by_api(desk, questions)):
        for name, answers in doors.items():
            other = answers[place]
            assert _seen(other) == _seen(answer), (name, questions[place])


def _seen(answer: dict[str, Any]) -> Any:
    citations = [(one["passage_id"], one["quote"], one["relevance"]) for one in answer["citations"]]
    filters = [(one["filter"], one["reason"], one["words"]) for one in answer["filters"]]
    return citations, filters, answer["message"], answer["language"], answer["refused"]


def test_a_filter_that_the_question_names_is_said_and_can_be_taken_off(desk: Desk) -> None:
    with TestClient(build_api(desk, WorkQueues().questions)) as client:
        asked = {"question": "Wat staat er in brieven uit 2022 over fietspaden in het noorden?"}
        limited = client.post("/ask", json=asked).json()
        parts = {json.dumps(one["filter"]): one["words"] for one in limited["filters"]}
        assert set(parts.values()) == {"brieven uit 2022"}
        declined: dict[str, Any] = {}
        for part in parts:
            declined |= json.loads(part)
        free = client.post("/ask", json=asked | {"declined": declined}).json()
    assert free["filters"] == []
    assert "fietspaden" in free["citations"][0]["quote"]
    assert "fietspaden" not in " ".join(one["quote"] for one in limited["citations"])


def test_the_command_line_takes_a_named_filter_off_by_its_words(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    question = "Wat staat er in brieven uit 2022 over fietspaden in het noorden?"
    with pytest.raises(SystemExit):
        main(["ask", question, "--without", "brieven uit 2022", "--format", "json", "--library", str(library.folder)])
    answer = json.loads(capsys.readouterr().out)
    assert answer["filters"] == []
    assert "fietspaden" in answer["citations"][0]["quote"]
