"""Rows of a table with what stands above them: as they are embedded and found, and as they are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.structure import Cell, Table

BETWEEN = " | "
"""Stands between two cells of a row in the text."""


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


def said_above(text: str, table: Table, row: int) -> Iterator[str]:
    """Yield what must be known to read a row: what stands over it across the table, the heads of the columns, and cells that reach down to it.

    Args:
        text: the canonical text.
        table: in it.
        row: number of the row.
    """
    yield BETWEEN.join(dict.fromkeys(filter(None, (_text(text, cell) for cell in _full_width_above(table, row)))))
    heads = _heads(text, table)
    yield BETWEEN.join(filter(None, heads))
    own = set(table.rows[row])
    for cell in table.reaching[row]:
        if cell not in own and (said := _text(text, cell)):
            yield f"{heads[cell.column]}: {said}" if heads[cell.column] else said


def quoted_table(text: str, table: Table, rows: Sequence[int]) -> QuotedTable:
    """Return rows of a table as they are shown."""
    heads = _heads(text, table)
    return QuotedTable(
        heads=heads if any(heads) else (),
        rows=tuple(tuple(_texts(text, table, row)) for row in rows),
        n_header_columns=table.n_header_columns,
    )


def _heads(text: str, table: Table) -> tuple[str, ...]:
    """Return the heads of each column, from the top down, without what stands across the whole table."""
    return tuple(
        " ".join(dict.fromkeys(_text(text, cell) for cell in table.heads_of(column) if not _is_full_width(cell, table)))
        for column in range(table.n_columns)
    )


def _texts(text: str, table: Table, row: int) -> Iterator[str]:
    """Yield the texts of a row, one for each column; that of a cell over several columns stands in its first."""
    texts = {cell.column: _text(text, cell) for cell in table.reaching[row]}
    return (texts.get(column, "") for column in range(table.n_columns))


def _full_width_above(table: Table, row: int) -> Iterator[Cell]:
    for cells in table.rows[: table.n_header_rows]:
        yield from (cell for cell in cells if _is_full_width(cell, table))
    if (place := table.title_rows[row]) >= 0:
        yield from table.rows[place]


def _is_full_width(cell: Cell, table: Table) -> bool:
    return cell.n_columns == table.n_columns > 1


def _text(text: str, cell: Cell) -> str:
    return " ".join(text[cell.start : cell.end].split())
