"""Documents and passages as rows of the tables, and back."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from embeddings import Float32Array
from qa.document import Document, Doubt, Footnote, Metadata, PrintedSpan, Speaker
from qa.library.catalogue import searched_text, values_of
from qa.library.records import DocumentRecord, PageStart, PassageRecord, page_starts_of
from qa.library.register import entries_of
from qa.passage import Passage, Role
from qa.structure import Structure

METADATA = TypeAdapter(Metadata)
FOOTNOTES = TypeAdapter(tuple[Footnote, ...])
PRINTED_SPANS = TypeAdapter(tuple[PrintedSpan, ...])
DOUBTS = TypeAdapter(tuple[Doubt, ...])
_SPEAKER = TypeAdapter(Speaker)

RECORD = "d.document_id, d.metadata, d.indexed_at, d.n_passages, d.doubts, (SELECT MIN(path) FROM files f WHERE f.document = d.number) AS source "
"""What `document_record` reads, of `documents d`."""

PASSAGE = "p.passage_id, d.document_id, p.role, p.numbers, p.start, p.end, p.pages, p.in_table, p.speaker, p.text, p.context "
"""What `passage_record` reads, of `passages p` and `documents d`."""


def document_record(row: Sequence[Any]) -> DocumentRecord:
    """Return the record of a document from the columns of `RECORD`."""
    document_id, metadata, indexed_at, n_passages, doubts, source = row
    return DocumentRecord(
        document_id, METADATA.validate_json(metadata), source, indexed_at, n_passages, DOUBTS.validate_json(doubts)
    )


def passage_record(row: Sequence[Any]) -> PassageRecord:
    """Return a passage from the columns of `PASSAGE`."""
    passage_id, document_id, role, numbers, start, end, pages, in_table, speaker, text, context = row
    passage = Passage(
        role=Role(role),
        numbers=tuple(json.loads(numbers)),
        start=start,
        end=end,
        text=text,
        context=context,
        speaker=speaker_of(speaker),
    )
    return PassageRecord(passage_id, document_id, passage, tuple(PageStart(*page) for page in json.loads(pages)), bool(in_table))


def speaker_of(stored: str | None) -> Speaker | None:
    """Return who says a passage, if it is said by someone."""
    return _SPEAKER.validate_json(stored) if stored else None


def vector_of(stored: bytes) -> Float32Array:
    """Return a vector from how it is kept, `(dim,)` float32."""
    return np.frombuffer(stored, dtype="<f2").astype(np.float32)


def as_stored(vector: Float32Array) -> bytes:
    """Return a vector as it is kept, little-endian float16; the products of unit vectors change by less than .001."""
    return vector.astype("<f2").tobytes()


def put_document(
    connection: sqlite3.Connection, document: Document, *, indexed_at: str, first_passage: int, n_passages: int
) -> int:
    """Write a document without its passages, and return its number."""
    metadata = document.metadata
    cursor = connection.execute(
        "INSERT INTO documents (document_id, title, folded_title, date, indexed_at, first_passage, n_passages, metadata, doubts, searched) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.document_id,
            metadata.title,
            metadata.title.casefold(),
            metadata.date,
            indexed_at,
            first_passage,
            n_passages,
            json.dumps(asdict(metadata)),
            json.dumps([asdict(doubt) for doubt in document.doubts]),
            searched_text(metadata, document.source),
        ),
    )
    number = int(cursor.lastrowid or 0)  # never 0: a row was inserted
    connection.execute(
        "INSERT INTO texts (document, text, page_starts, footnotes, printed_spans, structure) VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            document.text,
            json.dumps(document.page_starts),
            json.dumps([asdict(footnote) for footnote in document.footnotes]),
            json.dumps([asdict(span) for span in document.printed_spans]),
            document.structure.to_json(),
        ),
    )
    connection.executemany(
        "INSERT INTO document_values VALUES (?, ?, ?)", [(dimension, value, number) for dimension, value in values_of(metadata)]
    )
    connection.executemany("INSERT INTO register VALUES (?, ?, ?, ?, ?)", [(*entry, number) for entry in entries_of(metadata)])
    return number


def put_passage(
    connection: sqlite3.Connection, number: int, document: Document, passage_id: int, passage: Passage, digest: bytes
) -> None:
    """Write a passage of the document with this number."""
    connection.execute(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            passage_id,
            number,
            passage.role,
            json.dumps(passage.numbers),
            passage.start,
            passage.end,
            json.dumps(page_starts_of(document, passage.start, passage.end)),
            any(document.structure.tables_between(passage.start, passage.end)),
            json.dumps(asdict(passage.speaker)) if passage.speaker else None,
            digest,
            passage.text,
            passage.context,
        ),
    )


def document_of(document_id: str, source: str, row: Sequence[Any]) -> Document:
    """Return a document from its metadata, text, page starts, footnotes, printed spans, structure and doubts as they are kept."""
    metadata, text, page_starts, footnotes, printed_spans, structure, doubts = row
    return Document(
        document_id=document_id,
        source=source,
        text=text,
        metadata=METADATA.validate_json(metadata),
        page_starts=tuple(json.loads(page_starts)),
        footnotes=FOOTNOTES.validate_json(footnotes),
        printed_spans=PRINTED_SPANS.validate_json(printed_spans),
        structure=Structure.from_json(structure),
        doubts=DOUBTS.validate_json(doubts),
    )
