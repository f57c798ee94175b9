"""Tables on printed pages: lines with wide gaps at the same places, taken apart into cells.

1. Only a line that is wide for its letters is looked at: it may hold cells. Its pieces are what wide gaps part.
2. Such lines below each other are a table as long as some strip of white runs through all of them; the strips part its columns. A line between them
   that crosses no strip goes on with a cell.
3. A wider distance between two lines begins a new row, and so does a line with figures; where all distances are alike, each line with two cells or
   more does.
4. Numbered and bulleted lists, labels of a letterhead, signatures beside each other, and questions beside their answers are no tables.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qa.parliament.headings import parse_heading
from qa.parliament.letterhead import signs_of
from qa.readers.page_columns import Part, Places, gaps_in
from qa.readers.page_line import PageLine
from qa.readers.printed import PrintedCell
from qa.readers.tables import is_figure

WIDE_FOR_ITS_LETTERS = 0.48
"""Width by letter, in heights of the line, where a page does not tell what its running text has; that is some 0.4."""
WIDE_FOR_THE_PAGE = 1.2
"""Width by letter, by that of the page's running text."""
MIN_LETTERS = 40
MIN_RUNNING_LINES = 5
"""Lines of so many letters or more that tell what the page's running text has."""
MAX_DISTANCE = 3.5
"""Between the bottoms of two lines of a table, in heights."""
MAX_GAP = 1.9
"""Distance by the widest before it, from which on another table begins."""
NEW_ROW = 1.25
"""Distance by the smallest between two lines."""
MIN_STRIP = 0.6
"""Width of the white between two columns, in heights of the line."""

_LABEL = re.compile(r"[-–—•*·▪►○●]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.):]?")
_SIGNED = re.compile(r"(?:De|Het) (?:[Mm]inister|[Ss]taatssecretaris|[Vv]oorzitter|[Gg]riffier|[Cc]ommissaris)")
_Interval = tuple[float, float]


@dataclass
class _Region:
    """Lines that may be a table: each as its pieces, and where from left to right there is text."""

    lines: list[list[PageLine]] = field(default_factory=list)
    columns: list[_Interval] = field(default_factory=list)

    top: float = 0
    bottom: float = 0
    distance: float = 0
    """The widest between two lines so far."""

    def add(self, pieces: Sequence[PageLine], columns: list[_Interval]) -> None:
        """Add a line."""
        if self.lines:
            self.distance = max(self.distance, self.bottom - pieces[0].bottom)
        self.top = max(self.top, pieces[0].top) if self.lines else pieces[0].top
        self.bottom = min(self.bottom, pieces[0].bottom) if self.lines else pieces[0].bottom
        self.lines.append(list(pieces))
        self.columns = columns

    def with_line(self, pieces: Sequence[PageLine]) -> list[_Interval]:
        """Return where there is text if a line with these pieces is added."""
        return _merged([*self.columns, *((piece.left, piece.right) for piece in pieces)], MIN_STRIP * pieces[0].height)

    def follows(self, line: PageLine) -> bool:
        """Return whether a line stands below or beside the last one, close by."""
        if line.bottom > self.top or line.turn != self.lines[0][0].turn:
            return False
        distance = self.bottom - line.bottom
        return distance <= MAX_DISTANCE * line.height and (not self.distance or distance <= MAX_GAP * self.distance)


def with_tables(lines: Sequence[PageLine], part_of: Part, places: Places) -> list[PageLine]:
    """Return the lines of a page, those of tables divided into cells, row by row.

    Args:
        lines: of a page, in reading order.
        part_of: returns a line from one of its characters up to another.
        places: returns left, bottom, right and top of a character of the page, by its number and its line's turn.
    """
    wide = _wide(lines)
    pieces = [_pieces(line, wide, part_of, places) for line in lines]
    if all(len(parts) == 1 for parts in pieces):
        return list(lines)
    found: list[PageLine] = []
    place = n_tables = 0
    while place < len(lines):
        region = _region_at(pieces, place) if len(pieces[place]) > 1 else None
        cells = list(_cells(region, n_tables)) if region and _is_table(region) else []
        if region and cells:
            found += cells
            place += len(region.lines)
            n_tables += 1
        else:
            found.append(lines[place])
            place += 1
    return found


def _wide(lines: Sequence[PageLine]) -> float:
    """Return the width by letter, in heights of a line, from which a line is wide: fonts differ, so that of most running text on the page counts."""
    running = sorted(
        (line.right - line.left) / (line.height * len(line.text))
        for line in lines
        if len(line.text) >= MIN_LETTERS and line.height
    )
    return WIDE_FOR_THE_PAGE * running[len(running) // 3] if len(running) >= MIN_RUNNING_LINES else WIDE_FOR_ITS_LETTERS


def _pieces(line: PageLine, wide: float, part_of: Part, places: Places) -> list[PageLine]:
    """Return what wide gaps part of a line."""
    if line.right - line.left <= wide * line.height * len(line.text) or " " not in line.text:
        return [line]
    cuts = [index for _left, _right, index in gaps_in(line, places)]
    borders = [-1, *cuts, len(line.text)]
    return [part_of(line, start + 1, end) for start, end in pairwise(borders)] if cuts else [line]


def _region_at(pieces: Sequence[Sequence[PageLine]], place: int) -> _Region:
    """Return the lines from `place` on through which some strip of white runs; the last of them has several pieces, or goes on with a cell."""
    region = _Region()
    for line in pieces[place:]:
        if region.lines and not region.follows(line[0]):
            break
        columns = region.with_line(line)
        if len(columns) < 2 or (region.lines and len(line) == 1 and len(columns) < len(region.columns)):
            break
        region.add(line, columns)
    return _without_loose_end(region)


def _without_loose_end(region: _Region) -> _Region:
    """Return the region without the lines at its end that stand as far below the last row as running text does."""
    last = max(place for place, line in enumerate(region.lines) if len(line) > 1)
    kept = last + 1
    smallest = _smallest_distance(region.lines[:kept])
    bottom = min(piece.bottom for line in region.lines[:kept] for piece in line)
    for line in region.lines[kept:]:
        if line[0].bottom < bottom - NEW_ROW * smallest:
            break
        bottom = min(bottom, line[0].bottom)
        kept += 1
    columns: list[_Interval] = []
    for line in region.lines[:kept]:
        columns = _merged([*columns, *((piece.left, piece.right) for piece in line)], MIN_STRIP * line[0].height)
    return _Region(region.lines[:kept], columns)


def _is_table(region: _Region) -> bool:
    if sum(len(line) > 1 for line in region.lines) < 2 or len(region.columns) < 2:
        return False
    texts = [piece.text for line in region.lines for piece in line]
    if any(parse_heading(text) or _SIGNED.match(text) for text in texts) or len(signs_of(texts)) > 1:
        return False
    firsts = [piece.text for line in region.lines for piece in line if _column(region, piece) == 0]
    return not (len(region.columns) == 2 and all(map(_LABEL.fullmatch, firsts)))


def _cells(region: _Region, table: int) -> Iterator[PageLine]:
    """Yield the pieces with the places of their cells, row by row and in each row cell by cell."""
    pieces = sorted((piece for line in region.lines for piece in line), key=lambda piece: -piece.bottom)
    baselines = [list(group) for group in _by_height(pieces)]
    distances = [above[0].bottom - below[0].bottom for above, below in pairwise(baselines)]
    smallest = min(distances, default=0)
    are_alike = max(distances, default=0) <= NEW_ROW * smallest
    rows: list[list[tuple[int, PageLine]]] = []
    for baseline, distance in zip(baselines, [float("inf"), *distances], strict=True):
        placed = [(_column(region, piece), piece) for piece in baseline]
        by_distance = _begins_row(placed) if are_alike else distance > NEW_ROW * smallest
        if not rows or by_distance or (len(placed) > 1 and any(column and is_figure(piece.text) for column, piece in placed)):
            rows.append([])
        rows[-1] += placed
    for number, cells in enumerate(rows):
        for column, piece in sorted(cells, key=lambda cell: cell[0]):
            yield replace(piece, cell=PrintedCell(table, number, column))


def _begins_row(placed: Sequence[tuple[int, PageLine]]) -> bool:
    """Return whether a line begins a row, where the distances do not tell."""
    (column, first), *others = placed
    return bool(others) or (column == 0 and not first.text[0].islower())


def _by_height(pieces: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Yield the pieces that stand on one height, from the top down."""
    group: list[PageLine] = []
    for piece in pieces:
        if group and group[0].bottom - piece.bottom > 0.4 * piece.height:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _column(region: _Region, piece: PageLine) -> int:
    middle = (piece.left + piece.right) / 2
    return sum(right < middle for _left, right in region.columns)


def _smallest_distance(lines: Sequence[Sequence[PageLine]]) -> float:
    bottoms = sorted({round(piece.bottom, 1) for line in lines for piece in line}, reverse=True)
    return min((above - below for above, below in pairwise(bottoms) if above - below > 1), default=lines[0][0].height)


def _merged(intervals: Sequence[_Interval], strip: float) -> list[_Interval]:
    """Return where there is text, places less than `strip` apart as one."""
    merged: list[_Interval] = []
    for left, right in sorted(intervals):
        if merged and left - merged[-1][1] < strip:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged
