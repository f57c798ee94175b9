"""Footnotes that were written by hand, in brackets: a mark `[1]` in the text, and further on a paragraph that begins with `[1]`.

A paragraph is such a note only where its number is the next one due and its mark stands above it, so that a list of sources or a remark in brackets
stays what it is.
"""

import re
from collections.abc import Sequence

_BODY = re.compile(r"\[(?P<number>[1-9]\d{0,2})\]\s*(?=\S)")
_MARK = re.compile(r"(?<=\S)[^\S\n]?\[(?P<number>[1-9]\d{0,2})\]")


def find_bodies(paragraphs: Sequence[str], whole: Sequence[str] | None = None) -> dict[int, tuple[int, int]]:
    """Return by place the paragraphs that are notes: the number of each, and where its text begins.

    Args:
        paragraphs: at least the beginnings of them.
        whole: the paragraphs as a whole, if these are only beginnings.
    """
    marked: set[int] = set()
    found: dict[int, tuple[int, int]] = {}
    for place, (beginning, text) in enumerate(zip(paragraphs, whole or paragraphs, strict=True)):
        if "[" not in text:
            continue
        body = _BODY.match(beginning)
        if body and int(body["number"]) == len(found) + 1 and len(found) + 1 in marked:
            found[place] = len(found) + 1, body.end()
        else:
            marked.update(int(mark["number"]) for mark in _MARK.finditer(text))
    return found


def find_marks(text: str, numbers: frozenset[int]) -> list[tuple[int, int, int]]:
    """Return where the marks of these notes stand in a text, the last first: start, end and number of each."""
    if "[" not in text:
        return []
    marks = [(*mark.span(), int(mark["number"])) for mark in _MARK.finditer(text) if int(mark["number"]) in numbers]
    return marks[::-1]
