"""`Writer`: changes to a library, inside one transaction. What it does costs what it changes, however large the library is."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from qa.library.catalogue import searched_text
from qa.library.kept import METADATA, document_record, halved
from qa.library.records import DocumentRecord, EmbeddedDocument, FileRecord
from qa.library.sqlite.rows import put_document, put_passage
from qa.library.sqlite.schema import note_change
from qa.library.sqlite.words import add_words, merge_words, remove_words


class Writer:
    """Changes to a library, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[int] = set()
        self._added: set[int] = set()
        self._gone: dict[int, str] = {}

    def add_document(self, embedded: EmbeddedDocument, *, indexed_at: str) -> None:
        """Add a document with its passages and what was embedded of each; one that another program has added meanwhile stays as it is."""
        document, passages, embeddings = embedded.document, embedded.passages, embedded.embeddings
        if self._connection.execute("SELECT 1 FROM documents WHERE document_id = ?", (document.document_id,)).fetchone():
            return
        first = self._next_passage()
        number = put_document(self._connection, document, indexed_at=indexed_at, first_passage=first, n_passages=len(passages))
        self._added.add(number)
        ids = range(first, first + len(passages))
        for passage_id, passage, embedding in zip(ids, passages, embeddings, strict=True):
            put_passage(self._connection, number, document, passage_id, passage, embedding.digest)
            self._connection.execute("INSERT INTO vectors VALUES (?, ?)", (passage_id, halved(embedding.vector)))
            self._connection.execute("INSERT INTO token_vectors VALUES (?, ?)", (passage_id, embedding.packed_tokens))
        add_words(self._connection, zip(ids, passages, strict=True))

    def put_file(self, file: FileRecord) -> None:
        """Record that a path holds a document, in place of what it held before."""
        row = self._connection.execute("SELECT number FROM documents WHERE document_id = ?", (file.document_id,)).fetchone()
        if row is None:  # another program has removed it since we looked; the file is read again next time
            return
        (number,) = row
        self._touch([file.path])
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file.path, number, file.size_bytes, file.modified_ns)
        )
        self._touched.add(number)

    def remove_files(self, paths: Iterable[str]) -> None:
        """Forget paths."""
        gone = list(paths)
        self._touch(gone)
        self._connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in gone])

    def finish(self) -> list[DocumentRecord]:
        """Remove every document that no path holds any more, give the library's new state a token, and return what was removed."""
        orphans = self._connection.execute(
            "SELECT number, first_passage, n_passages, document_id, metadata, indexed_at, doubts FROM documents "
            "WHERE number IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM files WHERE document = number) ORDER BY title, document_id",
            (json.dumps(sorted(self._touched)),),
        ).fetchall()
        for number, first, n_passages, *_record in orphans:
            remove_words(self._connection, range(first, first + n_passages))
            self._connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        self._name_anew(self._touched - self._added - {row[0] for row in orphans})
        note_change(
            self._connection, [(first, first + n_passages) for _number, first, n_passages, *_record in orphans if n_passages]
        )
        return [
            document_record((document_id, metadata, indexed_at, n_passages, doubts, self._gone[number]))
            for number, _first, n_passages, document_id, metadata, indexed_at, doubts in orphans
        ]

    def merge_words(self) -> None:
        """Merge some of what batches wrote apart in the word index."""
        merge_words(self._connection)

    def note(self, key: str, value: Mapping[str, object]) -> None:
        """Note something about the library, in place of what was noted under that key."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))

    def _next_passage(self) -> int:
        (last,) = self._connection.execute(
            "SELECT MAX((SELECT COALESCE(MAX(passage_id), 0) FROM passages), COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'passages'), 0))"
        ).fetchone()
        return int(last) + 1

    def _touch(self, paths: Sequence[str]) -> None:
        """Remember the documents of paths that are about to change."""
        rows = self._connection.execute(
            "SELECT document, MIN(path) FROM files WHERE path IN (SELECT value FROM json_each(?)) GROUP BY document",
            (json.dumps(paths),),
        )
        self._gone |= dict(rows)
        self._touched |= self._gone.keys()

    def _name_anew(self, numbers: Iterable[int]) -> None:
        """Let documents be found by the name of the file that they are shown under now."""
        for number in numbers:
            metadata, source = self._connection.execute(
                "SELECT metadata, (SELECT MIN(path) FROM files WHERE document = number) FROM documents WHERE number = ?",
                (number,),
            ).fetchone()
            searched = searched_text(METADATA.validate_json(metadata), source)
            self._connection.execute(
                "UPDATE documents SET searched = ?1 WHERE number = ?2 AND searched <> ?1", (searched, number)
            )
