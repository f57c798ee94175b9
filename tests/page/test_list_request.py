import base64
import json
from typing import Any

import pytest

from qa.exceptions import BronvraagError
from qa.page.lists.request import ListRequestError, answered, listed, table_file
from qa.question_lists.question_list import QuestionListError
from tests.page.small_library import HOSTILE, small_desk

DESK = small_desk()
QUESTION = {"label": "3", "text": "Hoeveel vreemdelingen zijn er?", "language": "nl"}


def kept(**values: object) -> dict[str, Any]:
    """What the browser keeps of an answered question."""
    return {"label": "3", "answer": json.loads(answered(DESK, {**QUESTION, **values})["answer"])}


def csv_of(*answers: dict[str, Any], **values: object) -> str:
    file = table_file({"format": "csv", "site": "http://127.0.0.1:7860/", "language": "nl", "answered": list(answers), **values})
    return base64.b64decode(file["content"]).decode("utf-8-sig")


def test_text_is_read_as_a_list() -> None:
    assert listed({"text": "Hoeveel?\nWaarom?"})["questions"] == [
        {"label": "1", "text": "Hoeveel?"},
        {"label": "2", "text": "Waarom?"},
    ]


def test_file_is_read_as_a_list() -> None:
    content = base64.b64encode(b"Nr,Vraag\n4,Hoeveel?\n").decode()
    assert listed({"name": "lijst.csv", "content": content})["text"] == "4. Hoeveel?"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\0b.csv", "x" * 5000, ".pdf\n", None, 7])
def test_name_of_a_file_is_no_path(name: object) -> None:
    assert listed({"name": name, "content": base64.b64encode(b"Hoeveel?").decode()})["questions"][0]["text"] == "Hoeveel?"


@pytest.mark.parametrize(
    "request_", [None, [], "x", {}, {"text": None}, {"content": 5}, {"content": "?"}, {"content": "A" * 20_000_000}]
)
def test_senseless_list_is_refused(request_: object) -> None:
    with pytest.raises(QuestionListError):
        listed(request_)


def test_answer_comes_as_rows() -> None:
    assert answered(DESK, QUESTION)["html"].count("<tr") == 3


def test_answer_is_kept_without_the_passages() -> None:
    assert {citation["passage"] for citation in kept()["answer"]["citations"]} == {""}


def test_hostile_answer_is_escaped() -> None:
    html = answered(DESK, {**QUESTION, "text": f"gevaar {HOSTILE}", "label": "<script>"})["html"]
    assert not any(mark in html for mark in ("<script", "<img", "<svg", "<a style", 'javascript:window.__xss=6)"'))


@pytest.mark.parametrize("request_", [None, {}, {"text": ""}])
def test_question_that_cannot_be_asked_is_refused(request_: object) -> None:
    with pytest.raises(BronvraagError):
        answered(DESK, request_)


def test_table_holds_every_answer() -> None:
    assert csv_of(kept(), kept(text="Wat kost een brood?")).count("\r\n") == 5


def test_table_links_to_this_page() -> None:
    assert "http://127.0.0.1:7860/#src=0a1b2c." in csv_of(kept())


@pytest.mark.parametrize("site", ["javascript:alert(1)//", "", "file:///etc/", 'http://x"y/'])
def test_site_that_is_none_gives_no_links(site: str) -> None:
    assert "#src=" not in csv_of(kept(), site=site)


def test_english_table_is_named_in_english() -> None:
    assert table_file({"format": "xlsx", "language": "en", "answered": [kept()]})["name"] == "earlier-answers.xlsx"


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        {},
        {"format": "csv"},
        {"format": "exe", "answered": []},
        {"format": "csv", "answered": [{"label": "1", "answer": {}}]},
        {"format": "csv", "answered": [{"label": "x" * 300, "answer": None}]},
    ],
)
def test_senseless_table_is_refused(request_: object) -> None:
    with pytest.raises(ListRequestError):
        table_file(request_)
