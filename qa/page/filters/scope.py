"""`Scope`: in which documents the page asks a question: the filters that its reader chose, less those of the question that the reader declined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Answer
from qa.conversation import Earlier
from qa.desk import Desk
from qa.exceptions import FilterError
from qa.library.filters import EVERYTHING, Filters, read_filters

MAX_DECLINED = 50


class _Sent(BaseModel):
    """What the browser sends of the filters."""

    model_config = ConfigDict(extra="forbid")

    filters: dict[str, Any] = {}
    declined: Annotated[list[dict[str, Any]], Field(max_length=MAX_DECLINED)] = []


@dataclass(frozen=True)
class Scope:
    """Filters that were chosen, and recognised ones that the reader did not want."""

    chosen: Filters = EVERYTHING
    declined: Filters = EVERYTHING


def read_scope(value: object) -> Scope:
    """Return the scope that the browser sent, such as `{"filters": {"parties": ["PVV"]}, "declined": []}`; nothing sent means all documents.

    Raises:
        FilterError: it is something else.
    """
    if not value:
        return Scope()
    try:
        sent = _Sent.model_validate(value)
    except ValidationError as error:
        raise FilterError("filters_sent_unreadable") from error
    declined = EVERYTHING
    for part in sent.declined:
        declined = declined.joined(read_filters(part))
    return Scope(read_filters(sent.filters), declined)


def ask_within(desk: Desk) -> Callable[..., Answer]:
    """Return what answers a question, with the earlier ones, in the documents of the scope that the browser sends with it."""

    def ask(question: str, history: Sequence[Earlier], sent: object = None) -> Answer:
        scope = read_scope(sent)
        return desk.ask(question, history, filters=scope.chosen, declined=scope.declined)

    return ask
