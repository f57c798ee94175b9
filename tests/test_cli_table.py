"""`bronvraag table`, and `evaluate` on feedback."""

from pathlib import Path

import pytest

from qa.feedback import keep_feedback, parse_feedback
from qa.library import StateFolder
from tests.builders import ANSWERS, LETTER, write_files
from tests.embeddings.tiny_models import build_bert
from tests.test_cli import Captured, run


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table")
    model = build_bert(folder / "tiny")
    files = write_files(folder / "files", {"brief.txt": LETTER, "antwoorden.txt": ANSWERS})
    assert run("index", str(files), "--library", str(folder / "library"), "--model", str(model)) == 0
    return folder / "library"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "vragen.txt"
    path.write_text("1. Hoeveel fietspaden zijn er?\n2. Wie betaalt ze?\n")
    return path


def test_table_of_a_list_is_written_as_csv(library: Path, questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "antwoorden.csv"
    assert run("table", str(questions), "--output", str(output), "--library", str(library), "--quotes", "2") == 0
    assert [line[:2] for line in output.read_text("utf-8-sig").splitlines()] == ["Nr", "1;", "1;", "2;", "2;"]


def test_table_of_a_list_is_written_as_excel(library: Path, questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "antwoorden.XLSX"
    assert run("table", str(questions), "--output", str(output), "--library", str(library)) == 0
    assert output.read_bytes()[:2] == b"PK"


def test_language_of_the_table_can_be_chosen(library: Path, questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "answers.csv"
    assert run("table", str(questions), "--output", str(output), "--library", str(library), "--language", "en") == 0
    assert output.read_text("utf-8-sig").startswith("No.,Question,")


def test_links_begin_with_the_address_of_the_page(library: Path, questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "antwoorden.csv"
    run("table", str(questions), "--output", str(output), "--library", str(library), "--page", "https://vragen.example/")
    assert ";https://vragen.example/#src=" in output.read_text("utf-8-sig")


def test_other_kinds_of_table_are_refused(library: Path, questions: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("table", str(questions), "--output", str(tmp_path / "antwoorden.pdf"), "--library", str(library)) == 2
    assert "ends in neither .xlsx nor .csv" in capsys.readouterr().err


def test_folder_that_is_not_there_is_refused_before_anything_is_asked(
    library: Path, questions: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("table", str(questions), "--output", str(tmp_path / "weg" / "a.csv"), "--library", str(library)) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_list_without_questions_is_refused(library: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "leeg.txt").write_text("\n")
    assert run("table", str(tmp_path / "leeg.txt"), "--output", str(tmp_path / "a.csv"), "--library", str(library)) == 1
    assert "There is no question in the list" in capsys.readouterr().err


def test_feedback_can_be_measured_against(library: Path, tmp_path: Path, capsys: Captured) -> None:
    quote = {"document_id": "d", "start": 0, "end": 25, "quote": "De provincies betalen ze."}
    for values in (
        {"verdict": "right", "number": 1, "quotes": [quote]},
        {"verdict": "wrong", "number": 2, "quotes": [{**quote, "quote": "x"}]},
    ):
        keep_feedback(StateFolder(tmp_path), parse_feedback({"question": "Wie betaalt ze?", "language": "nl", **values}))
    assert run("evaluate", str(tmp_path / "feedback.jsonl"), "--library", str(library)) == 0
    shown = capsys.readouterr()
    assert "1 labelled questions; entries that label none: 1 wrong" in shown.err
    assert "content" in shown.out
