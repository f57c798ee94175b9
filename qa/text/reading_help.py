"""Help for who reads Dutch with an English dictionary: which words of a quote the glossary knows, and what they mean.

It is the glossary read backwards, word by word, and never a translation of the sentence: a Dutch word gets those English words that name it as their
first equivalent, or, where none does, as a later one. Names are left as they are: the `Kamer` is no room, and `Buitenlandse Handel` no foreign proceedings.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qa.text.glossary import glossary_entries
from qa.text.words import terms_of

MAX_MEANINGS = 2
_MIN_LETTERS = 4
_PIECE = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[\W\d_]+")

_BEGINNING = re.compile(r"(?:\A|[.?!:]\s*|\n\s*)[«“\"'(]?\s*\Z")
"""What stands before the first word of a sentence."""


@dataclass(frozen=True)
class Piece:
    """A part of a text; `meaning` is what it means in English, where the glossary knows it."""

    text: str
    meaning: str = ""


def explained(text: str) -> Iterator[Piece]:
    """Yield the text in pieces, each word that the glossary knows with its meaning; together they are the text."""
    for match in _PIECE.finditer(text):
        is_name = match[0][0].isupper() and not _BEGINNING.search(text, max(0, match.start() - 4), match.start())
        yield Piece(match[0], "" if is_name else _meaning(match[0]))


def _meaning(word: str) -> str:
    if len(word) < _MIN_LETTERS:
        return ""
    terms = terms_of(word)
    return ", ".join(_meanings().get(terms[0], ())[:MAX_MEANINGS]) if len(terms) == 1 else ""


@cache
def _meanings() -> Mapping[str, Sequence[str]]:
    """Return the English words for the index term of a Dutch word, the best first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for english, equivalents in glossary_entries().items():
        for place, dutch in enumerate(equivalents):
            terms = terms_of(dutch) if " " not in dutch else ()
            if len(terms) == 1 and dutch.casefold() != english.casefold():
                found[terms[0]].append((place, english))
    return {term: [english for _place, english in sorted(meanings)] for term, meanings in found.items()}
