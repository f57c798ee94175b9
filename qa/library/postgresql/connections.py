"""`Connections`: to one database. Each reader sees it as it was when it began; a writer's block is committed as a whole or not at all.

1. A reader's block is one transaction on one snapshot (REPEATABLE READ, read only). Statements that belong together travel together (libpq's pipeline mode).
2. A connection that is lost is replaced once. A reader's block goes on in the new one if the library is in the same state there; a writer's begins again, which
   changes nothing if the first was committed after all.
3. A reader's transaction is ended by a thread of its own: nobody waits for it.
4. Readers may be sent to a replica. It is used while it is at most `MAX_BEHIND_S` behind and has all that this program itself has written; otherwise, and for
   a while after it could not be reached, readers go to the primary. A replica whose own connection has broken notices that within its `wal_receiver_timeout`.
5. No statement is prepared, so that connections may go through a pooler such as PgBouncer.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from pgvector.psycopg import register_vector
from psycopg.cursor import Cursor
from psycopg_pool import ConnectionPool, PoolTimeout

from qa.exceptions import LibraryError
from qa.library.postgresql.faults import explained, is_lost
from qa.library.postgresql.moment import Asked, Facts, Moment
from qa.paths import shown_place

logging.getLogger("psycopg").setLevel(logging.ERROR)  # what becomes of a lost connection is said in our own sentences

MAX_CONNECTIONS = 16
"""Of one program; more readers wait for each other."""
WAIT_S = 15
"""How long to wait for a connection."""
READ_TIMEOUT_S = 30
"""The longest statement of a reader."""
WRITE_TIMEOUT_S = 600
_IDLE_S = 1800
"""After which the server gives up a transaction in which nothing happens, as its program has stopped."""

MAX_BEHIND_S = 10
"""How far a replica may be behind that is read."""
REPLICA_WAIT_S = 2
_REPLICA_AGAIN_S = 30
"""After which a replica that could not be reached is tried again."""

_SETTINGS = """
SELECT set_config('hnsw.iterative_scan', 'strict_order', false), set_config('hnsw.ef_search', '200', false),
    set_config('hnsw.max_scan_tuples', '200000', false), set_config('jit', 'off', false),
    set_config('statement_timeout', %(timeout_s)s || 's', false), set_config('idle_in_transaction_session_timeout', %(idle_s)s || 's', false)
"""
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_BEGIN_WRITING = "BEGIN"
_WRITES_MAY_TAKE = "SELECT set_config('statement_timeout', %(timeout_s)s || 's', true)"
_FACTS = """
SELECT id, token, n_documents, n_passages, n_own, n_context,
    EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('embeddings_by_vector') AND indisvalid)
FROM state CROSS JOIN library
"""

_IS_FRESH = """
SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %(written)s::pg_lsn AND (
    pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn() OR extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) <= %(most_s)s
) AND EXISTS (SELECT FROM pg_stat_wal_receiver)
"""
_WRITTEN = "SELECT pg_current_wal_lsn()::text"

_Result = TypeVar("_Result")


class Connections:
    """Connections to the database of a library; safe to use from several threads."""

    def __init__(self, address: str, replica: str | None = None, *, wait_s: float = WAIT_S) -> None:
        self.name = shown_place(address)
        self._address = address
        self.n_round_trips = 0
        """How often a reader has waited for the database, in all."""
        self._here = threading.local()
        self._ending = ThreadPoolExecutor(1, thread_name_prefix="ending")
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            address,
            min_size=0,
            max_size=MAX_CONNECTIONS,
            open=False,
            timeout=wait_s,
            configure=_configure,
            kwargs={"autocommit": True, "prepare_threshold": None},
            name="library",
        )

        self._replica = Connections(replica, wait_s=REPLICA_WAIT_S) if replica else None
        self._replica_from = 0.0
        self._written = "0/0"

    @classmethod
    def open(cls, address: str, replica: str | None = None) -> "Connections":
        """Connect, to find out at once if that cannot be done; readers may go to a replica.

        Raises:
            LibraryError: it cannot; the text says why.
        """
        connections = cls(address, replica)
        with connections.errors(), plain_connection(address):
            connections._pool.open()
        if connections._replica:
            connections._replica._pool.open()
        return connections

    def close(self) -> None:
        """Close them."""
        self._ending.shutdown()
        self._pool.close()
        if self._replica:
            self._replica.close()

    @contextmanager
    def reading(self) -> Iterator[Moment]:
        """Give a moment; inside another such block of this thread, the same one.

        Raises:
            LibraryError: the database cannot be read.
        """
        current: Moment | None = getattr(self._here, "moment", None)
        if current is not None:
            yield current
            return
        with self.errors():
            moment = Moment(self)
        self._here.moment = moment
        try:
            with self.errors():
                yield moment
        finally:
            self._here.moment = None
            moment.end()

    def written(self, write: Callable[["psycopg.Connection[Any]"], _Result]) -> _Result:
        """Return what a function returns that writes; what it writes is committed together, or nothing is. It is called again if the connection is lost.

        Raises:
            LibraryError: the database cannot be written.
        """
        with self.errors():
            try:
                return self._written_once(write)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                if not is_lost(error):
                    raise
                self._pool.check()
                return self._written_once(write)

    def begun(self) -> "tuple[Connections, psycopg.Connection[Any], Facts]":
        """Return a connection that has begun to read, whose it is, and the state that it sees."""
        if self._replica and (found := self._begun_in(self._replica)):
            return self._replica, *found
        return self, *self._begun()

    def _begun_in(self, replica: "Connections") -> tuple["psycopg.Connection[Any]", Facts] | None:
        """Return a connection to a replica that has begun to read, if the replica can be reached and is not too far behind."""
        if time.monotonic() < self._replica_from:
            return None
        try:
            connection, facts = replica._begun()
            ((is_fresh,),) = replica.results(connection, [(_IS_FRESH, {"written": self._written, "most_s": MAX_BEHIND_S})])[0]
        except psycopg.Error:
            self._replica_from = time.monotonic() + _REPLICA_AGAIN_S
            return None
        if is_fresh:
            return connection, facts
        replica.end(connection)
        return None

    def _begun(self) -> tuple["psycopg.Connection[Any]", Facts]:
        try:
            return self._begun_once()
        except psycopg.OperationalError as error:
            if not is_lost(error):
                raise
            self._pool.check()  # all that were open may be lost
            return self._begun_once()

    def end(self, connection: "psycopg.Connection[Any]") -> None:
        """Take a connection back, without waiting until its transaction has ended."""
        try:
            self._ending.submit(self._end, connection)
        except RuntimeError:  # closed meanwhile
            self._end(connection)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the errors of PostgreSQL into sentences."""
        try:
            yield
        except PoolTimeout as error:
            raise self._why_not(error) from error
        except psycopg.Error as error:
            raise explained(self.name, error) from error

    def results(self, connection: "psycopg.Connection[Any]", asked: Sequence[Asked]) -> list[list[Any]]:
        """Return all rows of each of several statements, sent together."""
        self.n_round_trips += 1
        with connection.pipeline() as pipeline:
            cursors = [Cursor(connection) for _ in asked]
            for cursor, (statement, parameters) in zip(cursors, asked, strict=True):
                cursor.execute(statement, parameters, binary=True)
            pipeline.sync()
            return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def _why_not(self, error: PoolTimeout) -> LibraryError:
        """Return why there was no connection, which the pool does not say."""
        try:
            plain_connection(self._address).close()
        except psycopg.Error as cause:
            return explained(self.name, cause)
        return explained(self.name, error)

    def _begun_once(self) -> tuple["psycopg.Connection[Any]", Facts]:
        connection = self._pool.getconn()
        try:
            _, (row,) = self.results(connection, [(_BEGIN_READING, {}), (_FACTS, {})])
        except BaseException:
            self._end(connection)
            raise
        return connection, Facts(*row)

    def _written_once(self, write: Callable[["psycopg.Connection[Any]"], _Result]) -> _Result:
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(_WRITES_MAY_TAKE, {"timeout_s": str(WRITE_TIMEOUT_S)})
            result = write(connection)
        if self._replica:
            with self._pool.connection() as connection:
                row = connection.execute(_WRITTEN).fetchone()
                self._written = str(row[0]) if row else self._written
        return result

    def _end(self, connection: "psycopg.Connection[Any]") -> None:
        with suppress(psycopg.Error):
            connection.rollback()
        with suppress(psycopg.Error):
            self._pool.putconn(connection)


def plain_connection(address: str) -> "psycopg.Connection[Any]":
    """Return a connection of its own, in which every statement is committed at once."""
    return psycopg.connect(address, autocommit=True, prepare_threshold=None)


@contextmanager
def connected(address: str) -> Iterator["psycopg.Connection[Any]"]:
    """Give such a connection; the errors of PostgreSQL become sentences."""
    try:
        with plain_connection(address) as connection:
            yield connection
    except psycopg.Error as error:
        raise explained(shown_place(address), error) from error


def _configure(connection: "psycopg.Connection[Any]") -> None:
    register_vector(connection)
    connection.execute(_SETTINGS, {"timeout_s": str(READ_TIMEOUT_S), "idle_s": str(_IDLE_S)})
