"""`Register`: what the documents of a library are called and whose they are; nothing else says so.

A document is called by its official identifier, or by what follows from its dossier, session and number. A whole dossier goes by its number, with and
without its chapter; answers also go by their number alone (`ah-878`), of whatever session, and a case (`2024Z07789`) by the Chamber's number.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from qa.document import Kind, Metadata, Person
from qa.parliament.identifiers import Series, parse_official_id
from qa.parliament.person_names import name_key, person_keys

_Who = tuple[str, str | None]
_known_key = lru_cache(maxsize=4096)(name_key)  # a few hundred people ask and answer all questions
MAX_REMEMBERED = 20_000
"""Names that a register remembers having looked up."""


class Called(StrEnum):
    """In what way something is called so."""

    PAPER = "paper"
    """The one paper of this identifier."""
    AMONG = "among"
    """One of the papers of a dossier, or of a number that means one only together with a session."""
    ASKED = "asked"
    ANSWERED = "answered"


DOCUMENTS = (Called.PAPER, Called.AMONG)
PEOPLE = (Called.ASKED, Called.ANSWERED)


class Entry(NamedTuple):
    """A name: in small letters for documents, as `name_key` writes it for people, and then with the name and affiliation as they are written."""

    key: str
    kind: Called
    name: str = ""
    affiliation: str | None = None


class Found(NamedTuple):
    """An entry of a document."""

    entry: Entry
    document_id: str
    date: str | None


LookUp = Callable[[Collection[str], Collection[Called]], Sequence[Found]]
"""Gives all entries with one of these keys and kinds, of the newest documents first, of one day in the order of the ids."""


@dataclass(frozen=True, kw_only=True)
class RegisteredPerson:
    """A member, or a member of the government, with their documents, the newest first.

    Attributes:
        name: as the newest document writes it.
        party: of a member, as the documents write it; None for a member of the government.
        asked: documents with questions that they asked or motions that they moved, and debates in which they spoke as a member.
        answered: documents that they answered or wrote, and debates in which they spoke for the government.
    """

    name: str
    party: str | None = None
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


class Register:
    """Documents and people by what they are called; the same for the same documents."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._documents: dict[str, tuple[Found, ...]] = {}
        self._people: dict[str, tuple[RegisteredPerson, ...]] = {}
        self._dates: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Register(n_looked_up={len(self._documents) + len(self._people)})"

    def documents_called(self, identifier: str) -> tuple[str, ...]:
        """Return the documents that go by an identifier or a dossier's number, in any case, the newest first."""
        return _once(one.document_id for one in self._called(identifier.casefold()))

    def papers_called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents, of several the newest."""
        wanted = list(identifiers)
        self.know(wanted)
        papers = {
            identifier: next((one for one in self._called(identifier.casefold()) if one.entry.kind is Called.PAPER), None)
            for identifier in wanted
        }
        return {identifier: one.document_id for identifier, one in papers.items() if one}

    def people_called(self, key: str) -> tuple[RegisteredPerson, ...]:
        """Return everyone who goes by a name, written as `name_key` writes it."""
        self.know(names=[key])
        return self._people[key]

    def know(self, identifiers: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        """Look documents and people up together, so that each of them costs nothing afterwards."""
        documents = _unknown({identifier.casefold() for identifier in identifiers}, self._documents)
        people = _unknown(set(names), self._people)
        if not documents and not people:
            return
        of_documents: dict[str, list[Found]] = {key: [] for key in documents}
        of_people: dict[str, list[Found]] = {key: [] for key in people}
        for one in self._look_up(documents | people, [*(DOCUMENTS if documents else ()), *(PEOPLE if people else ())]):
            by_key = of_documents if one.entry.kind in DOCUMENTS else of_people
            if one.entry.key in by_key:
                by_key[one.entry.key].append(one)
            self._dates[one.document_id] = one.date or ""
        self._documents |= {key: tuple(found) for key, found in of_documents.items()}
        self._people |= {key: _people(found) for key, found in of_people.items()}

    def newest_first(self, document_ids: Iterable[str]) -> tuple[str, ...]:
        """Return documents that were found here, without repetition, the newest first."""
        return tuple(sorted(sorted(set(document_ids)), key=self._dates.__getitem__, reverse=True))

    def _called(self, key: str) -> tuple[Found, ...]:
        self.know([key])
        return self._documents[key]


def entries_of(metadata: Metadata) -> list[Entry]:
    """Return what a document goes by, and whose it is: of members who ask, move or speak, and of the government who answer, write or speak."""
    people = [
        *((Called.ASKED, member) for member in metadata.members),
        *((Called.ANSWERED, minister) for minister in metadata.ministers),
    ]
    return [
        *_papers(metadata),
        *dict.fromkeys(
            Entry(key, kind, person.name, person.affiliation) for kind, person in people for key in person_keys(person.name)
        ),
    ]


def _papers(metadata: Metadata) -> Iterator[Entry]:
    identifier = metadata.official_id or _derived_id(metadata)
    parsed = parse_official_id(identifier) if identifier else None
    if identifier:
        yield Entry(identifier.casefold(), Called.PAPER)
    if parsed and parsed.series is Series.ANSWERS:
        yield Entry(f"ah-{parsed.number}".casefold(), Called.AMONG)
    if parsed and parsed.series is Series.QUESTIONS:
        yield Entry(parsed.number.casefold(), Called.AMONG)
    if dossier := metadata.dossier or (parsed.dossier if parsed else None):
        for name in dict.fromkeys([dossier, dossier.partition("-")[0]]):
            yield Entry(name.casefold(), Called.AMONG)


def _derived_id(metadata: Metadata) -> str | None:
    if metadata.number is None:
        return None
    if metadata.dossier:
        return f"kst-{metadata.dossier}-{metadata.number}"
    is_answered = metadata.kind in {Kind.ANSWERS, Kind.NOTICE}
    return f"ah-tk-{metadata.session.replace('-', '')}-{metadata.number}" if metadata.session and is_answered else None


def _people(found: Sequence[Found]) -> tuple[RegisteredPerson, ...]:
    """Return everyone of one name. Members of one name in different parties are different people."""
    asked: dict[_Who, list[str]] = defaultdict(list)
    answered: dict[_Who, list[str]] = defaultdict(list)
    written: dict[_Who, Person] = {}
    for (_key, kind, name, affiliation), document_id, _date in found:
        if kind is Called.ASKED:
            asker = _known_key(name), _known_key(affiliation or "")
            asked[asker].append(document_id)
            written.setdefault(asker, Person(name=name, affiliation=affiliation))
        else:
            answerer = _known_key(name), None
            answered[answerer].append(document_id)
            written.setdefault(answerer, Person(name=name))
    return tuple(
        RegisteredPerson(
            name=first.name, party=first.affiliation, asked=_once(asked.get(who, ())), answered=_once(answered.get(who, ()))
        )
        for who, first in written.items()
    )


def _unknown(keys: set[str], known: dict[str, Any]) -> set[str]:
    """Return those keys that are not known; when very many are, they are forgotten."""
    unknown = {
        key for key in keys if key not in known
    }  # the difference of a set and a dictionary's keys would go through all that is known
    if unknown and len(known) > MAX_REMEMBERED:
        known.clear()
        return keys
    return unknown


def _once(document_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(document_ids))
