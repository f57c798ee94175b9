from pathlib import Path

import pytest

from qa.exceptions import BronvraagError
from qa.measuring import load_questions
from tests.builders import write_files

LINE = '{"id": "a", "language": "nl", "kind": "content", "question": "Q", "evidence": ["e"]}\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1"),
        ('{"id": "a", "language": "fr", "kind": "content", "question": "Q", "evidence": ["e"]}', "line 1: language"),
        ('{"id": "a", "language": "nl", "kind": "content", "question": "Q"}', "evidence unless it is unanswerable"),
        ('{"id": "a", "language": "nl", "kind": "content", "question": "Q", "evidence": ["e"], "extra": 1}', "line 1: extra"),
    ],
    ids=["no JSON", "another language", "no evidence", "an unknown key"],
)
def test_a_question_that_is_not_valid_is_named(tmp_path: Path, line: str, message: str) -> None:
    folder = write_files(tmp_path, {"q.jsonl": line})
    with pytest.raises(BronvraagError, match=message):
        load_questions(folder / "q.jsonl")


def test_a_question_may_say_to_which_half_it_belongs(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"q.jsonl": LINE.replace("}", ', "half": "tune"}')})
    assert load_questions(folder / "q.jsonl")[0].half == "tune"


def test_several_files_are_read_in_their_order(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"b.jsonl": LINE.replace('"a"', '"b"'), "a.jsonl": LINE})
    assert [question.id for question in load_questions(folder / "b.jsonl", folder / "a.jsonl")] == ["b", "a"]


def test_two_questions_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match="have the id 'a'"):
        load_questions(write_files(tmp_path, {"q.jsonl": LINE * 2}) / "q.jsonl")


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"1.jsonl": LINE, "2.jsonl": LINE})
    with pytest.raises(BronvraagError, match="have the id 'a'"):
        load_questions(folder / "1.jsonl", folder / "2.jsonl")


def test_missing_questions_are_named(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match="cannot be read"):
        load_questions(tmp_path / "q.jsonl")


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match="holds no questions"):
        load_questions(write_files(tmp_path, {"q.jsonl": "\n"}) / "q.jsonl")
