"""`BoundedConnection`: uvicorn's HTTP/1.1 connection, with bounds on what a client may take: places, and time to speak and to listen.

uvicorn itself waits for the first request of a connection as long as it takes, and for a client that reads no answer too. So a few thousand connections that
say nothing would use up all files that the system allows, and nobody could connect any more. Here the one that has said nothing longest makes place.
"""

import asyncio
from functools import partial
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

MAX_CONNECTIONS = 10_000
SPEAK_S = 20.0
"""Seconds for all headers of a request, from when it could begin."""
LISTEN_S = 60.0
"""Seconds in which a client must take some of what is sent."""
_FILES_OF_OUR_OWN = 500


class BoundedConnection(H11Protocol):
    """A connection of a client."""

    def __init__(self, *, max_connections: int, speak_s: float = SPEAK_S, listen_s: float = LISTEN_S, **of_uvicorn: Any) -> None:
        super().__init__(**of_uvicorn)
        self._max_connections = max_connections
        self._speak_s = speak_s
        self._listen_s = listen_s
        self._speaks_until: asyncio.TimerHandle | None = None
        self._listens_until: asyncio.TimerHandle | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def since(self) -> float:
        """When it began to be waited for, by the loop's clock."""
        return self._speaks_until.when() - self._speak_s if self._speaks_until else self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in, if need be in place of others."""
        super().connection_made(transport)
        self._speaks_until = self.loop.call_later(self._speak_s, transport.abort)
        if len(self.connections) > self._max_connections:
            self._make_place()

    def data_received(self, data: bytes) -> None:
        """Take in what a client says; headers that come drop by drop do not put off when they must be whole."""
        super().data_received(data)
        if not self.is_idle:
            self._forget("_speaks_until")
        elif self._speaks_until is None and not self.transport.is_closing():
            self._speaks_until = self.loop.call_later(self._speak_s, self.transport.abort)

    def pause_writing(self) -> None:
        """Wait until the client has taken something, but not for ever."""
        super().pause_writing()
        self._forget("_listens_until")
        self._listens_until = self.loop.call_later(self._listen_s, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        super().resume_writing()
        self._forget("_listens_until")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._forget("_speaks_until")
        self._forget("_listens_until")
        super().connection_lost(exc)

    def _make_place(self) -> None:
        """End the tenth of all connections that have been idle longest, or this one if none is."""
        idle = [one for one in self.connections if isinstance(one, BoundedConnection) and one.is_idle and one is not self]
        ended = sorted(idle, key=lambda one: one.since)[: max(1, self._max_connections // 10)]
        for connection in ended or [self]:
            connection.transport.abort()

    def _forget(self, timer: str) -> None:
        handle: asyncio.TimerHandle | None = getattr(self, timer)
        if handle is not None:
            handle.cancel()
            setattr(self, timer, None)


def bounded_connections() -> Any:
    """Return what makes connections, and let this process open as many files as the system allows it."""
    return partial(BoundedConnection, max_connections=_room_for_connections())


def _room_for_connections() -> int:
    if resource is None:
        return MAX_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + _FILES_OF_OUR_OWN
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    n_files = wanted if soft == resource.RLIM_INFINITY else min(soft, wanted)
    return max(n_files - _FILES_OF_OUR_OWN, n_files // 2)
