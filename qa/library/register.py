"""`Register`: what the documents of a library are called and whose they are, to be looked up at once. Made once per revision of the library.

A document is called by its official identifier, or by what follows from its dossier, session and number. A whole dossier goes by its number, with and
without its chapter; answers also go by their number alone (`ah-878`), of whatever session, and a case (`2024Z07789`) by the Chamber's number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, Self

from qa.document import Kind, Metadata, Person
from qa.parliament.identifiers import Series, parse_official_id
from qa.parliament.person_names import name_key, person_keys

_Who = tuple[str, str | None]
_known_key = lru_cache(maxsize=4096)(name_key)  # a few hundred people ask and answer all questions


class RegisteredDocument(Protocol):
    """What is read of a document; a `DocumentRecord` has it."""

    @property
    def document_id(self) -> str:
        """Its id."""

    @property
    def metadata(self) -> Metadata:
        """What it says about itself."""


@dataclass(frozen=True, kw_only=True)
class RegisteredPerson:
    """A member, or a member of the government, with their documents, the newest first.

    Attributes:
        name: as the newest document writes it.
        party: of a member, as the documents write it; None for a member of the government.
        asked: documents with questions that they asked.
        answered: documents that they answered or wrote.
    """

    name: str
    party: str | None = None
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


class Register:
    """Documents and people by what they are called; the same for the same documents."""

    def __init__(
        self,
        *,
        newest_first: Iterable[str],
        documents: Mapping[str, tuple[str, ...]],
        people: Mapping[str, tuple[RegisteredPerson, ...]],
    ) -> None:
        self._ranks = {document_id: rank for rank, document_id in enumerate(newest_first)}
        self._documents = documents
        self._people = people

    def __repr__(self) -> str:
        return f"Register(n_documents={len(self._ranks)}, n_identifiers={len(self._documents)}, n_names={len(self._people)})"

    @classmethod
    def from_records(cls, records: Iterable[RegisteredDocument]) -> Self:
        """Return the register of these documents."""
        ordered = sorted(sorted(records, key=lambda r: r.document_id), key=lambda r: r.metadata.date or "", reverse=True)
        documents: dict[str, list[str]] = defaultdict(list)
        for record in ordered:
            for identifier in _identifiers(record.metadata):
                documents[identifier.casefold()].append(record.document_id)
        return cls(
            newest_first=[record.document_id for record in ordered],
            documents={identifier: tuple(called) for identifier, called in documents.items()},
            people=_people(ordered),
        )

    def documents_called(self, identifier: str) -> tuple[str, ...]:
        """Return the documents that go by an identifier or a dossier's number, in any case, the newest first."""
        return self._documents.get(identifier.casefold(), ())

    def people_called(self, key: str) -> tuple[RegisteredPerson, ...]:
        """Return everyone who goes by a name, written as `name_key` writes it."""
        return self._people.get(key, ())

    def newest_first(self, document_ids: Iterable[str]) -> tuple[str, ...]:
        """Return documents without repetition, the newest first."""
        return tuple(sorted(set(document_ids), key=self._ranks.__getitem__))


def _identifiers(metadata: Metadata) -> Iterator[str]:
    identifier = metadata.official_id or _derived_id(metadata)
    parsed = parse_official_id(identifier) if identifier else None
    if identifier:
        yield identifier
    if parsed and parsed.series is Series.ANSWERS:
        yield f"ah-{parsed.number}"
    if parsed and parsed.series is Series.QUESTIONS:
        yield parsed.number
    if dossier := metadata.dossier or (parsed.dossier if parsed else None):
        yield from dict.fromkeys([dossier, dossier.partition("-")[0]])


def _derived_id(metadata: Metadata) -> str | None:
    if metadata.number is None:
        return None
    if metadata.dossier:
        return f"kst-{metadata.dossier}-{metadata.number}"
    is_answered = metadata.kind in {Kind.ANSWERS, Kind.NOTICE}
    return f"ah-tk-{metadata.session.replace('-', '')}-{metadata.number}" if metadata.session and is_answered else None


def _people(ordered: Iterable[RegisteredDocument]) -> dict[str, tuple[RegisteredPerson, ...]]:
    """Return everyone under every name they go by. Members of one name in different parties are different people."""
    asked: dict[_Who, list[str]] = defaultdict(list)
    answered: dict[_Who, list[str]] = defaultdict(list)
    written: dict[_Who, Person] = {}
    for record in ordered:
        for member in record.metadata.asked_by:
            asker = _known_key(member.name), _known_key(member.affiliation or "")
            asked[asker].append(record.document_id)
            written.setdefault(asker, member)
        for minister in record.metadata.answered_by:
            answerer = _known_key(minister.name), None
            answered[answerer].append(record.document_id)
            written.setdefault(answerer, Person(name=minister.name))
    people: dict[str, list[RegisteredPerson]] = defaultdict(list)
    for who, first in written.items():
        person = RegisteredPerson(
            name=first.name, party=first.affiliation, asked=_once(asked.get(who, ())), answered=_once(answered.get(who, ()))
        )
        for key in person_keys(first.name):
            people[key].append(person)
    return {key: tuple(known) for key, known in people.items()}


def _once(document_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(document_ids))
