"""Asking: a question from the browser becomes a reply that grows block by block. Everything that the browser sends is checked here."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Answer, Language
from qa.answering import MAX_QUESTION
from qa.conversation import MAX_KEPT, MAX_SUGGESTIONS, MAX_TURNS, Earlier, EarlierQuestion, Turn, texts_of
from qa.desk import Desk
from qa.exceptions import BronvraagError, BusyError, QuestionError
from qa.page.chat.examples import Examples
from qa.page.chat.turn_html import turn_blocks
from qa.wording.interface import TEXTS

Ask = Callable[[str, tuple[Earlier, ...]], Answer]

_Question = Annotated[str, Field(max_length=100_000)]

logger = logging.getLogger(__name__)


class Request(BaseModel):
    """A question with those before it; the ticket tells the browser which of its questions a reply is to.

    A question far too long is cut before it is sent; `n_characters` says how many it had.
    """

    model_config = ConfigDict(frozen=True)

    ticket: Annotated[str, Field(max_length=100)]
    question: _Question
    n_characters: Annotated[int, Field(ge=0)] = 0
    history: Annotated[tuple[_Question | EarlierQuestion, ...], Field(max_length=MAX_TURNS)] = ()
    language: Language = "nl"


def replies(desk: Desk, ask: Ask, examples: Examples, request: object) -> Iterator[dict[str, Any]]:
    """Yield the reply as it grows: `{"ticket", "blocks", "turn", "done"}`; the last one holds the whole turn, which the browser keeps.

    Args:
        desk: suggests what to ask next.
        ask: answers a question with its history.
        examples: to try where nothing was found.
        request: from the browser.
    """
    try:
        asked = Request.model_validate(request)
    except ValidationError:
        return
    turn = _answered(desk, ask, asked)
    blocks = turn_blocks(turn, asked.language)
    for n_blocks in range(1, len(blocks)):
        yield {"ticket": asked.ticket, "blocks": blocks[:n_blocks], "turn": None, "done": False}
    turn = turn.model_copy(update={"suggestions": _suggestions(desk, examples, turn.answer, asked.history)})
    yield _whole(asked, turn)


def busy_reply(error: BusyError, request: object) -> dict[str, Any] | None:
    """Return the reply to a question that cannot wait for an answer, since too many do; None to a request that makes no sense."""
    try:
        asked = Request.model_validate(request)
    except ValidationError:
        return None
    turn = Turn(question=asked.question[:MAX_KEPT], failure=error.sentence.said_elsewhere(asked.language))
    return _whole(asked, turn)


def _whole(asked: Request, turn: Turn) -> dict[str, Any]:
    blocks = turn_blocks(turn, asked.language)
    return {"ticket": asked.ticket, "blocks": blocks, "turn": turn.model_dump(mode="json"), "done": True}


def _answered(desk: Desk, ask: Ask, asked: Request) -> Turn:
    question = asked.question[:MAX_KEPT]
    try:
        _check_whole(asked)
        return Turn(question=question, answer=ask(asked.question, asked.history))
    except BronvraagError as error:
        return Turn(question=question, failure=_said(desk, error, asked.language))
    except Exception:  # whatever went wrong, the reader must not be left waiting; the log says what it was
        logger.exception("No answer to a question of %d characters", len(asked.question))
        return Turn(question=question, failure=TEXTS[asked.language].failed)


def _check_whole(asked: Request) -> None:
    """Raise a `QuestionError` for a question that was cut."""
    if asked.n_characters > max(len(asked.question), MAX_QUESTION):
        raise QuestionError("question_too_long", n=asked.n_characters, most=MAX_QUESTION)


def _said(desk: Desk, error: BronvraagError, language: Language) -> str:
    """Return what to say of an error; one that many readers meet, before there are documents, is said in their language."""
    return error.sentence.said_elsewhere(language)[:2000] if len(desk.catalogue()) else TEXTS[language].library_empty


def _suggestions(desk: Desk, examples: Examples, answer: Answer | None, history: tuple[Earlier, ...]) -> tuple[str, ...]:
    """Return what can be asked next. A reader can do without, so whatever goes wrong here costs only the suggestions."""
    if answer is None:
        return ()
    try:
        suggested: Sequence[str] = desk.suggestions(answer, texts_of(history))
        if answer.refused and not suggested:
            suggested, _language = examples.of(answer.language)
        return tuple(suggested)[:MAX_SUGGESTIONS]
    except Exception:
        logger.exception("No suggestions for an answer")
        return ()
