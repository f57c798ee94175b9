"""Documents and passages as rows of an SQLite file."""

import sqlite3

from qa.document import Document
from qa.library.catalogue import values_of
from qa.library.kept import document_values, passage_values, text_values
from qa.library.register import entries_of
from qa.passage import Passage

RECORD = "d.document_id, d.metadata, d.indexed_at, d.n_passages, d.doubts, (SELECT MIN(path) FROM files f WHERE f.document = d.number) AS source "
"""What `document_record` reads, of `documents d`."""

PASSAGE = "p.passage_id, d.document_id, p.role, p.numbers, p.start, p.end, p.pages, p.in_table, p.speaker, p.text, p.context "
"""What `passage_record` reads, of `passages p` and `documents d`."""


def put_document(
    connection: sqlite3.Connection, document: Document, *, indexed_at: str, first_passage: int, n_passages: int
) -> int:
    """Write a document without its passages, and return its number."""
    cursor = connection.execute(
        "INSERT INTO documents (document_id, title, folded_title, date, metadata, doubts, searched, indexed_at, first_passage, n_passages) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*document_values(document), indexed_at, first_passage, n_passages),
    )
    number = int(cursor.lastrowid or 0)  # never 0: a row was inserted
    connection.execute(
        "INSERT INTO texts (document, text, page_starts, footnotes, printed_spans, structure) VALUES (?, ?, ?, ?, ?, ?)",
        (number, *text_values(document)),
    )
    connection.executemany(
        "INSERT INTO document_values VALUES (?, ?, ?)",
        [(dimension, value, number) for dimension, value in values_of(document.metadata)],
    )
    connection.executemany(
        "INSERT INTO register VALUES (?, ?, ?, ?, ?)", [(*entry, number) for entry in entries_of(document.metadata)]
    )
    return number


def put_passage(
    connection: sqlite3.Connection, number: int, document: Document, passage_id: int, passage: Passage, digest: bytes
) -> None:
    """Write a passage of the document with this number."""
    connection.execute(
        "INSERT INTO passages (passage_id, document, digest, role, numbers, start, end, pages, in_table, speaker, text, context) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (passage_id, number, digest, *passage_values(document, passage)),
    )
