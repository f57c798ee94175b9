"""`Reader`: what is read of documents, files and passages."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from embeddings import BoolArray, Float32Array, Int64Array, ModelIdentity
from qa.document import Document
from qa.exceptions import NotInLibraryError
from qa.library.filters import Filters
from qa.library.kept import document_of, document_record, passage_record, vector_of
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding
from qa.library.register import Called, Entry, Found
from qa.library.sqlite.connections import Connections
from qa.library.sqlite.filtering import matching
from qa.library.sqlite.rows import PASSAGE, RECORD

_JUST_AFTER_SLASH = "0"
"""Paths below a folder lie between it with a slash and it with this."""


class Reader:
    """Reads a library file."""

    def __init__(self, connections: Connections) -> None:
        self._all = connections.all
        self._one = connections.one
        self._once = connections.once
        self._counted: tuple[str, tuple[int, int]] | None = None

    def identity(self) -> ModelIdentity:
        """Return the model that made the vectors."""
        return ModelIdentity(**json.loads(self._one("SELECT value FROM meta WHERE key = 'model'")[0]))

    def noted(self, key: str) -> dict[str, Any]:
        """Return what was noted under a key, or nothing."""
        row = self._one("SELECT value FROM meta WHERE key = ?", key)
        return dict(json.loads(row[0])) if row else {}

    def state(self) -> tuple[int, str]:
        """Return the number and the token of the state that the library is in."""
        number, token = self._once("SELECT number, token FROM changes ORDER BY number DESC LIMIT 1")
        return number, token

    def states_among(self, tokens: Iterable[str]) -> list[tuple[int, str, int]]:
        """Return those of these tokens that belong to states of this library, the newest first, with their numbers and the highest ids of their passages."""
        return self._all(
            "SELECT number, token, last_passage FROM changes WHERE token IN (SELECT value FROM json_each(?)) ORDER BY number DESC",
            json.dumps(list(tokens)),
        )

    def changes_since(self, token: str) -> tuple[int, list[tuple[int, int]]] | None:
        """Return the highest id of a passage in an earlier state, and the passages removed since, or None if the library never was in that state.

        Passages are given as the first and the one after the last.
        """
        rows = self._all(
            "SELECT last_passage, removed FROM changes WHERE number >= (SELECT number FROM changes WHERE token = ?) ORDER BY number",
            token,
        )
        if not rows:
            return None
        return rows[0][0], [(first, end) for _last, removed in rows[1:] for first, end in json.loads(removed)]

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages; counted once in each state of the library, as every question asks for them."""
        _number, token = self.state()
        counted = self._counted
        if counted is None or counted[0] != token:
            n_documents, n_passages = self._one("SELECT COUNT(*), COALESCE(SUM(n_passages), 0) FROM documents")
            self._counted = counted = token, (n_documents, n_passages)
        return counted[1]

    def files(self, below: Sequence[str] | None = None) -> list[FileRecord]:
        """Return the indexed files, by path: all, or those that are one of these paths or lie below one."""
        columns = "SELECT f.path, document_id, size_bytes, modified_ns FROM files f JOIN documents ON number = document "
        if below is None:
            return [FileRecord(*row) for row in self._all(columns + "ORDER BY f.path")]
        rows = self._all(
            columns + "WHERE f.path IN (SELECT files.path FROM json_each(?1) JOIN files ON files.path = value UNION "
            "SELECT files.path FROM json_each(?1) JOIN files ON files.path > rtrim(value, '/') || '/' AND files.path < rtrim(value, '/') || ?2) "
            "ORDER BY f.path",
            json.dumps(list(below)),
            _JUST_AFTER_SLASH,
        )
        return [FileRecord(*row) for row in rows]

    def files_of(self, document_id: str) -> list[FileRecord]:
        """Return the files that hold a document, by path."""
        rows = self._all(
            "SELECT path, document_id, size_bytes, modified_ns FROM documents JOIN files ON document = number WHERE document_id = ? ORDER BY path",
            document_id,
        )
        return [FileRecord(*row) for row in rows]

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        return [document_record(row) for row in self._all(f"SELECT {RECORD} FROM documents d ORDER BY title, document_id")]

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they came."""
        return [document_id for (document_id,) in self._all("SELECT document_id FROM documents ORDER BY number")]

    def records(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return the records of those of these documents that there are."""
        rows = self._all(
            f"SELECT {RECORD} FROM documents d WHERE document_id IN (SELECT value FROM json_each(?))",
            json.dumps(list(document_ids)),
        )
        return {row[0]: document_record(row) for row in rows}

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        row = self._one(
            "SELECT (SELECT MIN(path) FROM files f WHERE f.document = number), metadata, text, page_starts, footnotes, printed_spans, structure, doubts "
            "FROM documents JOIN texts ON document = number WHERE document_id = ?",
            document_id,
        )
        if row is None:
            raise NotInLibraryError("no_such_document", document_id=document_id)
        return document_of(document_id, row[0], row[1:])

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        return self._one("SELECT 1 FROM documents WHERE document_id = ?", document_id) is not None

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""
        rows = self._all(
            f"SELECT {PASSAGE} FROM json_each(?) JOIN passages p ON passage_id = value JOIN documents d ON d.number = p.document",
            json.dumps(list(passage_ids)),
        )
        found = {row[0]: row for row in rows}
        return [passage_record(found[passage_id]) for passage_id in passage_ids if passage_id in found]

    def passages_with_tokens(self, passage_ids: Sequence[int]) -> dict[int, tuple[PassageRecord, bytes]]:
        """Return those of these passages that there are, with their packed token vectors, by id."""
        rows = self._all(
            f"SELECT packed, {PASSAGE} FROM json_each(?) JOIN passages p ON passage_id = value JOIN documents d ON d.number = p.document "
            "JOIN token_vectors t USING (passage_id)",
            json.dumps(list(passage_ids)),
        )
        return {row[1]: (passage_record(row[1:]), row[0]) for row in rows}

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document, in order of start."""
        rows = self._all(
            f"SELECT {PASSAGE} FROM documents d JOIN passages p ON p.document = d.number WHERE document_id = ? ORDER BY start, passage_id",
            document_id,
        )
        return [passage_record(row) for row in rows]

    def ranges(self, filters: Filters) -> Int64Array:
        """Return the passages of the documents that fit, as the first and the one after the last of each document, `(n_documents, 2)` int64."""
        where, parameters = matching(filters)
        rows = self._all(f"SELECT first_passage, first_passage + n_passages FROM documents d WHERE {where}", *parameters)
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def vectors(self, after: int = 0, n_most: int = -1) -> tuple[Int64Array, Float32Array]:
        """Return the ids above `after`, `(n,)` int64 in rising order, at most so many, and their vectors, `(n, dim)` float32."""
        rows = self._all("SELECT passage_id, vector FROM vectors WHERE passage_id > ? ORDER BY passage_id LIMIT ?", after, n_most)
        return _with_ids(rows)

    def some_vectors(self, last: int, n: int) -> tuple[Int64Array, Float32Array]:
        """Return the ids of some passages up to `last`, from all over the library, and their vectors."""
        rows = [
            row
            for place in range(n)
            if (
                row := self._one(
                    "SELECT passage_id, vector FROM vectors WHERE passage_id >= ? AND passage_id <= ? LIMIT 1",
                    place * last // n,
                    last,
                )
            )
        ]
        return _with_ids(rows)

    def questions_among(self, passage_ids: Sequence[int]) -> list[int]:
        """Return those of these passages that are questions."""
        rows = self._all(
            "SELECT passage_id FROM json_each(?) JOIN passages ON passage_id = value WHERE role = 'question'",
            json.dumps(list(passage_ids)),
        )
        return [passage_id for (passage_id,) in rows]

    def last_passage(self, *, at_least: int = 0) -> int:
        """Return the highest id of a passage, or `at_least`."""
        (last,) = self._one("SELECT COALESCE(MAX(passage_id), 0) FROM vectors")
        return max(at_least, int(last))

    def vectors_of(self, passage_ids: Sequence[int]) -> tuple[Int64Array, Float32Array]:
        """Return those of these ids that there are, in rising order, and their vectors."""
        rows = self._all(
            "SELECT passage_id, vector FROM json_each(?) JOIN vectors ON passage_id = value ORDER BY passage_id",
            json.dumps(list(passage_ids)),
        )
        return _with_ids(rows)

    def embeddings_by_digest(self, digests: Iterable[bytes]) -> dict[bytes, StoredEmbedding]:
        """Return what is stored for texts that the library has embedded already, by the digest of the text."""
        rows = self._all(
            "SELECT digest, vector, packed FROM json_each(?) JOIN passages ON digest = from_hex(value) JOIN vectors USING (passage_id) "
            "JOIN token_vectors USING (passage_id) GROUP BY digest",
            json.dumps([digest.hex() for digest in set(digests)]),
        )
        return {digest: StoredEmbedding(digest, vector_of(vector), packed) for digest, vector, packed in rows}

    def called(self, keys: Iterable[str], kinds: Iterable[Called]) -> list[Found]:
        """Return everything that goes by one of these names."""
        rows = self._all(
            "SELECT key, kind, name, affiliation, document_id, date FROM register JOIN documents ON number = document "
            "WHERE key IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?)) "
            "ORDER BY COALESCE(date, '') DESC, document_id",
            json.dumps(list(keys)),
            json.dumps(list(kinds)),
        )
        return [
            Found(Entry(key, Called(kind), name, affiliation), document_id, date)
            for key, kind, name, affiliation, document_id, date in rows
        ]


def _with_ids(rows: Sequence[tuple[int, bytes]]) -> tuple[Int64Array, Float32Array]:
    vectors = vector_of(b"".join(vector for _id, vector in rows))
    return np.array([passage_id for passage_id, _vector in rows], dtype=np.int64), vectors.reshape(len(rows), -1 if rows else 0)


def mask_of(ranges: Int64Array, size: int) -> BoolArray:
    """Return `(size,)` bool, whether each number lies in one of the ranges, `(n, 2)` int64, the first and the one after the last."""
    steps = np.zeros(size + 1, dtype=np.int32)
    np.add.at(steps, np.minimum(ranges[:, 0], size), 1)
    np.subtract.at(steps, np.minimum(ranges[:, 1], size), 1)
    return np.cumsum(steps[:size]) > 0
