"""`Database`: the one SQLite file that holds a library. This module, `writer.py` and `word_index.py` know SQLite.

1. Everything is written in transactions, in WAL mode: after a crash the file opens with all that was committed.
2. Every writing transaction raises `revision`, so that what is derived from the file (the vector index) can tell whether it is current.
3. Offsets are characters, in SQLite's `substr` as in Python; a passage's text is not stored twice.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from embeddings import Float32Array, Int64Array, ModelIdentity
from qa.document import Document, Doubt, Footnote, Metadata, PrintedSpan, Speaker
from qa.exceptions import LibraryError, NotInLibraryError
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding
from qa.library.word_index import WORD_TABLES, WordIndex, merge_words
from qa.library.writer import Writer
from qa.passage import Passage, Role
from qa.structure import Structure

SCHEMA_VERSION = 5
MADE_WITH = "bronvraag", "sentence-transformers", "torch", "faiss-cpu", "snowballstemmer"
BUSY_TIMEOUT_S = 30
_APPLICATION_ID = 0x42726F6E  # "Bron"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, official_id TEXT, date TEXT,
    metadata TEXT NOT NULL, text TEXT NOT NULL, page_starts TEXT NOT NULL, footnotes TEXT NOT NULL, printed_spans TEXT NOT NULL,
    structure TEXT NOT NULL, doubts TEXT NOT NULL, indexed_at TEXT NOT NULL
) STRICT;
CREATE TABLE files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents, size_bytes INTEGER NOT NULL, modified_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX files_by_document ON files (document_id);
CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    role TEXT NOT NULL, numbers TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, context TEXT NOT NULL,
    speaker TEXT,
    digest BLOB NOT NULL, vector BLOB NOT NULL
) STRICT;
CREATE TABLE token_vectors (passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, packed BLOB NOT NULL) STRICT;
CREATE INDEX passages_by_document ON passages (document_id);
CREATE INDEX passages_by_digest ON passages (digest);
"""


_METADATA = TypeAdapter(Metadata)
_FOOTNOTES = TypeAdapter(tuple[Footnote, ...])
_DOUBTS = TypeAdapter(tuple[Doubt, ...])
_SPEAKER = TypeAdapter(Speaker)
_PRINTED_SPANS = TypeAdapter(tuple[PrintedSpan, ...])


class Database:
    """An open library file; safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()

    @classmethod
    def create(cls, path: Path, identity: ModelIdentity) -> "Database":
        """Make a new, empty file at `path` for vectors of one model, and open it.

        Raises:
            LibraryError: it cannot be written.
        """
        database = cls(_connect(path), path)
        with database._errors(), database._connection as connection:
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};{_SCHEMA}{WORD_TABLES}"
            )
            connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [("model", json.dumps(asdict(identity))), ("versions", json.dumps(_versions())), ("revision", "0")],
            )
        return database

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open the file at `path`.

        Raises:
            LibraryError: it is not there, damaged, or of another version of the program.
        """
        if not path.is_file():
            raise LibraryError("no_library", folder=path.parent)
        database = cls(_connect(path), path)
        with database._errors():
            (application_id,) = database._connection.execute("PRAGMA application_id").fetchone()
            (version,) = database._connection.execute("PRAGMA user_version").fetchone()
        if application_id != _APPLICATION_ID or version != SCHEMA_VERSION:
            database.close()
            raise LibraryError("library_other_version", folder=path.parent, layout=version, read=SCHEMA_VERSION)
        return database

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @property
    def revision(self) -> int:
        """A number that every change to the library raises."""
        return int(self._one("SELECT value FROM meta WHERE key = 'revision'")[0])

    @property
    def identity(self) -> ModelIdentity:
        """The model that made the vectors."""
        return ModelIdentity(**json.loads(self._one("SELECT value FROM meta WHERE key = 'model'")[0]))

    @property
    def versions(self) -> dict[str, str]:
        """The versions of the packages that made the file, by name."""
        return dict(json.loads(self._one("SELECT value FROM meta WHERE key = 'versions'")[0]))

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        n_documents, n_passages = self._one("SELECT (SELECT COUNT(*) FROM documents), (SELECT COUNT(*) FROM passages)")
        return n_documents, n_passages

    def files(self) -> list[FileRecord]:
        """Return every indexed file, by path."""
        return [
            FileRecord(*row) for row in self._all("SELECT path, document_id, size_bytes, modified_ns FROM files ORDER BY path")
        ]

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        rows = self._all(
            "SELECT document_id, metadata, doubts, indexed_at, (SELECT MIN(path) FROM files f WHERE f.document_id = d.document_id), "
            "(SELECT COUNT(*) FROM passages p WHERE p.document_id = d.document_id) FROM documents d ORDER BY title, document_id"
        )
        return [
            DocumentRecord(
                document_id, _METADATA.validate_json(metadata), source, indexed_at, n_passages, _DOUBTS.validate_json(doubts)
            )
            for document_id, metadata, doubts, indexed_at, source, n_passages in rows
        ]

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        row = self._one(
            "SELECT metadata, text, page_starts, footnotes, printed_spans, structure, doubts, "
            "(SELECT MIN(path) FROM files f WHERE f.document_id = d.document_id) FROM documents d WHERE document_id = ?",
            document_id,
        )
        if row is None:
            raise NotInLibraryError("no_such_document", document_id=document_id)
        metadata, text, page_starts, footnotes, printed_spans, structure, doubts, source = row
        return Document(
            document_id=document_id,
            source=source,
            text=text,
            metadata=_METADATA.validate_json(metadata),
            page_starts=tuple(json.loads(page_starts)),
            footnotes=_FOOTNOTES.validate_json(footnotes),
            printed_spans=_PRINTED_SPANS.validate_json(printed_spans),
            structure=Structure.from_json(structure),
            doubts=_DOUBTS.validate_json(doubts),
        )

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        return self._one("SELECT 1 FROM documents WHERE document_id = ?", document_id) is not None

    def passages(self, *, passage_ids: Sequence[int] = (), document_id: str | None = None) -> list[PassageRecord]:
        """Return the passages with these ids, in the order of the ids, or those of a document, in order of start."""
        rows = self._all(
            "SELECT passage_id, document_id, role, numbers, start, end, substr(text, start + 1, end - start), context, speaker "
            "FROM passages JOIN documents USING (document_id) "
            "WHERE document_id = ?1 OR passage_id IN (SELECT value FROM json_each(?2)) ORDER BY start, passage_id",
            document_id,
            json.dumps(list(passage_ids)),
        )
        records = [_passage_record(row) for row in rows]
        if document_id is not None:
            return records
        found = {record.passage_id: record for record in records}
        return [found[passage_id] for passage_id in passage_ids if passage_id in found]

    def passage_ids(self) -> set[int]:
        """Return the ids of all passages."""
        return {passage_id for (passage_id,) in self._all("SELECT passage_id FROM passages")}

    def passage_ids_of(self, document_ids: Iterable[str]) -> frozenset[int]:
        """Return the ids of the passages of these documents."""
        rows = self._all(
            "SELECT passage_id FROM passages WHERE document_id IN (SELECT value FROM json_each(?))",
            json.dumps(list(document_ids)),
        )
        return frozenset(passage_id for (passage_id,) in rows)

    def vectors(self, passage_ids: Iterable[int]) -> tuple[Int64Array, Float32Array]:
        """Return the ids that exist, `(n,)` int64 in rising order, and their vectors, `(n, dim)` float32."""
        rows = self._all(
            "SELECT passage_id, vector FROM passages WHERE passage_id IN (SELECT value FROM json_each(?)) ORDER BY passage_id",
            json.dumps(sorted(passage_ids)),
        )
        vectors = np.frombuffer(b"".join(vector for _id, vector in rows), dtype="<f4").reshape(
            len(rows), -1 if rows else self.identity.dim
        )
        return np.array([passage_id for passage_id, _vector in rows], dtype=np.int64), vectors

    def packed_tokens(self, passage_ids: Sequence[int]) -> dict[int, bytes]:
        """Return the packed token vectors of those passages that exist."""
        return dict(
            self._all(
                "SELECT passage_id, packed FROM token_vectors WHERE passage_id IN (SELECT value FROM json_each(?))",
                json.dumps(list(passage_ids)),
            )
        )

    def embeddings_by_digest(self, digests: Iterable[bytes]) -> dict[bytes, StoredEmbedding]:
        """Return what is stored for texts that the library has embedded already, by the digest of the text."""
        found = {}
        for digest in set(digests):
            row = self._one(
                "SELECT vector, packed FROM passages JOIN token_vectors USING (passage_id) WHERE digest = ? LIMIT 1", digest
            )
            if row:
                found[digest] = StoredEmbedding(digest, np.frombuffer(row[0], dtype="<f4"), row[1])
        return found

    @property
    def words(self) -> WordIndex:
        """Which passages hold which terms."""
        return WordIndex(self._all)

    def merge_words(self) -> None:
        """Make word searches quick again after many batches; nothing changes in what they find."""
        with self._lock, self._errors():
            merge_words(self._connection)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Give a `Writer`; all that it writes is committed together when the block ends, or not at all."""
        with self._lock, self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self._connection)
                self._connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def _one(self, query: str, *parameters: Any) -> Any:
        with self._lock, self._errors():
            return self._connection.execute(query, parameters).fetchone()

    def _all(self, query: str, *parameters: Any) -> list[Any]:
        with self._lock, self._errors():
            return self._connection.execute(query, parameters).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _explained(self._path, error) from error


def _versions() -> dict[str, str]:
    versions = {}
    for name in MADE_WITH:
        with suppress(PackageNotFoundError):  # run from a folder that was not installed
            versions[name] = version(name)
    return versions


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise _explained(path, error) from error
    return connection


def _explained(path: Path, error: sqlite3.Error) -> LibraryError:
    if "locked" in str(error) or "busy" in str(error):
        return LibraryError("library_busy", folder=path.parent)
    if "full" in str(error):
        return LibraryError("library_disk_full", folder=path.parent)
    if isinstance(error, sqlite3.OperationalError):
        return LibraryError("library_unusable", folder=path.parent, reason=error)
    return LibraryError("library_damaged", folder=path.parent, reason=error)


def _passage_record(row: Any) -> PassageRecord:
    passage_id, document_id, role, numbers, start, end, text, context, speaker = row
    passage = Passage(
        role=Role(role),
        numbers=tuple(json.loads(numbers)),
        start=start,
        end=end,
        text=text,
        speaker=_SPEAKER.validate_json(speaker) if speaker else None,
        context=context,
    )
    return PassageRecord(passage_id, document_id, passage)
