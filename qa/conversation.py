"""`Conversation`: questions with their answers, as a browser keeps them and sends them back. What comes back is not trusted, so it is checked here."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Answer
from qa.exceptions import ConversationError

MAX_TURNS = 200
MAX_SUGGESTIONS = 10
MAX_KEPT = 20_000
"""Characters of a question that are kept."""
_MAX_TITLE = 300


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
