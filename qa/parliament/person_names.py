"""How names of people are compared: what stays the same of a name however it is typed.

1. Letters lose their marks and their case: `Kostić` is `kostic`, `Yeşilgöz` is `yesilgoz`.
2. `van der`, `van den`, `v.d.` and `vd` are all `van de`, since people mistake one for the other.
3. Words are joined, so that spaces, hyphens and a space that was lost make no difference: `Faber-van de Klashorst` is `fabervandeklashorst`.
"""

import re
import unicodedata
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+")
"""Pattern of a word of a name."""

PARTICLES = frozenset("van de der den ten ter te t in op el vd v d".split())
"""Words that a surname may begin with, in small letters or with a capital."""

_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]{0,2}\.[\s-]?){1,6}(?=\S)")
_LOST_SPACE = re.compile(r"(?<![^\W_])([Vv]an|[Dd]e[rn]?)(?=[A-ZÀ-Þ])")
_SPELLED = {"v": ("van",), "vd": ("van", "de"), "der": ("de",), "den": ("de",), "d": ("de",)}
_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ĳ": "ij"}
)  # Unicode does not take these apart


def name_key(name: str) -> str:
    """Return what stays the same of a name, without its initials, however it is typed."""
    return key_of_words(words_of(_INITIALS.sub("", name.strip(), count=1)))


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, one for each word written."""
    return [plain(word) for word in WORD.findall(mended(text))]


def plain(word: str) -> str:
    """Return a word without marks and case."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_UNMARKED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def key_of_words(words: Sequence[str]) -> str:
    """Return the words of a name, joined."""
    return "".join(part for word in words for part in _SPELLED.get(word, (word,)))


def person_keys(name: str) -> frozenset[str]:
    """Return every name that a person goes by: the whole one, the surname alone, and the first half of a double one.

    `Inge van Dijk` is also `van Dijk`, `Faber-van de Klashorst` is also `Faber`, and `Yeşilgöz-Zegerius` is also `Yeşilgöz`; nobody is called `van`.
    """
    whole = _INITIALS.sub("", mended(name.strip()), count=1)
    first_half = whole.partition("-")[0]
    names = [whole, _surname(whole), *([first_half] if len(first_half) > 2 else [])]
    return frozenset(name_key(name) for name in names if not PARTICLES.issuperset(words_of(name)))


def mended(text: str) -> str:
    """Return a text with the space that print lost: `vanDijk`."""
    return _LOST_SPACE.sub(r"\1 ", text)


def _surname(name: str) -> str:
    """Return a name without what stands before its particles, or, of a name without any, its last word."""
    words = name.split()
    if not words or "-" in words[0]:
        return name
    return " ".join(words[next((place for place, word in enumerate(words) if plain(word) in PARTICLES), -1) :])
