"""A table of answers as a file that a spreadsheet opens: CSV, or Excel by XlsxWriter (BSD), which only writes.

What a document or a person wrote must not become a formula: in Excel every cell is written as text, and in CSV, where the spreadsheet decides, a cell that
it would calculate gets an apostrophe in front, the mark for text. Only addresses that were built here become links.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qa.answer import Language
from qa.question_lists.answer_table import COLUMNS, TableRow, heads
from qa.wording.sentence import say

MAX_CELL = 32_767
"""Characters that Excel holds in a cell."""

_CALCULATED = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four are the wide forms of the first
_CUT = " […]"
_WIDTHS = (6, 44, 6, 70, 36, 34, 12, 28, 50, 30, 22, 12, 24, 24)
_LINKED = {"official": "officielebekendmakingen.nl", "permalink": "open in Bronvraag"}
"""What stands on the links: the addresses are long, and a column of them says nothing."""


def as_csv(rows: Sequence[TableRow], language: Language) -> bytes:
    """Return the table as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=say(language, "lists", "separator"))
    writer.writerow(heads(language))
    writer.writerows([_defused(cell) for cell in row.cells] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def as_excel(rows: Sequence[TableRow], language: Language) -> bytes:
    """Return the table as an Excel file: the head stays in view, columns can be filtered, dates are dates."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"title": say(language, "lists", "sheet"), "created": datetime(2000, 1, 1)})
        sheet = workbook.add_worksheet(say(language, "lists", "sheet"))
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#E4ECFD"})
        for column, (name, width) in enumerate(zip(heads(language), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for place, row in enumerate(rows, start=1):
            _write_row(sheet, place, row, wrapped, day)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    return content.getvalue()


def _write_row(sheet: Worksheet, place: int, row: TableRow, wrapped: Format, day: Format) -> None:
    for column, (name, cell) in enumerate(zip(COLUMNS, row.cells, strict=True)):
        if name in _LINKED and cell:
            sheet.write_url(place, column, cell, wrapped, _LINKED[name])
        elif name == "date" and (written := _day(cell)):
            sheet.write_datetime(place, column, written, day)
        else:
            sheet.write_string(place, column, _cut(cell), wrapped)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def _cut(cell: str) -> str:
    return cell if len(cell) <= MAX_CELL else cell[: MAX_CELL - len(_CUT)] + _CUT


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_CALCULATED) else cell
