"""Exports and copies as the browser asks for them. What it sends is the conversation that it kept, and is checked as everything from outside."""

import base64
from datetime import UTC, datetime
from typing import Any

from qa.conversation import Conversation, read_conversation, read_turn
from qa.exceptions import ConversationError
from qa.export import Format, content_of, export_conversation, fragment_of, markdown_of
from qa.wording.interface import as_language


def exported(request: object) -> dict[str, str]:
    """Return `{"name", "type", "content"}`, the content in base64, for `{"conversation", "format", "site", "language", "with_weak"}`.

    Raises:
        ConversationError: the conversation or the format cannot be read.
    """
    wishes = _wishes(request)
    try:
        wanted = Format(str(wishes.get("format")))
    except ValueError as error:
        formats = ", ".join(Format)
        raise ConversationError("no_such_format", format=str(wishes.get("format"))[:20], formats=formats) from error
    file = export_conversation(
        read_conversation(wishes.get("conversation")),
        wanted,
        site=str(wishes.get("site", "")),
        language=as_language(wishes.get("language")),
        today=datetime.now(UTC).astimezone().date(),
        with_weak=wishes.get("with_weak") is True,
    )
    return {"name": file.name, "type": file.media_type, "content": base64.b64encode(file.content).decode()}


def copied(request: object) -> dict[str, str]:
    """Return `{"text", "html"}`, one answer as Markdown and as HTML, for `{"turn", "site", "language"}`.

    Raises:
        ConversationError: the turn cannot be read.
    """
    wishes = _wishes(request)
    content = content_of(
        Conversation(turns=(read_turn(wishes.get("turn")),)),
        site=str(wishes.get("site", "")),
        language=as_language(wishes.get("language")),
        today=datetime.now(UTC).astimezone().date(),
    )
    answer_alone = markdown_of(content).split("\n\n", 2)[2]  # without the title and the day, which belong to a file
    return {"text": answer_alone, "html": fragment_of(content)}


def _wishes(request: object) -> dict[str, Any]:
    return request if isinstance(request, dict) else {}
