"""`Passage`: a span of a document's canonical text, the unit that is embedded, found and cited."""

from dataclasses import dataclass
from enum import StrEnum

from qa.document import Speaker


class Role(StrEnum):
    """What a passage is in its document."""

    INTRODUCTION = "introduction"
    """Who asks or informs whom, about what, when."""
    QUESTION = "question"
    """A member's words, never the government's position."""
    ANSWER = "answer"
    PARAGRAPH = "paragraph"
    NOTICE = "notice"
    """The announcement that answers will follow later."""
    FOOTNOTE = "footnote"
    SIGNATURE = "signature"
    CONTENTS = "contents"
    """A table of contents, which names everything and says nothing."""
    REFERENCES = "references"
    """A list of literature or sources."""
    LETTERHEAD = "letterhead"

    @property
    def is_evidence(self) -> bool:
        """Whether a question about content can be answered with it."""
        return self in {Role.ANSWER, Role.PARAGRAPH, Role.NOTICE, Role.INTRODUCTION}


@dataclass(frozen=True, kw_only=True, repr=False)
class Passage:
    """A span of a document.

    Attributes:
        role: what it is.
        numbers: of the questions that it asks or answers, or of the footnote; empty otherwise.
        start: offset of its first character in the canonical text.
        end: offset just after its last character.
        text: exactly `document.text[start:end]`.
        speaker: who says it, in a debate.
        context: other text of the document that says what this passage is about. It is embedded with the passage and never quoted.
    """

    role: Role
    numbers: tuple[int, ...] = ()
    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    context: str = ""

    def __repr__(self) -> str:
        numbers = f" {','.join(map(str, self.numbers))}" if self.numbers else ""
        return f"Passage({self.role}{numbers}, {self.start}:{self.end}, {self.text[:40]!r})"

    @property
    def embedding_text(self) -> str:
        """What is embedded: the context, then the passage."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def text_offset(self) -> int:
        """Where the passage itself begins in `embedding_text`."""
        return len(self.context) + 1 if self.context else 0
