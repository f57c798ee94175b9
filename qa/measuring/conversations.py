"""Labelled conversations, turn by turn, with every turn's own answer as the history of the next, as a browser sends it."""

import re
from collections.abc import Callable, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from qa.answer import Answer, Language
from qa.answering import Answerer
from qa.conversation import EarlierQuestion
from qa.measuring.judging import QUOTE_RANKS
from qa.measuring.messages import LabelledMessage, seen_as
from qa.wording.documents import say_date

ABOUT_SOURCE = "about the source"
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class LabelledTurn(BaseModel):
    """A message of a conversation: with the evidence of its answer, with what its source says of itself, or with its kind.

    Attributes:
        message: as typed.
        document: name, without ending, of the file that answers.
        evidence: alternative texts, each enough.
        asks_for: what is asked of the document cited before: who, who_asked, when or title.
        expected: a stretch of the right answer to that.
        or_: other stretches that are right.
        kind: of a message that asks nothing of the documents.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str = Field(min_length=1)
    document: str | None = None
    evidence: tuple[str, ...] = ()
    asks_for: str | None = None
    expected: str | None = None
    or_: tuple[str, ...] = Field(default=(), alias="or")
    kind: str | None = None

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if bool(self.evidence) + bool(self.expected) + bool(self.kind) != 1:
            raise ValueError("a turn has evidence, or what is expected of its source, or a kind")
        return self


class LabelledConversation(BaseModel):
    """Turns that follow each other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: str
    turns: tuple[LabelledTurn, ...] = Field(min_length=1)


class TurnOutcome(BaseModel):
    """What became of a turn.

    Attributes:
        conversation: its id.
        language: of the conversation.
        message: as typed.
        what: opening, follow-up, about the source, or the kind of message.
        right: whether the first citation holds the evidence, the answer says what is expected, or the message was taken for what it is.
        quoted: whether one of the first quotes shows the evidence; None where there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation: str
    language: str
    message: str
    what: str
    right: bool
    quoted: bool | None = None


def measure_conversations(
    answerer: Answerer,
    conversations: Sequence[LabelledConversation],
    *,
    on_progress: Callable[[int], None] = lambda _n_done: None,
) -> list[TurnOutcome]:
    """Hold every conversation and return what became of its turns, in their order."""
    outcomes: list[TurnOutcome] = []
    for n_done, conversation in enumerate(conversations, start=1):
        history: list[EarlierQuestion] = []
        for turn in conversation.turns:
            answer = answerer.ask(turn.message, history)
            outcomes.append(_judged(conversation, turn, answer, is_first=not history))
            cited = tuple(citation.passage_id for citation in answer.citations)
            history.append(EarlierQuestion(question=turn.message, passage_ids=cited))
        on_progress(n_done)
    return outcomes


def _judged(conversation: LabelledConversation, turn: LabelledTurn, answer: Answer, *, is_first: bool) -> TurnOutcome:
    what = turn.kind or (ABOUT_SOURCE if turn.expected else "opening" if is_first else "follow-up")
    quoted = None
    if turn.kind:
        asked = LabelledMessage(id="turn", language=conversation.language, message=turn.message, kind=turn.kind)
        right = asked.is_right(seen_as(answer, turn.kind))
    elif turn.expected:
        wanted = [_as_said(one, answer.language) for one in (turn.expected, *turn.or_)]
        right = any(_holds(answer.message, one) for one in wanted)
    else:
        right = any(_holds(citation.passage, one) for citation in answer.citations[:1] for one in turn.evidence)
        quoted = any(_holds(citation.quote, one) for citation in answer.citations[:QUOTE_RANKS] for one in turn.evidence)
    return TurnOutcome(
        conversation=conversation.id,
        language=conversation.language,
        message=turn.message,
        what=what,
        right=right,
        quoted=quoted,
    )


def _as_said(expected: str, language: Language) -> str:
    """Return what is expected as an answer says it: a date in words."""
    return say_date(expected, language) if _DATE.fullmatch(expected) else expected


def _holds(text: str, evidence: str) -> bool:
    return " ".join(evidence.split()) in " ".join(text.split())
