"""Labelled questions: what is asked, and the text that a right answer must show."""

from collections import Counter
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
        document: name, without ending, of the file that holds the evidence, or whose subject an unanswerable question is close to.
        document_kind: what kind of document that is (`motion`, `debate`, ...), where a set has several. Nothing here depends on it.
        evidence: alternative texts, each enough; empty exactly for unanswerable questions. White space does not count.
        half: of a set that was split by document: `tune` to choose by, or `report` to measure by. Nothing here depends on it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: Language
    kind: QuestionKind
    distance: Literal["far", "near"] | None = None
    history: tuple[str, ...] = ()
    question: str = Field(min_length=1)
    document: str | None = None
    document_kind: str | None = None
    evidence: tuple[str, ...] = ()
    half: Literal["tune", "report"] | None = None

    @model_validator(mode="after")
    def _evidence_fits_kind(self) -> "LabelledQuestion":
        if (self.kind == "unanswerable") == bool(self.evidence):
            raise ValueError("a question has evidence unless it is unanswerable")
        return self

    @property
    def is_answerable(self) -> bool:
        """Whether the documents hold the answer."""
        return self.kind != "unanswerable"

    @property
    def label(self) -> str:
        """Return the kind, with the distance of an unanswerable question."""
        return f"{self.kind} ({self.distance})" if self.distance else self.kind


def load_questions(*paths: Path) -> list[LabelledQuestion]:
    """Return the labelled questions in JSON Lines files, in their order.

    Raises:
        BronvraagError: a file cannot be read or holds none, a line is not valid, or an id stands there twice.
    """
    questions = [question for path in paths for question in _load(path)]
    counts = Counter(question.id for question in questions)
    if double := [question_id for question_id, n in counts.items() if n > 1]:
        names = " and ".join(map(str, paths))
        raise BronvraagError("question_ids_double", names=names, id=double[0])
    return questions


def _load(path: Path) -> list[LabelledQuestion]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BronvraagError("questions_unreadable", path=path, reason=error) from error
    questions = parse_lines(lines, LabelledQuestion, name=str(path))
    if not questions:
        raise BronvraagError("no_questions", path=path)
    return questions
