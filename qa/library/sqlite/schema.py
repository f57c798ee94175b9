"""The tables of a library file, and how a file of an older layout becomes one of this: by numbered steps, each in the same transaction, embeddings kept.

- `changes`: one row for every transaction that changed the library, under a random token. What is derived from the file carries the token of the state that
  it belongs to, and is believed only if that state is one of this file's: after a power cut the last transactions may be gone, and others come instead.
- `documents` holds what lists and filters read, `texts` what one document needs; passages of a document have consecutive ids.
- `document_values`: what documents are filtered by, `register`: what documents and people are called, `searched` in `documents`: what a list is searched in.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from embeddings import ModelIdentity, TokenVectors, pack_tokens, unit_rows
from qa.document import Document
from qa.library.kept import document_of, halved, made_with, speaker_of
from qa.library.sqlite.rows import put_document, put_passage
from qa.library.sqlite.words import WORD_TABLES
from qa.passage import Passage, Role

APPLICATION_ID = 0x42726F6E  # "Bron"
LAYOUT = 6
OLDEST_LAYOUT = 2

TABLES = """
CREATE TABLE changes (number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, last_passage INTEGER NOT NULL, removed TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, folded_title TEXT NOT NULL, date TEXT,
    indexed_at TEXT NOT NULL, first_passage INTEGER NOT NULL, n_passages INTEGER NOT NULL, metadata TEXT NOT NULL, doubts TEXT NOT NULL, searched TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_title ON documents (folded_title);
CREATE INDEX documents_by_date ON documents (date, folded_title);
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, text TEXT NOT NULL, page_starts TEXT NOT NULL, footnotes TEXT NOT NULL,
    printed_spans TEXT NOT NULL, structure TEXT NOT NULL
) STRICT;
CREATE TABLE files (
    path TEXT PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, size_bytes INTEGER NOT NULL, modified_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX files_by_document ON files (document, path);
CREATE TABLE document_values (
    dimension TEXT NOT NULL, value TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, PRIMARY KEY (dimension, value, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_values_by_document ON document_values (document);
CREATE TABLE register (
    key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, affiliation TEXT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) STRICT;
CREATE INDEX register_by_key ON register (key, kind);
CREATE INDEX register_by_document ON register (document);
CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, role TEXT NOT NULL,
    numbers TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, pages TEXT NOT NULL, in_table INTEGER NOT NULL, speaker TEXT, digest BLOB NOT NULL, text TEXT NOT NULL,
    context TEXT NOT NULL
) STRICT;
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX passages_by_digest ON passages (digest);
CREATE TABLE vectors (passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL) STRICT;
"""
_SHARED_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE token_vectors (passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, packed BLOB NOT NULL) STRICT;
"""


def make_tables(connection: sqlite3.Connection, identity: ModelIdentity) -> None:
    """Write the tables of a new, empty library."""
    connection.executescript(
        f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};{_SHARED_TABLES}{TABLES}{WORD_TABLES}COMMIT"
    )
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("model", json.dumps(asdict(identity))), ("versions", json.dumps(made_with()))]
    )
    note_change(connection, [])
    connection.execute("PRAGMA journal_mode = WAL")


def upgrade(connection: sqlite3.Connection, layout: int) -> None:
    """Bring a file of an older layout up to date, inside the caller's transaction; nothing is embedded again."""
    for step in range(layout, LAYOUT):
        _STEPS[step](connection)
    connection.execute(f"PRAGMA user_version = {LAYOUT}")


def _keep_structure(connection: sqlite3.Connection) -> None:
    """From 2 to 3: documents keep their structure; the old ones have none until they are read again."""
    connection.execute('ALTER TABLE documents ADD COLUMN structure TEXT NOT NULL DEFAULT \'{"blocks": [], "tables": []}\'')


def _keep_doubts_and_speakers(connection: sqlite3.Connection) -> None:
    """From 3 to 4: documents keep what is doubtful about them, and passages who says them; the old ones have neither until they are read again."""
    connection.execute("ALTER TABLE documents ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]'")
    connection.execute("ALTER TABLE passages ADD COLUMN speaker TEXT")


def _pack_tokens_anew(connection: sqlite3.Connection) -> None:
    """From 4 to 5: token vectors take 4 bits a component instead of 8, and no space of the library's own; those that were moved to one cannot be moved back."""
    if connection.execute("SELECT 1 FROM token_space").fetchone():
        raise sqlite3.DatabaseError("its token vectors are of a form that is not read any more")
    rows = connection.execute("SELECT passage_id, packed FROM token_vectors").fetchall()
    connection.executemany(
        "UPDATE token_vectors SET packed = ? WHERE passage_id = ?",
        [(pack_tokens(_unpacked_of_8_bits(packed)), passage_id) for passage_id, packed in rows],
    )
    connection.execute("DROP TABLE token_space")


def _unpacked_of_8_bits(packed: bytes) -> TokenVectors:
    """Return token vectors from layouts 2 to 4: the number of components as uint16, int8 components, float16 scales, starts and ends as uint32."""
    dim = int.from_bytes(packed[:2], "little")
    n_tokens = (len(packed) - 2) // (dim + 2 + 8)
    vectors = np.frombuffer(packed, np.int8, n_tokens * dim, 2).reshape(n_tokens, dim)
    starts, ends = np.frombuffer(packed, "<u4", 2 * n_tokens, 2 + n_tokens * (dim + 2)).astype(np.int64).reshape(2, n_tokens)
    return TokenVectors(unit_rows(vectors), starts, ends)


def _keep_what_questions_need(connection: sqlite3.Connection) -> None:
    """From 5 to 6: what lists, filters and answers need is kept by itself, vectors in half the bytes, and the state of the file has a token."""
    for table in ("documents", "files", "passages"):
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for index in ("files_by_document", "passages_by_document", "passages_by_digest"):
        connection.execute(f"DROP INDEX {index}")
    for statement in TABLES.split(";"):
        connection.execute(statement)
    for document_id, indexed_at, source, *row in connection.execute(
        "SELECT document_id, indexed_at, (SELECT MIN(path) FROM old_files f WHERE f.document_id = d.document_id), "
        "metadata, text, page_starts, footnotes, printed_spans, structure, doubts FROM old_documents d ORDER BY rowid"
    ):
        _move_document(connection, document_of(document_id, source or "", row), indexed_at)
    connection.execute(
        "INSERT INTO files SELECT path, number, size_bytes, modified_ns FROM old_files JOIN documents USING (document_id)"
    )
    for table in ("files", "passages", "documents"):
        connection.execute(f"DROP TABLE old_{table}")
    connection.execute("DELETE FROM meta WHERE key = 'revision'")
    note_change(connection, [])


def _move_document(connection: sqlite3.Connection, document: Document, indexed_at: str) -> None:
    passages = connection.execute(
        "SELECT passage_id, role, numbers, start, end, context, speaker, digest, vector FROM old_passages WHERE document_id = ? ORDER BY passage_id",
        (document.document_id,),
    ).fetchall()
    first = passages[0][0] if passages else 0
    number = put_document(connection, document, indexed_at=indexed_at, first_passage=first, n_passages=len(passages))
    for passage_id, role, numbers, start, end, context, speaker, digest, vector in passages:
        text = document.text[start:end]
        passage = Passage(
            role=Role(role),
            numbers=tuple(json.loads(numbers)),
            start=start,
            end=end,
            text=text,
            speaker=speaker_of(speaker),
            context=context,
        )
        put_passage(connection, number, document, passage_id, passage, digest)
        kept = halved(np.frombuffer(vector, dtype="<f4"))
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (passage_id, kept))


_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {
    2: _keep_structure,
    3: _keep_doubts_and_speakers,
    4: _pack_tokens_anew,
    5: _keep_what_questions_need,
}


def note_change(connection: sqlite3.Connection, removed: Sequence[tuple[int, int]]) -> None:
    """Give the state that this transaction makes a token, with the passages that it has removed, each as the first and the one after the last."""
    connection.execute(
        "INSERT INTO changes (token, last_passage, removed) VALUES (?, (SELECT COALESCE(MAX(passage_id), 0) FROM passages), ?)",
        (secrets.token_hex(8), json.dumps(removed)),
    )
