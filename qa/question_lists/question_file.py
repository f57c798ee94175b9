"""`read_question_list`: a list of questions from a file: CSV and Excel by their columns, anything else as documents are read, in a process with limits."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from qa.exceptions import ReadError
from qa.question_lists.question_list import (
    ListedQuestion,
    QuestionListError,
    checked,
    questions_in_document,
    questions_in_text,
    unreadable,
)
from qa.readers.kinds import kind_of
from qa.readers.text import decode
from qa.readers.worksheet import read_worksheet
from qa.wording.sentence import Sentence
from qa.workers.limits import Limits, size_text
from qa.workers.pool import FileToRead, ReaderPool, Reading
from qa.workers.reading import Refused

SUFFIXES = (".txt", ".md", ".csv", ".xlsx", ".docx", ".odt", ".pdf", ".html", ".xml")
MAX_SIZE_BYTES = 10_000_000
MAX_SECONDS = 30.0

_PDF = b"%PDF-"
_QUESTION_COLUMN = re.compile(r"vra(?:ag|gen)|vraagtekst|tekst(?: van de)?(?: vraag)?|questions?|text", re.IGNORECASE)
_NUMBER_COLUMN = re.compile(r"(?:vraag)?(?:nr|nummer|number|no)\.?|#|id|volgnummer", re.IGNORECASE)


def read_question_list(path: Path) -> list[ListedQuestion]:
    """Return the questions in a file.

    Raises:
        QuestionListError: it cannot be read, or holds no questions, too many, or one that is too long.
    """
    content = _content(path)
    try:
        if path.suffix.lower() == ".xlsx":
            return _questions_in_rows(read_worksheet(content))
        if _PDF in content[:1024] or kind_of(content):
            return _read_document(path, len(content))
        text = decode(content)
    except ReadError as error:
        raise unreadable(error.sentence) from error
    return _questions_in_csv(text) if path.suffix.lower() == ".csv" else questions_in_text(text)


def _content(path: Path) -> bytes:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_SIZE_BYTES:
            raise unreadable(Sentence("size_over_most", {"size": size_text(size_bytes), "most": size_text(MAX_SIZE_BYTES)}))
        return path.read_bytes()
    except OSError as error:
        raise unreadable(Sentence("not_opened", {"reason": error.strerror or error})) from error


def _read_document(path: Path, size_bytes: int) -> list[ListedQuestion]:
    limits = Limits(max_seconds=MAX_SECONDS, max_size_bytes=MAX_SIZE_BYTES)
    with ReaderPool(Reading(n_workers=1, limits=limits)) as pool:
        outcomes = [outcome for _path, outcome in pool.read([FileToRead(path, size_bytes)])]
    if isinstance(outcomes[0], Refused):
        raise unreadable(outcomes[0].reason)
    return questions_in_document(outcomes[0].document, outcomes[0].passages)


def _questions_in_csv(text: str) -> list[ListedQuestion]:
    try:
        return _questions_in_rows(list(csv.reader(io.StringIO(text), delimiter=_delimiter(text))))
    except csv.Error as error:
        raise unreadable(Sentence("not_csv", {"reason": error})) from error


def _questions_in_rows(rows: Sequence[Sequence[str]]) -> list[ListedQuestion]:
    """Return the questions of the column that is headed so, or else of the one with the most text."""
    rows = [row for row in rows if any(map(str.strip, row))]
    if not rows:
        raise QuestionListError("list_empty")
    asked, numbered = _column(rows[0], _QUESTION_COLUMN), _column(rows[0], _NUMBER_COLUMN)
    body = rows if asked is None and numbered is None else rows[1:]
    place = _longest_column(body) if asked is None else asked
    return checked((_cell(row, numbered), _cell(row, place)) for row in body)


def _delimiter(text: str) -> str:
    """Return the separator that the first line has most of; a list of one column may have any in its sentences."""
    first = text.lstrip().partition("\n")[0]
    return max(";\t,", key=first.count)


def _column(head: Sequence[str], name: re.Pattern[str]) -> int | None:
    return next((place for place, cell in enumerate(head) if name.fullmatch(cell.strip())), None)


def _longest_column(rows: Sequence[Sequence[str]]) -> int:
    widths = [sum(len(_cell(row, place)) for row in rows) for place in range(max(map(len, rows), default=1))]
    return widths.index(max(widths))


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
