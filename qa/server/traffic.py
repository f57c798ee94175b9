"""`Traffic`: the requests that are being answered; `WatchTraffic` counts them, tells how each ended, and keeps what goes wrong from going out as it is.

It sees a request first and its response last. While the server ends, it tells streams that stay open by nature that their readers have gone, so that only
what somebody waits for is waited for.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from time import perf_counter

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.observing import tell
from qa.server.error_response import error_response

_STREAMS = ("/gradio_api/heartbeat/", "/gradio_api/queue/data")
_ROUTES = (
    "/api/ask",
    "/api/documents",
    "/api/passages",
    "/api",
    "/mcp",
    "/uploads",
    "/metrics",
    "/healthz",
    "/gradio_api",
    "/page",
)
_log = logging.getLogger(__name__)


@dataclass
class Traffic:
    """What is going on: requests that somebody waits for, streams that stay open, and whether the server is ending."""

    n_requests: int = 0
    n_streams: int = 0
    ending: asyncio.Event = field(default_factory=asyncio.Event)


class WatchTraffic:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, *, traffic: Traffic) -> None:
        self._app = app
        self._traffic = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        count = "n_streams" if scope["path"].startswith(_STREAMS) else "n_requests"
        response = _Response(send)
        begun = perf_counter()
        self._add(count, 1)
        try:
            await self._app(scope, self._receiving(scope, receive), response.send)
        except Exception:
            _log.exception("%s %s went wrong", scope["method"], scope["path"])
            if not response.status:
                await error_response(scope, 500, "broken")(scope, receive, response.send)
        finally:
            self._add(count, -1)
            tell("request", **_facts(scope, response, perf_counter() - begun))

    def _add(self, count: str, n: int) -> None:
        setattr(self._traffic, count, getattr(self._traffic, count) + n)

    def _receiving(self, scope: Scope, receive: Receive) -> Receive:
        if not scope["path"].startswith(_STREAMS):
            return receive

        async def next_message() -> Message:
            message, ending = asyncio.ensure_future(receive()), asyncio.ensure_future(self._traffic.ending.wait())
            try:
                await asyncio.wait([message, ending], return_when=asyncio.FIRST_COMPLETED)
                return {"type": "http.disconnect"} if ending.done() else message.result()
            finally:
                message.cancel()
                ending.cancel()

        return next_message


class _Response:
    """A response on its way out, counted."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.n_bytes = 0

    async def send(self, message: Message) -> None:
        """Send a message of the response."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.n_bytes += len(message.get("body", b""))
        await self._send(message)


def _facts(scope: Scope, response: _Response, seconds: float) -> dict[str, object]:
    """Return what may be told of a request: never its query, which can hold a question."""
    request = Request(scope)
    return {
        "method": scope["method"],
        "path": scope["path"],
        "route": next((route for route in _ROUTES if scope["path"].startswith(route)), "/" if scope["path"] == "/" else "other"),
        "status": response.status,
        "n_bytes": response.n_bytes,
        "seconds": seconds,
        "client": request.client.host if request.client else None,
        "account": getattr(request.state, "account", None),
    }
