"""The row of a table in words: each cell with the heads of its column, as it is embedded, found and shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.structure import Cell, Table

MAX_RESTATED = 80
"""Characters of the longest cell that is said again with its head."""
BETWEEN = " | "


@dataclass(frozen=True, kw_only=True)
class QuotedTable:
    """Rows of a table as they are shown: as many texts in each row as there are heads.

    Attributes:
        heads: of the columns; empty texts where a column has none, and no heads at all where none has.
        rows: the texts of the cells of each row.
        n_header_columns: how many of the first columns head the rows.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_header_columns: int = 0


def restated(text: str, table: Table, row: int) -> str:
    """Return what a row says with the heads of its columns: `Provincie: Friesland | 2021: 12 | 2022: 15`.

    Args:
        text: the canonical text.
        table: in it.
        row: number of the row.
    """
    said = []
    for cell in table.reaching[row]:
        own = _text(text, cell)
        if own and not _is_full_width(cell, table):
            head = _head(text, table, cell)
            own = own if len(own) <= MAX_RESTATED else ""
            said.append(f"{head}: {own}" if head and own else head or own)
    return BETWEEN.join(filter(None, said))


def title_within(text: str, table: Table, row: int) -> str:
    """Return what stands over a row across the whole table: in its head, and in the last row above it that is one cell wide."""
    return BETWEEN.join(dict.fromkeys(filter(None, (_text(text, cell) for cell in _full_width_above(table, row)))))


def quoted_table(text: str, table: Table, rows: Sequence[int]) -> QuotedTable:
    """Return rows of a table as they are shown."""
    columns = range(table.n_columns)
    heads = tuple(
        " ".join(dict.fromkeys(_text(text, cell) for cell in table.heads_of(column) if not _is_full_width(cell, table)))
        for column in columns
    )
    return QuotedTable(
        heads=heads if any(heads) else (),
        rows=tuple(tuple(_texts(text, table, row)) for row in rows),
        n_header_columns=table.n_header_columns,
    )


def _texts(text: str, table: Table, row: int) -> Iterator[str]:
    """Yield the texts of a row, one for each column; that of a cell over several columns stands in its first."""
    texts = {cell.column: _text(text, cell) for cell in table.reaching[row]}
    return (texts.get(column, "") for column in range(table.n_columns))


def _head(text: str, table: Table, cell: Cell) -> str:
    """Return the heads over a cell, from the top down; a cell over several columns has those of the first."""
    heads = [_text(text, head) for head in table.heads_of(cell.column) if not _is_full_width(head, table)]
    return " ".join(dict.fromkeys(heads))


def _full_width_above(table: Table, row: int) -> Iterator[Cell]:
    for cells in table.rows[: table.n_header_rows]:
        yield from (cell for cell in cells if _is_full_width(cell, table))
    if (place := table.title_rows[row]) >= 0:
        yield from table.rows[place]


def _is_full_width(cell: Cell, table: Table) -> bool:
    return cell.n_columns == table.n_columns > 1


def _text(text: str, cell: Cell) -> str:
    return " ".join(text[cell.start : cell.end].split())
