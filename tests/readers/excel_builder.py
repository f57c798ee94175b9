"""Small Excel files, as Excel itself would write them, made by the library that writes our own."""

import io
from collections.abc import Sequence

import xlsxwriter


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a file whose first sheet has these rows; a second sheet holds something else."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Vragen")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        book.add_worksheet("Elders").write_string(0, 0, "Iets anders?")
    return content.getvalue()
