"""Dutch compounds among the terms of a library: the longer words that a term is part of, and the words that a compound is made of.

1. A compound of a term begins with it, and has at least `MIN_REST` letters more, or ends in it, after a whole part.
2. A compound's parts are two terms of the library, of at least `MIN_PART` letters each, with s, e or en between them or nothing. Of several ways to
   split it, the one with the longest shorter part is taken: `scholingsfond` is `scholing` and `fond` (fonds).
3. A stem depends on what comes before it: the double vowel of a last syllable is shortened, so that `huur` is the term `hur`, but begins `huurwon`
   (huurwoning); and -ing is taken off long words only, so that `woning` is a term, but `huurwon` ends in `won`. Both forms are looked for.
"""

import re

from qa.library.word_index import WordIndex

MIN_PART = 4
MIN_REST = 3
_LINKS = ("", "s", "e", "en")
_SHORT = re.compile(r"(?<=[^aeiou])([aeou])(?=[^aeiouwxyj]$)")
_LONG = re.compile(r"(?<=[^aeiou])([aeou])\1(?=[^aeiouwxyj]$)")


def compounds_of(term: str, index: WordIndex) -> dict[str, int]:
    """Return the terms that are compounds with `term`, each with the number of its passages."""
    found: dict[str, int] = {}
    for beginning in sorted({term, _SHORT.sub(r"\1\1", term)}):
        if _is_part(beginning):
            found |= index.beginning_with(beginning, len(beginning) + MIN_REST)
    for ending in sorted({term, term.removesuffix("ing")}):
        if _is_part(term):
            found |= index.ending_in(ending, len(ending) + MIN_PART)
    return found


def parts_of(term: str, index: WordIndex) -> dict[str, int]:
    """Return the two terms that `term` is a compound of, each with the number of its passages; none if it is no compound."""
    splits = _splits(term)
    known = index.frequencies({part for split in splits for part in split}) if splits else {}
    possible = [split for split in splits if split[0] in known and split[1] in known]
    if not possible:
        return {}
    best = max(possible, key=lambda split: min(map(len, split)))
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
