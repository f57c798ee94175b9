"""Files to documents. `read` is the one way in."""

from qa.readers.read import SUFFIXES, document_id_of, read

__all__ = ["SUFFIXES", "document_id_of", "read"]
