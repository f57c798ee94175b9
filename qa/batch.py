"""Many questions from a JSON Lines file, all checked before the first is answered."""

import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from qa.answering import check_question
from qa.conversation import Earlier
from qa.exceptions import BronvraagError, QuestionError
from qa.jsonl import parse_lines


class BatchQuestion(BaseModel):
    """One line: a question, and the earlier questions of its conversation, oldest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    history: tuple[Earlier, ...] = ()

    @field_validator("question")
    @classmethod
    def _can_be_asked(cls, question: str) -> str:
        try:
            return check_question(question)
        except QuestionError as error:
            raise ValueError(str(error)) from error


def read_batch(path: Path) -> list[BatchQuestion]:
    """Return the questions in a file, or on standard input for the path `-`.

    Raises:
        BronvraagError: the file cannot be read, or a line is not a question.
    """
    if str(path) == "-":
        return parse_lines(sys.stdin, BatchQuestion, name="standard input")
    try:
        return parse_lines(path.read_text(encoding="utf-8-sig").splitlines(), BatchQuestion, name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BronvraagError("questions_unreadable", path=path, reason=error) from error
