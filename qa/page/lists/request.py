"""What the browser asks for a list of questions: to read it, to answer one of its questions, to make a file of the answers. Nothing that it sends is trusted."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.address import Address
from qa.answer import Answer, Citation, Language
from qa.conversation import Conversation, Turn
from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.export import Format, export_conversation
from qa.export.content import safe_site
from qa.page.lists.rows_html import question_html
from qa.question_lists.answer_table import TableRow, rows_of, verdict_of
from qa.question_lists.question_file import MAX_SIZE_BYTES, SUFFIXES, read_question_list
from qa.question_lists.question_list import MAX_QUESTIONS, list_text, questions_in_text, unreadable
from qa.question_lists.table_file import as_csv, as_excel
from qa.wording.interface import TEXTS, as_language
from qa.wording.sentence import Sentence, say

N_QUOTES = 3
"""Earlier answers a question: measured, the right passage is among the first three for six of seven Dutch questions."""

_Label = Annotated[str, Field(max_length=200)]
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: dict[str, tuple[str, Callable[[list[TableRow], Language], bytes]]] = {
    "xlsx": (_EXCEL, as_excel),
    "csv": ("text/csv", as_csv),
}


class ListRequestError(BronvraagError):
    """What the browser asks for a list of questions makes no sense."""


class _Answered(BaseModel):
    """A question that was answered, as the browser kept it."""

    model_config = ConfigDict(frozen=True)

    label: _Label
    answer: Answer
    struck: Annotated[tuple[int, ...], Field(max_length=50)] = ()
    """Numbers of the citations that the reader does not want."""

    @property
    def wanted(self) -> Answer:
        """The answer with the citations that are wanted."""
        return replace(self.answer, citations=tuple(one for one in self.answer.citations if one.number not in self.struck))


class _Table(BaseModel):
    """Questions that were answered, and the file to make of them."""

    model_config = ConfigDict(frozen=True)

    format: str
    name: Annotated[str, Field(max_length=200)] = ""
    site: Annotated[str, Field(max_length=2000)] = ""
    language: Language = "nl"
    answered: Annotated[tuple[_Answered, ...], Field(max_length=MAX_QUESTIONS)]


def listed(request: object) -> dict[str, Any]:
    """Return `{"text", "questions": [{"label", "text"}]}` for `{"text"}`, or for `{"name", "content"}`, a file in base64.

    Raises:
        BronvraagError: there is no list of questions in it.
    """
    sent = _sent(request)
    questions = _read_file(sent) if "content" in sent else questions_in_text(_text(sent, "text"))
    return {
        "text": list_text(questions),
        "questions": [{"label": question.label, "text": question.text} for question in questions],
    }


def answered(desk: Desk, request: object) -> dict[str, Any]:
    """Return `{"html", "answer"}` for `{"label", "text", "language"}`: the rows of the table, and what `table_file` needs of the answer.

    Raises:
        BronvraagError: the question cannot be asked.
    """
    sent = _sent(request)
    label, language = _text(sent, "label")[:200], as_language(sent.get("language"))
    answer = desk.ask(_text(sent, "text"), top_k=N_QUOTES)
    rows = rows_of(label, answer, language=language, permalink=_link)
    citations = tuple(replace(citation, passage="", also_in=()) for citation in answer.citations)
    return {
        "html": question_html(rows, answer, language),
        "answer": replace(answer, citations=citations).to_json(),
        "verdict": verdict_of(answer),
    }


def drawn(request: object) -> dict[str, Any]:
    """Return `{"rows": [html, ...]}` for a list that the browser kept, `{"answered": [{"label", "answer"}], "language"}`; None for what cannot be read any more."""
    sent = _sent(request)
    kept, language = sent.get("answered"), as_language(sent.get("language"))
    rows: list[str | None] = []
    for value in (kept if isinstance(kept, list) else [])[:MAX_QUESTIONS]:
        try:
            one = _Answered.model_validate(value)
        except ValidationError:
            rows.append(None)
            continue
        rows.append(question_html(rows_of(one.label, one.answer, language=language, permalink=_link), one.answer, language))
    return {"rows": rows}


def table_file(request: object) -> dict[str, str]:
    """Return `{"name", "type", "content"}`, the content in base64, for `{"format", "name", "site", "language", "answered": [{"label", "answer", "struck"}]}`.

    Raises:
        ListRequestError: the request names no answers or another kind of file.
    """
    try:
        table = _Table.model_validate(request)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ListRequestError("no_table", field=".".join(map(str, first["loc"])), fault=first["msg"]) from error
    if table.format == Format.WORD:
        return _word_file(table)
    if table.format not in _FILES:
        raise ListRequestError("no_such_format", format=table.format[:20], formats=", ".join((*_FILES, Format.WORD)))
    site = safe_site(table.site)
    rows = [
        row
        for question in table.answered
        for row in rows_of(
            question.label,
            question.wanted,
            language=table.language,
            permalink=lambda citation: f"{site}{_link(citation)}" if site else "",
        )
    ]
    media_type, make = _FILES[table.format]
    content = base64.b64encode(make(rows, table.language)).decode()
    return {"name": f"{say(table.language, 'lists', 'file_name')}.{table.format}", "type": media_type, "content": content}


def _word_file(table: _Table) -> dict[str, str]:
    """Return the table as text in Word: each question a heading, below it its quotes with their references."""
    turns = tuple(Turn(question=f"{one.label}. {one.answer.question}", answer=one.wanted) for one in table.answered)
    title = table.name or TEXTS[table.language].list_caption
    today = datetime.now(UTC).astimezone().date()
    conversation = Conversation(title=title[:200], turns=turns)
    file = export_conversation(conversation, Format.WORD, site=table.site, language=table.language, today=today, with_weak=True)
    return {"name": file.name, "type": file.media_type, "content": base64.b64encode(file.content).decode()}


def _read_file(sent: dict[str, Any]) -> Any:
    suffix = Path(_text(sent, "name")[-200:]).suffix.lower()
    encoded = sent["content"]
    if not isinstance(encoded, str) or len(encoded) > MAX_SIZE_BYTES * 4 / 3 + 4:
        raise unreadable(Sentence("file_too_large", {"most": f"{MAX_SIZE_BYTES // 1_000_000} MB"}))
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise unreadable(Sentence("not_whole")) from error
    with TemporaryDirectory(prefix="bronvraag-list-") as folder:
        path = (
            Path(folder) / f"list{suffix if suffix in (*SUFFIXES, '.xlsx') else '.txt'}"
        )  # a name of our own, whatever the browser calls it
        path.write_bytes(content)
        return read_question_list(path)


def _link(citation: Citation) -> str:
    return Address(citation.document_id, citation.quote_start, citation.quote_end).link


def _sent(request: object) -> dict[str, Any]:
    return request if isinstance(request, dict) else {}


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
