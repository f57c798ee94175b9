"""What a library says about what it holds."""

from dataclasses import dataclass

from embeddings import Float32Array
from qa.document import Doubt, Metadata
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


@dataclass(frozen=True)
class PassageRecord:
    """A passage under its id."""

    passage_id: int
    document_id: str
    passage: Passage


@dataclass(frozen=True, eq=False, repr=False)
class StoredEmbedding:
    """What is kept of an embedded passage: the digest of its text, its vector, `(dim,)` float32, and its packed token vectors."""

    digest: bytes
    vector: Float32Array
    packed_tokens: bytes

    def __repr__(self) -> str:
        return f"StoredEmbedding({self.digest.hex()}, dim={len(self.vector)}, {len(self.packed_tokens)} bytes of tokens)"
