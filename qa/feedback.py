"""`Feedback`: what a reader thinks of an answer or of one citation, kept beside the library and read again as labelled questions.

It is JSON Lines and stays with the library. It holds what was asked, what was quoted, the verdict and the remark, and when; nothing that says who.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from qa.answer import Language
from qa.exceptions import BronvraagError, LibraryError
from qa.library.state import LibraryState

MAX_TEXT = 2000
"""Characters of a question, as many as can be asked, and of a remark."""

MAX_HISTORY = 200
MAX_QUOTES = 50
MAX_QUOTE = 20_000
MAX_FILE_BYTES = 50_000_000
"""It is never cleared by the program; at this size somebody should look at it."""

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


def keep_feedback(state: LibraryState, feedback: Feedback) -> None:
    """Add feedback to that of a library; what was given before is never changed.

    Raises:
        FeedbackError: there is too much already, or it cannot be written.
    """
    try:
        is_kept = state.add_feedback(feedback.model_dump_json(), most_bytes=MAX_FILE_BYTES)
    except (OSError, LibraryError) as error:
        reason = (error.strerror or error) if isinstance(error, OSError) else error
        raise FeedbackError("feedback_not_written", path=state.name, reason=reason) from error
    if not is_kept:
        raise FeedbackError("feedback_full", path=state.name, most=MAX_FILE_BYTES)
