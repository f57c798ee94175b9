import pytest

from qa.exceptions import ReadError
from qa.readers.worksheet import MAX_ROWS, read_worksheet
from tests.readers.excel_builder import workbook
from tests.readers.files import members_of, zip_of


def sheet(rows: str, **other: str) -> bytes:
    """Return an Excel file with this markup as its first sheet."""
    members = members_of(workbook([["x"]]))
    members["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    return zip_of({**members, **other})


def test_first_sheet_is_read() -> None:
    assert read_worksheet(workbook([["Nr.", "Vraag"], [1, "Hoeveel?"]])) == [["Nr.", "Vraag"], ["1", "Hoeveel?"]]


def test_empty_cells_keep_the_others_in_their_columns() -> None:
    assert read_worksheet(workbook([["a", None, "c"]])) == [["a", "", "c"]]


def test_columns_beyond_z_are_in_their_places() -> None:
    assert read_worksheet(sheet('<row><c r="AB1"><v>5</v></c></row>')) == [[""] * 27 + ["5"]]


def test_text_that_stands_in_the_cell_is_read() -> None:
    assert read_worksheet(sheet('<row><c r="A1" t="inlineStr"><is><r><t>Hoe</t></r><r><t>veel?</t></r></is></c></row>')) == [
        ["Hoeveel?"]
    ]


def test_formula_gives_what_it_last_came_to() -> None:
    assert read_worksheet(sheet('<row><c r="A1" t="str"><f>A2&amp;"?"</f><v>Hoeveel?</v></c></row>')) == [["Hoeveel?"]]


def test_pronunciation_is_left_out() -> None:
    rows = '<row><c r="A1" t="inlineStr"><is><t>Hoeveel?</t><rPh sb="0" eb="1"><t>hu</t></rPh></is></c></row>'
    assert read_worksheet(sheet(rows)) == [["Hoeveel?"]]


@pytest.mark.parametrize("number", ["99", "-1", "x", ""])
def test_text_that_is_not_there_is_empty(number: str) -> None:
    assert read_worksheet(sheet(f'<row><c r="A1" t="s"><v>{number}</v></c></row>')) == [[]]


def test_column_far_to_the_right_is_left_out() -> None:
    assert read_worksheet(sheet('<row><c r="XFD1"><v>5</v></c></row>')) == [[]]


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(ReadError, match="10,001 rows"):
        read_worksheet(sheet("<row/>" * (MAX_ROWS + 1)))


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_incomplete_file_is_refused(member: str) -> None:
    members = members_of(workbook([["x"]]))
    del members[member]
    with pytest.raises(ReadError, match="no Excel file"):
        read_worksheet(zip_of(members))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><workbook/>'
    with pytest.raises(ReadError, match="declares entities"):
        read_worksheet(sheet("", **{"xl/workbook.xml": bomb}))
