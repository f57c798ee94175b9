"""`CountedCatalogue`: the catalogue of one state of a library, over what its database says of documents. It remembers what was asked of it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from qa.document import Person
from qa.library.catalogue import Count, Facets, Listing, Order, person_name
from qa.library.filters import DIMENSIONS, EVERYTHING, Dimension, Filters
from qa.library.records import DocumentRecord
from qa.library.register import Register

N_REMEMBERED = 64


class DocumentRows(Protocol):
    """What a database is asked about the documents of a library. Words are those that a document says about itself, in small letters."""

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""

    def ids(self, filters: Filters, words: Sequence[str]) -> list[str]:
        """Return the ids of the documents that fit."""

    def n_fitting(self, filters: Filters, words: Sequence[str]) -> int:
        """Return how many documents fit."""

    def listed(self, filters: Filters, words: Sequence[str], order: Order, start: int, n_most: int) -> list[DocumentRecord]:
        """Return the documents that fit, in order, from place `start` on."""

    def askers(self) -> list[tuple[str, str]]:
        """Return names and parties of members who ask, those of the newest documents last."""

    def values(self, dimension: Dimension) -> list[str]:
        """Return every value that documents have, once each."""

    def counted(self, filters: Filters, words: Sequence[str], dimension: Dimension) -> dict[str, int]:
        """Return of how many documents each value is that fit all but the filters of this dimension."""


class CountedCatalogue:
    """The documents of a library in one state."""

    def __init__(self, rows: DocumentRows, register: Register) -> None:
        self._rows = rows
        self._register = register
        self.facets = lru_cache(N_REMEMBERED)(self._facets)
        self.n_matching = lru_cache(N_REMEMBERED)(self._n_matching)
        self.values = lru_cache(len(DIMENSIONS))(self._values)
        self.parties = lru_cache(1)(self._parties)

    def __len__(self) -> int:
        return self.n_matching(EVERYTHING)

    def __repr__(self) -> str:
        return f"CountedCatalogue(n_documents={len(self)})"

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""
        return self._rows.record(document_id)

    def title(self, document_id: str) -> str:
        """Return the title of a document, or the id itself if there is none."""
        record = self._rows.record(document_id)
        return record.metadata.title if record else document_id

    def date(self, document_id: str) -> str | None:
        """Return the date of a document as `YYYY-MM-DD`, if there is the document and it states one."""
        record = self._rows.record(document_id)
        return record.metadata.date if record else None

    def documents_called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""
        return self._register.papers_called(identifiers)

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""
        return self._rows.period()

    def documents_matching(self, filters: Filters, words: str = "") -> frozenset[str]:
        """Return the ids of the documents that fit."""
        return frozenset(self._rows.ids(filters, _searched(words)))

    def listing(
        self, filters: Filters = EVERYTHING, words: str = "", *, order: Order = Order.NEWEST, start: int = 0, n_most: int = 50
    ) -> Listing:
        """Return the documents that fit the filters and hold all words in what they say about themselves, from place `start` on."""
        records = self._rows.listed(filters, _searched(words), order, start, n_most)
        return Listing(self._rows.n_fitting(filters, _searched(words)), records)

    def _parties(self) -> Mapping[str, str]:
        return {person_name(Person(name=name)): party for name, party in self._rows.askers()}

    def _values(self, dimension: Dimension) -> Sequence[str]:
        return sorted(self._rows.values(dimension), key=str.casefold)

    def _n_matching(self, filters: Filters) -> int:
        return self._rows.n_fitting(filters, ())

    def _facets(self, filters: Filters = EVERYTHING, words: str = "") -> Facets:
        counts: dict[Dimension, Sequence[Count]] = {
            dimension: self._counted(filters, words, dimension) for dimension in DIMENSIONS if dimension != "document_ids"
        }
        return Facets(self._rows.n_fitting(filters, _searched(words)), counts)

    def _counted(self, filters: Filters, words: str, dimension: Dimension) -> list[Count]:
        found = self._rows.counted(filters, _searched(words), dimension)
        counts = dict.fromkeys(filters.values(dimension), 0) | found
        return sorted((Count(*pair) for pair in counts.items()), key=lambda count: (-count.n_documents, count.value.casefold()))


def _searched(words: str) -> list[str]:
    return words.casefold().split()
