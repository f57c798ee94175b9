"""How the words of a message are compared with known ones: without case, accents and repeated letters, and with one slip in a long word forgiven."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"(\w)\1{2,}")
_LONG = 5
"""Letters of a word in which one may be wrong."""


def plain_word(word: str) -> str:
    """Return a word as it is compared."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return _REPEATED.sub(r"\1", "".join(filter(str.isalnum, letters)))


def is_among(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word is one of those known, or was meant to be."""
    return meant(word, known) in known


def meant(word: str, known: frozenset[str]) -> str:
    """Return the known word that a long word with one slip in it was meant to be, or else the word itself."""
    if word in known or len(word) <= _LONG:
        return word
    return next((other for other in _slips(word) if other in known), _shortened(known).get(word, word))


@cache
def _shortened(known: frozenset[str]) -> Mapping[str, str]:
    """Return long words by what is left of them without one letter."""
    return {word[:place] + word[place + 1 :]: word for word in sorted(known) if len(word) > _LONG for place in range(len(word))}


def _slips(word: str) -> Iterable[str]:
    """Yield what a word was meant to be if two neighbours changed places, or one letter was doubled or is one too many."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
