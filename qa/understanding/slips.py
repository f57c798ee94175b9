"""Slips of the hand: a word that occurs nowhere in the library and does once two neighbouring letters change places, or one letter goes."""

import re
from collections.abc import Iterable, Sequence

from qa.answer import Language
from qa.library import Library
from qa.text.words import question_words

MIN_LETTERS = 6
"""Of a word that is mended; a shorter one is too easily another word."""


def without_slips(question: str, unknown: Sequence[str], library: Library, language: Language) -> str:
    """Return the question with mistyped words as they were meant, or nothing if none could be mended.

    Args:
        question: as typed.
        unknown: its words that occur nowhere in the library.
        library: whose words count.
        language: of the question.
    """
    mended = question
    for word in unknown:
        if word.isalpha() and len(word) >= MIN_LETTERS and (meant := _meant(word.lower(), library, language)):
            mended = re.sub(rf"\b{re.escape(word)}\b", meant, mended)
    return "" if mended == question else mended


def _meant(word: str, library: Library, language: Language) -> str:
    candidates = list(dict.fromkeys(_neighbours(word)))
    asked = [found[0] for candidate in candidates if (found := question_words(candidate, language))]
    nowhere = set(library.unknown_words(asked))
    return next((candidate for candidate in candidates if candidate not in nowhere), "")


def _neighbours(word: str) -> Iterable[str]:
    """Yield the word with two letters exchanged at each place, then with each letter left out."""
    for place in range(len(word) - 1):
        if word[place] != word[place + 1]:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
