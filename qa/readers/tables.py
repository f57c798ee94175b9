"""`RawTable`: a table as its file gives it, and what is made of it.

1. Cells get the first free column of their row, those of rows above that reach over it taken into account (the algorithm of HTML, "forming a table").
2. A table that only puts text side by side is none: one with the heading of a question or answer in it, with one column, with one row of running
   text, or with a cell of very many paragraphs.
3. Header rows are those that the file marks as such; else the first row, where its cells are short words over figures, or over other texts in three
   columns or more. A row above it that is one cell wide belongs to them.
4. The first column heads the rows where the file says so, or where it holds words and another column follows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from qa.parliament.headings import parse_heading
from qa.readers.paragraph import Paragraph

MAX_COLUMNS = 200
"""A cell that says it takes more takes these."""
MAX_PARAGRAPHS = 12
"""A cell with more is a text of its own."""
LONG_CELL = 200
MAX_HEAD = 80

_FIGURE = re.compile(
    r"[-–—+<>≤≥±~(\[]*\s*(?:(?:€|\$|£|EUR|ca\.?|circa)\s*)?[-–]?\d[\d\s.,:/–-]*(?:\s*(?:%|‰|€|x|mln\.?|mld\.?|miljoen|miljard|euro|fte|[a-z]{1,3}\d?))?[)\]*]*(?:\s*\(.{1,15}\))?"
)
_NOTHING = re.compile(r"[-–—.xX*?/]{1,3}|n\.?v\.?t\.?|n\.?b\.?|n/?a|onbekend|geen|nihil", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?\*{0,2}")


@dataclass
class RawCell:
    """A cell: what stands in it, over how many columns and rows it reaches, whether the file calls it a head, and whether it goes on with the one above."""

    contents: list["Paragraph | RawTable"] = field(default_factory=list)
    n_columns: int = 1
    n_rows: int = 1
    is_head: bool = False
    goes_on: bool = False

    @property
    def paragraphs(self) -> list[Paragraph]:
        """What stands in it as paragraphs, the rows of a table in it as one each."""
        if not any(isinstance(part, RawTable) for part in self.contents):
            return [part for part in self.contents if isinstance(part, Paragraph)]
        return [
            paragraph
            for part in self.contents
            for paragraph in (
                [part] if isinstance(part, Paragraph) else [each for row in part.rows for each in row_paragraphs(row)]
            )
        ]

    @property
    def text(self) -> str:
        """Its paragraphs on one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass
class PlacedCell:
    """A cell with its first column."""

    cell: RawCell
    column: int


@dataclass
class RawTable:
    """A table in the making: its rows, and which of them the file calls heads."""

    rows: list[list[RawCell]] = field(default_factory=list)
    head_rows: set[int] = field(default_factory=set)

    @property
    def is_layout(self) -> bool:
        """Whether it only puts text side by side."""
        rows = [[cell for cell in row if cell.paragraphs] for row in self.rows]
        cells = [cell for row in rows for cell in row]
        n_rows = sum(map(bool, rows))
        if max(map(len, rows), default=0) < 2:
            return True
        if any(
            len(cell.paragraphs) > MAX_PARAGRAPHS or any(parse_heading(part.text) for part in cell.paragraphs) for cell in cells
        ):
            return True
        return n_rows == 1 and any(len(cell.paragraphs) > 1 or len(cell.text) > LONG_CELL for cell in cells)

    def placed(self) -> list[list[PlacedCell]]:
        """Return the cells of every row with their columns; a cell never reaches below the last row."""
        taken: dict[int, int] = {}
        above: dict[int, RawCell] = {}
        placed: list[list[PlacedCell]] = []
        for number, row in enumerate(self.rows):
            column = 0
            placed.append([])
            for cell in row:
                while taken.get(column, -1) >= number:
                    column += 1
                if cell.goes_on and column in above:
                    above[column].n_rows += 1
                    column += above[column].n_columns
                    continue
                cell.n_columns = max(1, min(cell.n_columns, MAX_COLUMNS))
                cell.n_rows = max(1, min(cell.n_rows, len(self.rows) - number)) if column < MAX_COLUMNS else 1
                placed[-1].append(PlacedCell(cell, column))
                above[column] = cell
                if cell.n_rows > 1:
                    taken |= dict.fromkeys(range(column, column + cell.n_columns), number + cell.n_rows - 1)
                column += cell.n_columns
        return placed

    def n_header_rows(self, placed: Sequence[Sequence[PlacedCell]]) -> int:
        """Return how many of the first rows head the columns."""
        marked = next((n for n, row in enumerate(self.rows) if not self._is_marked(n, row)), len(self.rows))
        if marked:
            return marked if marked < len(self.rows) else 0
        n_columns = max((one.column + one.cell.n_columns for row in placed for one in row), default=0)
        first = next((n for n, row in enumerate(placed) if not _is_full_width(row, n_columns)), len(placed))
        if first >= len(placed) - 1:
            return 0
        below = [row for row in placed[first + 1 :] if not _is_full_width(row, n_columns)]
        if not below or not _heads(placed[first], below, n_columns):
            return 0
        depth = max((one.cell.n_rows for one in placed[first]), default=1)
        if depth == 1 and any(one.cell.n_columns > 1 for one in placed[first]) and len(below) > 1 and _may_be_heads(below[0]):
            depth = 2
        return min(first + depth, len(placed) - 1)

    def n_header_columns(self, placed: Sequence[Sequence[PlacedCell]], n_header_rows: int) -> int:
        """Return how many of the first columns head the rows: one, or none."""
        body = placed[n_header_rows:]
        firsts = [row[0].cell for row in body if len(row) > 1 and row[0].column == 0]
        if not firsts:
            return 0
        n_words = sum(cell.is_head or (bool(cell.paragraphs) and not is_figure(cell.text)) for cell in firsts)
        return int(2 * n_words > len(firsts))

    def contents(self) -> "Iterator[Paragraph | RawTable]":
        """Yield what stands in it one after the other, as of one that is no table."""
        for row in self.rows:
            if any(isinstance(part, RawTable) for cell in row for part in cell.contents):
                yield from (part for cell in row for part in cell.contents)
            else:
                yield from row_paragraphs(row)

    def _is_marked(self, number: int, row: Sequence[RawCell]) -> bool:
        return number in self.head_rows or (bool(row) and all(cell.is_head for cell in row))


CELL_SEPARATOR = " | "


def row_paragraphs(row: Iterable[RawCell]) -> list[Paragraph]:
    """Return a row as one paragraph, its cells joined by ` | `; if a cell has several paragraphs, or the heading of a question, as one after the other."""
    filled = [cell.paragraphs for cell in row if cell.paragraphs]
    if any(len(cell) > 1 or parse_heading(cell[0].text) for cell in filled):
        return [paragraph for cell in filled for paragraph in cell]
    return [Paragraph.joined([cell[0] for cell in filled], CELL_SEPARATOR)] if filled else []


def _is_full_width(row: Sequence[PlacedCell], n_columns: int) -> bool:
    """Return whether a row holds one cell that reaches over all columns, or nothing."""
    filled = [one for one in row if one.cell.paragraphs]
    return not filled or (len(filled) == 1 and n_columns > 1 and filled[0].cell.n_columns == n_columns)


def _heads(row: Sequence[PlacedCell], below: Sequence[Sequence[PlacedCell]], n_columns: int) -> bool:
    if not _may_be_heads(row):
        return False
    bodies: dict[int, list[str]] = {}
    for one in (one for line in below for one in line if one.cell.paragraphs):
        bodies.setdefault(one.column, []).append(one.cell.text)
    filled = [one for one in row if one.cell.paragraphs]
    if any(_is_over_figures(one.cell.text, bodies.get(one.column, ())) for one in filled):
        return True
    if any(is_figure(one.cell.text) for one in filled):  # a year over words tells nothing
        return False
    texts = [one.cell.text for one in filled]
    if n_columns > 2:
        return len(filled) >= n_columns - 1 and len(set(texts)) == len(texts) and len(below) > 1
    longer = len(filled) == 2 and median(map(len, bodies.get(filled[1].column, [""]))) > 2 * len(texts[1])
    return longer and len(below) > 1 and not any(text.endswith(":") for text in texts)


def _may_be_heads(row: Sequence[PlacedCell]) -> bool:
    texts = [one.cell.text for one in row if one.cell.paragraphs]
    return bool(texts) and all(
        len(text) <= MAX_HEAD and text[-1] not in ".;?!" and (not is_figure(text) or _YEAR.fullmatch(text)) for text in texts
    )


def _is_over_figures(head: str, column: Sequence[str]) -> bool:
    """Return whether most of a column are figures, other years than its head may be."""
    figures = [text for text in column if is_figure(text)]
    return 2 * len(figures) > len(column) and not (_YEAR.fullmatch(head) and all(map(_YEAR.fullmatch, figures)))


def is_figure(text: str) -> bool:
    """Return whether a cell holds a figure, or says that there is none."""
    return len(text) <= MAX_HEAD and (_FIGURE.fullmatch(text) is not None or _NOTHING.fullmatch(text) is not None)
