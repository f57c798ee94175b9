"""Files to documents. `read` is the one way in."""

from qa.readers.read import SUFFIXES, content_of, document_id_of, read

__all__ = ["SUFFIXES", "content_of", "document_id_of", "read"]
