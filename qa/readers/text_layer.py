"""`is_unreadable`: whether a text layer holds other letters than the page shows.

A font whose table of characters is wrong gives text in which every letter stands for another. Such text has the letters of no language: their shares
are compared with those in Dutch, English, French and German running text, and its words are no function words of these.
"""

import re
from collections import Counter
from math import sqrt

SAMPLE = 700
"""Characters at the beginning and in the middle of a page that are looked at."""
MIN_LETTERS = 80
MIN_LIKENESS = 0.72
"""Cosine of the shares of letters; running text has more than .9 with its own language and .8 with its neighbours."""
MIN_FUNCTION_WORDS = 0.15
"""Share of words; running text has a third."""
MIN_WORD = 5.0
"""Characters in a word on average; tables of abbreviations have fewer."""
MAX_NO_CHARACTERS = 0.3
"""Share of characters that stand for none at all."""

_WORD = re.compile(r"[^\W\d_]+")
_NO_CHARACTER = re.compile(r"[\x00\x03-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_FUNCTION_WORDS = frozenset(
    """de het een en van in is op te dat die voor met zijn aan om niet door er ook naar bij als of dit wordt uit worden tot over heeft
    the of and to in a is for on that with as are by be this from le la les des et du une est pour dans que qui sur au par
    der die und den das von zu mit ist des für ein eine im dem nicht auf""".split()
)
# Percentages of a to z in Dutch and in English running text.
_DUTCH = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            7.5,
            1.6,
            1.2,
            5.9,
            18.9,
            0.8,
            3.4,
            2.4,
            6.5,
            1.5,
            2.3,
            3.6,
            2.2,
            10.0,
            6.1,
            1.6,
            0.0,
            6.4,
            3.7,
            6.8,
            2.0,
            2.9,
            1.5,
            0.0,
            0.0,
            1.4,
        ),
        strict=True,
    )
)
_ENGLISH = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            8.2,
            1.5,
            2.8,
            4.3,
            12.7,
            2.2,
            2.0,
            6.1,
            7.0,
            0.2,
            0.8,
            4.0,
            2.4,
            6.7,
            7.5,
            1.9,
            0.1,
            6.0,
            6.3,
            9.1,
            2.8,
            1.0,
            2.4,
            0.2,
            2.0,
            0.1,
        ),
        strict=True,
    )
)


def is_unreadable(text: str) -> bool:
    """Return whether a page's text cannot be what the page shows; too little text to tell is taken for what it is."""
    if len(text) > 2 * SAMPLE:
        middle = len(text) // 2
        text = f"{text[:SAMPLE]} {text[middle : middle + SAMPLE]}"
    words = _WORD.findall(text.lower())
    n_function_words = sum(map(_FUNCTION_WORDS.__contains__, words))
    if n_function_words > 2 * MIN_FUNCTION_WORDS * len(words):
        return False
    n_none = len(_NO_CHARACTER.findall(text))
    if words and n_function_words >= MIN_FUNCTION_WORDS * (len(words) + n_none):
        return False  # nearly always
    n_letters = sum(map(len, words))
    if n_none > MAX_NO_CHARACTERS * (n_none + n_letters) and n_none + n_letters >= MIN_LETTERS:
        return True
    counts = Counter("".join(words))
    n_latin = sum(counts[letter] for letter in _DUTCH)
    if n_latin < MIN_LETTERS or n_latin < 0.5 * n_letters or len(text) < MIN_WORD * len(text.split()):
        return False
    return max(_likeness(counts, _DUTCH), _likeness(counts, _ENGLISH)) < MIN_LIKENESS


def _likeness(counts: Counter[str], shares: dict[str, float]) -> float:
    """Return the cosine of the angle between the counts of letters and these shares."""
    product = sum(counts[letter] * share for letter, share in shares.items())
    lengths = sqrt(sum(counts[letter] ** 2 for letter in shares)) * sqrt(sum(share**2 for share in shares.values()))
    return product / lengths if lengths else 1.0
