"""What is done to the indexes of a library when it has grown, by a user who owns its tables.

1. The index of vectors (HNSW; Malkov and Yashunin, 2016) is made when there are many, and measured. It is made beside everything else (`CONCURRENTLY`) by
   whoever comes first; an attempt that was interrupted is cleared away by the next. Passages that come later go into it one by one. 16 links are pgvector's
   own choice; 100 candidates while it is made found more than 64.
2. The index of words puts new passages into a list first, through which every question reads. It is kept short (see `schema.py`) and emptied here: with a
   list of 466 pages a question's words took 168 ms among 20,000 passages, without it 19 ms.
"""

import json
import threading
from typing import Any

import numpy as np
from pgvector.psycopg import register_vector
from psycopg import Connection, errors

from qa.exceptions import LibraryError
from qa.library.postgresql.connections import connected

INDEXED_FROM = 100_000
"""Passages; fewer are compared one by one, in some 20 ms."""
N_MEASURED = 100
"""Stored vectors that stand for questions when it is measured how much the index finds."""
N_NEIGHBOURS = 80
NOTE = "vector_index"

_TRY_LOCK = "SELECT pg_try_advisory_lock(1114795888, hashtext(current_schema()))"
_UNLOCK = "SELECT pg_advisory_unlock(1114795888, hashtext(current_schema()))"
_N_PASSAGES = "SELECT n_passages FROM state"
_IS_THERE = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(format('%I.embeddings_by_vector', current_schema()))"
_SETTINGS = """
SELECT set_config('maintenance_work_mem', greatest(
        pg_size_bytes(current_setting('maintenance_work_mem')), least(n_passages * %(a_passage)s, %(most)s)) / 1024 || 'kB', false),
    set_config('statement_timeout', '0', false), set_config('max_parallel_maintenance_workers', %(n_workers)s, false)
FROM state
"""
_MAY_CHANGE = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('embeddings')"
_TIDY_WORDS = "SELECT gin_clean_pending_list('passage_words_by_term')"
_CLEAR = "DROP INDEX CONCURRENTLY IF EXISTS embeddings_by_vector"
_MAKE = "CREATE INDEX CONCURRENTLY embeddings_by_vector ON embeddings USING hnsw (vector halfvec_ip_ops) WITH (m = 16, ef_construction = 100)"
_ANALYZE = "ANALYZE documents, document_values, passages, embeddings, passage_words, vocabulary, files, register"
_SEARCH_SETTINGS = "SELECT set_config('hnsw.iterative_scan', 'strict_order', false), set_config('hnsw.ef_search', '200', false), set_config('enable_seqscan', 'off', false)"
_SAMPLE = "SELECT vector FROM embeddings WHERE passage_id = ANY(%(ids)s::bigint[])"
_LAST_ID = "SELECT max(passage_id) FROM embeddings"
_BY_INDEX = "SELECT passage_id FROM embeddings ORDER BY vector <#> %(query)s LIMIT %(n)s"
_ONE_BY_ONE = "SELECT passage_id FROM embeddings ORDER BY (vector <#> %(query)s) + 0, passage_id LIMIT %(n)s"
_KEEP_NOTE = "INSERT INTO notes VALUES (%(key)s, %(value)s) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

BYTES_A_PASSAGE = 2048
"""Memory that a passage takes while the index is made, about; what does not fit is added to it one by one, which takes many times longer."""
MAX_BYTES = 8 << 30
"""As much is asked for at most, unless the server's own `maintenance_work_mem` is larger. Several processes share it, in `/dev/shm`; where that is too small, one does it."""
N_WORKERS = 2


class Settling:
    """Settles the library at an address, once at a time in this program."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()

    def now(self) -> None:
        """Settle it.

        Raises:
            LibraryError: it cannot be done now; questions find the same without it.
        """
        with self._lock:
            self._settle()

    def soon(self) -> None:
        """Settle it in a thread of its own, unless that is going on."""
        if self._lock.acquire(blocking=False):
            threading.Thread(target=self._settle_and_release, name="settling", daemon=True).start()

    def _settle(self) -> None:
        with connected(self._address) as connection:
            settle(connection)

    def _settle_and_release(self) -> None:
        try:
            self._settle()
        except LibraryError:  # the database went away, or there is no room: questions find the same without it
            pass
        finally:
            self._lock.release()


def settle(connection: Connection[Any]) -> None:
    """Put new words where they are found quickly, and make the index of vectors if it is time; a user who does not own the tables leaves it to who does."""
    if _is(connection, _MAY_CHANGE):
        connection.execute(_TIDY_WORDS)
        make_if_due(connection)


def make_if_due(connection: Connection[Any]) -> bool:
    """Make the index of vectors if there are many passages and it is not there, and tell whether it was made; every statement is committed at once."""
    row = connection.execute(_N_PASSAGES).fetchone()
    if row is None or row[0] < INDEXED_FROM or _is(connection, _IS_THERE):
        return False
    locked = connection.execute(_TRY_LOCK).fetchone()
    if not (locked and locked[0]):  # another program makes it
        return False
    try:
        if _is(connection, _IS_THERE):
            return False
        try:
            _make(connection, n_workers=N_WORKERS)
        except errors.DiskFull:  # it may be that of shared memory: a container has 64 MB
            _make(connection, n_workers=0)
        connection.execute(_ANALYZE)
        note = json.dumps({"recall": measured_recall(connection)})
        connection.execute(_KEEP_NOTE, {"key": NOTE, "value": note})
    finally:
        connection.execute(_UNLOCK)
    return True


def _make(connection: Connection[Any], *, n_workers: int) -> None:
    """Make the index of vectors, with so many processes that help, which share memory."""
    connection.execute(_SETTINGS, {"a_passage": BYTES_A_PASSAGE, "most": MAX_BYTES, "n_workers": str(n_workers)})
    connection.execute(_CLEAR)
    connection.execute(_MAKE)


def measured_recall(connection: Connection[Any]) -> float:
    """Return the share of the passages nearest to stored vectors that the index finds."""
    register_vector(connection)
    connection.execute(_SEARCH_SETTINGS)
    row = connection.execute(_LAST_ID).fetchone()
    ids = np.linspace(1, row[0] if row else 1, N_MEASURED).astype(int).tolist()
    shares = []
    for (query,) in connection.execute(_SAMPLE, {"ids": ids}, binary=True).fetchall():
        asked = {"query": query, "n": N_NEIGHBOURS}
        found, expected = (set(connection.execute(one, asked).fetchall()) for one in (_BY_INDEX, _ONE_BY_ONE))
        shares.append(len(found & expected) / len(expected))
    return float(np.mean(shares)) if shares else 1.0


def _is(connection: Connection[Any], statement: str) -> bool:
    row = connection.execute(statement).fetchone()
    return bool(row and row[0])
