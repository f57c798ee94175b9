"""`SqlCatalogue`: the catalogue of a library file, counted by SQLite. It belongs to one state of the library, and remembers what was asked of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from qa.document import Person
from qa.library.catalogue import Count, Facets, Listing, Order, person_name
from qa.library.filters import DIMENSIONS, EVERYTHING, Dimension, Filters
from qa.library.records import DocumentRecord
from qa.library.register import Register
from qa.library.sqlite.filtering import matching
from qa.library.sqlite.rows import RECORD, document_record

_ORDERS = {
    Order.TITLE: "d.folded_title, d.title, d.document_id",
    Order.NEWEST: "COALESCE(d.date, '') DESC, d.folded_title, d.title, d.document_id",
    Order.INDEXED: "d.indexed_at DESC, d.folded_title, d.title, d.document_id",
}
N_REMEMBERED = 64

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
"""What a date looks like; a document may say something else."""


class SqlCatalogue:
    """The documents of a library file; `query` runs an SQL query with its parameters and returns all rows."""

    def __init__(self, query: Callable[..., list[Any]], register: Register) -> None:
        self._query = query
        self._register = register
        self.facets = lru_cache(N_REMEMBERED)(self._facets)
        self.n_matching = lru_cache(N_REMEMBERED)(self._n_matching)
        self.values = lru_cache(len(DIMENSIONS))(self._values)
        self.parties = lru_cache(1)(self._parties)

    def __len__(self) -> int:
        return self.n_matching(EVERYTHING)

    def __repr__(self) -> str:
        return f"SqlCatalogue(n_documents={len(self)})"

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""
        rows = self._query(f"SELECT {RECORD} FROM documents d WHERE document_id = ?", document_id)
        return document_record(rows[0]) if rows else None

    def title(self, document_id: str) -> str:
        """Return the title of a document, or the id itself if there is none."""
        rows = self._query("SELECT title FROM documents WHERE document_id = ?", document_id)
        return str(rows[0][0]) if rows else document_id

    def date(self, document_id: str) -> str | None:
        """Return the date of a document as `YYYY-MM-DD`, if there is the document and it states one."""
        rows = self._query("SELECT date FROM documents WHERE document_id = ?", document_id)
        return rows[0][0] if rows else None

    def documents_called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""
        return self._register.papers_called(identifiers)

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""
        first, last = self._query(f"SELECT MIN(date), MAX(date) FROM documents WHERE date GLOB '{_DAY}'")[0]
        return (first, last) if first else None

    def documents_matching(self, filters: Filters, words: str = "") -> frozenset[str]:
        """Return the ids of the documents that fit."""
        where, parameters = matching(filters, words)
        return frozenset(
            document_id for (document_id,) in self._query(f"SELECT document_id FROM documents d WHERE {where}", *parameters)
        )

    def listing(
        self, filters: Filters = EVERYTHING, words: str = "", *, order: Order = Order.NEWEST, start: int = 0, n_most: int = 50
    ) -> Listing:
        """Return the documents that fit the filters and hold all words in what they say about themselves, from place `start` on."""
        where, parameters = matching(filters, words)
        rows = self._query(
            f"SELECT {RECORD} FROM documents d WHERE {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
            *parameters,
            n_most,
            start,
        )
        return Listing(self._count(filters, words), [document_record(row) for row in rows])

    def _parties(self) -> Mapping[str, str]:
        rows = self._query(
            "SELECT name, affiliation FROM register JOIN documents ON number = document WHERE kind = 'asked' AND affiliation <> '' "
            "GROUP BY name, affiliation ORDER BY MAX(COALESCE(date, ''))"
        )
        return {person_name(Person(name=name)): affiliation for name, affiliation in rows}

    def _values(self, dimension: Dimension) -> Sequence[str]:
        if dimension == "document_ids":
            rows = self._query("SELECT document_id FROM documents")
        else:
            rows = self._query("SELECT DISTINCT value FROM document_values WHERE dimension = ?", dimension)
        return sorted((value for (value,) in rows), key=str.casefold)

    def _n_matching(self, filters: Filters) -> int:
        return self._count(filters, "")

    def _facets(self, filters: Filters = EVERYTHING, words: str = "") -> Facets:
        counts: dict[Dimension, Sequence[Count]] = {
            dimension: self._counted(filters, words, dimension) for dimension in DIMENSIONS if dimension != "document_ids"
        }
        return Facets(self._count(filters, words), counts)

    def _counted(self, filters: Filters, words: str, dimension: Dimension) -> list[Count]:
        where, parameters = matching(filters, words, leaving_open=dimension)
        only = "" if where == "TRUE" else f"AND document IN (SELECT number FROM documents d WHERE {where}) "
        rows = self._query(
            f"SELECT value, COUNT(*) FROM document_values WHERE dimension = ? {only}GROUP BY value", dimension, *parameters
        )
        counts = dict(rows) | {value: 0 for value in filters.values(dimension) if value not in dict(rows)}
        return sorted((Count(*pair) for pair in counts.items()), key=lambda count: (-count.n_documents, count.value.casefold()))

    def _count(self, filters: Filters, words: str) -> int:
        where, parameters = matching(filters, words)
        return int(self._query(f"SELECT COUNT(*) FROM documents d WHERE {where}", *parameters)[0][0])
