"""`Scope`: in which documents the page asks a question: the filters that its reader chose, and those that the question itself names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Answer
from qa.desk import Desk
from qa.exceptions import FilterError
from qa.library.filters import EVERYTHING, Filters, read_filters
from qa.understanding.recognition import Recognised, Recogniser

MAX_DECLINED = 50
MAX_QUESTION_READ = 2000
"""Characters of a question that are looked at for filters."""


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

    def applied(self, recognised: Recognised) -> Filters:
        """Return the recognised filters that the reader has not declined."""
        return recognised.applied.without(self.declined)


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


class Recognition:
    """Recognises filters in questions by the documents that the desk holds now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._recogniser = Recogniser(desk.catalogue())

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names today."""
        catalogue = self._desk.catalogue()
        recogniser = self._recogniser
        if recogniser.catalogue is not catalogue:
            recogniser = self._recogniser = Recogniser(catalogue)
        return recogniser.recognise(question[:MAX_QUESTION_READ], today=date.today())


def ask_within(desk: Desk) -> Callable[..., Answer]:
    """Return what answers a question, with the earlier ones, in the documents of the scope that the browser sends with it."""
    recognition = Recognition(desk)

    def ask(question: str, history: Sequence[str], sent: object = None) -> Answer:
        scope = read_scope(sent)
        filters = scope.chosen.joined(scope.applied(recognition.recognise(question)))
        return desk.ask(question, history, filters=filters or None)

    return ask
