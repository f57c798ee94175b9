"""Serving: listening on an address, saying when the page can be opened, and ending quietly."""

import asyncio
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

import uvicorn

from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.server.accounts import Accounts
from qa.server.application import build_app
from qa.server.connections import bounded_connections
from qa.server.forwarded import Proxies
from qa.server.hosts import ServedNames, served_names
from qa.server.traffic import Traffic
from qa.work_queues import WorkQueues

_BACKLOG = 128
"""Connections that wait to be taken, and the most that are taken at once, before those that have said nothing make place."""
_FINISH_S = 20
"""Seconds that what runs may take when the server is to end."""
_DELIVER_S = 0.2
"""Seconds in which an answer that is ready reaches the page by its stream."""


def serve(
    desk: Desk,
    *,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    accounts: Accounts | None = None,
    names: ServedNames | None = None,
    proxies: Proxies | None = None,
) -> None:
    """Serve the page and the doors beside it until Ctrl-C or SIGTERM.

    Args:
        desk: answers the questions.
        host: name or address to listen on.
        port: to listen on; 0 takes a free one.
        on_ready: called once with the address of the page, when it can be opened.
        accounts: who may come in; everybody without it.
        names: by which it is called, such as those at a reverse proxy; its own without it.
        proxies: which are believed, and below which path they offer it.

    Raises:
        BronvraagError: the address cannot be listened on.
    """
    queues, traffic = WorkQueues(), Traffic()
    app = build_app(desk, accounts=accounts, names=names or served_names(host), proxies=proxies, queues=queues, traffic=traffic)
    with _listen(host, port) as listener, _end_quietly():
        config = uvicorn.Config(
            app,
            http=bounded_connections(),
            ws="none",
            backlog=_BACKLOG,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        try:
            _Server(config, lambda: on_ready(_url(host, listener)), queues, traffic).run(sockets=[listener])
        finally:
            desk.close()


class _Server(uvicorn.Server):
    """A server that says when it accepts connections, and ends when what people wait for is done."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None], queues: WorkQueues, traffic: Traffic) -> None:
        super().__init__(config)
        self._on_started = on_started
        self._queues = queues
        self._traffic = traffic

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, let what runs finish, then end the streams to pages that are open."""
        for server in self.servers:
            server.close()
        for queue in self._queues:
            queue.close()
        until = monotonic() + _FINISH_S
        while self._is_busy and not self.force_exit and monotonic() < until:
            await asyncio.sleep(0.05)
        await asyncio.sleep(_DELIVER_S)
        self._traffic.ending.set()
        await super().shutdown(sockets)

    @property
    def _is_busy(self) -> bool:
        return self._traffic.n_requests > 0 or not all(queue.is_done for queue in self._queues)


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. It is handed to the server as it is, so nobody can take the port in between."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise BronvraagError("host_unknown", host=host) from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # on Windows this option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from error
    return listener


def _refused(host: str, port: int, error: OSError) -> BronvraagError:
    if error.errno == errno.EADDRINUSE:
        return BronvraagError("port_in_use", port=str(port), host=host, next=str(port + 1))
    return BronvraagError("cannot_listen", port=str(port), host=host, reason=error.strerror)


def _url(host: str, listener: socket.socket) -> str:
    """Return where a browser on this computer finds the page."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not listened on
    return f"http://{name}:{listener.getsockname()[1]}"


@contextmanager
def _end_quietly() -> Iterator[None]:
    """End without a traceback on Ctrl-C and SIGTERM, which uvicorn passes on once it has stopped."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # there signals are somebody else's
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)
