"""`Connections`: to one library file. One writes at a time; each reader has a connection of its own, and sees the file as it was when it began.

1. The file is in WAL mode: readers never wait for a writer, nor a writer for readers (https://www.sqlite.org/wal.html; the pattern is that of datasette).
2. `synchronous = FULL`: a commit is on the disk when it returns, so that what was reported as done survives a power cut.
3. Reading nests: inside `reading` everything that the thread reads is of one moment.
4. A file that may not be written is read as it is: beside its writer if there is one, else as a file that nobody changes, until it does change.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from qa.exceptions import LibraryError
from qa.observing import tell

PATIENCE_S = 3.0
"""After so long a wait for another program that writes, whoever listens is told that this one waits (`library_waits`)."""
BUSY_TIMEOUT_S = 600
"""Other programs write in short transactions; whoever waits longer than this is told so."""
MAX_IDLE = 16
"""Connections kept for the next readers."""
_CACHE_KB = 16_000


class Connections:
    """Connections to a library file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: sqlite3.Connection | None = None
        self._writing = threading.RLock()
        self._idle: list[ReadingConnection] = []
        self._idle_lock = threading.Lock()
        self._here = threading.local()
        self._closed = False

    def close(self) -> None:
        """Close those that are not in use; a reader closes its own when it is done."""
        with self._writing, self._idle_lock:
            self._closed = True
            for connection in [*self._idle, *([self._writer] if self._writer else [])]:
                connection.close()
            self._idle, self._writer = [], None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection on which everything is read as of one moment; inside another such block of this thread, the same one.

        Raises:
            LibraryError: the file cannot be read.
        """
        current: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if current is not None:
            yield current
            return
        with self.errors():
            connection = self._take()
            connection.execute("BEGIN")
        self._here.connection, self._here.known = connection, {}
        try:
            with self.errors():
                yield connection
        finally:
            self._here.connection = self._here.known = None
            self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection that writes, in a transaction: all of it is committed when the block ends, or nothing.

        What the block reads through `reading` is read in this transaction too.

        Raises:
            LibraryError: the file cannot be written.
        """
        with self._writing, self.errors():
            if self._writer is None:
                self._writer = connect(self.path)
            connection, before = self._writer, (getattr(self._here, "connection", None), getattr(self._here, "known", None))
            _begin_writing(connection)
            self._here.connection, self._here.known = connection, None
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has ended it already
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._here.connection, self._here.known = before

    def all(self, query: str, *parameters: Any) -> list[Any]:
        """Return all rows of a query."""
        with self.reading() as connection:
            return connection.execute(query, parameters).fetchall()

    def one(self, query: str, *parameters: Any) -> Any:
        """Return the first row of a query, or None."""
        with self.reading() as connection:
            return connection.execute(query, parameters).fetchone()

    def once(self, query: str) -> Any:
        """Return the first row of a query without parameters, asked only once in a block of `reading`."""
        with self.reading():
            known: dict[str, Any] | None = self._here.known
            if known is None:  # in a transaction that writes nothing stays the same
                return self.one(query)
            if query not in known:
                known[query] = self.one(query)
            return known[query]

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into sentences."""
        try:
            yield
        except sqlite3.Error as error:
            raise explained(self.path, error) from error

    def _take(self) -> "ReadingConnection":
        with self._idle_lock:
            if self._idle:
                return self._idle.pop()
        return open_reader(self.path)

    def _give_back(self, connection: "ReadingConnection") -> None:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        with self._idle_lock:
            if not self._closed and len(self._idle) < MAX_IDLE and not connection.is_unchanging:
                self._idle.append(connection)
                return
        connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that may write."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    _add_functions(connection)
    return connection


def _begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction that writes, when no other program does."""
    try:
        connection.execute(f"PRAGMA busy_timeout = {round(1000 * PATIENCE_S)}")
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        tell("library_waits")
        connection.execute(f"PRAGMA busy_timeout = {1000 * BUSY_TIMEOUT_S}")
        connection.execute("BEGIN IMMEDIATE")


def _add_functions(connection: sqlite3.Connection) -> None:
    connection.create_function("from_hex", 1, bytes.fromhex, deterministic=True)  # bytes cannot travel in JSON


class ReadingConnection(sqlite3.Connection):
    """A connection that only reads; `is_unchanging` if it takes the file for one that nobody changes. Such a one is used once, as somebody may."""

    is_unchanging = False


def open_reader(path: Path) -> ReadingConnection:
    """Return a connection that only reads, whatever the program may do to the file and its folder."""
    address = path.absolute().as_uri()
    for mode in ("rw", "ro", "ro&immutable=1"):
        connection = sqlite3.connect(
            f"{address}?mode={mode}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            factory=ReadingConnection,
        )
        connection.is_unchanging = "immutable" in mode
        try:
            connection.execute("PRAGMA query_only = ON")
            _add_functions(connection)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if mode == "ro&immutable=1" or not _may_be_read_only(error):
                raise
        except sqlite3.Error:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError  # the last mode returns or raises


def _may_be_read_only(error: sqlite3.Error) -> bool:
    return any(word in str(error) for word in ("readonly", "unable to open", "read-only", "disk I/O"))


def explained(path: Path, error: sqlite3.Error) -> LibraryError:
    """Return what went wrong with a library and what to do about it."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return LibraryError("library_busy", folder=path.parent)
    if "full" in text:
        return LibraryError("library_disk_full", folder=path.parent)
    if "readonly" in text:
        return LibraryError("library_read_only", folder=path.parent)
    if isinstance(error, sqlite3.OperationalError):
        return LibraryError("library_unusable", folder=path.parent, reason=error)
    return LibraryError("library_damaged", folder=path.parent, reason=error)
