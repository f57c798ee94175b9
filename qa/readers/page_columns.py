"""Columns of running text whose lines a page holds row by row: left and right line in turn, run together by PDFium.

1. Two lines of the page are looked at; only where one of them has a wide gap, all are.
2. The place that most gaps share is the gutter, if running text stands on both sides of it: several words a line, and few lines of digits.
3. Between lines that cross the gutter, such as a title, all of the left column is read before the right one. Each column may have columns of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from statistics import median

from qa.readers.page_line import PageLine

WIDE = 0.9
"""A gap between columns, in heights of the line; between words it is a third."""
MIN_WORDS = 6
"""Of a line that can hold two columns."""
MIN_ROWS = 3
MIN_SHARED = 0.6
"""Share of the lines that have a gap at the gutter."""
MIN_WORDS_A_SIDE = 2.5
"""On average; cells of a table have fewer."""
MAX_DIGITS = 0.2
"""Share of characters; tables have more."""
MAX_ROOM_LEFT = 0.3
"""Share of the left column behind a line's end; cells of a table leave more."""
MIDDLE = (0.25, 0.75)
"""Shares of a line between which it has a gap if it holds two or three columns."""
MAX_COLUMNS_DEPTH = 2
MAX_PLACES = 50
"""Places for a gutter that are tried."""

Places = Callable[[int, int], tuple[float, float, float, float]]
Part = Callable[[PageLine, int, int], PageLine]
_Gap = tuple[float, float, int]
"""Where a gap begins and ends, and before which character of the line."""


def in_columns(lines: Sequence[PageLine], part_of: Part, places: Places, depth: int = 0) -> Sequence[PageLine]:
    """Return the lines of a page column by column, those that hold two columns divided.

    Args:
        lines: of a page, all turned in one way.
        part_of: returns a line from one of its characters up to another.
        places: returns left, bottom, right and top of a character of the page, by its number and its line's turn.
        depth: of columns in columns.
    """
    wide = [line for line in lines if line.text.count(" ") >= MIN_WORDS - 1]
    if len(wide) < MIN_ROWS or depth > MAX_COLUMNS_DEPTH:
        return lines
    sampled = wide[len(wide) // 3], wide[len(wide) // 2]
    if not any(True for line in sampled for _gap in gaps_in(line, places, within=MIDDLE)):
        return lines
    gaps = [list(gaps_in(line, places)) for line in lines]
    gutter = _gutter(lines, gaps, n_wide=len(wide))
    if gutter is None:
        return lines
    return [
        line
        for is_divided, run in groupby(_sides(lines, gaps, gutter, part_of), key=lambda sides: sides[2] is None)
        for line in _in_order(list(run), part_of, places, depth, is_divided=is_divided)
    ]


def gaps_in(line: PageLine, places: Places, *, within: tuple[float, float] = (0.0, 1.0)) -> Iterator[_Gap]:
    """Yield the wide gaps of a line; `within` are shares of its characters between which they are looked for."""
    characters = line.characters
    first, last = (round(share * len(line.text)) for share in within)
    for index, character in enumerate(line.text[first:last], start=first):
        if character == " " and 0 < index < len(characters) - 1:
            left = places(characters[index - 1], line.turn)[2]
            right = places(characters[index + 1], line.turn)[0]
            if right - left > WIDE * line.height:
                yield left, right, index


def _gutter(lines: Sequence[PageLine], gaps: Sequence[Sequence[_Gap]], *, n_wide: int) -> float | None:
    """Return a place from the page's left side that lies in most lines' gaps and has running text on both sides."""
    places = sorted((left + right) / 2 for found in gaps for left, right, _index in found)
    places = places[:: max(1, len(places) // MAX_PLACES)]
    best = max(places, key=lambda place: sum(_at(found, place) is not None for found in gaps), default=None)
    if best is None:
        return None
    divided = [(line, gap) for line, found in zip(lines, gaps, strict=True) if (gap := _at(found, best))]
    if len(divided) < max(MIN_ROWS, MIN_SHARED * n_wide):
        return None
    column = best - min(line.left for line, _gap in divided)
    room_left = median(max(gap[0] for _line, gap in divided) - gap[0] for _line, gap in divided)
    if room_left > MAX_ROOM_LEFT * column:
        return None
    for side in ([line.text[: gap[2]] for line, gap in divided], [line.text[gap[2] + 1 :] for line, gap in divided]):
        whole = " ".join(side)
        if whole.count(" ") + 1 < MIN_WORDS_A_SIDE * len(side) or sum(map(str.isdigit, whole)) > MAX_DIGITS * len(whole):
            return None
    return best


def _at(gaps: Sequence[_Gap], place: float) -> _Gap | None:
    return next((gap for gap in gaps if gap[0] <= place <= gap[1]), None)


def _sides(
    lines: Sequence[PageLine], gaps: Sequence[Sequence[_Gap]], gutter: float, part_of: Part
) -> Iterator[tuple[PageLine | None, PageLine | None, PageLine | None]]:
    """Yield for every line what stands left and right of the gutter, or the line as a whole where it crosses it."""
    for line, found in zip(lines, gaps, strict=True):
        gap = _at(found, gutter)
        if gap:
            yield part_of(line, 0, gap[2]), part_of(line, gap[2] + 1, len(line.text)), None
        elif line.right <= gutter:
            yield line, None, None
        elif line.left >= gutter:
            yield None, line, None
        else:
            yield None, None, line


def _in_order(
    run: Sequence[tuple[PageLine | None, PageLine | None, PageLine | None]],
    part_of: Part,
    places: Places,
    depth: int,
    *,
    is_divided: bool,
) -> Iterator[PageLine]:
    if not is_divided:
        yield from (line for _left, _right, line in run if line)
        return
    yield from in_columns([left for left, _right, _line in run if left], part_of, places, depth + 1)
    yield from in_columns([right for _left, right, _line in run if right], part_of, places, depth + 1)
