"""`error_response`: the response to a request that is turned away before anything is done with it, in words for whoever made it."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from qa.answer import Language
from qa.wording.interface import as_dictionary, preferred_language


def error_response(
    scope: Scope, status: int, text: str, *, values: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return one sentence: plain in a browser's window, `{"detail": ...}` for a program.

    Args:
        scope: of the request.
        status: of the response.
        text: name of the sentence in the interface's texts.
        values: what the sentence names.
        headers: of the response.
    """
    asked = Headers(scope=scope)
    sentence = as_dictionary(_language(asked))[text].format_map(values or {})
    if "text/html" in asked.get("accept", ""):
        return PlainTextResponse(sentence, status, headers)
    return JSONResponse({"detail": sentence}, status, headers)


def _language(headers: Headers) -> Language:
    """Return the reader's language; programs name none and get English, like the rest of their interface."""
    return preferred_language(headers.get("accept-language", "en"))
