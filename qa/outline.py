"""`outline_of`: what every paragraph of a document is in its structure: a heading, an item of a list, the row of a table, running text.

1. What the file says (`Document.structure`) holds. Where it says nothing, the words tell:
2. A dash, a bullet, or `a.` and a small letter begin an item of a list.
3. Lines that end in dots and a page number are a table of contents, and so are short lines with page numbers below a heading that says so; what
   stands below the heading of a list of literature is one, if most of it has years or addresses.
4. A short line that begins with a capital or a figure and has no mark at its end is a heading if running text, a list or a table follows. Of two such
   lines together both are headings; of more, the last and those above it by number (`2`, `2.1`): the others are short lines, such as decisions.
5. The level of a heading that has none: numbers have one (`2.1` is below `2`), other headings stand below all of these.
6. A heading that nothing stands under is a short line as well.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from qa.document import Document
from qa.structure import Block, BlockKind, Table

MAX_HEADING = 90
LOWEST_LEVEL = 9
"""Of headings whose place among the others is not known; the second of two such is one lower."""

CAPTION_LEVEL = LOWEST_LEVEL + 1
"""Of a caption above a table, which heads nothing but its rows."""
MAX_CAPTION = 250

_CAPTION = re.compile(r"(?:Tabel|Figuur|Grafiek|Table|Figure|Chart)\s+(?:\d|[A-Z]\b|[IVX]+\b)")
_ITEM = re.compile(r"(?:[-–—•*·▪►○●□√➢]|\(?[a-z0-9]{1,2}\)|[a-z]\.|[ivx]{1,5}[.)])\s+\S")
_NUMBER = re.compile(
    r"(?:(?:[Hh]oofdstuk|[Bb]ijlage|[Dd]eel|[Pp]aragraaf|[Aa]rtikel|[Aa]gendapunt|[Pp]unt|[Oo]nderwerp|[Bb]lok|[Ii]tem|[Cc]hapter|[Aa]nnex|[Ss]ection)\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])(?:[.):]\s|\s+(?=[A-Z]))"
)
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{4,}|\t)\s*\d{1,4}\b")
_LEADER_SIGNS = "....", "……", ". . .", "____", "\t"
"""One of them is in every leader: to look for a pattern takes longer."""
_PAGE_AT_END = re.compile(r"\s\d{1,4}$")
_CONTENTS = re.compile(r"(?:\d{1,2}\.?\s+)?(?:inhoud|inhoudsopgave|inhoudstafel|(?:table of )?contents)\s*:?", re.IGNORECASE)
_REFERENCES = re.compile(
    r"(?:(?:\d{1,2}|[A-Z])\.?\s+|bijlage\s+\w{1,3}[.:]?\s+)?(?:literatuur|literatuurlijst|(?:geraadpleegde )?(?:bronnen|literatuur)|bronvermelding|bronnenlijst|referenties|"
    r"bibliografie|references|bibliography|literature)\s*:?",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b(?:1[89]|20)\d\d\b|https?://|www\.|\bdoi\b")


class LineKind(Enum):
    """What a line is."""

    HEADING = auto()
    TEXT = auto()
    ITEM = auto()
    SHORT = auto()
    """A short line without a mark at its end that heads nothing."""
    ROW = auto()
    HEADER_ROW = auto()
    CAPTION = auto()
    FOOTNOTE = auto()
    CONTENTS = auto()
    REFERENCES = auto()
    LETTERHEAD = auto()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph, or the row of a table, from `start` to `end`.

    Attributes:
        place: the number of its first paragraph in the document, from 0.
        level: of a heading, or of a short line that others belong to.
        table: of a row, with `row`, its number in it.
    """

    start: int
    end: int
    text: str
    place: int
    kind: LineKind
    level: int = 0
    table: Table | None = None
    row: int = 0


_KINDS = {
    BlockKind.HEADING: LineKind.HEADING,
    BlockKind.ITEM: LineKind.ITEM,
    BlockKind.CAPTION: LineKind.CAPTION,
    BlockKind.CONTENTS: LineKind.CONTENTS,
    BlockKind.REFERENCES: LineKind.REFERENCES,
    BlockKind.LETTERHEAD: LineKind.LETTERHEAD,
}


def outline_of(document: Document, may_be_headed: Sequence[bool]) -> list[Line]:
    """Return what every paragraph of a document is, in their order.

    Args:
        document: to look at.
        may_be_headed: for each of its paragraphs, whether a heading in it would be one of the document: not in answers, which are texts of their own.
    """
    lines = list(_known_lines(document))
    lines = _with_guesses(lines, may_be_headed)
    lines = list(_with_captions(_with_sources(_with_contents(lines))))
    return _with_empty_headings_as_lines(lines)


def _known_lines(document: Document) -> Iterator[Line]:
    """Yield the paragraphs with what the file says of them; what nothing is said of is text."""
    blocks = {block.start: block for block in document.structure.blocks}
    footnotes = {footnote.start for footnote in document.footnotes}
    rows = {
        span[0]: (table, number, span[1])
        for table in document.structure.tables
        for number, span in enumerate(table.row_spans)
        if span[1] > span[0]
    }
    start = row_end = 0
    for place, text in enumerate(document.text.split("\n\n")):
        end = start + len(text)
        if start in rows:
            table, number, row_end = rows[start]
            kind = LineKind.HEADER_ROW if number < table.n_header_rows else LineKind.ROW
            yield Line(
                start=start, end=row_end, text=document.text[start:row_end], place=place, kind=kind, table=table, row=number
            )
        elif start >= row_end:
            yield _line(start, end, text, place, blocks.get(start), is_footnote=start in footnotes)
        start = end + 2


def _line(start: int, end: int, text: str, place: int, block: Block | None, *, is_footnote: bool) -> Line:
    kind = LineKind.FOOTNOTE if is_footnote else _KINDS[block.kind] if block else LineKind.TEXT
    return Line(start=start, end=end, text=text, place=place, kind=kind, level=block.level if block else 0)


def _with_guesses(lines: Sequence[Line], may_be_headed: Sequence[bool]) -> list[Line]:
    """Return the lines of which nothing is known with what their words tell."""
    guessed: list[Line] = []
    marked = [_marked(line, may_be_headed[line.place]) for line in lines]
    for is_short, run in groupby(marked, key=lambda line: line.kind is LineKind.SHORT):
        group = list(run)
        following = marked[len(guessed) + len(group)] if len(guessed) + len(group) < len(marked) else None
        guessed += _as_headings(group, following) if is_short else group
    return guessed


def _marked(line: Line, may_be_headed: bool) -> Line:
    if line.kind is LineKind.HEADING and not may_be_headed:
        return replace(line, kind=LineKind.TEXT)
    if line.kind is not LineKind.TEXT:
        return line
    if any(sign in line.text for sign in _LEADER_SIGNS) and _LEADER.search(line.text):
        return replace(line, kind=LineKind.CONTENTS)
    if _ITEM.match(line.text):
        return replace(line, kind=LineKind.ITEM)
    if _CAPTION.match(line.text) and len(line.text) <= MAX_CAPTION:
        return replace(line, kind=LineKind.CAPTION)
    return replace(line, kind=LineKind.SHORT) if may_be_headed and _looks_like_heading(line.text) else line


def _looks_like_heading(text: str) -> bool:
    return len(text) <= MAX_HEADING and text[-1:] not in ".?!:;,»”\"'" and not text[:1].islower()


def _as_headings(run: Sequence[Line], following: Line | None) -> list[Line]:
    """Return short lines in a row with those that head what follows as headings."""
    if following is None or following.kind in {LineKind.FOOTNOTE, LineKind.HEADING, LineKind.LETTERHEAD}:
        return _with_beginnings(run)
    levels = [_numbered_level(line.text) for line in run]
    first = len(run) - 1 if len(run) > 2 else 0
    while first and 0 < levels[first - 1] < levels[first]:  # `2 Dijken`, `2.1 Zeedijken`
        first -= 1
    headings = [
        replace(line, kind=LineKind.HEADING, level=level or LOWEST_LEVEL - len(run) + place)
        for place, (line, level) in enumerate(zip(run, levels, strict=True), start=1)
    ]
    return [*_with_beginnings(run[:first]), *headings[first:]]


def _with_beginnings(run: Sequence[Line]) -> list[Line]:
    """Return short lines with a level for those that the next ones belong to: `Agendapunt 2: Notulen` above `Besluit: vastgesteld`."""
    levels = [_numbered_level(line.text) for line in run]
    begins = [level > 0 and not below for level, below in zip(levels, [*levels[1:], 1], strict=True)] if run else []
    return [replace(line, level=level) if begin else line for line, level, begin in zip(run, levels, begins, strict=True)]


def _numbered_level(text: str) -> int:
    match = _NUMBER.match(text)
    return match["number"].count(".") + 1 if match else 0


def _with_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those of a table of contents as such: below a heading that says so, as long as they end in a page number."""
    found: list[Line] = []
    inside = False
    for line in lines:
        if line.kind in {LineKind.HEADING, LineKind.SHORT, LineKind.TEXT} and _CONTENTS.fullmatch(line.text):
            inside = True
            found.append(replace(line, kind=LineKind.CONTENTS))
            continue
        inside = inside and (
            line.kind is LineKind.CONTENTS or (len(line.text) < 2 * MAX_HEADING and _PAGE_AT_END.search(line.text) is not None)
        )
        found.append(replace(line, kind=LineKind.CONTENTS) if inside else line)
    return found


def _with_sources(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with those below the heading of a list of literature as such, if most of them name a year or an address."""
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        yield line
        if line.kind in {LineKind.HEADING, LineKind.SHORT} and _REFERENCES.fullmatch(line.text):
            section = list(_until_heading(lines[place:], line.level or LOWEST_LEVEL))
            place += len(section)
            named = sum(_REFERENCE.search(one.text) is not None for one in section)
            yield from (replace(one, kind=LineKind.REFERENCES) for one in section) if 2 * named > len(section) else section


def _with_captions(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines with a caption right above a table as the heading of its rows."""
    caption: Line | None = None
    for line in lines:
        if caption is not None:
            heads = line.kind in {LineKind.ROW, LineKind.HEADER_ROW}
            yield replace(caption, kind=LineKind.HEADING, level=CAPTION_LEVEL) if heads else caption
        caption = line if line.kind is LineKind.CAPTION else None
        if caption is None:
            yield line
    if caption is not None:
        yield caption


def _until_heading(lines: Iterable[Line], level: int) -> Iterator[Line]:
    for line in lines:
        if line.kind is LineKind.FOOTNOTE or (line.kind is LineKind.HEADING and line.level <= level):
            return
        yield line


def _with_empty_headings_as_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with every heading that nothing stands under as a short line."""
    result = list(lines)
    above: list[tuple[int, int]] = []  # headings that nothing stands under so far: their places and levels
    for place, line in enumerate([*lines, None]):
        if line is not None and line.kind is not LineKind.HEADING:
            if line.kind is not LineKind.FOOTNOTE:
                above.clear()
            continue
        while above and (line is None or above[-1][1] >= line.level):
            empty, _level = above.pop()
            result[empty] = replace(result[empty], kind=LineKind.SHORT)
            above.clear()  # it is what stands under those above it
        if line is not None:
            above.append((place, line.level))
    return result
