"""Tables on the pages of PDF files, drawn as programs draw them: aligned, ruled, and with cells of several lines."""

import io
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from qa.document import Document
from qa.readers.pdf import boxes_of, read_pdf
from qa.segmenter import segment

STYLE = getSampleStyleSheet()["BodyText"]
BEFORE = "Dit overzicht geeft de aantallen meldingen van discriminatie die in twee jaren zijn ontvangen door de voorzieningen in het land."
ROWS = [
    ["Provincie", "2021", "2022"],
    ["Friesland", "143", "152"],
    ["Noord-Holland", "1.204", "1.318"],
    ["Totaal", "1.347", "1.470"],
]
LONG = [
    ["Aanbeveling", "Reactie", "Stand"],
    [
        "Versterk de dijken langs de Lek en de IJssel",
        "Het kabinet neemt deze aanbeveling over en trekt er dertig miljoen euro voor uit",
        "Loopt",
    ],
    ["Maak een kaart van de bodemdaling", "De kaart is in 2030 gepubliceerd", "Gereed"],
]
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
RIGHT = TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT")])


def text(words: str) -> Flowable:
    return Paragraph(words, STYLE)


def pdf(*parts: Flowable) -> bytes:
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(list(parts))
    return file.getvalue()


def read(*parts: Flowable) -> Document:
    return read_pdf(pdf(*parts), Path("/cijfers.pdf"), "0123456789abcdef")


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.text[cell.start : cell.end] for cell in row] for row in table.rows] for table in document.structure.tables]


def wrapped(rows: Sequence[Sequence[str]]) -> list[list[object]]:
    return [list(rows[0]), *([text(first), text(second), third] for first, second, third in rows[1:])]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (Table(ROWS, colWidths=[150, 100, 100], style=RIGHT), ROWS),
        (Table(ROWS, colWidths=[90, 50, 50], style=GRID), ROWS),
        (Table(wrapped(LONG), colWidths=[150, 200, 60], style=GRID), LONG),
    ],
)
def test_a_table_between_paragraphs_is_read_cell_by_cell(table: Table, expected: list[list[str]]) -> None:
    document = read(text(BEFORE), Spacer(1, 12), table, Spacer(1, 12), text(BEFORE))
    assert (cells(document), document.text.count(BEFORE)) == ([expected], 2)


def test_two_tables_below_each_other_are_two() -> None:
    document = read(Table(ROWS, colWidths=[150, 100, 100]), Spacer(1, 30), Table(ROWS, colWidths=[150, 100, 100]))
    assert cells(document) == [ROWS, ROWS]


@pytest.mark.parametrize("n_repeated", [0, 1])
def test_a_table_over_several_pages_is_one_and_its_head_is_read_once(n_repeated: int) -> None:
    rows = [ROWS[0], *([f"Gemeente {place}", str(100 + place), str(200 + place)] for place in range(80))]
    table = Table(rows, colWidths=[150, 100, 100], style=GRID, repeatRows=n_repeated)
    assert cells(read(text(BEFORE), table, text(BEFORE))) == [rows]


def test_a_table_with_other_columns_at_the_top_of_the_next_page_is_another() -> None:
    tables = Table(ROWS * 9, colWidths=[60, 150, 100], style=GRID), Table(ROWS, colWidths=[230, 100, 100], style=GRID)
    assert [len(rows) for rows in cells(read(tables[0], PageBreak(), tables[1]))] == [36, 4]


def test_a_row_is_found_with_its_heads() -> None:
    caption = text("Tabel 1. Meldingen")
    document = read(
        text(BEFORE), caption, Table(ROWS, colWidths=[150, 100, 100]), Spacer(1, 12), text("Dat is minder dan eerst.")
    )
    [passage, after] = segment(document)[-2:]
    assert (passage.context.endswith("Tabel 1. Meldingen\nProvincie | 2021 | 2022"), "Tabel 1" in after.context) == (True, False)


def test_the_cells_of_a_row_are_found_again_on_the_page() -> None:
    content = pdf(Table(ROWS, colWidths=[150, 100, 100]))
    document = read_pdf(content, Path("/cijfers.pdf"), "0123456789abcdef")
    start = document.text.index("Friesland | 143 | 152")
    boxes = boxes_of(content, document.printed_between(start, start + len("Friesland | 143 | 152")))
    assert [box.left > before.right for before, box in itertools.pairwise(boxes)] == [True, True]


@pytest.mark.parametrize(
    "rows",
    [
        [["1.", "De eerste zin van een lijst met nummers."], ["2.", "De tweede zin, die daarop volgt."]],
        [["De Minister van Financiën,", "De Staatssecretaris van Fiscaliteit,"], ["J. Jansen", "P. Pietersen"]],
        [["Datum", "16 mei 2031"], ["Ons kenmerk", "2031-0000123"], ["Betreft", "Voortgang dijken"]],
        [["Vraag 1", "Antwoord 1"], ["Klopt dat?", "Ja, dat klopt."]],
    ],
)
def test_what_only_stands_beside_each_other_is_no_table(rows: list[list[str]]) -> None:
    assert cells(read(text(BEFORE), Spacer(1, 12), Table(rows, colWidths=[200, 250]))) == []


def test_figures_at_the_foot_of_a_page_are_no_page_numbers() -> None:
    document = read(Spacer(1, 590), Table([["Jaar", "Aantal"], ["2021", "12"], ["2022", "15"]], colWidths=[150, 100]))
    assert cells(document) == [[["Jaar", "Aantal"], ["2021", "12"], ["2022", "15"]]]


def test_words_and_figures_of_a_very_long_table_are_each_read_once() -> None:
    """Counted in cells and characters, which a quadratic way would repeat."""
    rows = [[f"regel {number}", str(number), str(number + 1)] for number in range(600)]
    document = read(Table([["Naam", "Eerste", "Tweede"], *rows], colWidths=[150, 100, 100]))
    assert sum(len(row) for table in document.structure.tables for row in table.rows) == 3 * 601
