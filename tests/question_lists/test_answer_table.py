import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from qa.answer import Answer, Citation, Language, Relevance
from qa.document import Kind, Person
from qa.passage import Role
from qa.question_lists.answer_table import COLUMNS, TableRow, heads, rows_of
from qa.question_lists.table_file import MAX_CELL, as_csv, as_excel

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

CITATION = Citation(
    number=1,
    passage_id=1,
    document_id="d1",
    title="Vragen over fietspaden",
    source="/s",
    official_id="ah-tk-20232024-878",
    date="2024-02-03",
    kind=Kind.ANSWERS,
    role=Role.ANSWER,
    numbers=(2,),
    page=None,
    start=0,
    end=40,
    passage="De provincies betalen ze.",
    quote="De provincies\nbetalen ze.",
    quote_start=4,
    quote_end=29,
    relevance=Relevance.STRONG,
    score=0.9,
    reference="Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 2",
    answered_by=(Person(name="Jansen", affiliation="Infrastructuur en Waterstaat"), Person(name="De Boer")),
)


def rows(*citations: Citation, question: str = "Wie betaalt?", language: Language = "nl") -> list[TableRow]:
    answer = Answer(question=question, language="nl", refused=not citations, message="", citations=citations)
    return rows_of("3", answer, language=language, permalink=lambda citation: f"http://host/#src={citation.document_id}")


def csv_cells(table: Sequence[TableRow], language: Language = "nl") -> list[list[str]]:
    text = as_csv(table, language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if language == "nl" else ","))


def test_row_holds_what_a_civil_servant_needs() -> None:
    assert dict(zip(COLUMNS, rows(CITATION)[0].cells, strict=True)) == {
        "label": "3",
        "question": "Wie betaalt?",
        "rank": "1",
        "quote": "De provincies betalen ze.",
        "document": "Vragen over fietspaden",
        "reference": "Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 2",
        "date": "2024-02-03",
        "asked_by": "",
        "earlier_question": "",
        "answered_by": "Jansen (Infrastructuur en Waterstaat); De Boer",
        "role": "antwoord op vraag 2",
        "relevance": "sterk",
        "official": "https://zoek.officielebekendmakingen.nl/ah-tk-20232024-878.html",
        "permalink": "http://host/#src=d1",
    }


def test_every_quote_has_a_row_of_its_own() -> None:
    assert [row.rank for row in rows(CITATION, replace(CITATION, number=2))] == ["1", "2"]


def test_refusal_has_one_row_that_says_so() -> None:
    table = rows(language="en")
    assert [(row.label, row.question, row.quote, row.relevance) for row in table] == [("3", "Wie betaalt?", "", "nothing found")]


def test_members_question_is_not_said_to_be_answered_by_anyone() -> None:
    row = rows(replace(CITATION, role=Role.QUESTION))[0]
    assert (row.answered_by, row.role) == ("", "vraag 2 van een Kamerlid, niet het antwoord van de regering")


def test_identifier_that_is_none_gives_no_address() -> None:
    assert rows(replace(CITATION, official_id='x"><script>'))[0].official == ""


def test_invisible_characters_are_left_out() -> None:
    assert rows(replace(CITATION, title="Brief\u202eomgekeerd\x00"))[0].document == "Briefomgekeerd"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_column_has_a_head(language: Language) -> None:
    assert len(heads(language)) == len(COLUMNS)


def test_csv_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert as_csv(rows(CITATION), "nl").startswith(b"\xef\xbb\xbfNr.;Vraag;")


def test_english_csv_is_separated_by_commas() -> None:
    assert as_csv(rows(CITATION), "en").startswith(b"\xef\xbb\xbfNo.,Question,")


def test_csv_reads_back_as_the_cells() -> None:
    table = rows(replace(CITATION, quote='Hij zei: "ja; nee", en ging.'), CITATION)
    assert csv_cells(table)[1:] == [row.cells for row in table]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_cell_that_a_spreadsheet_would_calculate_is_marked_as_text(start: str) -> None:
    assert csv_cells(rows(CITATION, question=f"{start}HYPERLINK(1)"))[1][1] == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("space", ["\t", "\r", "\n", " "])
def test_white_space_hides_no_formula(space: str) -> None:
    assert csv_cells(rows(CITATION, question=f"{space}=1+1"))[1][1] == "'=1+1"


def test_no_csv_row_spreads_over_lines() -> None:
    assert as_csv(rows(CITATION, question="Een\nvraag\r\nmet regels"), "nl").count(b"\r\n") == 2


def excel_parts(table: Sequence[TableRow]) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(as_excel(table, "nl"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def excel_texts(table: Sequence[TableRow]) -> list[str]:
    strings = ET.fromstring(excel_parts(table)["xl/sharedStrings.xml"])  # noqa: S314 - written here
    return ["".join(text.text or "" for text in item.iter(f"{SPREADSHEET}t")) for item in strings]


def test_excel_file_holds_the_quote() -> None:
    assert "De provincies betalen ze." in excel_texts(rows(CITATION))


def test_excel_file_holds_no_formula() -> None:
    table = rows(replace(CITATION, quote="=1+1", title="=cmd|x"), question="=HYPERLINK(1)")
    assert "<f>" not in excel_parts(table)["xl/worksheets/sheet1.xml"]


def test_excel_keeps_what_looks_like_a_formula_as_text() -> None:
    assert "=1+1" in excel_texts(rows(replace(CITATION, quote="=1+1")))


def test_excel_links_only_to_our_own_addresses() -> None:
    table = rows(replace(CITATION, quote="https://outside.example/x", title="mailto:a@b.c"))
    links = re.findall(r'Target="([^"]*)"', excel_parts(table)["xl/worksheets/_rels/sheet1.xml.rels"])
    assert links == ["https://zoek.officielebekendmakingen.nl/ah-tk-20232024-878.html", "http://host/"]


def test_excel_dates_are_dates() -> None:
    assert "<v>45325</v>" in excel_parts(rows(CITATION))["xl/worksheets/sheet1.xml"]  # days since 1899-12-30


def test_what_is_no_date_is_text() -> None:
    assert "gisteren" in excel_texts(rows(replace(CITATION, date="gisteren")))


def test_too_long_a_quote_is_cut_with_a_sign() -> None:
    longest = max(excel_texts(rows(replace(CITATION, quote="x" * 50_000))), key=len)
    assert (len(longest), longest[-3:]) == (MAX_CELL, "[…]")


def test_same_answers_make_the_same_file() -> None:
    assert as_excel(rows(CITATION), "nl") == as_excel(rows(CITATION), "nl")
