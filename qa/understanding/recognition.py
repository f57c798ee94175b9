"""Recognising filters in the words of a question, in Dutch and English.

A wrong filter costs the answer, and `in 2023` more often says when something happened than when a document was written. So there are two outcomes:

1. *Applied*, where the wording names documents by what they are: a word for documents followed at once by of whom or from when, `brieven uit 2024`,
   `antwoorden van minister Hermans`, `questions by MP Keijzer`, `Keijzer's questions`, or a paper that is looked into, `in Kamerstuk 30 573`.
   Words for documents that often mean others than the library's (a letter, a report, a motion in the singular) do not count.
2. *Suggested*, for all else that names a value: a period, a member or minister by name and office, a party, a dossier. The reader may choose it.
   A suggestion that would leave none of the documents, or all of them, is not made.

Names, parties, ministries and dossiers are recognised only where the library has them, and kinds only where it has such documents.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qa.document import Kind
from qa.library import Catalogue
from qa.library.filters import EVERYTHING, Dimension, Filters
from qa.parliament.ministries import OTHER_NAMES
from qa.parliament.references import ReferenceKind, find_references
from qa.understanding.periods import Period, period_at, periods_in
from qa.understanding.recognised import NamedFilter, Recognised

MAX_SUGGESTIONS = 4
_MAX_WORDS = 8
"""Of a name: `Landbouw, Visserij, Voedselzekerheid en Natuur`."""

_NOUN = re.compile(
    r"\b(?:(?P<letters>kamerbrie(?:f|ven)|brieven|letters(?:\s+to\s+parliament)?)|(?P<answers>antwoord(?:en)?|answers?)"
    r"|(?P<questions>(?:schriftelijke\s+)?(?:kamer)?vra(?:gen|ag)|(?:written\s+|parliamentary\s+)?questions?)"
    r"|(?P<motions>moties|motions)|(?P<documents>documenten|stukken|kamerstukken|documents|papers))\b",
    re.IGNORECASE,
)
_DONE = (
    r"(?:(?:gesteld|ingediend|gestuurd|verstuurd|gegeven|geschreven|ondertekend|asked|submitted|sent|written|given|signed)\s+)?"
)
_BY = re.compile(
    rf"\s+(?:aan\s+(?:de\s+kamer|het\s+parlement)\s+|to\s+parliament\s+)?{_DONE}(?:van|door|by|from|of)\s+", re.IGNORECASE
)
_THAT = re.compile(r"\s+(?:die|that|which)\s+", re.IGNORECASE)
_DID = re.compile(
    r"\s+(?:(?:heeft|hebben|has|have)\s+)?(?:stelde(?:n)?|gesteld|stuurde(?:n)?|gestuurd|gaf|gaven|gegeven|schreef|asked|sent|wrote|gave|put)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+(?:aan|to)\s+(?:the\s+|de\s+)?", re.IGNORECASE)
_AND = re.compile(r"(?:,\s*|\s+(?:en|and)\s+)(?:van\s+|by\s+)?", re.IGNORECASE)
_MEMBER = re.compile(
    r"(?:(?:het|de|the)\s+)?(?:(?:kamer)?lid|(?:kamer)?leden|mps?|members?(?:\s+of\s+parliament)?)\s+", re.IGNORECASE
)
_MINISTER = re.compile(
    r"(?:(?:de|the)\s+)?(?:(?:demissionair|voormalig|former)e?\s+)?(?:minister|staatssecretaris|bewindspersoon|state\s+secretary|secretary\s+of\s+state)\s+",
    re.IGNORECASE,
)
_MINISTRY = re.compile(
    r"(?:(?:het|de|the)\s+)?(?:minister(?:ie)?|ministry|staatssecretaris|state\s+secretary)\s+(?:(?:van|voor|of|for)\s+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:(?:de|het|the)\s+)?(?:fractie\s+(?:van\s+)?(?:de\s+)?)?", re.IGNORECASE)
_IN_PAREN = re.compile(r"\s*\([^()]{1,60}\)")
_POSSESSIVE = re.compile(r"(?:[’']s?)?\s+(?=(?:(?:written|parliamentary)\s+)?(?:letters|answers|questions)\b)", re.IGNORECASE)
_COMPOUND = re.compile(r"-(?=(?:kamer)?vragen\b)", re.IGNORECASE)
_LOOKED_INTO = re.compile(r"\b(?:in|uit|binnen|within|from)\s+(?:(?:het|de|the)\s+)?$", re.IGNORECASE)
_DOSSIER = re.compile(r"\b(?:dossier|kamerstuk(?:ken)?|parliamentary\s+paper)\s+(?P<number>[0-9]{2}\s?[0-9]{3}(?:[-\s][IVX]{1,6}\b|-[0-9]{2}\b)?)", re.IGNORECASE)  # fmt: skip
_WORD = re.compile(r"\w[\w.’'-]*")
_ALSO_WORDS = frozenset({"denk", "volt", "sp"})
"""Parties whose name, in small letters, is a word or an abbreviation of something else."""

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "letters": (Kind.LETTER,),
    "answers": (Kind.ANSWERS,),
    "questions": (Kind.ANSWERS, Kind.NOTICE),
    "motions": (Kind.MOTION,),
    "documents": (),
}
_PEOPLE: Mapping[str, tuple[Dimension, ...]] = {
    "letters": ("ministers", "ministries"),
    "answers": ("ministers", "ministries"),
    "questions": ("members", "parties"),
    "motions": (),
    "documents": ("members", "parties", "ministers", "ministries"),
}


@dataclass(frozen=True)
class _Found:
    """A value that a text names, and where the name ends."""

    dimension: Dimension
    value: str
    end: int

    @property
    def filters(self) -> Filters:
        chosen: dict[str, tuple[str, ...]] = {self.dimension: (self.value,)}
        return Filters(**chosen)  # type: ignore[arg-type]  # the kinds are never found by name


class Recogniser:
    """Recognises the filters that the documents of a catalogue give a meaning to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def recognise(self, question: str, *, today: date) -> Recognised:
        """Return the filters that a question names; `today` tells which year the last one was."""
        applied, phrases = EVERYTHING, []
        for filters, start, end in self._named(question, today):
            applied = applied.joined(filters)
            phrases.append((filters, start, end))
        rest = _blanked(question, [(start, end) for _filters, start, end in phrases])
        mentioned = dict.fromkeys(found for found in self._mentioned(rest, today) if self._would_help(found, applied))
        named = tuple(
            NamedFilter(part, next(question[start:end].strip() for filters, start, end in phrases if part in filters.parts()))
            for part in applied.parts()
        )
        return Recognised(named, tuple(mentioned)[:MAX_SUGGESTIONS])

    def _would_help(self, suggested: Filters, applied: Filters) -> bool:
        """Tell whether a suggestion would leave some of the documents, but not all of them."""
        n_left = self.catalogue.n_matching(applied.joined(suggested))
        return 0 < n_left < self.catalogue.n_matching(applied)

    def _named(self, question: str, today: date) -> Iterator[tuple[Filters, int, int]]:
        """Yield the filters of every phrase that names documents, with its place."""
        for noun in _NOUN.finditer(question):
            what = str(noun.lastgroup)
            if self._has(_KINDS[what]):
                filters, end = self._qualified(question, noun.end(), what, today)
                before = self._owner(question, noun.start(), what)
                if filters or before:
                    owner = before[0] if before else EVERYTHING
                    yield self._of_kind(filters.joined(owner), what), before[1] if before else noun.start(), end
        for filters, start, end in self._papers(question):
            if _LOOKED_INTO.search(question, 0, start):
                yield filters, start, end

    def _qualified(self, question: str, position: int, what: str, today: date) -> tuple[Filters, int]:
        """Return of whom and from when the documents named before `position` are said to be, and where that ends."""
        filters = EVERYTHING
        while True:
            if period := period_at(question, position, today):
                filters, position = filters.joined(_of(period)), period.end
            elif found := self._people_after(question, position, what):
                for person in found:
                    filters, position = filters.joined(person.filters), person.end
            elif (to := _TO.match(question, position)) and (
                person_to := self._person_at(question, to.end(), ("ministers", "ministries"))
            ):
                position = person_to.end
            else:
                return filters, position

    def _people_after(self, question: str, position: int, what: str) -> list[_Found]:
        by = _BY.match(question, position)
        that = None if by else _THAT.match(question, position)
        opening = by or that
        found = self._people_at(question, opening.end(), _PEOPLE[what]) if opening else []
        if that and found and not (done := _DID.match(question, found[-1].end)):
            return []
        if that and found and done:
            return [*found[:-1], _Found(found[-1].dimension, found[-1].value, done.end())]
        return found

    def _people_at(self, text: str, position: int, dimensions: tuple[Dimension, ...]) -> list[_Found]:
        found: list[_Found] = []
        while person := self._person_at(text, position, dimensions):
            found.append(person)
            joint = _AND.match(text, person.end)
            if joint is None:
                break
            position = joint.end()
        return found

    def _person_at(self, text: str, position: int, dimensions: tuple[Dimension, ...]) -> _Found | None:
        cued = self._cued_at(text, position, dimensions)
        if cued:
            return cued
        article = _ARTICLE.match(text, position)
        start = article.end() if article else position
        return next((found for dimension in dimensions if (found := self._value_at(text, start, dimension))), None)

    def _cued_at(self, text: str, position: int, dimensions: tuple[Dimension, ...]) -> _Found | None:
        """Return who stands here under an office: `het lid Keijzer`, `minister Hermans`, `de minister van Financiën`."""
        for cue, dimension in ((_MEMBER, "members"), (_MINISTRY, "ministries"), (_MINISTER, "ministers")):
            match = cue.match(text, position)
            if match and dimension in dimensions and (found := self._value_at(text, match.end(), dimension)):
                return found
        return None

    def _value_at(self, text: str, position: int, dimension: Dimension) -> _Found | None:
        """Return the longest known value that stands here."""
        ends = []
        for word, _n in zip(_WORD.finditer(text, position), range(_MAX_WORDS), strict=False):
            ends += [word.end(), *(word.start() + place for place in _cuts(word[0]))]
        for end in sorted(set(ends), reverse=True):
            said = text[position:end]
            value = self._names[dimension].get(" ".join(said.casefold().split()))
            if value and (dimension != "parties" or said.casefold() not in _ALSO_WORDS or said == value):
                paren = _IN_PAREN.match(text, end) if dimension in {"members", "ministers"} else None
                return _Found(dimension, value, paren.end() if paren else end)
        return None

    def _owner(self, question: str, position: int, what: str) -> tuple[Filters, int] | None:
        """Return whose documents they are where the owner stands before: `Keijzer's questions`, `PVV-vragen`."""
        for dimension in _PEOPLE[what]:
            for word in reversed(list(_WORD.finditer(question, max(0, position - 80), position))):
                found = self._value_at(question, word.start(), dimension)
                joint = found and (_POSSESSIVE.match(question, found.end) or _COMPOUND.match(question, found.end))
                if found and joint and joint.end() == position:
                    return found.filters, word.start()
        return None

    def _mentioned(self, text: str, today: date) -> Iterator[Filters]:
        yield from (_of(period) for period in periods_in(text, today))
        yield from (filters for filters, _start, _end in self._papers(text))
        for word in _WORD.finditer(text):
            if (found := self._cued_at(text, word.start(), ("members", "ministers", "ministries"))) or (
                found := self._value_at(text, word.start(), "parties")
            ):
                yield found.filters

    def _papers(self, text: str) -> Iterator[tuple[Filters, int, int]]:
        """Yield the documents and dossiers of the library that are named by their numbers."""
        references = list(find_references(text))
        for reference in references:
            if named := tuple(self.catalogue.documents_called([reference.identifier]).values()):
                yield Filters(document_ids=named), reference.start, reference.end
            elif reference.kind in {ReferenceKind.PAPER, ReferenceKind.DOSSIER}:
                yield from self._dossier(reference.identifier.removeprefix("kst-"), reference.start, reference.end)
        for match in _DOSSIER.finditer(_blanked(text, [(reference.start, reference.end) for reference in references])):
            yield from self._dossier(match["number"].upper().replace(" ", ""), match.start(), match.end())

    def _dossier(self, number: str, start: int, end: int) -> Iterator[tuple[Filters, int, int]]:
        """Yield the dossier that a number names, with or without its chapter and the paper's own number."""
        whole = re.fullmatch(r"([0-9]{5})-?(.*)", number)
        parts = [whole[1], *whole[2].split("-")] if whole else []
        for n_parts in range(len(parts), 0, -1):
            if dossier := self._names["dossiers"].get("-".join(parts[:n_parts]).casefold()):
                yield Filters(dossiers=(dossier,)), start, end
                return

    def _has(self, kinds: tuple[Kind, ...]) -> bool:
        return not kinds or any(kind in self.catalogue.values("kinds") for kind in kinds)

    def _of_kind(self, filters: Filters, what: str) -> Filters:
        """Return the filters with the kind that the noun says; who asked says that it is questions."""
        if filters.members or filters.parties:
            return filters
        held = tuple(kind for kind in _KINDS[what] if self._has((kind,)))
        return filters.joined(Filters(kinds=held))

    @cached_property
    def _names(self) -> Mapping[Dimension, Mapping[str, str]]:
        dimensions: tuple[Dimension, ...] = ("members", "parties", "ministers", "ministries", "dossiers")
        names = {dimension: {value.casefold(): value for value in self.catalogue.values(dimension)} for dimension in dimensions}
        held = names["ministries"]
        names["ministries"] = {
            other: held[name.casefold()] for other, name in OTHER_NAMES.items() if name.casefold() in held
        } | held
        return names


def _of(period: Period) -> Filters:
    return Filters(date_from=period.first, date_to=period.last)


def _cuts(word: str) -> list[int]:
    """Return where a word may end before its own end: before a possessive, a full stop, or a hyphen."""
    return [place for place, character in enumerate(word) if place and character in ".’'-"]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text
