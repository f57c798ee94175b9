"""`Catalogue`: what the documents of a library say about themselves, to be filtered, counted and listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from qa.document import Metadata, Person
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


class Catalogue(Protocol):
    """The documents of a library, without their texts."""

    def __len__(self) -> int:
        """How many there are."""

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the record of a document, or None if there is none."""

    def title(self, document_id: str) -> str:
        """Return the title of a document, or the id itself if there is none."""

    def date(self, document_id: str) -> str | None:
        """Return the date of a document as `YYYY-MM-DD`, if there is the document and it states one."""

    def documents_called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""

    def period(self) -> tuple[str, str] | None:
        """Return the first and the last date of documents, if any states one."""

    def parties(self) -> Mapping[str, str]:
        """Return the party that each member last asked for, by the member's name as filters have it."""

    def values(self, dimension: Dimension) -> Sequence[str]:
        """Return every value that documents have, in order of the alphabet."""

    def documents_matching(self, filters: Filters, words: str = "") -> frozenset[str]:
        """Return the ids of the documents that fit."""

    def n_matching(self, filters: Filters) -> int:
        """Return how many documents fit."""

    def facets(self, filters: Filters = EVERYTHING, words: str = "") -> Facets:
        """Return how many documents every value would leave, given the other kinds of filters."""

    def listing(
        self, filters: Filters = EVERYTHING, words: str = "", *, order: Order = Order.NEWEST, start: int = 0, n_most: int = 50
    ) -> Listing:
        """Return the documents that fit the filters and hold all words in what they say about themselves, from place `start` on."""


def person_name(person: Person) -> str:
    """Return the name that a person goes by in parliament: `J.E. van der Burg` signs what `Van der Burg` answers."""
    name = _INITIALS.sub("", person.name.strip())
    return name[:1].upper() + name[1:]


def values_of(metadata: Metadata) -> list[tuple[Dimension, str]]:
    """Return what a document can be filtered by, beside its id and its date."""
    values: list[tuple[Dimension, str | None]] = [
        ("kinds", metadata.kind),
        ("dossiers", metadata.dossier),
        *(("members", person_name(member)) for member in metadata.members),
        *(("parties", member.affiliation) for member in metadata.members),
        *(("ministers", person_name(minister)) for minister in metadata.ministers),
        *(("ministries", full_name(minister.affiliation or "")) for minister in metadata.ministers),
    ]
    return sorted({(dimension, str(value)) for dimension, value in values if value})


def fits(record: DocumentRecord, filters: Filters) -> bool:
    """Tell whether a document fits filters, as `Catalogue.documents_matching` does."""
    held = {*values_of(record.metadata), ("document_ids", record.document_id)}
    chosen = {dimension: filters.values(dimension) for dimension in DIMENSIONS if filters.values(dimension)}
    return is_in_period(record.metadata.date, filters) and all(
        any((dimension, str(value)) in held for value in values) for dimension, values in chosen.items()
    )


def is_in_period(date: str | None, filters: Filters) -> bool:
    """Tell whether a date, `YYYY-MM-DD`, lies in the period of filters; without a period, any does, and none too."""
    if not filters.date_from and not filters.date_to:
        return True
    return date is not None and (filters.date_from or date) <= date <= (filters.date_to or date)


def searched_text(metadata: Metadata, source: str) -> str:
    """Return what a list of documents is searched in, in small letters."""
    people = [*metadata.members, *metadata.ministers]
    words = [
        metadata.title,
        metadata.official_id or "",
        formal_reference(metadata, Role.PARAGRAPH, ()) or "",
        metadata.dossier or "",
        spaced_dossier(metadata.dossier) if metadata.dossier else "",
        metadata.date or "",
        shown_name(source),
        *(f"{person.name} {person.affiliation or ''}" for person in people),
    ]
    return "\n".join(words).casefold()
