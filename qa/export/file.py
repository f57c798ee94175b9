"""`ExportedFile`: a conversation in one of the formats, with the name and the type that a browser saves it by."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qa.answer import Language
from qa.conversation import Conversation
from qa.export.content import Content, KeptQuote, content_of, content_of_quotes
from qa.export.markdown import markdown_of
from qa.export.web_page import web_page_of
from qa.export.word import word_of

_MAX_NAME = 60


class Format(StrEnum):
    """What a conversation can be exported as."""

    MARKDOWN = "md"
    WEB_PAGE = "html"
    WORD = "docx"


_MEDIA_TYPES = {
    Format.MARKDOWN: "text/markdown;charset=utf-8",
    Format.WEB_PAGE: "text/html;charset=utf-8",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """A file that was made and not yet saved."""

    name: str
    media_type: str
    content: bytes


def export_conversation(
    conversation: Conversation, wanted: Format, *, site: str, language: Language, today: date, with_weak: bool = False
) -> ExportedFile:
    """Return a conversation as a file; see `content_of` for the arguments."""
    return _file(content_of(conversation, site=site, language=language, today=today, with_weak=with_weak), wanted, today)


def export_quotes(
    quotes: Sequence[tuple[str, Sequence[KeptQuote]]], wanted: Format, *, title: str, site: str, language: Language, today: date
) -> ExportedFile:
    """Return kept quotes as a file; see `content_of_quotes` for the arguments."""
    return _file(content_of_quotes(quotes, title=title, site=site, language=language, today=today), wanted, today)


def _file(content: Content, wanted: Format, today: date) -> ExportedFile:
    return ExportedFile(
        name=f"bronvraag-{_slug(content.title)}{today.isoformat()}.{wanted}",
        media_type=_MEDIA_TYPES[wanted],
        content=_written(content, wanted),
    )


def _written(content: Content, wanted: Format) -> bytes:
    match wanted:
        case Format.MARKDOWN:
            return markdown_of(content).encode()
        case Format.WEB_PAGE:
            return web_page_of(content).encode()
        case Format.WORD:
            return word_of(content)


def _slug(title: str) -> str:
    """Return a title as part of a file name: letters, digits and hyphens, which mean nothing to any system."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_NAME].strip("-")
    return f"{words}-" if words else ""
