"""Dutch compounds among the terms of a library: the longer words that a term is part of, and the words that a compound is made of.

1. A compound of a term begins with it, and has at least `MIN_REST` letters more, or ends in it, after a whole part.
2. A compound's parts are two terms of the library, of at least `MIN_PART` letters each, with s, e or en between them or nothing. Of several ways to
   split it, the one with the longest shorter part is taken: `scholingsfond` is `scholing` and `fond` (fonds).
3. A stem depends on what comes before it: the double vowel of a last syllable is shortened, so that `huur` is the term `hur`, but begins `huurwon`
   (huurwoning); and -ing is taken off long words only, so that `woning` is a term, but `huurwon` ends in `won`. Both forms are looked for.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from qa.library.word_index import Part, Vocabulary, WordIndex

MIN_PART = 4
MIN_REST = 3
_LINKS = ("", "s", "e", "en")
_SHORT = re.compile(r"(?<=[^aeiou])([aeou])(?=[^aeiouwxyj]$)")
_LONG = re.compile(r"(?<=[^aeiou])([aeou])\1(?=[^aeiouwxyj]$)")


@dataclass(frozen=True)
class Relatives:
    """Terms of a question as a library knows them.

    Attributes:
        frequencies: in how many passages each of them occurs that occurs at all.
        compounds: for each, the terms that are compounds with it, each with the number of its passages.
        parts: for each, the two terms that it is a compound of, if it is one.
    """

    frequencies: dict[str, int]
    compounds: dict[str, dict[str, int]]
    parts: dict[str, dict[str, int]]


def relatives_of(terms: Collection[str], index: WordIndex) -> Relatives:
    """Return what a library knows of terms, looked up all at once."""
    splits = {term: _splits(term) for term in terms}
    known = index.look_up(*what_to_look_up(terms))
    return Relatives(
        {term: known.frequencies[term] for term in terms if term in known.frequencies},
        {term: _compounds(term, known) for term in terms},
        {term: _best(ways, known.frequencies) for term, ways in splits.items()},
    )


def what_to_look_up(terms: Collection[str]) -> tuple[set[str], set[Part], set[Part]]:
    """Return the terms, the beginnings and the endings that tell what a library knows of terms."""
    pieces = {piece for term in terms for way in _splits(term) for piece in way}
    beginnings = {part for term in terms for part in _beginnings(term)}
    endings = {part for term in terms for part in _endings(term)}
    return {*terms, *pieces}, beginnings, endings


def _compounds(term: str, known: Vocabulary) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _beginnings(term):
        found |= known.beginning[part]
    for part in _endings(term):
        found |= known.ending[part]
    return found


def _beginnings(term: str) -> list[Part]:
    forms = sorted({term, _SHORT.sub(r"\1\1", term)})
    return [(form, len(form) + MIN_REST) for form in forms if _is_part(form)]


def _endings(term: str) -> list[Part]:
    forms = sorted({term, term.removesuffix("ing")})
    return [(form, len(form) + MIN_PART) for form in forms if form] if _is_part(term) else []


def _best(ways: Collection[tuple[str, str]], known: dict[str, int]) -> dict[str, int]:
    possible = [way for way in ways if way[0] in known and way[1] in known]
    if not possible:
        return {}
    best = max(possible, key=lambda way: min(map(len, way)))
    return {part: known[part] for part in best}


def _splits(term: str) -> list[tuple[str, str]]:
    """Every way to split a compound into two parts, as terms."""
    if not term.isalpha():
        return []
    return [
        (first, term[end:]) for end in range(MIN_PART, len(term) - MIN_PART + 1) for first in sorted(_first_parts(term[:end]))
    ]


def _first_parts(beginning: str) -> set[str]:
    firsts = {beginning.removesuffix(link) for link in _LINKS}
    stems = {first.removesuffix("ing") for first in firsts}
    return {_LONG.sub(r"\1", first) for first in firsts | stems if len(first) >= MIN_PART}


def _is_part(term: str) -> bool:
    return len(term) >= MIN_PART and term.isalpha()
