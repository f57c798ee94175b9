"""Slips of the hand: a word that occurs nowhere, and does in the library or is usual once two neighbouring letters change places, or one letter goes."""

import re
from collections.abc import Iterable, Sequence

from qa.answer import Language
from qa.library import Library
from qa.text.glossary import is_usual
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
    possible = {word: list(dict.fromkeys(_neighbours(word.lower()))) for word in unknown if _may_be_slip(word, question)}
    asked = {word: [found[0] for one in others if (found := question_words(one, language))] for word, others in possible.items()}
    with library.reading():
        for words in asked.values():
            library.expect(words)
        nowhere = {word: set(library.unknown_words(words)) for word, words in asked.items()}
    mended = question
    for word, others in possible.items():
        held = next((one for one in others if one not in nowhere[word]), "")
        if meant := held or next(filter(is_usual, others), ""):
            mended = re.sub(rf"\b{re.escape(word)}\b", meant, mended)
    return "" if mended == question else mended


def _may_be_slip(word: str, question: str) -> bool:
    """Tell whether a word is long enough, no usual one, and no name: that has a capital which does not merely begin the question."""
    begins = question.lstrip("\"'“‘( ").startswith(word)
    is_name = word[0].isupper() and not (begins or question.isupper())
    return word.isalpha() and len(word) >= MIN_LETTERS and not (is_name or is_usual(word))


def _neighbours(word: str) -> Iterable[str]:
    """Yield the word with two letters exchanged at each place, then with each letter left out."""
    for place in range(len(word) - 1):
        if word[place] != word[place + 1]:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
