"""A table of a document as HTML: its cells in rows, its heads as such, what stands between cells in the text kept out of sight.

The text content stays that of the document, character for character: a separator goes into the cell before it, where neither eye nor ear meets it.
"""

from collections.abc import Callable
from itertools import pairwise

from qa.structure import Cell, Table

_CITED = ' class="cited"'

Piece = Callable[[int, int], str]
"""Returns the HTML of the text from one offset to another."""


def table_html(table: Table, piece: Piece, between: Piece, *, cited: range) -> str:
    """Return a table.

    Args:
        table: to show.
        piece: for the text of a cell.
        between: for what stands between two cells or two rows.
        cited: numbers of the rows that hold the quote.
    """
    rows = [_row_html(table, number, piece, between, is_cited=number in cited) for number in range(len(table.rows))]
    gaps = [between(end, start) for (_start, end), (start, _end) in pairwise(table.row_spans)]
    joined = "".join(row + gap for row, gap in zip(rows, [*gaps, ""], strict=True))
    return f"<table><tbody>{joined}</tbody></table>"


def _row_html(table: Table, number: int, piece: Piece, between: Piece, *, is_cited: bool) -> str:
    filled = [cell for cell in table.rows[number] if cell.end > cell.start]
    following = {cell.start: after.start for cell, after in pairwise(filled)}
    cells = []
    for cell in table.rows[number]:
        gap = following.get(cell.start) if cell.end > cell.start else None
        separator = f'<span class="between">{between(cell.end, gap)}</span>' if gap is not None else ""
        cells.append(_cell_html(table, number, cell, piece(cell.start, cell.end) + separator))
    return f"<tr{_CITED if is_cited else ''}>{''.join(cells)}</tr>"


def _cell_html(table: Table, row: int, cell: Cell, content: str) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("colspan", cell.n_columns), ("rowspan", cell.n_rows)) if n > 1)
    if row < table.n_header_rows:
        return f'<th scope="{"colgroup" if cell.n_columns > 1 else "col"}"{spans}>{content}</th>'
    if cell.column < table.n_header_columns and content:
        return f'<th scope="{"rowgroup" if cell.n_rows > 1 else "row"}"{spans}>{content}</th>'
    return f"<td{spans}>{content}</td>"
