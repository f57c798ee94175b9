"""`Conversation`: questions with their answers, as a browser keeps them and sends them back. What comes back is not trusted, so it is checked here."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Answer
from qa.exceptions import ConversationError

MAX_TURNS = 200
MAX_SUGGESTIONS = 10
MAX_KEPT = 20_000
"""Characters of a question that are kept."""
MAX_CITED = 50
"""Passages that an earlier answer may have cited."""
_MAX_TITLE = 300


class EarlierQuestion(BaseModel):
    """A question that was asked before, with the ids of the passages that were cited for it, where a client knows them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(max_length=MAX_KEPT)]
    passage_ids: Annotated[tuple[Annotated[int, Field(ge=1, lt=2**63)], ...], Field(max_length=MAX_CITED)] = ()


Earlier = str | EarlierQuestion
"""An earlier question as it may be given: its text alone, or with what was cited."""


def earlier_questions(history: Sequence[Earlier]) -> list[EarlierQuestion]:
    """Return the earlier questions of a conversation, without empty ones."""
    whole = (EarlierQuestion(question=one[:MAX_KEPT]) if isinstance(one, str) else one for one in history)
    return [one for one in whole if one.question.strip()]


def texts_of(history: Sequence[Earlier]) -> list[str]:
    """Return what was asked before, without empty questions."""
    return [one.question.strip() for one in earlier_questions(history)]


class Turn(BaseModel):
    """One question with its answer, or with what was said instead of one."""

    model_config = ConfigDict(frozen=True)

    question: Annotated[str, Field(max_length=MAX_KEPT)]
    answer: Answer | None = None
    failure: Annotated[str | None, Field(max_length=2000)] = None
    suggestions: Annotated[tuple[Annotated[str, Field(max_length=2000)], ...], Field(max_length=MAX_SUGGESTIONS)] = ()


class Conversation(BaseModel):
    """A conversation with its title, which a reader may have chosen."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, Field(max_length=_MAX_TITLE)] = ""
    turns: Annotated[tuple[Turn, ...], Field(max_length=MAX_TURNS)] = ()


def read_turn(value: Any) -> Turn:
    """Return the turn that a value from outside holds.

    Raises:
        ConversationError: it holds none.
    """
    try:
        return Turn.model_validate(value)
    except ValidationError as error:
        raise ConversationError("not_a_turn", fault=_first_fault(error)) from error


def read_conversation(value: Any) -> Conversation:
    """Return the conversation that a value from outside holds.

    Raises:
        ConversationError: it holds none.
    """
    try:
        return Conversation.model_validate(value)
    except ValidationError as error:
        raise ConversationError("not_a_conversation", fault=_first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
