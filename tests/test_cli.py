import json
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from qa.cli import main
from qa.library import library_exists, open_library
from qa.library.sqlite.files import FIRST_FILE
from tests.builders import ANSWERS, LETTER, write_files
from tests.embeddings.tiny_models import build_bert, build_static
from tests.processes import children_of, runs

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


def test_help_loads_neither_the_model_nor_the_page_nor_the_readers() -> None:
    heavy = (
        "faiss",
        "gradio",
        "lxml",
        "mcp",
        "numpy",
        "onnx",
        "onnxruntime",
        "pydantic",
        "pypdfium2",
        "rich.progress",
        "sentence_transformers",
        "sklearn",
        "snowballstemmer",
        "torch",
    )
    program = (
        f"import sys; from qa.cli.program import program; program(); print([name for name in {heavy} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_listing_a_library_loads_neither_its_index_nor_what_understands_questions(library: str) -> None:
    program = (
        "import sys; from qa.cli.program import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print([name for name in sys.modules if name.partition('.')[0] in ('faiss', 'onnxruntime') or name.startswith('qa.understanding')])"
    )
    command = [sys.executable, "-c", program, "list", "--kind", "answers", "--library", library]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert listed[-1] == "[]"
    assert len(listed) > 1


def test_asking_loads_no_other_engine_than_the_embedded_models(tmp_path: Path) -> None:
    heavy = "gradio", "lxml", "mcp", "pypdfium2", "rich.progress", "sentence_transformers", "sklearn", "torch"
    files = write_files(tmp_path / "files", {"a.txt": LETTER})
    assert run("index", str(files), "--library", str(tmp_path / "library")) == 0
    program = (
        "import sys; from qa.cli.program import main\n"
        "try: main(sys.argv[1:])\n"
        f"finally: print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    arguments = ["ask", "Wat antwoordt de minister?", "--library", str(tmp_path / "library")]
    result = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert result.stderr.splitlines()[-1] == "[]", result.stderr


def test_index_says_what_it_did(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER, "leeg.txt": "", "foto.jpg": "x"})
    assert run("index", str(files), "--library", str(tmp_path / "library"), "--model", model) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Files: 1 added, 1 not readable, 1 of other kinds, skipped.")
    assert f"Not read: {files / 'leeg.txt'}: it is empty." in captured.err


def test_index_says_which_kinds_it_skipped(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER, "b.jpg": "x", "c.jpg": "x", "d": "x"})
    assert run("index", str(files), "--library", str(tmp_path / "library"), "--model", model) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Skipped: 2 .jpg, 1 without an ending."


def test_index_reports_as_json_on_standard_output_and_in_a_file(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER, "leeg.txt": ""})
    report = tmp_path / "report.json"
    arguments = [
        str(files),
        "--library",
        str(tmp_path / "library"),
        "--model",
        model,
        "--format",
        "json",
        "--report",
        str(report),
    ]
    assert run("index", *arguments) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["added"], shown["failed"]) == (
        1,
        [{"path": str(files / "leeg.txt"), "code": "file_empty", "reason": "it is empty"}],
    )
    assert json.loads(report.read_text(encoding="utf-8")) == shown


def test_index_keeps_to_the_limits_it_is_given(tmp_path: Path, model: str, capsys: Captured) -> None:
    files = write_files(tmp_path / "files", {"a.txt": LETTER, "groot.txt": LETTER * 10})
    arguments = ["--max-size", "1kB", "--max-memory", "1.5GB", "--max-seconds", "30", "--workers", "1"]
    assert run("index", str(files), "--library", str(tmp_path / "library"), "--model", model, *arguments) == 0
    assert "groot.txt: it is 2.23 kB and the limit is 1 kB (--max-size)." in capsys.readouterr().err


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_index_keeps_what_is_done_and_leaves_no_process(tmp_path: Path, sent: signal.Signals) -> None:
    texts = {f"{i:03}.txt": f"Brief {i}.\n\nAlinea {i}." for i in range(200)}
    write_files(tmp_path / "files", {**texts, "hangs1.txt": LETTER, "hangs2.txt": ANSWERS})
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it\n"
        "import sys, typer; from pathlib import Path; from qa.cli.indexing import index_paths; from qa.library import create_library\n"
        "from qa.workers.pool import Reading; from qa.workspace import Workspace\n"
        "from tests.fake_embedder import FakeEmbedder; from tests.hostile_readers import read_or_misbehave\n"
        "folder = Path(sys.argv.pop()); library = create_library(folder / 'library', FakeEmbedder.identity)\n"
        "reading = Reading(n_workers=2, reader=read_or_misbehave)\n"
        "typer.run(lambda: index_paths(Workspace(library, FakeEmbedder()), [folder / 'files'], reading))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not (library_exists(tmp_path / "library") and open_library(tmp_path / "library").counts()[0]):
            assert process.poll() is None
            time.sleep(0.05)
        workers = children_of(process.pid)
        process.send_signal(sent)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    assert errors == "Interrupted; what was done so far is kept, and the same command goes on from there.\n"
    assert (open_library(tmp_path / "library").counts()[0], len(workers)) == (128, 2)
    assert not any(map(runs, workers))


def test_index_of_nothing_readable_is_an_error(tmp_path: Path, model: str) -> None:
    files = write_files(tmp_path / "files", {"leeg.txt": ""})
    assert run("index", str(files / "leeg.txt"), "--library", str(tmp_path / "library"), "--model", model) == 1


def test_index_of_a_missing_path_is_one_sentence(library: str, capsys: Captured) -> None:
    assert run("index", "/nowhere/at/all", "--library", library) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "bronvraag: There is no file or folder /nowhere/at/all."


def test_ask_answers_in_text(library: str, capsys: Captured) -> None:
    question = "ask", "Hoeveel fietspaden zijn er?", "--library", library
    assert run(*question, "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    n_found, n_open = len(answer["citations"]), answer["n_open"]
    assert run(*question) == 0
    shown = capsys.readouterr().out
    assert run(*question, "--all") == 0
    everything = capsys.readouterr().out
    assert (shown.count("] “"), everything.count("] “")) == (n_open, n_found)
    assert n_open < n_found
    assert shown.endswith("(--all)\n")


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
        (["list", "--library", "/nowhere"], "There is no library in /nowhere"),
        (["show", "x", "--library", "/nowhere"], "There is no library in /nowhere"),
        (["remove", "x", "--library", "/nowhere"], "There is no library in /nowhere"),
        (["index", "/", "--report", "/nowhere/r.json"], "The report cannot be written: there is no folder /nowhere"),
    ],
    ids=["an empty question", "20,000 characters", "no library", "no batch", "info", "serve", "list", "show", "remove", "report"],
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
        ["index", "x", "--max-memory", "veel"],
        ["index", "x", "--max-size", "0MB"],
        ["index", "x", "--workers", "0"],
        ["show"],
        ["remove"],
        ["list", "--format", "xml"],
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
    (tmp_path / FIRST_FILE).write_bytes(b"rubbish" * 1000)
    assert run("ask", "Wat?", "--library", str(tmp_path)) == 1
    assert "is damaged" in capsys.readouterr().err


def test_info_shows_what_it_holds_and_what_it_was_made_with(library: str, model: str, capsys: Captured) -> None:
    assert run("info", "--library", library) == 0
    shown = capsys.readouterr().out
    assert "2 documents" in shown
    assert f"bronvraag {version('bronvraag')}" in shown
    assert model in shown
    assert "2023-04-04" in shown
    assert shown.count("\n") <= 10
