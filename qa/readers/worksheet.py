"""The rows of an Excel file (.xlsx, ECMA-376): what its first sheet shows as text. Formulas are not calculated; what Excel last made of them is read."""

import re
from collections.abc import Mapping

from qa.exceptions import ReadError
from qa.readers.archive import Archive
from qa.readers.markup import Element, elements_of, parse_xml, text_of

MAX_ROWS = 10_000
MAX_COLUMNS = 200

_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


def read_worksheet(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet, row by row, those to the right of the last one with text left out.

    Raises:
        ReadError: it is no Excel file, is damaged, or holds more than a list does.
    """
    archive = Archive.open(content)
    sheet = archive.read(_first_sheet(archive))
    if sheet is None:
        raise ReadError("not_excel")
    texts = _shared_texts(archive)
    rows = list(elements_of(parse_xml(sheet), "row"))
    if len(rows) > MAX_ROWS:
        raise ReadError("too_many_rows", n=len(rows), most=MAX_ROWS)
    return [_cells(row, texts) for row in rows]


def _first_sheet(archive: Archive) -> str:
    """Return the name of the member that holds the first sheet; relations lead there from the workbook."""
    book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise ReadError("not_excel")
    wanted = next((sheet.attributes.get("id") for sheet in elements_of(parse_xml(book), "sheet")), None)
    targets = (
        relation.attributes.get("Target", "")
        for relation in elements_of(parse_xml(relations), "Relationship")
        if relation.attributes.get("Id") == wanted
    )
    target = next(targets, "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared_texts(archive: Archive) -> list[str]:
    content = archive.read("xl/sharedStrings.xml")
    return [_plain(item) for item in elements_of(parse_xml(content), "si")] if content else []


def _cells(row: Element, texts: list[str]) -> list[str]:
    cells: dict[int, str] = {}
    for cell in elements_of(row, "c"):
        place = _column(cell.attributes, default=len(cells))
        text = _text(cell, texts)
        if text and place < MAX_COLUMNS:
            cells[place] = text
    return [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _column(attributes: Mapping[str, str], *, default: int) -> int:
    match = _CELL.fullmatch(attributes.get("r", ""))
    if match is None:
        return default
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: Element, texts: list[str]) -> str:
    if cell.attributes.get("t") == "inlineStr":
        return _plain(cell)
    value = cell.child("v")
    written = text_of(value) if value else ""
    if cell.attributes.get("t") != "s":
        return written
    place = int(written) if written.isascii() and written.isdigit() else len(texts)
    return texts[place] if place < len(texts) else ""


def _plain(item: Element) -> str:
    """Return a cell's text without the pronunciation that may stand beside it."""
    return text_of(item, skip=lambda element: element.name == "rPh")
