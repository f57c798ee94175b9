"""The language of a question, Dutch or English: a logistic regression over its words and the beginnings, middles and ends of them.

1. A text's features are its words and every 2 to 4 letters in a row of them, with the border of a word as a letter; each counts once, however often it occurs.
2. A feature's weight stands at the place that its CRC-32 points to, so that no list of features is kept (K. Weinberger et al., "Feature hashing", 2009).
3. The weights are 8 kilobytes, fitted by `python -m tests.text.fit_language` (there is said to what). Libraries for many languages are no more often right
   about these two, and take from half a second to load.
4. Of a few words the glossary knows more than their letters tell: what most of them are by it counts first.
"""

import re
import zlib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.answer import Language
from qa.text.glossary import glossary_entries, translations_of
from qa.text.words import is_function_word

WEIGHTS = Path(__file__).with_name("language.npy")
N_PLACES = 8191
"""The weights are one more: the last is added to every text."""

FEW = 3
"""The most words of which the glossary is asked."""

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> Language:
    """Return the language of `text`; Dutch, the documents' own, when nothing tells."""
    words = _WORD.findall(text)
    if len(words) <= FEW and (more_english := sum(map(_english, words))):
        return "en" if more_english > 0 else "nl"
    found = places_of(text)
    weights = _weights()
    return "en" if found and int(weights[found].sum(dtype=np.int64) + weights[N_PLACES]) > 0 else "nl"


def _english(word: str) -> int:
    """Return 1 for a word that the glossary knows as English only, -1 for one that it knows as Dutch only, else 0."""
    word = word.lower()
    is_english = is_function_word(word, "en") or bool(translations_of([word]))
    return is_english - (is_function_word(word, "nl") or word in _dutch_words())


@cache
def _dutch_words() -> frozenset[str]:
    return frozenset(word.lower() for equivalents in glossary_entries().values() for word in equivalents)


def places_of(text: str) -> list[int]:
    """Return the places of the weights of a text's features, without repetition."""
    return sorted(
        {zlib.crc32(feature.encode()) % N_PLACES for word in _WORD.findall(text.lower()) for feature in _features(word)}
    )


def _features(word: str) -> set[str]:
    bordered = f"^{word}$"
    return {bordered, *(bordered[start : start + n] for n in (2, 3, 4) for start in range(len(bordered) - n + 1))}


@cache
def _weights() -> NDArray[np.int8]:
    """The weights, `(N_PLACES + 1,)` int8: above zero for English."""
    weights: NDArray[np.int8] = np.load(WEIGHTS, allow_pickle=False)
    return weights
