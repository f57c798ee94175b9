"""Tables of every kind of file: the same cells, heads and passages, whatever markup they came from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.document import Document
from qa.readers.markdown import read_markdown
from qa.readers.odt import read_odt
from qa.readers.official_xml import read_official_xml
from qa.readers.paragraph import Paragraph
from qa.readers.tables import MAX_COLUMNS, RawCell, RawTable
from qa.readers.web_page import read_html
from qa.readers.word import read_docx
from qa.segmenter import segment
from qa.table_rows import QuotedTable, quoted_table, said_above
from tests.readers.files import docx, html, odt, paragraph, run, xml

PATH = Path("/nergens/tabel")
ID = "0123456789abcdef"
HEADS = ("Provincie", "2021", "2022")
ROWS = (("Friesland", "12", "15"), ("Groningen", "9", "11"), ("Totaal", "21", "26"))
Make = Callable[[str], Document]


def of_html(body: str) -> Document:
    return read_html(html(body), PATH, ID)


def of_odt(body: str) -> Document:
    return read_odt(odt(body), PATH, ID)


def of_xml(body: str) -> Document:
    return read_official_xml(xml(body), PATH, ID)


def of_docx(body: str) -> Document:
    return read_docx(docx(body), PATH, ID)


def of_markdown(body: str) -> Document:
    return read_markdown(body.encode(), PATH, ID)


def wrapped(*rows: tuple[str, ...], cell: str, row: str, table: str = "{}", head: str = "", head_row: str = "") -> str:
    """Return a table in markup: forms with `{}` for what they hold."""
    made = [
        (head_row or row if not number else row).format(
            "".join((head or cell if not number else cell).format(text) for text in texts)
        )
        for number, texts in enumerate(rows)
    ]
    return table.format("".join(made))


ODT_CELL, ODT_ROW = "<table:table-cell><text:p>{}</text:p></table:table-cell>", "<table:table-row>{}</table:table-row>"
WORD_CELL, WORD_ROW = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>", "<w:tr>{}</w:tr>"
WORD_HEAD_ROW = "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>"
XML_CELL, XML_ROW = "<entry><al>{}</al></entry>", "<row>{}</row>"
TABLES: list[tuple[Make, str]] = [
    (of_html, wrapped(HEADS, *ROWS, cell="<td>{}</td>", head="<th>{}</th>", row="<tr>{}</tr>", table="<table>{}</table>")),
    (of_html, wrapped(HEADS, *ROWS, cell="<td>{}", head="<td>{}", row="<tr>{}", table="<table>{}</table>")),
    (
        of_html,
        wrapped(
            HEADS,
            *ROWS,
            cell="<td><p>{}</p></td>",
            row="<tr>{}</tr>",
            head_row="<thead><tr>{}</tr></thead>",
            table="<table>{}</table>",
        ),
    ),
    (of_odt, wrapped(HEADS, *ROWS, cell=ODT_CELL, row=ODT_ROW, table="<table:table>{}</table:table>")),
    (
        of_odt,
        wrapped(
            HEADS,
            *ROWS,
            cell=ODT_CELL,
            row=ODT_ROW,
            head_row=f"<table:table-header-rows>{ODT_ROW}</table:table-header-rows>",
            table="<table:table>{}</table:table>",
        ),
    ),
    (of_docx, wrapped(HEADS, *ROWS, cell=WORD_CELL, row=WORD_ROW, table="<w:tbl>{}</w:tbl>")),
    (of_docx, wrapped(HEADS, *ROWS, cell=WORD_CELL, row=WORD_ROW, head_row=WORD_HEAD_ROW, table="<w:tbl>{}</w:tbl>")),
    (
        of_xml,
        wrapped(
            HEADS,
            *ROWS,
            cell=XML_CELL,
            row=XML_ROW,
            head_row="<thead><row>{}</row></thead>",
            table="<table><tgroup>{}</tgroup></table>",
        ),
    ),
    (of_markdown, "Meldingen.\n\n| " + " |\n| ".join(map(" | ".join, [HEADS, ("---", "--:", "--:"), *ROWS])) + " |\n"),
]


def shown(read: Document) -> QuotedTable:
    [table] = read.structure.tables
    return quoted_table(read.text, table, range(table.n_header_rows, len(table.rows)))


@pytest.mark.parametrize(("make", "body"), TABLES)
def test_every_row_has_the_heads_of_its_columns(make: Make, body: str) -> None:
    assert (shown(make(body)).heads, shown(make(body)).rows) == (HEADS, ROWS)


@pytest.mark.parametrize(("make", "body"), TABLES)
def test_a_row_is_in_a_passage_that_has_its_heads_as_context(make: Make, body: str) -> None:
    [passage] = [passage for passage in segment(make(body)) if "Friesland" in passage.text]
    assert ("Friesland | 12 | 15" in passage.text, "Provincie | 2021 | 2022" in passage.context) == (True, True)


@pytest.mark.parametrize(("make", "body"), TABLES)
def test_cells_are_offsets_into_the_text(make: Make, body: str) -> None:
    read = make(body)
    [table] = read.structure.tables
    assert [tuple(read.text[cell.start : cell.end] for cell in row) for row in table.rows] == [HEADS, *ROWS]


MERGED: list[tuple[Make, str]] = [
    (
        of_html,
        (
            "<table><caption>Tabel 1: Meldingen</caption><tr><th rowspan=2>Regio<th rowspan=2>Provincie<th colspan=2>Meldingen<tr><th>2021<th>2022"
            "<tr><td rowspan=2>Noord<td>Friesland<td>12<td>15<tr><td>Groningen<td><td>11<tr><td colspan=4>Overig<tr><td>Zuid<td>Limburg<td>4<td>5</table>"
        ),
    ),
    (
        of_docx,
        paragraph("Tabel 1: Meldingen", style="Bijschrift")
        + "<w:tbl>"
        + "".join(
            f"<w:tr>{row}</w:tr>"
            for row in (
                "{v}Regio{/}{v}Provincie{/}{2}Meldingen{/}",
                "{c}{/}{c}{/}{1}2021{/}{1}2022{/}",
                "{v}Noord{/}{1}Friesland{/}{1}12{/}{1}15{/}",
                "{c}{/}{1}Groningen{/}{1}{/}{1}11{/}",
                "{4}Overig{/}",
                "{1}Zuid{/}{1}Limburg{/}{1}4{/}{1}5{/}",
            )
        )
        .replace("{/}", "</w:t></w:r></w:p></w:tc>")
        .replace("{v}", '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>')
        .replace("{c}", "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>")
        .replace("{1}", "<w:tc><w:p><w:r><w:t>")
        .replace("{2}", '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>')
        .replace("{4}", '<w:tc><w:tcPr><w:gridSpan w:val="4"/></w:tcPr><w:p><w:r><w:t>')
        + "</w:tbl>",
    ),
    (
        of_xml,
        (
            "<table><title>Tabel 1: Meldingen</title><tgroup><colspec colname='c1'/><colspec colname='c2'/><colspec colname='c3'/><colspec colname='c4'/>"
            "<thead><row><entry morerows='1'>Regio</entry><entry morerows='1'>Provincie</entry><entry namest='c3' nameend='c4'>Meldingen</entry></row>"
            "<row><entry>2021</entry><entry>2022</entry></row></thead><tbody><row><entry morerows='1'>Noord</entry><entry>Friesland</entry><entry>12</entry>"
            "<entry>15</entry></row><row><entry>Groningen</entry><entry/><entry>11</entry></row><row><entry namest='c1' nameend='c4'>Overig</entry></row>"
            "<row><entry>Zuid</entry><entry>Limburg</entry><entry>4</entry><entry>5</entry></row></tbody></tgroup></table>"
        ),
    ),
]


@pytest.mark.parametrize(("make", "body"), MERGED)
def test_merged_cells_are_said_of_every_row_and_column_that_they_reach_over(make: Make, body: str) -> None:
    found = shown(make(body))
    assert (found.heads, found.rows) == (
        ("Regio", "Provincie", "Meldingen 2021", "Meldingen 2022"),
        (
            ("Noord", "Friesland", "12", "15"),
            ("Noord", "Groningen", "", "11"),
            ("Overig", "", "", ""),
            ("Zuid", "Limburg", "4", "5"),
        ),
    )


@pytest.mark.parametrize(("make", "body"), MERGED)
def test_what_reaches_down_to_a_row_is_said_above_it(make: Make, body: str) -> None:
    read = make(body)
    [table] = read.structure.tables
    assert [list(filter(None, said_above(read.text, table, row))) for row in (3, 5)] == [
        ["Regio | Provincie | Meldingen 2021 | Meldingen 2022", "Regio: Noord"],
        ["Overig", "Regio | Provincie | Meldingen 2021 | Meldingen 2022"],
    ]


@pytest.mark.parametrize(("make", "body"), MERGED)
def test_rows_have_the_caption_of_their_table_as_context(make: Make, body: str) -> None:
    contexts = {name: passage.context for passage in segment(make(body)) for name in ("Friesland",) if name in passage.text}
    assert contexts["Friesland"].endswith("Tabel 1: Meldingen\nRegio | Provincie | Meldingen 2021 | Meldingen 2022")


@pytest.mark.parametrize(
    ("rows", "n_header_rows", "n_header_columns"),
    [
        ([["Naam", "Jan Jansen"], ["Functie", "Griffier"], ["Plaats", "Den Haag"]], 0, 1),
        ([["Besluit", "Toelichting"], ["Akkoord", "De commissie is het eens met het voorstel van de rapporteur."]] * 2, 1, 1),
        ([["2021", "12"], ["2022", "15"]], 0, 0),
        ([["Jaar", "Aantal"], ["2021", "12"], ["2022", "15"]], 1, 0),
        ([["", "2021", "2022"], ["Friesland", "12", "15"]], 1, 1),
        ([["Naam", "Fractie", "Stem"], ["Jansen", "ABC", "voor"], ["Pietersen", "DEF", "tegen"]], 1, 1),
        ([["Friesland", "12", "€ 1.500,00"], ["Groningen", "9", "€ 1.200,00"]], 0, 1),
        ([["Post", "Raming", "Realisatie"], ["Dijken", "€ 3 mln.", "n.v.t."], ["Sluizen", "– 4,5%", "(12)"]], 1, 1),
    ],
)
def test_heads_that_no_markup_marks_are_told_by_what_stands_under_them(
    rows: list[list[str]], n_header_rows: int, n_header_columns: int
) -> None:
    table = RawTable([[RawCell([Paragraph(text)] if text else []) for text in row] for row in rows])
    placed = table.placed()
    found = table.n_header_rows(placed)
    assert (found, table.n_header_columns(placed, found)) == (n_header_rows, n_header_columns)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>Een kader met tekst.<tr><td>En meer.</table>",
        "<table><tr><td><p>Links.<p>Meer links.<td>Rechts.</table>",
        "<table><tr><td>Vraag 1<td>Klopt dat?<tr><td>Antwoord 1<td>Ja.</table>",
    ],
)
def test_a_table_that_only_puts_text_side_by_side_is_none(body: str) -> None:
    assert of_html(body).structure.tables == ()


def test_a_table_in_a_table_of_layout_is_kept() -> None:
    assert len(of_html(f"<table><tr><td>{TABLES[0][1]}<tr><td>Toelichting.</table>").structure.tables) == 1


def test_a_cell_of_several_paragraphs_reaches_from_the_first_to_the_last() -> None:
    read = of_html(
        "<table><tr><th>Punt<th>Besluit<th>Wie<tr><td>1<td><p>Akkoord.<p>Met dank.<td>Jansen<tr><td>2<td>Nee<td>Pietersen</table>"
    )
    assert shown(read).rows[0] == ("1", "Akkoord. Met dank.", "Jansen")


def test_spans_that_reach_far_cost_no_more_than_the_table_holds() -> None:
    """Counted in places that are marked as taken, not in time."""
    cells = [[RawCell([Paragraph("x")], n_columns=10**6, n_rows=10**6)], *([RawCell([Paragraph("y")])] for _row in range(1000))]
    placed = RawTable(cells).placed()
    assert (placed[0][0].cell.n_columns, placed[-1][0].column) == (MAX_COLUMNS, MAX_COLUMNS)


def test_a_bold_word_before_a_table_is_not_lost() -> None:
    read = of_docx(paragraph(run("Kerncijfers", "<w:b/>")) + TABLES[5][1])
    assert any("Kerncijfers" in passage.context for passage in segment(read))


def test_empty_cells_at_the_end_of_a_text_stand_within_it() -> None:
    document = of_html(
        "<table><tr><th>Jaar</th><th>Aantal</th><th>Noot</th></tr><tr><td>2031</td><td>12</td><td></td></tr></table>"
    )
    (table,) = document.structure.tables
    assert [document.text[cell.start : cell.end] for cell in table.rows[-1]] == ["2031", "12", ""]
    assert all(cell.end <= len(document.text) for row in table.rows for cell in row)
