"""The library: what was indexed, kept in one folder."""

from qa.library.facets import Catalogue, Count, Facets, Listing, Order
from qa.library.library import EmbeddedDocument, Library, default_folder, digest_of
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding
from qa.library.selection import document_named, files_named

__all__ = [
    "Catalogue",
    "Count",
    "DocumentRecord",
    "EmbeddedDocument",
    "Facets",
    "FileRecord",
    "Library",
    "Listing",
    "Order",
    "PassageRecord",
    "StoredEmbedding",
    "default_folder",
    "digest_of",
    "document_named",
    "files_named",
]
