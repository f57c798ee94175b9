"""Numbers and symbols that Word keeps apart from the text."""

from pathlib import Path

import pytest

from qa.document import Document
from qa.passage import Role
from qa.readers.symbols import symbol_of
from qa.readers.word import read_docx
from qa.segmenter import segment
from tests.readers.files import numbered, numbered_docx, paragraph, run

LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
)
QUESTIONS = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Vraag %1"/></w:lvl>'
ROMAN = '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>'
LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>' for name, levels in enumerate((LEVELS, QUESTIONS, ROMAN))
)
NUMBERS = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:styleId="Vraagstijl"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Afgeleid"><w:basedOn w:val="Vraagstijl"/></w:style>'
)


def document(*body: str) -> Document:
    return read_docx(numbered_docx(*body, numbering=LISTS + NUMBERS, styles=STYLES), Path("/nowhere/stuk.docx"), "0" * 16)


def test_numbers_are_counted_as_word_does() -> None:
    body = [
        numbered("Een", 1),
        numbered("Onder een", 1, 1),
        numbered("Nog een", 1, 1),
        numbered("Punt", 1, 2),
        numbered("", 1),
        paragraph("Tussendoor"),
        numbered("Drie", 1),
        numbered("Onder drie", 1, 1),
        paragraph("Vier", style="Vraagstijl"),
        paragraph("Vijf", style="Afgeleid"),
        numbered("Opnieuw", 4),
        numbered("Romeins", 3),
        numbered("Weer", 3),
    ]
    assert document(*body).text.split("\n\n") == [
        *("1. Een", "1.a) Onder een", "1.b) Nog een", "Punt", "Tussendoor", "3. Drie", "3.a) Onder drie"),
        *("4. Vier", "5. Vijf", "1. Opnieuw", "IV Romeins", "V Weer"),
    ]


@pytest.mark.parametrize("value", ["²", "", "-1", "99"])
def test_a_level_or_start_that_is_no_number_costs_no_document(value: str) -> None:
    levels = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{value}"><w:start w:val="{value}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    body = f'<w:p><w:pPr><w:outlineLvl w:val="{value}"/><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("Tekst")}</w:p>'
    assert "Tekst" in read_docx(numbered_docx(body, numbering=levels + NUMBERS), Path("/nowhere/stuk.docx"), "0" * 16).text


@pytest.mark.parametrize(
    "questions",
    [
        [numbered("Is de sluis dicht?", 1), numbered("Waarom?", 1)],
        [paragraph("Is de sluis dicht?", style="Vraagstijl"), paragraph("Waarom?", style="Afgeleid")],
        [numbered("Is de sluis dicht?", 2), numbered("Waarom?", 2)],
    ],
)
@pytest.mark.parametrize("heading", ["Antwoord", "Antwoord:", ""])
def test_questions_that_word_numbers_are_paired_with_their_answers(questions: list[str], heading: str) -> None:
    headings = [paragraph(heading)] if heading else []
    answers = [paragraph("Ja, sinds mei."), paragraph("Hij lekt.")]
    opening = paragraph("Antwoorden op vragen van het lid Proefman (ABC) over de sluis bij Proefdam")
    read = document(opening, questions[0], *headings, answers[0], questions[1], *headings, answers[1])
    said = [(passage.role, passage.numbers, passage.text) for passage in segment(read) if passage.role is Role.ANSWER]
    assert said == [(Role.ANSWER, (1,), "Ja, sinds mei."), (Role.ANSWER, (2,), "Hij lekt.")]
    assert all("?" in passage.text for passage in segment(read) if passage.role is Role.QUESTION)


def test_symbols_are_read_as_what_they_show() -> None:
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = paragraph(
        "Voor wie ",
        symbol.format("Symbol", "F0B3"),
        " 18 is en ",
        symbol.format("Symbol", "F0A3"),
        " 30: ",
        symbol.format("Wingdings", "F0FC"),
        " en ",
        '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0b1</w:t></w:r>',
        " 2, ",
        symbol.format("Arial", "00BD"),
        symbol.format("Symbol", "geen"),
    )
    assert document(body).text == "Voor wie ≥ 18 is en ≤ 30: ✓ en ± 2, ½"


def test_places_in_a_font_are_characters() -> None:
    said = [
        symbol_of(font, code)
        for font, code in (("Symbol", 0xF0AE), ("Symbol", 0x61), ("wingdings", 0xF0E0), ("Arial", 0xF0B3), ("Arial", 0xF041))
    ]
    assert said == ["→", "\u03b1", "→", "≥", ""]
