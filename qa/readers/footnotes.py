"""Footnotes in the lines of printed pages.

Bodies stand at the bottom of a page (`1 Kamerstuk 30 573, nr. 153`) with marks glued to a word (`voortvloeien1`), or in a list at the end of a file,
where both are written `1)` or `[1]`.

A body is recognised only where its number is the next one due, a mark with that number stands above it, and nothing but footnotes follows on
its page; a mark only where a body with its number was found. So numbered lists, `CO2` and `2018` stay what they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORD = 80
"""Characters before a mark that are looked at."""

_BODY = re.compile(r"(?P<open>\[?)(?P<number>[1-9]\d{0,2})(?P<close>[\])]?)(?:\s+(?P<text>\S.*))?$")
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_NO_MARK_AFTER = {"nr", "nrs", "art", "artt", "blz", "p", "par", "vol"}


class MarkStyle(StrEnum):
    """How the numbers of footnotes are written, in the text as before their bodies."""

    GLUED = "1"
    PARENTHESIS = "1)"
    BRACKETS = "[1]"


_ENCLOSED = {
    MarkStyle.PARENTHESIS: r"(?<=[^\s(])[^\S\n]?{}\)(?!\w)",
    MarkStyle.BRACKETS: r"(?<=\S)[^\S\n]?\[{}\]",
}


@dataclass(frozen=True)
class FootnoteBody:
    """A footnote's number, the lines of its body, and how its number is written."""

    number: int
    lines: tuple[str, ...]
    style: MarkStyle = MarkStyle.GLUED


def split_footnotes(
    page: Sequence[str], above: str, first_number: int, words: frozenset[str]
) -> tuple[list[str], list[FootnoteBody]]:
    """Return the lines of a page without its footnotes, and the footnotes.

    Args:
        page: the lines of one page, page furniture removed.
        above: the text of the document before this page, in which a mark may stand as well.
        first_number: the number of the first footnote still to come.
        words: the document's words in lower case, from `words_of`.
    """
    for position, line in enumerate(page):
        body = _BODY.match(line.strip())
        if body and _style_of(body) and int(body["number"]) == first_number:
            footnotes = _parse_bodies(page[position:], first_number)
            text = above + "\n" + "\n".join(page[:position])
            if footnotes and all(find_mark(text, footnote.number, words, style=footnote.style) for footnote in footnotes):
                return list(page[:position]), footnotes
    return list(page), []


def find_mark(
    text: str, number: int, words: frozenset[str], *, start: int = 0, style: MarkStyle = MarkStyle.GLUED
) -> tuple[int, int] | None:
    """Return the span of the mark of footnote `number` in `text` at or after `start`, or None; the space before an enclosed one belongs to it."""
    if style is not MarkStyle.GLUED:
        match = re.compile(_ENCLOSED[style].format(number)).search(text, start)
        return match.span() if match else None
    for match in re.finditer(rf"(?<=[^\s(\[]){number}(?!\d)", text[start:]):
        span = match.start() + start, match.end() + start
        if _is_mark(text, *span, words):
            return span
    return None


def _parse_bodies(lines: Sequence[str], first_number: int) -> list[FootnoteBody]:
    """Read lines that should all be footnotes; return none of them if any line is not."""
    footnotes: list[tuple[int, list[str]]] = []
    after_blank = False
    style: MarkStyle | None = None
    for line in map(str.strip, lines):
        body = _BODY.match(line)
        style = style or (_style_of(body) if body else None)
        if body and _style_of(body) is style and int(body["number"]) == first_number + len(footnotes):
            footnotes.append((int(body["number"]), [body["text"]] if body["text"] else []))
        elif line and after_blank and footnotes[-1][1]:
            return []
        elif line:
            footnotes[-1][1].append(line)
        after_blank = not line
    return [FootnoteBody(number, tuple(body_lines), style or MarkStyle.GLUED) for number, body_lines in footnotes if body_lines]


def _style_of(body: re.Match[str]) -> MarkStyle | None:
    written = f"{body['open']}1{body['close']}"
    return MarkStyle(written) if written in set(MarkStyle) else None


def _is_mark(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    before, after = text[max(0, start - LONGEST_WORD) : start], text[end : end + 1]
    if after.isalnum() and not (after.isupper() and before[-1] in ".?!"):
        return False
    if before[-1].isdigit():
        return re.search(rf"(?:{_MONTHS}) (?:19|20)\d\d$", before) is not None
    if before[-1] in ".,;:?!)»”’\"'":
        word = re.search(r"(?P<word>[^\W\d_]+)[.,;:?!)»”’\"']+$", before)
        return word is not None and word["word"].lower() not in _NO_MARK_AFTER
    if before[-1].isupper():
        word = re.search(r"[^\W\d_]{3,}$", before)
        return word is not None and word.group().lower() in words
    return before[-1].isalpha()
