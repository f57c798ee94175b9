"""`add_printed_table`: the rows of a table on a printed page, cell by cell, into the text and its structure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from qa.document import PrintedSpan
from qa.readers.builder import Mark, TextBuilder
from qa.readers.paragraph import Paragraph
from qa.readers.printed import JoinedLines, PrintedLine, join_printed
from qa.readers.tables import CELL_SEPARATOR, RawCell, RawTable
from qa.structure import Cell, Table


def add_printed_table(builder: TextBuilder, rows: Sequence[Sequence[PrintedLine]], words: frozenset[str]) -> None:
    """Add a table.

    Args:
        builder: to add it to.
        rows: the lines of each row, all of them in cells of one table, cell by cell.
        words: the document's words, for hyphens at line ends.
    """
    joined = [_cells(row, words) for row in rows]
    placed = [_add_row(builder, cells) for cells in joined]
    raw = RawTable([_raw(cells) for cells in joined])
    grid = raw.placed()
    n_header_rows = raw.n_header_rows(grid)
    n_header_columns = raw.n_header_columns(grid, n_header_rows)
    builder.add_table(Table(n_header_rows=n_header_rows, n_header_columns=n_header_columns, rows=tuple(placed)))


def _cells(row: Sequence[PrintedLine], words: frozenset[str]) -> list[tuple[int, JoinedLines]]:
    """Return the cells of a row with their columns."""
    by_column = groupby(row, key=lambda line: line.cell.column if line.cell else 0)
    return [(column, join_printed(lines, words)) for column, lines in by_column]


def _add_row(builder: TextBuilder, cells: Sequence[tuple[int, JoinedLines]]) -> tuple[Cell, ...]:
    shifts: list[int] = []
    length = 0
    for _column, cell in cells:
        shifts.append(length)
        length += len(cell.text) + len(CELL_SEPARATOR)
    shifted = list(zip(shifts, (cell for _column, cell in cells), strict=True))
    start = builder.add_paragraph(
        CELL_SEPARATOR.join(cell.text for _column, cell in cells),
        footnote_marks=[_moved(mark, shift) for shift, cell in shifted for mark in cell.footnote_marks],
        page_marks=[_moved(mark, shift) for shift, cell in shifted for mark in cell.page_marks],
        spans=[_moved_span(span, shift) for shift, cell in shifted for span in cell.spans],
    )
    return tuple(
        Cell(start + shift, start + shift + len(cell.text), column) for shift, (column, cell) in zip(shifts, cells, strict=True)
    )


def _moved(mark: Mark, shift: int) -> Mark:
    return replace(mark, column=mark.column + shift)


def _moved_span(span: PrintedSpan, shift: int) -> PrintedSpan:
    return replace(span, start=span.start + shift, end=span.end + shift)


def _raw(cells: Sequence[tuple[int, JoinedLines]]) -> list[RawCell]:
    """Return a row with an empty cell for each column that it skips."""
    texts = {column: cell.text for column, cell in cells}
    return [RawCell([Paragraph(texts[column])] if column in texts else []) for column in range(max(texts) + 1)]
