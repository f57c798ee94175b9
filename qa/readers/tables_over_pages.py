"""Tables through a whole document: one that goes on at the top of the next page, under the same columns, is one table, and its repeated head is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from qa.readers.page_line import PageLine

_Interval = tuple[float, float]


@dataclass(frozen=True)
class _Table:
    """A table so far: how many rows it has, what the cells of its first row say, and where from left to right each column has text."""

    turn: int
    n_rows: int
    head: Sequence[str]
    columns: Sequence[_Interval]

    @classmethod
    def of(cls, lines: Sequence[PageLine]) -> "_Table":
        """Return the table that these lines are the cells of."""
        cells = [(line.cell, line) for line in lines if line.cell]
        columns = {cell.column for cell, _line in cells}
        return cls(
            turn=lines[0].turn,
            n_rows=max(cell.row for cell, _line in cells) + 1,
            head=[line.text for cell, line in cells if cell.row == 0],
            columns=[
                _around((line.left, line.right) for cell, line in cells if cell.column == column) for column in sorted(columns)
            ],
        )

    def goes_on_in(self, other: "_Table") -> bool:
        """Return whether each column of another table stands under one of this table, and reaches under none beside it."""
        if self.turn != other.turn or len(self.columns) != len(other.columns):
            return False
        pairs = list(zip(self.columns, other.columns, strict=True))
        overlap = all(max(one[0], two[0]) < min(one[1], two[1]) for one, two in pairs)
        return overlap and all(left[1] < right[0] for left, right in pairwise(map(_around, pairs)))

    def with_more(self, other: "_Table", n_rows: int) -> "_Table":
        """Return the table with the rows of the one that it goes on in."""
        columns = [_around(pair) for pair in zip(self.columns, other.columns, strict=True)]
        return replace(self, n_rows=n_rows, columns=columns)


def numbered_tables(pages: Iterable[Sequence[PageLine]]) -> tuple[list[list[PageLine]], list[PageLine]]:
    """Return the lines of the pages, their tables numbered through the document, and apart from them the heads that a page repeats.

    Args:
        pages: the lines of each without running heads and feet, tables numbered by page.
    """
    found: list[list[PageLine]] = []
    repeated: list[PageLine] = []
    n_tables = 0
    above: _Table | None = None
    for page in pages:
        found.append([])
        for place, (number, group) in enumerate(groupby(page, key=lambda line: line.cell.table if line.cell else None)):
            lines = list(group)
            if number is None:
                found[-1] += lines
                above = None
                continue
            table = _Table.of(lines)
            n_above = 0
            if place == 0 and above and above.goes_on_in(table):
                n_repeated = int(above.head == table.head)
                repeated += [line for line in lines if line.cell and line.cell.row < n_repeated]
                lines = [line for line in lines if line.cell and line.cell.row >= n_repeated]
                n_above = above.n_rows - n_repeated
                table = above.with_more(table, n_above + table.n_rows)
            else:
                n_tables += 1
            found[-1] += [replace(line, cell=line.cell.moved(n_tables, n_above)) for line in lines if line.cell]
            above = table
    return found, repeated


def _around(intervals: Iterable[_Interval]) -> _Interval:
    lefts, rights = zip(*intervals, strict=True)
    return min(lefts), max(rights)
