"""`Writer`: changes to a library, inside one transaction that `Database.writing` begins and ends."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from qa.document import Document
from qa.library.records import FileRecord, StoredEmbedding
from qa.library.word_index import add_words, remove_words
from qa.passage import Passage


class Writer:
    """Changes to a library, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_document(
        self, document: Document, passages: Sequence[Passage], embeddings: Sequence[StoredEmbedding], *, indexed_at: str
    ) -> None:
        """Add a document with its passages and what was embedded of each."""
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.document_id,
                document.metadata.title,
                document.metadata.kind,
                document.metadata.official_id,
                document.metadata.date,
                json.dumps(asdict(document.metadata)),
                document.text,
                json.dumps(document.page_starts),
                json.dumps([asdict(footnote) for footnote in document.footnotes]),
                json.dumps([asdict(span) for span in document.printed_spans]),
                document.structure.to_json(),
                json.dumps([asdict(doubt) for doubt in document.doubts]),
                indexed_at,
            ),
        )
        ids = [
            self._add_passage(document.document_id, passage, embedding)
            for passage, embedding in zip(passages, embeddings, strict=True)
        ]
        add_words(self._connection, zip(ids, passages, strict=True))

    def _add_passage(self, document_id: str, passage: Passage, embedding: StoredEmbedding) -> int:
        cursor = self._connection.execute(
            "INSERT INTO passages (document_id, role, numbers, start, end, context, speaker, digest, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document_id,
                passage.role,
                json.dumps(passage.numbers),
                passage.start,
                passage.end,
                passage.context,
                json.dumps(asdict(passage.speaker)) if passage.speaker else None,
                embedding.digest,
                embedding.vector.astype("<f4").tobytes(),
            ),
        )
        passage_id = int(cursor.lastrowid or 0)  # never 0: a row was inserted
        self._connection.execute("INSERT INTO token_vectors VALUES (?, ?)", (passage_id, embedding.packed_tokens))
        return passage_id

    def put_file(self, file: FileRecord) -> None:
        """Record that a path holds a document, in place of what it held before."""
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file.path, file.document_id, file.size_bytes, file.modified_ns)
        )

    def remove_files(self, paths: Iterable[str]) -> None:
        """Forget paths."""
        self._connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def remove_orphans(self) -> None:
        """Remove every document, with its passages, that no path holds any more."""
        orphans = self._connection.execute(
            "SELECT passage_id FROM passages WHERE document_id NOT IN (SELECT document_id FROM files)"
        )
        remove_words(self._connection, [passage_id for (passage_id,) in orphans])
        self._connection.execute("DELETE FROM documents WHERE document_id NOT IN (SELECT document_id FROM files)")
