"""`AssistantDoor`: the MCP server at `/mcp`, made when the first assistant comes, since its package takes as long to import as the model to load."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.server.error_response import error_response

MakeServer = Callable[[], tuple[ASGIApp, AbstractAsyncContextManager[None]]]
"""Makes what answers messages, and what runs while it does."""


class AssistantDoor:
    """ASGI application that takes messages; whoever asks to wait for some is told, as the protocol has it, that none will come."""

    def __init__(self, make: MakeServer) -> None:
        self._make = make
        self._wanted = asyncio.Event()
        self._server: asyncio.Future[ASGIApp]

    @property
    def routes(self) -> Sequence[Route]:
        """Where it stands."""
        return [Route(path, self) for path in ("/mcp", "/mcp/")]

    @asynccontextmanager
    async def sessions(self) -> AsyncIterator[None]:
        """Answer messages in the block."""
        self._server = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(self._run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _run(self) -> None:
        await self._wanted.wait()
        try:
            server, sessions = await asyncio.to_thread(self._make)
        except Exception as error:  # whatever it is, whoever waits for it must hear
            self._server.set_exception(error)
            return
        async with sessions:
            self._server.set_result(server)
            await asyncio.Event().wait()  # until it is cancelled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message."""
        if scope["method"] != "POST":
            await error_response(scope, 405, "only_posts", headers={"allow": "POST"})(scope, receive, send)
            return
        self._wanted.set()
        server = await asyncio.shield(self._server)
        await server(scope, receive, send)
