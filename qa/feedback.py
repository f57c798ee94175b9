"""`Feedback`: what a reader thinks of an answer or of one citation, kept in a file beside the library and read again as labelled questions.

The file is JSON Lines and stays on this computer. It holds what was asked, what was quoted, the verdict and the remark, and when; nothing that says who.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from qa.answer import Language
from qa.exceptions import BronvraagError

FILE_NAME = "feedback.jsonl"
MAX_TEXT = 2000
"""Characters of a question, as many as can be asked, and of a remark."""

MAX_HISTORY = 200
MAX_QUOTES = 50
MAX_QUOTE = 20_000
MAX_FILE_BYTES = 50_000_000
"""The file is never cleared by the program; at this size somebody should look at it."""

_Question = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]


class FeedbackError(BronvraagError):
    """Feedback cannot be kept."""


class Verdict(StrEnum):
    """What a reader thinks."""

    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"


class JudgedQuote(BaseModel):
    """A quote that was shown, with its place, an offset and the one just after it in the document's canonical text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: str = Field(min_length=1, max_length=512)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1, max_length=MAX_QUOTE)


class Feedback(BaseModel):
    """A verdict on an answer, or on one of its citations.

    Attributes:
        verdict: right, wrong or partly.
        question: as it was asked.
        history: the earlier questions of the conversation, oldest first.
        language: of the question.
        number: of the citation that the verdict is about, 1 for the first; None when it is about the whole answer.
        quotes: that one citation's quote, or all that the answer showed; none for a refusal.
        remark: in the reader's words, if any.
        given_at: when.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Verdict
    question: _Question
    history: tuple[_Question, ...] = Field(default=(), max_length=MAX_HISTORY)
    language: Language
    number: int | None = Field(default=None, ge=1, le=MAX_QUOTES)
    quotes: tuple[JudgedQuote, ...] = Field(default=(), max_length=MAX_QUOTES)
    remark: str = Field(default="", max_length=MAX_TEXT)
    given_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


def parse_feedback(values: Mapping[str, object]) -> Feedback:
    """Return feedback from outside.

    Raises:
        FeedbackError: a value cannot be kept; the text says which.
    """
    try:
        return Feedback.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise FeedbackError("feedback_wrong", field=".".join(map(str, first["loc"])), fault=first["msg"]) from error


class FeedbackFile:
    """The file of a library's feedback. Each entry is appended in one call of the system, so that entries of several programs do not mix."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = Lock()

    def append(self, feedback: Feedback) -> None:
        """Add an entry at the end; what stands there is never changed.

        Raises:
            FeedbackError: the file is full or cannot be written.
        """
        line = feedback.model_dump_json().encode("utf-8", errors="replace") + b"\n"
        try:
            with self._lock:
                self._append(line)
        except OSError as error:
            raise FeedbackError("feedback_not_written", path=self.path, reason=error.strerror or error) from error

    def _append(self, line: bytes) -> None:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            size_bytes = os.fstat(descriptor).st_size
            if size_bytes + len(line) > MAX_FILE_BYTES:
                raise FeedbackError("feedback_full", path=self.path, most=MAX_FILE_BYTES)
            if os.write(descriptor, line) < len(line):  # the disk is full; half a line would spoil the file
                os.ftruncate(descriptor, size_bytes)
                raise OSError("the disk is full")
        finally:
            os.close(descriptor)
