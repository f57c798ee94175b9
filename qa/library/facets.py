"""`Catalogue`: what all documents of a library say about themselves, held in memory, to be filtered, counted and searched.

For every value of every filter there is one integer with a bit for each document. Filters are then a few ANDs and ORs, and a count is a count of bits:
over 20,000 documents a few milliseconds for all counts together, where SQLite would read every document's metadata again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qa.document import Person
from qa.library.filters import DIMENSIONS, EVERYTHING, Dimension, Filters
from qa.library.records import DocumentRecord
from qa.library.upload_name import shown_name
from qa.parliament.formal_reference import formal_reference
from qa.parliament.identifiers import spaced_dossier
from qa.parliament.ministries import full_name
from qa.passage import Role

_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ][a-z]{0,2}\.[\s-]?)+\s*(?=\S)")


class Order(StrEnum):
    """How a list of documents is ordered."""

    NEWEST = "newest"
    TITLE = "title"
    INDEXED = "indexed"


@dataclass(frozen=True)
class Count:
    """A value of a filter, and how many documents fit it beside all other kinds of filters."""

    value: str
    n_documents: int


@dataclass(frozen=True)
class Facets:
    """The values to choose from, those of most documents first; values of no document only where they are chosen.

    Attributes:
        n_documents: that fit all filters.
        counts: by kind of filter.
    """

    n_documents: int
    counts: Mapping[Dimension, Sequence[Count]]


@dataclass(frozen=True)
class Listing:
    """Part of a list of documents.

    Attributes:
        n_documents: in the whole list.
        records: of this part.
    """

    n_documents: int
    records: Sequence[DocumentRecord]


class Catalogue:
    """The records of all documents as they were at one moment."""

    def __init__(self, records: Sequence[DocumentRecord]) -> None:
        self._records = records
        self._all = (1 << len(records)) - 1

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"Catalogue(n_documents={len(self)})"

    @property
    def records(self) -> Sequence[DocumentRecord]:
        """All records."""
        return self._records

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""
        found = self._matching(Filters(document_ids=(document_id,)))
        return next(self._selected(found), None)

    def documents_called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""
        known = {identifier: self._called.get(identifier.casefold()) for identifier in identifiers}
        return {identifier: document_id for identifier, document_id in known.items() if document_id is not None}

    def title(self, document_id: str) -> str:
        """Return the title of a document, or the id itself if there is none."""
        found = self.record(document_id)
        return found.metadata.title if found else document_id

    def date(self, document_id: str) -> str | None:
        """Return the date of a document as `YYYY-MM-DD`, if there is the document and it states one."""
        found = self.record(document_id)
        return found.metadata.date if found else None

    def values(self, dimension: Dimension) -> Sequence[str]:
        """Return every value that documents have, in order of the alphabet."""
        return sorted(self._bits[dimension], key=str.casefold)

    def documents_matching(self, filters: Filters, words: str = "") -> frozenset[str]:
        """Return the ids of the documents that fit."""
        return frozenset(record.document_id for record in self._selected(self._matching(filters, words)))

    def n_matching(self, filters: Filters) -> int:
        """Return how many documents fit."""
        return self._matching(filters).bit_count()

    def facets(self, filters: Filters = EVERYTHING, words: str = "") -> Facets:
        """Return how many documents every value would leave, given the other kinds of filters."""
        base = self._in_period(filters) & self._with_words(words)
        chosen = {dimension: self._with_values(filters, dimension) for dimension in DIMENSIONS}
        counts: dict[Dimension, Sequence[Count]] = {}
        for dimension in DIMENSIONS:
            if dimension != "document_ids":
                others = _intersection(base, (bits for other, bits in chosen.items() if other != dimension))
                counts[dimension] = self._counted(dimension, others, filters.values(dimension))
        return Facets(_intersection(base, chosen.values()).bit_count(), counts)

    def listing(
        self, filters: Filters = EVERYTHING, words: str = "", *, order: Order = Order.NEWEST, start: int = 0, n_most: int = 50
    ) -> Listing:
        """Return the documents that fit the filters and hold all words in what they say about themselves, from place `start` on."""
        found = self._matching(filters, words)
        places = [place for place in self._order[order] if found >> place & 1] if found else []
        return Listing(len(places), [self._records[place] for place in places[start : start + n_most]])

    def _matching(self, filters: Filters, words: str = "") -> int:
        chosen = (self._with_values(filters, dimension) for dimension in DIMENSIONS)
        return _intersection(self._in_period(filters) & self._with_words(words), chosen)

    def _with_values(self, filters: Filters, dimension: Dimension) -> int:
        chosen, known = filters.values(dimension), self._bits[dimension]
        return _union(known.get(value, 0) for value in chosen) if chosen else self._all

    def _with_words(self, words: str) -> int:
        found = self._all
        for word in words.casefold().split():
            found &= _bits_of([place for place, text in enumerate(self._searched) if word in text], len(self))
        return found

    def _in_period(self, filters: Filters) -> int:
        if not (filters.date_from or filters.date_to):
            return self._all
        first, last = filters.date_from or "", filters.date_to or "9999-12-31"
        dates = enumerate(record.metadata.date for record in self._records)
        return _bits_of([place for place, date in dates if date and first <= date <= last], len(self))

    def _counted(self, dimension: Dimension, others: int, chosen: Sequence[str]) -> list[Count]:
        counts = [Count(value, (bits & others).bit_count()) for value, bits in self._bits[dimension].items()]
        counts += [Count(value, 0) for value in chosen if value not in self._bits[dimension]]
        kept = [count for count in counts if count.n_documents or count.value in chosen]
        return sorted(kept, key=lambda count: (-count.n_documents, count.value.casefold()))

    def _selected(self, found: int) -> Iterator[DocumentRecord]:
        while found:  # the lowest bit that is set, one after the other
            lowest = found & -found
            yield self._records[lowest.bit_length() - 1]
            found ^= lowest

    @cached_property
    def _bits(self) -> Mapping[Dimension, Mapping[str, int]]:
        places: dict[Dimension, dict[str, list[int]]] = {dimension: defaultdict(list) for dimension in DIMENSIONS}
        for place, record in enumerate(self._records):
            for dimension, value in _values(record):
                places[dimension][value].append(place)
        return {
            dimension: {value: _bits_of(found, len(self)) for value, found in values.items()}
            for dimension, values in places.items()
        }

    @cached_property
    def _called(self) -> Mapping[str, str]:
        return {name.casefold(): record.document_id for record in reversed(self._records) for name in _identifiers(record)}

    @cached_property
    def _searched(self) -> Sequence[str]:
        return [_searched_text(record) for record in self._records]

    @cached_property
    def _order(self) -> Mapping[Order, Sequence[int]]:
        by_title = sorted(range(len(self)), key=lambda place: self._records[place].metadata.title.casefold())
        return {
            Order.TITLE: by_title,
            Order.NEWEST: sorted(by_title, key=lambda place: self._records[place].metadata.date or "", reverse=True),
            Order.INDEXED: sorted(by_title, key=lambda place: self._records[place].indexed_at, reverse=True),
        }


def person_name(person: Person) -> str:
    """Return the name that a person goes by in parliament: `J.E. van der Burg` signs what `Van der Burg` answers."""
    name = _INITIALS.sub("", person.name.strip())
    return name[:1].upper() + name[1:]


def _values(record: DocumentRecord) -> set[tuple[Dimension, str]]:
    metadata = record.metadata
    values: list[tuple[Dimension, str | None]] = [
        ("kinds", metadata.kind),
        ("dossiers", metadata.dossier),
        ("document_ids", record.document_id),
        *(("members", person_name(member)) for member in metadata.members),
        *(("parties", member.affiliation) for member in metadata.members),
        *(("ministers", person_name(minister)) for minister in metadata.ministers),
        *(("ministries", full_name(minister.affiliation or "")) for minister in metadata.ministers),
    ]
    return {(dimension, str(value)) for dimension, value in values if value}


def _identifiers(record: DocumentRecord) -> Iterator[str]:
    """Yield the official identifiers of a document; a letter that does not state its own follows from its dossier and number."""
    metadata = record.metadata
    if metadata.official_id:
        yield metadata.official_id
    elif metadata.dossier and metadata.number:
        yield f"kst-{metadata.dossier}-{metadata.number}"


def _searched_text(record: DocumentRecord) -> str:
    metadata = record.metadata
    people = [*metadata.members, *metadata.ministers]
    words = [
        metadata.title,
        metadata.official_id or "",
        formal_reference(metadata, Role.PARAGRAPH, ()) or "",
        metadata.dossier or "",
        spaced_dossier(metadata.dossier) if metadata.dossier else "",
        metadata.date or "",
        shown_name(record.source),
        *(f"{person.name} {person.affiliation or ''}" for person in people),
    ]
    return "\n".join(words).casefold()


def _union(bits: Iterable[int]) -> int:
    union = 0
    for some in bits:
        union |= some
    return union


def _intersection(first: int, others: Iterable[int]) -> int:
    for bits in others:
        first &= bits
    return first


def _bits_of(places: Sequence[int], n_documents: int) -> int:
    bits = bytearray(n_documents // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")
