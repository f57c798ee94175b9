"""`PostgresqlDocumentRows`: what a database says of the documents of a library, for the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa.library.catalogue import Order, is_in_period
from qa.library.filters import DIMENSIONS, Dimension, Filters
from qa.library.kept import document_record
from qa.library.postgresql.filtering import MATCHING, matching
from qa.library.postgresql.rows import RECORD
from qa.library.records import DocumentRecord

_PERIOD = "SELECT min(date), max(date) FROM documents"
_IDS = f"SELECT d.document_id FROM documents d WHERE {MATCHING}"
_N_FITTING = f"SELECT count(*) FROM documents d WHERE {MATCHING}"
_LISTED = f"SELECT {RECORD} FROM documents d WHERE {MATCHING} ORDER BY "
_SOME = " LIMIT %(n_most)s OFFSET %(start)s"
_LISTED_BY_TITLE = f"{_LISTED} d.folded_title, d.title, d.document_id {_SOME}"
_LISTED_NEWEST = f"{_LISTED} coalesce(d.date, '') COLLATE \"C\" DESC, d.folded_title, d.title, d.document_id {_SOME}"
_LISTED_INDEXED = f"{_LISTED} d.indexed_at DESC, d.folded_title, d.title, d.document_id {_SOME}"
_ORDERS = {Order.TITLE: _LISTED_BY_TITLE, Order.NEWEST: _LISTED_NEWEST, Order.INDEXED: _LISTED_INDEXED}
_ASKERS = """
SELECT name, affiliation FROM register JOIN documents ON number = document WHERE kind = 'asked' AND affiliation <> ''
GROUP BY name, affiliation ORDER BY max(coalesce(date, '')), name, affiliation
"""
_DOCUMENT_IDS = "SELECT document_id FROM documents"
VALUE_COUNTS = "SELECT dimension, value, n_documents FROM value_counts"
"""Of how many documents each value is, and each date, under `date`."""
_DATE = "date"
_COUNTED = f"""
SELECT value, count(*) FROM document_values
WHERE dimension = %(dimension)s AND (%(all)s::boolean OR document IN (SELECT d.number FROM documents d WHERE {MATCHING})) GROUP BY value
"""


class PostgresqlDocumentRows:
    """The documents of a library in a database.

    Args:
        query: runs a statement with its parameters and returns all rows.
        record: returns the record of a document, or None if there is none.
        n_documents: returns how many there are.
    """

    def __init__(
        self, query: Callable[..., list[Any]], record: Callable[[str], DocumentRecord | None], n_documents: Callable[[], int]
    ) -> None:
        self._query = query
        self._n_documents = n_documents
        self._counts: Mapping[str, dict[str, int]] = {}
        self.record = record

    def know_counts(self, rows: Sequence[tuple[str, str, int]]) -> None:
        """Take what `VALUE_COUNTS` gave, so that it need not be asked for."""
        counts: dict[str, dict[str, int]] = {dimension: {} for dimension in (*DIMENSIONS, _DATE)}
        for dimension, value, n_documents in rows:
            counts[dimension][value] = n_documents
        self._counts = counts

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""
        first, last = self._query(_PERIOD)[0]
        return (first, last) if first else None

    def ids(self, filters: Filters, words: Sequence[str]) -> list[str]:
        """Return the ids of the documents that fit."""
        return [document_id for (document_id,) in self._query(_IDS, matching(filters, words))]

    def n_fitting(self, filters: Filters, words: Sequence[str]) -> int:
        """Return how many documents fit."""
        if not filters and not words:
            return self._n_documents()
        if not words and not filters.document_ids and len(filters.parts()) == 1:
            return self._n_of(filters)
        return int(self._query(_N_FITTING, matching(filters, words))[0][0])

    def listed(self, filters: Filters, words: Sequence[str], order: Order, start: int, n_most: int) -> list[DocumentRecord]:
        """Return the documents that fit, in order, from place `start` on."""
        statement = _ORDERS[order]
        parameters = {**matching(filters, words), "n_most": n_most, "start": start}
        return [document_record(row) for row in self._query(statement, parameters)]

    def askers(self) -> list[tuple[str, str]]:
        """Return names and parties of members who ask, those of the newest documents last."""
        return self._query(_ASKERS)

    def values(self, dimension: Dimension) -> list[str]:
        """Return every value that documents have, once each."""
        if dimension == "document_ids":
            return [value for (value,) in self._query(_DOCUMENT_IDS)]
        return list(self._known_counts()[dimension])

    def counted(self, filters: Filters, words: Sequence[str], dimension: Dimension) -> dict[str, int]:
        """Return of how many documents each value is that fit all but the filters of this dimension."""
        parameters = matching(filters, words, leaving_open=dimension)
        if parameters["all"]:
            return dict(self._known_counts()[dimension])
        return dict(self._query(_COUNTED, {**parameters, "dimension": dimension}))

    def _n_of(self, filters: Filters) -> int:
        """Return how many documents fit filters of one value, or of one period."""
        counts = self._known_counts()
        if filters.date_from or filters.date_to:
            return sum(n for date, n in counts[_DATE].items() if is_in_period(date, filters))
        return sum(counts[dimension].get(value, 0) for dimension in DIMENSIONS for value in filters.values(dimension))

    def _known_counts(self) -> Mapping[str, dict[str, int]]:
        if not self._counts:
            self.know_counts(self._query(VALUE_COUNTS))
        return self._counts
