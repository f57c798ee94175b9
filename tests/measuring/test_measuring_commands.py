"""`bronvraag evaluate`, `evaluate-messages` and `self-test`, from the command line to what they print."""

import json
from pathlib import Path

import pytest

from qa.cli import main
from qa.measuring import Run, load_run
from qa.measuring.halves import half_of
from tests.builders import LETTER, write_files
from tests.embeddings.tiny_models import build_bert
from tests.measuring.sets import SET

Captured = pytest.CaptureFixture[str]

LINES = [
    {"id": "a", "language": "nl", "kind": "content", "question": "Hoeveel fietspaden?", "evidence": ["Negentig rode fietspaden"]},
    {"id": "b", "language": "nl", "kind": "unanswerable", "distance": "far", "question": "Hoe laat is het?"},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library made with a tiny random model: enough for everything but good answers."""
    folder = tmp_path_factory.mktemp("measuring")
    files = write_files(folder / "files", {"brief.txt": LETTER, "set.txt": SET})
    model = str(build_bert(folder / "tiny"))
    assert run("index", str(files), "--library", str(folder / "library"), "--model", model) == 0
    return str(folder / "library")


@pytest.fixture
def questions(tmp_path: Path) -> str:
    return str(write_files(tmp_path, {"q.jsonl": "\n".join(map(json.dumps, LINES))}) / "q.jsonl")


def run(*arguments: str) -> int:
    """Run `bronvraag` in this process, and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_evaluate_prints_the_rates(questions: str, library: str, capsys: Captured) -> None:
    assert run("evaluate", questions, "--library", library) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split()[:4] == ["kind", "lang", "n", "hit@1"]


def test_evaluate_lists_what_was_missed(questions: str, library: str, capsys: Captured) -> None:
    assert run("evaluate", questions, "--library", library, "--misses") == 0
    assert "b  answered" in capsys.readouterr().out


def test_evaluate_takes_several_files(tmp_path: Path, questions: str, library: str, capsys: Captured) -> None:
    more = write_files(tmp_path, {"more.jsonl": json.dumps({**LINES[0], "id": "c"})}) / "more.jsonl"
    assert run("evaluate", questions, str(more), "--library", library, "--format", "json") == 0
    asked = Run.model_validate_json(capsys.readouterr().out).outcomes
    assert [outcome.question.id for outcome in asked] == ["a", "b", "c"]


def test_evaluate_keeps_the_run_that_it_prints(tmp_path: Path, questions: str, library: str, capsys: Captured) -> None:
    kept = tmp_path / "run.json"
    assert run("evaluate", questions, "--library", library, "--format", "json", "--output", str(kept)) == 0
    assert Run.model_validate_json(capsys.readouterr().out) == load_run(kept)


def test_evaluate_compares_with_an_earlier_run(tmp_path: Path, questions: str, library: str, capsys: Captured) -> None:
    kept = str(tmp_path / "run.json")
    assert run("evaluate", questions, "--library", library, "--output", kept) == 0
    assert run("evaluate", questions, "--library", library, "--compare", kept) == 0
    assert "Of 2 questions, 0 became right and 0 became wrong" in capsys.readouterr().out


def test_evaluate_prints_a_comparison_as_json(tmp_path: Path, questions: str, library: str, capsys: Captured) -> None:
    kept = str(tmp_path / "run.json")
    assert run("evaluate", questions, "--library", library, "--output", kept) == 0
    capsys.readouterr()
    assert run("evaluate", questions, "--library", library, "--compare", kept, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["n_compared"] == 2


def test_evaluate_refuses_a_folder_that_is_not_there_before_it_asks(
    tmp_path: Path, questions: str, library: str, capsys: Captured
) -> None:
    assert run("evaluate", questions, "--library", library, "--output", str(tmp_path / "no" / "run.json")) == 1
    assert f"there is no folder {tmp_path / 'no'}" in capsys.readouterr().err


def test_self_test_ends_every_part_with_a_verdict(library: str, capsys: Captured) -> None:
    assert run("self-test", "--library", library) == 0
    parts = capsys.readouterr().out.split("\n\n")[1:]
    assert [part.count("Good:") + part.count("Fair:") + part.count("Poor:") + part.count("Not tested:") for part in parts] == [
        1
    ] * 4


def test_self_test_prints_json(library: str, capsys: Captured) -> None:
    assert run("self-test", "--library", library, "--sample", "1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["n_sampled"] == 1


def test_messages_are_counted_by_kind_and_turns_by_what_they_ask(tmp_path: Path, library: str, capsys: Captured) -> None:
    messages = [
        {"id": "a", "language": "nl", "message": "hoi", "kind": "greeting"},
        {"id": "b", "language": "nl", "message": "How many documents are there?", "kind": "library"},
        {"id": "c", "language": "en", "message": "thanks", "kind": "goodbye", "also": "content"},
    ]
    turns = [
        {"message": "Kamerbrief", "document": "brief", "evidence": ["fietspaden", "dijken", "Kamer"]},
        {"message": "wanneer was dat?", "document": "brief", "asks_for": "when", "expected": "1999-01-01", "or": ["2001-01-01"]},
        {"message": "bedankt", "kind": "thanks"},
    ]
    lines = {"m.jsonl": messages, "c.jsonl": [{"id": "d", "language": "nl", "turns": turns}], "q.jsonl": LINES}
    files = write_files(tmp_path, {name: "\n".join(map(json.dumps, rows)) for name, rows in lines.items()})
    asked = [str(files / name) for name in lines]
    assert run("evaluate-messages", *asked, "--library", library, "--misses") == 0
    out = capsys.readouterr().out
    counted = {tuple(line.split()[:2]): line.split()[2:4] for line in out.splitlines() if line}
    assert counted["greeting", "nl"] == counted["library", "nl"] == ["1", "1"]
    assert counted["goodbye", "en"] == ["1", "0"]
    assert counted["thanks", "nl"] == ["1", "1"]
    assert "about the source   d            wanneer was dat?" in out
    assert run("evaluate-messages", *asked, "--library", library, "--half", "tune", "--format", "json") == 0
    halves = json.loads(capsys.readouterr().out)
    kept = [one["message"]["id"] for one in halves["messages"]]
    assert kept == [one for one in ("a", "b", "c", "a", "b") if half_of(one) == "tune"]
