"""What a library says about what it holds."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from embeddings import Float32Array, TokenVectors, unpack_tokens
from qa.document import Document, Doubt, Metadata
from qa.passage import Passage


@dataclass(frozen=True)
class FileRecord:
    """An indexed file as it was then: its absolute path, its document, and the size and time by which a change is noticed."""

    path: str
    document_id: str
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True)
class DocumentRecord:
    """A document without its text: `source` is the first path that holds it, `indexed_at` an ISO time in UTC."""

    document_id: str
    metadata: Metadata
    source: str
    indexed_at: str
    n_passages: int
    doubts: tuple[Doubt, ...] = ()


class PageStart(NamedTuple):
    """From which character of a document's text on a page is printed; `page` is 1 for the first."""

    start: int
    page: int


@dataclass(frozen=True)
class PassageRecord:
    """A passage under its id.

    Attributes:
        passage_id: unique in the library, and never used again.
        document_id: of its document.
        passage: itself.
        pages: those that it is printed on, from its first character on, where the file has pages.
        in_table: whether part of it stands in a table.
    """

    passage_id: int
    document_id: str
    passage: Passage
    pages: tuple[PageStart, ...] = ()
    in_table: bool = False

    def page_at(self, offset: int) -> int | None:
        """Return the page that holds the character at `offset` of the document's text, if the file has pages; the offset is one of the passage."""
        before = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[before - 1].page if before else None


@dataclass(frozen=True, eq=False)
class Candidate:
    """A passage that a search found.

    Attributes:
        record: the passage.
        packed_tokens: its token vectors, packed.
        words: how well its words match those of the question, in [0, 1).
    """

    record: PassageRecord
    packed_tokens: bytes
    words: float

    @property
    def tokens(self) -> TokenVectors:
        """Its token vectors; positions are characters of the embedded text."""
        return unpack_tokens(self.packed_tokens)

    def __repr__(self) -> str:
        return f"Candidate({self.record.passage_id}, {self.record.passage!r}, words={self.words:.3f})"


@dataclass(frozen=True)
class EmbeddedDocument:
    """A document ready to be stored, with one embedding for each passage; `indexed_at` is when it was indexed, if not now."""

    document: Document
    passages: Sequence[Passage]
    embeddings: Sequence["StoredEmbedding"]
    indexed_at: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class StoredEmbedding:
    """What is kept of an embedded passage: the digest of its text, its vector, `(dim,)` float32, and its packed token vectors."""

    digest: bytes
    vector: Float32Array
    packed_tokens: bytes

    def __repr__(self) -> str:
        return f"StoredEmbedding({self.digest.hex()}, dim={len(self.vector)}, {len(self.packed_tokens)} bytes of tokens)"


def digest_of(passage: Passage) -> bytes:
    """Return 16 bytes that stand for what is embedded of a passage: the same context and text, the same digest."""
    return hashlib.sha256(f"{len(passage.context)}:{passage.embedding_text}".encode("utf-8", errors="surrogatepass")).digest()[
        :16
    ]


def page_starts_of(document: Document, start: int, end: int) -> tuple[PageStart, ...]:
    """Return the pages that a part of a document is printed on, from its first character on."""
    borders = {border for span in document.printed_between(start, end) for border in (span.start, span.end)}
    borders |= {border for border in document.page_starts if start < border < end}
    found = [(place, document.page_at(place)) for place in sorted({start, *borders}) if place < end]
    return tuple(
        PageStart(place, page)
        for number, (place, page) in enumerate(found)
        if page is not None and (number == 0 or page != found[number - 1][1])
    )


@dataclass(frozen=True)
class NearestReport:
    """How the nearest passages are found: by comparing all, or approximately, with the share of what an exact search finds, measured when it was made."""

    recall: float = 1.0
    is_exact: bool = True
