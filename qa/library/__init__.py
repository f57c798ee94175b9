"""The library: what was indexed, kept in one folder."""

from qa.library.library import EmbeddedDocument, Library, default_folder, digest_of
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding

__all__ = [
    "DocumentRecord",
    "EmbeddedDocument",
    "FileRecord",
    "Library",
    "PassageRecord",
    "StoredEmbedding",
    "default_folder",
    "digest_of",
]
