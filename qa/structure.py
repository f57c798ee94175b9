"""`Structure`: the headings, lists and tables of a document, as offsets into its canonical text."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple


class BlockKind(StrEnum):
    """What a paragraph is, where its file says so or its place leaves no doubt."""

    HEADING = "heading"
    ITEM = "item"
    """Of a list."""
    CAPTION = "caption"
    """Of a table or a picture."""
    CONTENTS = "contents"
    """A table of contents."""
    REFERENCES = "references"
    """A list of literature or sources."""
    LETTERHEAD = "letterhead"


class Block(NamedTuple):
    """A paragraph, or several, from `start` to `end`; `level` is 1 for a chapter's heading and for the items of the outermost list."""

    start: int
    end: int
    kind: BlockKind
    level: int = 1


class Cell(NamedTuple):
    """A cell of a table: where its text is (`start` is `end` for an empty one), its first column, and how many columns and rows it takes."""

    start: int
    end: int
    column: int
    n_columns: int = 1
    n_rows: int = 1


@dataclass(frozen=True, kw_only=True, repr=False)
class Table:
    """A table.

    Attributes:
        n_header_rows: how many of its first rows head the columns.
        n_header_columns: how many of its first columns head the rows.
        rows: the cells that begin in each row, from left to right.
    """

    n_header_rows: int = 0
    n_header_columns: int = 0
    rows: tuple[tuple[Cell, ...], ...]

    def __repr__(self) -> str:
        return f"Table({len(self.rows)} rows, {self.n_columns} columns, {self.start}:{self.end})"

    @cached_property
    def n_columns(self) -> int:
        """How many columns its widest row reaches over."""
        return max((cell.column + cell.n_columns for row in self.rows for cell in row), default=0)

    @cached_property
    def start(self) -> int:
        """Offset of its first character."""
        return min((cell.start for row in self.rows for cell in row if cell.end > cell.start), default=0)

    @cached_property
    def end(self) -> int:
        """Offset just after its last character."""
        return max((cell.end for row in self.rows for cell in row), default=0)

    @cached_property
    def row_spans(self) -> tuple[tuple[int, int], ...]:
        """Where each row begins and ends in the text; a row without text is empty and stands where the one before it ends."""
        spans: list[tuple[int, int]] = []
        position = self.start
        for row in self.rows:
            filled = [cell for cell in row if cell.end > cell.start]
            start = min((cell.start for cell in filled), default=position)
            position = max((cell.end for cell in filled), default=position)
            spans.append((start, position))
        return tuple(spans)

    def row_at(self, offset: int) -> int | None:
        """Return the number of the row that holds the character at `offset`, 0 for the first, or None."""
        place = bisect_right(self.row_spans, offset, key=lambda span: span[0]) - 1
        return place if place >= 0 and offset < self.row_spans[place][1] else None

    @cached_property
    def reaching(self) -> tuple[tuple[Cell, ...], ...]:
        """For each row the cells that reach over it, from left to right: its own and those of rows above that take more rows than one."""
        below: list[tuple[int, Cell]] = []
        reaching = []
        for number, row in enumerate(self.rows):
            below = [(last, cell) for last, cell in below if last >= number]
            reaching.append(tuple(sorted([*row, *(cell for _last, cell in below)], key=lambda cell: cell.column)))
            below += [(number + cell.n_rows - 1, cell) for cell in row if cell.n_rows > 1]
        return tuple(reaching)

    @cached_property
    def title_rows(self) -> tuple[int, ...]:
        """For each row the last one above it, heads left aside, that is one cell over all columns; -1 if there is none."""
        last, titles = -1, []
        for number, row in enumerate(self.rows):
            titles.append(last)
            if number >= self.n_header_rows and len(row) == 1 and row[0].n_columns == self.n_columns > 1:
                last = number
        return tuple(titles)

    def heads_of(self, column: int) -> list[Cell]:
        """Return the cells of the header rows that stand over a column, from the top down, those without text left out."""
        return [cell for cell in self._heads.get(column, ()) if cell.end > cell.start]

    @cached_property
    def _heads(self) -> dict[int, list[Cell]]:
        heads: dict[int, list[Cell]] = {}
        for row in self.rows[: self.n_header_rows]:
            for cell in row:
                for column in range(cell.column, cell.column + cell.n_columns):
                    heads.setdefault(column, []).append(cell)
        return heads

    def shifted(self, distance: int) -> "Table":
        """Return the table with all its offsets moved."""
        rows = tuple(
            tuple(cell._replace(start=cell.start + distance, end=cell.end + distance) for cell in row) for row in self.rows
        )
        return Table(n_header_rows=self.n_header_rows, n_header_columns=self.n_header_columns, rows=rows)


@dataclass(frozen=True, kw_only=True)
class Structure:
    """What is known of how a document is built.

    Attributes:
        blocks: headings, items of lists and what else is no plain paragraph, in order of start and apart from each other.
        tables: in order of start and apart from each other.
    """

    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = field(default=())

    def __repr__(self) -> str:
        return f"Structure({len(self.blocks)} blocks, {len(self.tables)} tables)"

    def tables_between(self, start: int, end: int) -> Iterator[Table]:
        """Yield the tables that have text between these offsets."""
        place = bisect_right(self.tables, start, key=lambda table: table.end)
        for table in self.tables[place:]:
            if table.start >= end:
                return
            yield table

    def to_json(self) -> str:
        """Return it as it is kept: lists of numbers."""
        tables = [[table.n_header_rows, table.n_header_columns, table.rows] for table in self.tables]
        return json.dumps({"blocks": self.blocks, "tables": tables}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Structure":
        """Return what `to_json` wrote."""
        kept: dict[str, Any] = json.loads(text)
        return cls(
            blocks=tuple(Block(start, end, BlockKind(kind), level) for start, end, kind, level in kept["blocks"]),
            tables=tuple(
                Table(
                    n_header_rows=n_header_rows,
                    n_header_columns=n_header_columns,
                    rows=tuple(tuple(Cell(*cell) for cell in row) for row in rows),
                )
                for n_header_rows, n_header_columns, rows in kept["tables"]
            ),
        )


NO_STRUCTURE = Structure()
