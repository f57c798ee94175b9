"""Labelled questions: what is asked, and the text that a right answer must show."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from qa.answer import Language
from qa.exceptions import BronvraagError
from qa.jsonl import parse_lines

QuestionKind = Literal["content", "follow-up", "unanswerable"]


class LabelledQuestion(BaseModel):
    """A question with its evidence.

    Attributes:
        id: unique in its file.
        language: of the question.
        kind: `content`, `follow-up` (which needs its history), or `unanswerable`.
        distance: of an unanswerable one: `far` off the documents' subjects, or `near`, on a subject of theirs.
        history: the earlier questions, oldest first.
        question: as typed.
        document: name, without ending, of the file that holds the evidence.
        evidence: alternative texts, each enough; empty exactly for unanswerable questions. White space does not count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: Language
    kind: QuestionKind
    distance: Literal["far", "near"] | None = None
    history: tuple[str, ...] = ()
    question: str = Field(min_length=1)
    document: str | None = None
    evidence: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _evidence_fits_kind(self) -> "LabelledQuestion":
        if (self.kind == "unanswerable") == bool(self.evidence):
            raise ValueError("a question has evidence unless it is unanswerable")
        return self


def load_questions(path: Path) -> list[LabelledQuestion]:
    """Return the labelled questions in a JSON Lines file.

    Raises:
        BronvraagError: the file cannot be read, a line is not valid, or an id stands there twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BronvraagError(f"The questions in {path} cannot be read: {error}.") from error
    questions = parse_lines(lines, LabelledQuestion, name=str(path))
    ids = [question.id for question in questions]
    if double := {question_id for question_id in ids if ids.count(question_id) > 1}:
        raise BronvraagError(f"{path} has two questions with the id {min(double)!r}; ids must differ.")
    if not questions:
        raise BronvraagError(f"{path} holds no questions.")
    return questions
