"""A collection of quotes as the browser sends it, made into a file: each quote below the question that it was found by, with the reader's note."""

import base64
from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer import Citation, Language
from qa.exceptions import ConversationError
from qa.export import Format, export_quotes
from qa.export.content import KeptQuote
from qa.wording.interface import TEXTS

MAX_QUOTES = 500


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)

    question: Annotated[str, Field(max_length=20_000)]
    note: Annotated[str, Field(max_length=5_000)] = ""
    citation: Citation


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True)

    quotes: Annotated[tuple[_Kept, ...], Field(min_length=1, max_length=MAX_QUOTES)]
    format: Format
    site: Annotated[str, Field(max_length=2000)] = ""
    language: Language = "nl"


def exported_collection(request: object) -> dict[str, str]:
    """Return `{"name", "type", "content"}`, the content in base64, for `{"quotes": [{"question", "note", "citation"}], "format", "site", "language"}`.

    Raises:
        ConversationError: the request holds no quotes, or not as they are kept.
    """
    try:
        sent = _Request.model_validate(request)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ConversationError("not_kept_quotes", fault=f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    quotes = [
        (question, [KeptQuote(citation=kept.citation, note=kept.note) for kept in held])
        for question, held in groupby(sent.quotes, key=lambda kept: kept.question)
    ]
    file = export_quotes(
        quotes,
        sent.format,
        title=TEXTS[sent.language].collected_title,
        site=sent.site,
        language=sent.language,
        today=datetime.now(UTC).astimezone().date(),
    )
    return {"name": file.name, "type": file.media_type, "content": base64.b64encode(file.content).decode()}
