"""`BodySize`: bounds on what a request may carry, in bytes, in time, and in what all requests hold together.

Uploads are bounded where they are received, which is on disk, as they come.
"""

import asyncio
from collections import deque

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.page.documents.upload import PATH
from qa.server.error_response import error_response

MAX_API_BYTES = 256 * 1024
"""A question with fifty earlier ones is at most some 100 KB."""
MAX_PAGE_BYTES = 16 * 1024**2
"""The page sends a whole conversation along with each question."""
MAX_HELD_BYTES = 256 * 1024**2
"""Of all bodies that have arrived and are being worked on."""
MAX_SECONDS = 60.0


class BodySize:
    """ASGI middleware that refuses a body that is too large or too slow, before anything reads it."""

    def __init__(self, app: ASGIApp, *, max_held_bytes: int = MAX_HELD_BYTES, max_seconds: float = MAX_SECONDS) -> None:
        self._app = app
        self._max_held_bytes = max_held_bytes
        self._max_seconds = max_seconds
        self._held_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its whole body, or refuse it."""
        if scope["type"] != "http" or scope["path"] == PATH or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        body = _Body(receive, MAX_API_BYTES if scope["path"].startswith("/api/") else MAX_PAGE_BYTES)
        try:
            app = await self._checked(scope, body)
            await app(scope, body.replay, send)
        finally:
            self._held_bytes -= body.n_bytes

    async def _checked(self, scope: Scope, body: "_Body") -> ASGIApp:
        """Return what answers, when the body is there or has turned out to be none that is taken."""
        if _declared_bytes(scope) > body.most:
            return self._too_large(scope, body)
        try:
            async with asyncio.timeout(self._max_seconds):
                while not body.is_whole:
                    n_bytes = await body.read_on()
                    self._held_bytes += n_bytes  # not in one line: others change it while this waits
                    if body.n_bytes > body.most:
                        return self._too_large(scope, body)
                    if self._held_bytes > self._max_held_bytes:
                        return error_response(scope, 503, "server_busy", headers={"retry-after": "5"})
        except TimeoutError:
            return error_response(scope, 408, "body_too_slow", headers={"connection": "close"})
        return self._app

    def _too_large(self, scope: Scope, body: "_Body") -> ASGIApp:
        return error_response(scope, 413, "body_too_large", values={"most": f"{body.most // 1024:,} KB"})


class _Body:
    """A body as it arrives, which may be without saying how large it is."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.most = most
        self.n_bytes = 0
        self.is_whole = False
        self._receive = receive
        self._messages: deque[Message] = deque()

    async def read_on(self) -> int:
        """Take in what comes next; return how many bytes that are."""
        message = await self._receive()
        self._messages.append(message)
        self.is_whole = not message.get("more_body")
        n_bytes = len(message.get("body", b""))
        self.n_bytes += n_bytes
        return n_bytes

    async def replay(self) -> Message:
        """Return the next message of the body, for those behind."""
        return self._messages.popleft() if self._messages else await self._receive()


def _declared_bytes(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() else 0
