"""`GradioPaths`: of Gradio's own API only what the page uses is open.

The rest would take files of any kind and size, call events past the queue and its bound, or fetch from other servers; programs have `/api` and `/mcp`.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.error_response import error_response

_API = "/gradio_api"
_USED = frozenset(
    f"{_API}/{name}"
    for name in [
        "queue/join",
        "queue/data",
        "cancel",
        "reset",
        "component_server",
        "startup-events",
        "info",
    ]
)
_HEARTBEAT = f"{_API}/heartbeat/"


class GradioPaths:
    """ASGI middleware that answers as if the rest did not exist."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and _is_closed(scope["path"]):
            await error_response(scope, 404, "no_such_address")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_closed(path: str) -> bool:
    return path.startswith(_API) and path.rstrip("/") not in _USED and not path.startswith(_HEARTBEAT)
