"""A conversation as the list of messages that the chat shows. It lives in the reader's browser, so what comes back is not trusted."""

import html
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa.exceptions import BronvraagError
from qa.page.answer_markdown import answer_markdown, neutralise
from qa.page.engine import Engine
from qa.page.texts import TEXTS

Message = Mapping[str, Any]

logger = logging.getLogger(__name__)


def add_question(messages: Sequence[Message], question: str) -> list[Message]:
    """Return the conversation with a question of the reader at its end."""
    return [*messages, {"role": "user", "content": neutralise(question)}]


def add_waiting(messages: Sequence[Message]) -> list[Message]:
    """Return the conversation with a sign that a reply is coming."""
    return [*messages, {"role": "assistant", "content": "*…*"}]


def add_reply(messages: Sequence[Message], engine: Engine) -> list[Message]:
    """Return the conversation with the engine's reply to its last question; the earlier questions are its history."""
    *history, question = _questions(messages)
    return [*messages, {"role": "assistant", "content": _reply(engine, question, history)}]


def _reply(engine: Engine, question: str, history: Sequence[str]) -> str:
    try:
        return answer_markdown(engine.ask(question, history))
    except BronvraagError as error:
        return neutralise(str(error))
    except Exception:  # whatever went wrong, the reader must not be left waiting; the log says what it was
        logger.exception("No answer to a question of %d characters", len(question))
        return "\n\n".join(neutralise(texts.failed) for texts in TEXTS.values())


def _questions(messages: Sequence[Message]) -> list[str]:
    return [html.unescape(_text(message)) for message in messages if message.get("role") == "user"]


def _text(message: Message) -> str:
    return " ".join(_texts(message.get("content")))


def _texts(content: object) -> Iterator[str]:
    """Yield the texts of a message, which is sent as a string and comes back as a list of blocks."""
    for block in content if isinstance(content, list) else [content]:
        text = block.get("text") if isinstance(block, Mapping) else block
        if isinstance(text, str):
            yield text
