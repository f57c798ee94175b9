"""`SqliteDocumentRows`: what a library file says of its documents, for the catalogue."""

from collections.abc import Callable, Sequence
from typing import Any

from qa.library.catalogue import Order
from qa.library.filters import Dimension, Filters
from qa.library.kept import document_record
from qa.library.records import DocumentRecord
from qa.library.sqlite.filtering import matching
from qa.library.sqlite.rows import RECORD

_ORDERS = {
    Order.TITLE: "d.folded_title, d.title, d.document_id",
    Order.NEWEST: "COALESCE(d.date, '') DESC, d.folded_title, d.title, d.document_id",
    Order.INDEXED: "d.indexed_at DESC, d.folded_title, d.title, d.document_id",
}

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
"""What a date looks like; a document may say something else."""


class SqliteDocumentRows:
    """The documents of a library file; `query` runs an SQL query with its parameters and returns all rows."""

    def __init__(self, query: Callable[..., list[Any]]) -> None:
        self._query = query

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""
        rows = self._query(f"SELECT {RECORD} FROM documents d WHERE document_id = ?", document_id)
        return document_record(rows[0]) if rows else None

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""
        first, last = self._query(f"SELECT MIN(date), MAX(date) FROM documents WHERE date GLOB '{_DAY}'")[0]
        return (first, last) if first else None

    def ids(self, filters: Filters, words: Sequence[str]) -> list[str]:
        """Return the ids of the documents that fit."""
        where, parameters = matching(filters, words)
        return [document_id for (document_id,) in self._query(f"SELECT document_id FROM documents d WHERE {where}", *parameters)]

    def n_fitting(self, filters: Filters, words: Sequence[str]) -> int:
        """Return how many documents fit."""
        where, parameters = matching(filters, words)
        return int(self._query(f"SELECT COUNT(*) FROM documents d WHERE {where}", *parameters)[0][0])

    def listed(self, filters: Filters, words: Sequence[str], order: Order, start: int, n_most: int) -> list[DocumentRecord]:
        """Return the documents that fit, in order, from place `start` on."""
        where, parameters = matching(filters, words)
        query = f"SELECT {RECORD} FROM documents d WHERE {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
        return [document_record(row) for row in self._query(query, *parameters, n_most, start)]

    def askers(self) -> list[tuple[str, str]]:
        """Return names and parties of members who ask, those of the newest documents last."""
        return self._query(
            "SELECT name, affiliation FROM register JOIN documents ON number = document WHERE kind = 'asked' AND affiliation <> '' "
            "GROUP BY name, affiliation ORDER BY MAX(COALESCE(date, ''))"
        )

    def values(self, dimension: Dimension) -> list[str]:
        """Return every value that documents have, once each."""
        if dimension == "document_ids":
            rows = self._query("SELECT document_id FROM documents")
        else:
            rows = self._query("SELECT DISTINCT value FROM document_values WHERE dimension = ?", dimension)
        return [value for (value,) in rows]

    def counted(self, filters: Filters, words: Sequence[str], dimension: Dimension) -> dict[str, int]:
        """Return of how many documents each value is that fit all but the filters of this dimension."""
        where, parameters = matching(filters, words, leaving_open=dimension)
        only = "" if where == "TRUE" else f"AND document IN (SELECT number FROM documents d WHERE {where}) "
        query = f"SELECT value, COUNT(*) FROM document_values WHERE dimension = ? {only}GROUP BY value"
        return dict(self._query(query, dimension, *parameters))
