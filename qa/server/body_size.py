"""`BodySize`: a bound on what a request may carry. Uploads are bounded where they are received, which is on disk, as they come."""

from collections import deque

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.page.documents.upload import PATH
from qa.server.error_response import error_response

MAX_API_BYTES = 256 * 1024
"""A question with fifty earlier ones is at most some 100 KB."""
MAX_PAGE_BYTES = 16 * 1024**2
"""The page sends a whole conversation along with each question."""


class BodySize:
    """ASGI middleware that refuses a body that is too large, before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its whole body, or refuse it."""
        if scope["type"] != "http" or scope["path"] == PATH or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        most = MAX_API_BYTES if scope["path"].startswith("/api/") else MAX_PAGE_BYTES
        messages = None if _declared_bytes(scope) > most else await _read(receive, most)
        if messages is None:
            await error_response(scope, 413, "body_too_large", values={"most": f"{most // 1024:,} KB"})(scope, receive, send)
            return
        await self._app(scope, _replay(messages, receive), send)


def _declared_bytes(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


async def _read(receive: Receive, most: int) -> deque[Message] | None:
    """Return the messages of a body, or None if it is larger than `most` bytes; it may come without saying how large it is."""
    messages: deque[Message] = deque()
    size_bytes = 0
    while not messages or messages[-1].get("more_body"):
        messages.append(await receive())
        size_bytes += len(messages[-1].get("body", b""))
        if size_bytes > most:
            return None
    return messages


def _replay(messages: deque[Message], receive: Receive) -> Receive:
    async def next_message() -> Message:
        return messages.popleft() if messages else await receive()

    return next_message
