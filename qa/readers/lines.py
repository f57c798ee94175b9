"""Joining the lines of a printed paragraph: end-of-line hyphens and addresses that run on.

A hyphen at a line end is either the printer's (`mogelijk-` / `heden`) or the writer's (`Noord-` / `Afrika`, `mensenhandel-` / `en smokkel`).
Which one it is, is decided by what the document itself writes elsewhere, and else by the rules of Dutch spelling that require a hyphen.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]++(?:-[^\W_]++)*+(?!-$)", re.MULTILINE)
"""A word that is not cut off at a line end."""
_HYPHENATED = re.compile(r"(?P<stem>[^\s-]*)-$")
_BEFORE_NAME = re.compile(
    r"(?<![\w’'-])(?:van|de|der|den|het|een|ten|ter|naar|voor|met|door|bij|tot|uit|over|onder|tussen|dat|aan)(?=[A-Z][a-z]{2,}\b)"
)
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_GLUED = re.compile(r"(?P<article>de|het)(?P<word>[a-zß-ÿ]{8,})")
_MAY_BE_GLUED = re.compile(rf"(?<![\w’'-]){_GLUED.pattern}(?![\w’'-])")
_SUSPENDED = {"en", "of", "en/of", "tot", "dan", "noch", "maar", "als"}
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w-]+\.[a-z]{2,}/)\S*$")
_ADDRESS_GOES_ON = re.compile(r"[\w~-]*[./?=&%_]\w")
# Vowels that would be read as one across the joint, so that Dutch spelling requires the hyphen (`re-integratie`, `zee-eend`).
_COLLISIONS = {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu"}


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Return every word of the lines in lower case, hyphens inside a word included; words cut off at a line end are left out."""
    return frozenset(word.lower() for word in set(_WORD.findall("\n".join(lines))))


def join_lines(left: str, right: str, words: frozenset[str]) -> str:
    """Return two successive lines of a paragraph as one, the hyphen and the space between them as they should be.

    Args:
        left: the text so far, without white space at its end.
        right: the next line, without white space at its beginning.
        words: the document's words, from `words_of`.
    """
    if left.endswith("\u00ad"):
        return left[:-1] + right
    end = left[left.rfind(" ") + 1 :]
    if (
        _ADDRESS.search(end)
        and (left[-1] in "/-_=&?" or _ADDRESS_GOES_ON.match(right.split(maxsplit=1)[0]))
        and left[-1] not in ".,;)"
    ):
        return left + right
    hyphenated = _HYPHENATED.search(end)
    if hyphenated is None or not hyphenated["stem"]:
        return f"{left} {right}"
    return _join_hyphenated(left, right, hyphenated["stem"], words)


def glued_words(words: frozenset[str]) -> frozenset[str]:
    """Return the words that are an article and a long word which the document has by itself (`hettweeminutendebat`)."""
    articled = (word for word in words if word.startswith(("de", "het")))
    return frozenset(word for word in articled if (parts := _GLUED.fullmatch(word)) and parts["word"] in words)


def glued_columns(text: str, glued: frozenset[str]) -> list[int]:
    """Return where a space was lost between two words of a line: a preposition or an article before a capital (`Inge vanDijk`), or in `glued` words."""
    found = [match.end() for match in _BEFORE_NAME.finditer(text)] if _CAPITAL_INSIDE.search(text) else []
    if glued:
        found += [match.end("article") for match in _MAY_BE_GLUED.finditer(text) if match.group() in glued]
    return sorted(found)


def _join_hyphenated(left: str, right: str, stem: str, words: frozenset[str]) -> str:
    next_word = right.split(maxsplit=1)[0]
    if next_word.lower().strip(",;") in _SUSPENDED:
        return f"{left} {right}"
    first, last = _last_word(stem), _first_word(next_word)
    if f"{first}-{last}".lower() in words:
        return left + right
    if f"{first}{last}".lower() in words:
        return left[:-1] + right
    return left + right if _keeps_hyphen(first, last) else left[:-1] + right


def _keeps_hyphen(first: str, last: str) -> bool:
    return (
        not first
        or not last
        or not last[0].islower()
        or len(first) == 1
        or not first[-1].isalpha()
        or first.isupper()
        or first[-1].lower() + last[0] in _COLLISIONS
    )


def _last_word(text: str) -> str:
    words = re.findall(r"[^\W_]+", text)
    return words[-1] if words else ""


def _first_word(text: str) -> str:
    match = re.match(r"[^\W_]+", text)
    return match.group() if match else ""
