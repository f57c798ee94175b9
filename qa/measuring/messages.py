"""Labelled messages, as people type them, and what each was taken for.

What a message was taken for follows from its answer: a refused one for something far off, any other for what `Answer.kind` says. Names, numbers and
references are one kind here, and a message that means nothing may be refused or get passages under "no clear answer".
"""

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict, Field

from qa.answer import Answer, Certainty, MessageKind
from qa.answering import Answerer

FAR_OFF, NONSENSE = "far-off", "nonsense"
_NAMES = frozenset({"name", "reference"})


class LabelledMessage(BaseModel):
    """A message with the kind that a good assistant sees in it.

    Attributes:
        id: unique in its file.
        language: as it is written.
        message: as typed.
        kind: as `seeds/measuring/README` lists them.
        also: another kind that is right too.
        note: what makes it hard.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: str
    message: str = Field(min_length=1)
    kind: str
    also: str | None = None
    note: str = ""

    def is_right(self, seen: str) -> bool:
        """Tell whether it was taken for what it is."""
        wanted = {self.kind, self.also}
        return seen in wanted or (seen in _NAMES and bool(wanted & _NAMES)) or (seen == FAR_OFF and NONSENSE in wanted)


class MessageOutcome(BaseModel):
    """What a message was taken for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: LabelledMessage
    seen: str

    @property
    def is_right(self) -> bool:
        """Whether it was taken for what it is."""
        return self.message.is_right(self.seen)


def measure_messages(
    answerer: Answerer, messages: Sequence[LabelledMessage], *, on_progress: Callable[[int], None] = lambda _n_done: None
) -> list[MessageOutcome]:
    """Send every message by itself and return what it was taken for, in their order."""
    outcomes = []
    for n_done, message in enumerate(messages, start=1):
        outcomes.append(MessageOutcome(message=message, seen=seen_as(answerer.ask(message.message), message.kind)))
        on_progress(n_done)
    return outcomes


def seen_as(answer: Answer, kind: str) -> str:
    """Return what the answer to a message of a kind took it for."""
    if answer.kind is MessageKind.CONTENT and answer.refused:
        return FAR_OFF
    if kind == NONSENSE and answer.kind is MessageKind.CONTENT and answer.certainty is Certainty.UNCLEAR:
        return NONSENSE
    return answer.kind.value
