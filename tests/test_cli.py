import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli import main
from qa.library.library import DATABASE_NAME
from tests.builders import ANSWERS, LETTER, write_files
from tests.embeddings.tiny_models import build_bert, build_static

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A tiny random model: enough for everything but good answers."""
    return str(build_bert(tmp_path_factory.mktemp("model") / "tiny"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, model: str) -> str:
    folder = tmp_path_factory.mktemp("cli")
    files = write_files(folder / "files", {"brief.txt": LETTER, "antwoorden.txt": ANSWERS})
    assert run("index", str(files), "--library", str(folder / "library"), "--model", model) == 0
    return str(folder / "library")


def run(*arguments: str) -> int:
    """Run `bronvraag` in this process, and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_the_installed_command_runs() -> None:
    command = Path(sys.executable).with_name("bronvraag")
    result = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert "Ask questions in Dutch or English" in result.stdout


def test_help_needs_no_model_and_no_page() -> None:
    program = "import sys, qa.cli; print([name for name in ('torch', 'gradio', 'sentence_transformers') if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_index_says_what_it_did(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER, "leeg.txt": "", "foto.jpg": "x"})
    assert run("index", str(files), "--library", str(tmp_path / "library"), "--model", model) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Files: 1 added, 1 not readable, 1 of other kinds, skipped.")
    assert f"Not read: {files / 'leeg.txt'}: it is empty." in captured.err


def test_index_of_nothing_readable_is_an_error(tmp_path: Path, model: str) -> None:
    files = write_files(tmp_path / "files", {"leeg.txt": ""})
    assert run("index", str(files / "leeg.txt"), "--library", str(tmp_path / "library"), "--model", model) == 1


def test_index_of_a_missing_path_is_one_sentence(library: str, capsys: Captured) -> None:
    assert run("index", "/nowhere/at/all", "--library", library) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "bronvraag: There is no file or folder /nowhere/at/all."


def test_ask_answers_in_text(library: str, capsys: Captured) -> None:
    assert run("ask", "Hoeveel fietspaden zijn er?", "--library", library) == 0
    assert "[1] “" in capsys.readouterr().out


def test_ask_answers_in_json(library: str, capsys: Captured) -> None:
    assert run("ask", "Hoeveel fietspaden zijn er?", "--library", library, "--format", "json", "--top-k", "2") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["language"], len(answer["citations"])) == ("nl", 2)


def test_a_batch_gives_one_answer_a_line_in_order(tmp_path: Path, library: str, capsys: Captured) -> None:
    questions = ["Wie betaalt?", "How many bicycle paths are there in the north?", "En de sluizen?"]
    lines = [
        json.dumps({"question": question, "history": ["Wat kost het?"] if i == 2 else []}) for i, question in enumerate(questions)
    ]
    batch = write_files(tmp_path, {"q.jsonl": "\n".join(lines) + "\n\n"}) / "q.jsonl"
    assert run("ask", "--batch", str(batch), "--library", library) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["question"] for answer in answers] == questions


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("geen json", "line 2: Invalid JSON"),
        ('{"question": " "}', "line 2: question: Value error, The question is empty"),
        ('{"question": "Wat?", "history": "Wie?"}', "line 2: history"),
        ('{"vraag": "Wat?"}', "line 2: question: Field required"),
    ],
)
def test_a_wrong_line_in_a_batch_is_named_before_anything_is_answered(
    tmp_path: Path, library: str, capsys: Captured, line: str, message: str
) -> None:
    batch = write_files(tmp_path, {"q.jsonl": '{"question": "Wat?"}\n' + line}) / "q.jsonl"
    assert run("ask", "--batch", str(batch), "--library", library) == 1
    captured = capsys.readouterr()
    assert (captured.out, message in captured.err) == ("", True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", ""], "The question is empty"),
        (["ask", "waarom? " * 2500], "19,999 characters long"),
        (["ask", "Wat?", "--library", "/nowhere"], "There is no library in /nowhere"),
        (["ask", "--batch", "/nowhere.jsonl"], "/nowhere.jsonl cannot be read"),
        (["info", "--library", "/nowhere"], "There is no library in /nowhere"),
        (["serve", "--library", "/nowhere"], "There is no library in /nowhere"),
    ],
    ids=["an empty question", "20,000 characters", "no library", "no batch", "info", "serve"],
)
def test_wrong_input_gets_one_sentence_and_exit_code_1(capsys: Captured, arguments: list[str], message: str) -> None:
    assert run(*arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err.splitlines()[-1]
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "Wat?", "--batch", "x.jsonl"],
        ["ask", "Wat?", "--top-k", "0"],
        ["ask", "Wat?", "--format", "xml"],
        ["index"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: Captured) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().out == ""


def test_another_model_is_refused_with_what_to_do(library: str, tmp_path: Path, capsys: Captured) -> None:
    other = str(build_static(tmp_path / "other"))
    assert run("index", str(tmp_path), "--library", library, "--model", other) == 1
    assert "--rebuild" in capsys.readouterr().err


def test_rebuild_takes_another_model(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER})
    run("index", str(files), "--library", str(tmp_path / "library"), "--model", model)
    other = str(build_static(tmp_path / "other"))
    assert run("index", str(files), "--library", str(tmp_path / "library"), "--model", other, "--rebuild") == 0
    assert "Files: 1 added." in capsys.readouterr().out


def test_a_corrupt_library_is_one_sentence(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"rubbish" * 1000)
    assert run("ask", "Wat?", "--library", str(tmp_path)) == 1
    assert "is damaged" in capsys.readouterr().err


def test_info_shows_what_it_holds_and_what_it_was_made_with(library: str, model: str, capsys: Captured) -> None:
    assert run("info", "--library", library) == 0
    shown = capsys.readouterr().out
    assert "2 documents" in shown
    assert model in shown
    assert "2023-04-04" in shown


def test_a_port_in_use_is_one_sentence(library: str, capsys: Captured) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("serve", "--library", library, "--port", str(port)) == 1
    assert f"{port}" in capsys.readouterr().err.splitlines()[-1]


def test_evaluate_prints_a_table(tmp_path: Path, library: str, capsys: Captured) -> None:
    line = {
        "id": "a",
        "language": "nl",
        "kind": "content",
        "question": "Hoeveel fietspaden?",
        "evidence": ["negentig fietspaden"],
    }
    questions = write_files(tmp_path, {"q.jsonl": json.dumps(line)}) / "q.jsonl"
    assert run("evaluate", str(questions), "--library", library, "--misses") == 0
    assert capsys.readouterr().out.splitlines()[0].split()[:4] == ["kind", "lang", "n", "hit@1"]
