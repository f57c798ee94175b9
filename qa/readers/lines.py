"""Joining the lines of a printed paragraph: end-of-line hyphens and addresses that run on.

A hyphen at a line end is either the printer's (`mogelijk-` / `heden`) or the writer's (`Noord-` / `Afrika`, `mensenhandel-` / `en smokkel`).
Which one it is, is decided by what the document itself writes elsewhere, and else by the rules of Dutch spelling that require a hyphen.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENATED = re.compile(r"(?P<stem>[^\s-]*)-$")
_BEFORE_NAME = re.compile(
    r"(?<![\w’'-])(?:van|de|der|den|het|een|ten|ter|naar|voor|met|door|bij|tot|uit|over|onder|tussen|dat|aan)(?=[A-Z][a-z]{2,}\b)"
)
MIN_GLUED = 10
"""Letters of an article and a long word together."""
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_BEFORE_WORD = re.compile(r"(?<![\w’'-])(de|het)([a-zß-ÿ]{8,})(?![\w’'-])")
_SUSPENDED = {"en", "of", "en/of", "tot", "dan", "noch", "maar", "als"}
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w-]+\.[a-z]{2,}/)\S*$")
_ADDRESS_GOES_ON = re.compile(r"[\w~-]*[./?=&%_]\w")
# Vowels that would be read as one across the joint, so that Dutch spelling requires the hyphen (`re-integratie`, `zee-eend`).
_COLLISIONS = {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu"}


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Return every word of the lines in lower case, hyphens inside a word included; words cut off at a line end are left out."""
    return frozenset(
        match.group().lower()
        for line in lines
        for match in _WORD.finditer(line)
        if match.end() + 1 != len(line) or line[-1] != "-"
    )


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


def glued_columns(text: str, words: frozenset[str]) -> list[int]:
    """Return where a space was lost between two words of a line.

    A preposition or an article before a capital (`Inge vanDijk`), and `de` or `het` before a long word that the document has by itself
    (`hettweeminutendebat`).
    """
    found = [match.end() for match in _BEFORE_NAME.finditer(text)] if _CAPITAL_INSIDE.search(text) else []
    found += [match.end(1) for match in _BEFORE_WORD.finditer(text) if match[2] in words]
    return sorted(found)


def may_be_glued(text: str, words: frozenset[str]) -> bool:
    """Return whether a text of these words, or more of them, may have lost a space; to look for it takes longer."""
    return _CAPITAL_INSIDE.search(text) is not None or any(
        word.startswith(("de", "het")) and (word[2:] in words or word[3:] in words) for word in words if len(word) >= MIN_GLUED
    )


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
