"""The library: what was indexed, and what finds it again. `Library` is the seam; what stores it is below."""

from qa.library.catalogue import Catalogue, Count, Facets, Listing, Order
from qa.library.library import Library, require_model
from qa.library.opening import create_library, library_exists, open_library
from qa.library.records import (
    Candidate,
    DocumentRecord,
    EmbeddedDocument,
    FileRecord,
    NearestReport,
    PassageRecord,
    StoredEmbedding,
    digest_of,
)
from qa.library.selection import document_named, files_named
from qa.library.state import LibraryState, StateFolder

__all__ = [
    "Candidate",
    "Catalogue",
    "Count",
    "DocumentRecord",
    "EmbeddedDocument",
    "Facets",
    "FileRecord",
    "Library",
    "LibraryState",
    "Listing",
    "NearestReport",
    "Order",
    "PassageRecord",
    "StateFolder",
    "StoredEmbedding",
    "create_library",
    "digest_of",
    "document_named",
    "files_named",
    "library_exists",
    "open_library",
    "require_model",
]
