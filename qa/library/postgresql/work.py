"""`SharedWork`: files to index, shared out through the library's database, so that any number of machines can embed.

1. Whoever finds files to index puts them into the table `work`; files that are there already are not put there again.
2. A program takes some files at a time: it locks their rows, passing over those that others have locked (`FOR UPDATE SKIP LOCKED`), on a connection of their
   own. When all of them are stored it deletes the rows, and with that transaction ends. If the program dies, so does the connection, the
   locks are gone, and others take these files; if its machine does, after a minute without a sign of life. No program watches over others, and there is no time after which a slow one counts as dead.
3. When the connection is lost, what was taken on it is taken by whoever comes first; what this program was about to store it stores all the same, which
   changes nothing if another did so before.
4. A program that finds all that is left taken waits for the others, since their files may come back.

A queue of its own, such as Ray or Redis, would be one more thing to run, and could say that a file is done when the database does not.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg

from qa.library.postgresql.connections import WAIT_S, plain_connection

N_TAKEN = 16
"""Files that are taken together."""
PAUSE_S = 0.5

_PUT = "INSERT INTO work SELECT * FROM unnest(%(paths)s::text[]) ON CONFLICT DO NOTHING"
_LEFT = "SELECT path FROM work WHERE path = ANY(%(paths)s::text[]) ORDER BY path"
_BEGIN = "BEGIN"
_SETTINGS = """
SELECT set_config('idle_in_transaction_session_timeout', '0', false), set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)
"""
_TAKE = "SELECT path FROM work WHERE path = ANY(%(paths)s::text[]) ORDER BY path FOR UPDATE SKIP LOCKED"
_DONE = "DELETE FROM work WHERE path = ANY(%(paths)s::text[])"


_Result = TypeVar("_Result")


class SharedWork:
    """Files to index, shared with others; for one thread that takes and the same or another that says what is done."""

    def __init__(self, address: str, paths: Sequence[str]) -> None:
        self._address = address
        self._paths = list(paths)
        self._opened: list[psycopg.Connection[Any]] = []
        self._idle = [self._connection()]
        self._taken: dict[str, _Some] = {}
        self._took_any = True
        if self._paths:
            self._asked(lambda connection: connection.execute(_PUT, {"paths": self._paths}))

    def close(self) -> None:
        """Give back what is taken and not done."""
        for connection in self._opened:
            connection.close()

    def left(self) -> Sequence[str]:
        """Return the paths that nobody has done, once some of them can perhaps be taken; none when all is done."""
        if not self._took_any:
            time.sleep(PAUSE_S)
        self._took_any = False
        if self._paths:
            rows = self._asked(lambda connection: connection.execute(_LEFT, {"paths": self._paths}).fetchall())
            self._paths = [path for (path,) in rows]
        return self._paths

    def taken(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield those of these paths that nobody else has taken, as they are taken."""
        for start in range(0, len(paths), N_TAKEN):
            some = self._take(list(paths[start : start + N_TAKEN]))
            self._took_any = self._took_any or bool(some)
            yield from some

    def done(self, paths: Iterable[str]) -> None:
        """Say that files are indexed, or cannot be."""
        for path in paths:
            some = self._taken.pop(path, None)
            if some and some.is_done_with(path):
                with suppress(psycopg.OperationalError):  # lost: they are found to be there already by whoever takes them again
                    some.connection.execute(_DONE, {"paths": some.paths})
                    some.connection.commit()
                    self._idle.append(some.connection)

    def _take(self, paths: list[str]) -> list[str]:
        def take(connection: "psycopg.Connection[Any]") -> list[str]:
            connection.execute(_BEGIN)
            taken = [path for (path,) in connection.execute(_TAKE, {"paths": paths}).fetchall()]
            if taken:
                self._idle.remove(connection)
                self._taken |= dict.fromkeys(taken, _Some(connection, taken))
            else:
                connection.rollback()
            return taken

        return self._asked(take)

    def _asked(self, ask: Callable[["psycopg.Connection[Any]"], _Result]) -> _Result:
        """Return what a function returns that asks on a free connection, called again on a new one if that was lost."""
        if not self._idle:
            self._idle.append(self._connection())
        connection = self._idle[-1]
        try:
            return ask(connection)
        except psycopg.OperationalError:
            if not connection.broken:
                raise
            self._idle = [self._connection_soon()]
            return ask(self._idle[-1])

    def _connection_soon(self) -> "psycopg.Connection[Any]":
        """Return a connection as soon as there is one, as while another server takes over."""
        last = time.monotonic() + WAIT_S
        while True:
            try:
                return self._connection()
            except psycopg.OperationalError:
                if time.monotonic() > last:
                    raise
                time.sleep(PAUSE_S)

    def _connection(self) -> "psycopg.Connection[Any]":
        connection = plain_connection(self._address)
        self._opened.append(connection)
        connection.execute(_SETTINGS)
        return connection


class _Some:
    """Files that were taken together, with the connection that holds them."""

    def __init__(self, connection: "psycopg.Connection[Any]", paths: list[str]) -> None:
        self.connection = connection
        self.paths = paths
        self._open = set(paths)

    def is_done_with(self, path: str) -> bool:
        """Note that one file is done, and tell whether all are."""
        self._open.discard(path)
        return not self._open
