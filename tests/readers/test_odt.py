from pathlib import Path

import pytest

from qa.document import Document
from qa.exceptions import ReadError
from qa.parliament.parts import divide
from qa.passage import Role
from qa.readers.odt import read_odt
from tests.readers.files import members_of, odt, zip_of

ODT_LIST = (
    "<text:list><text:list-item><text:p>een</text:p><text:list><text:list-item><text:p>twee</text:p></text:list-item></text:list>"
    "</text:list-item><text:list-item><text:p>drie</text:p></text:list-item></text:list>"
)
ODT_TABLE = (
    "<table:table><table:table-row><table:table-cell><text:p>2022</text:p></table:table-cell>"
    "<table:table-cell><text:p>23.000</text:p></table:table-cell></table:table-row></table:table>"
)


ODT_NUMBERS = (
    "<text:list-style style:name='L1'>"
    "<text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>"
    "<text:list-level-style-number text:level='2' style:num-format='a' style:num-suffix=')' text:start-value='2'/>"
    "<text:list-level-style-bullet text:level='3' text:bullet-char='•'/></text:list-style>"
    "<text:list-style style:name='V'><text:list-level-style-number text:level='1' style:num-format='1' style:num-prefix='Vraag '/></text:list-style>"
    "<text:list-style style:name='N'><text:list-level-style-number text:level='1' style:num-format='I' style:num-list-format='Deel %1%:'/></text:list-style>"
    "<text:outline-style><text:outline-level-style text:level='1' style:num-format='1'/>"
    "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style>"
    "<style:style style:name='Opsomming' style:list-style-name='L1'/>"
)


def document(body: str, header: str = "", styles: str = "") -> Document:
    return read_odt(odt(body, header=header, styles=styles), Path("/brief.odt"), "0123456789abcdef")


def listed(*items: str, style: str = "L1", more: str = "") -> str:
    inside = "".join(
        f"<text:list-item>{item if item.startswith('<') else f'<text:p>{item}</text:p>'}</text:list-item>" for item in items
    )
    return f"<text:list text:style-name='{style}' {more}>{inside}</text:list>"


def test_lists_and_headings_have_the_numbers_that_are_printed() -> None:
    outline = (
        "<text:h text:outline-level='1'>Inleiding</text:h><text:h text:outline-level='2'>Doel</text:h>"
        "<text:h text:outline-level='2'>Duur</text:h><text:h text:outline-level='1'>Slot</text:h>"
    )
    cases = [
        (listed("een", "twee"), ["1. een", "2. twee"]),
        (listed("een", "twee") + listed("nieuw"), ["1. een", "2. twee", "1. nieuw"]),
        (listed("een") + "<text:p>tussen</text:p>" + listed("verder", more="text:continue-numbering='true'"), ["1. een", "tussen", "2. verder"]),
        (listed("een", more="xml:id='x'") + listed("ander", style="N") + listed("twee", more="text:continue-list='x'"), ["1. een", "Deel I: ander", "2. twee"]),
        (listed("<text:p>een</text:p>" + listed("b", "c", style=""), "twee"), ["1. een", "b) b", "c) c", "2. twee"]),
        (listed(listed("dieper", style=""), "een"), ["b) dieper", "1. een"]),
        (listed("Kunt u dat?", "En dit?", style="V"), ["Vraag 1", "Kunt u dat?", "Vraag 2", "En dit?"]),
        ("<text:list><text:list-item><text:p text:style-name='Opsomming'>een</text:p></text:list-item></text:list>", ["1. een"]),
        ("<text:list text:style-name='L1'><text:list-item text:start-value='4'><text:p/><text:p>vier</text:p></text:list-item></text:list>", ["4. vier"]),
        (outline, ["1 Inleiding", "1.1 Doel", "1.2 Duur", "2 Slot"]),
        (listed("x", style="onbekend"), ["x"]),
    ]  # fmt: skip
    assert [document(body, styles=ODT_NUMBERS).text.split("\n\n") for body, _paragraphs in cases] == [
        lines for _body, lines in cases
    ]


def test_questions_that_the_list_numbers_are_paired_with_their_answers() -> None:
    body = f"<text:h>Vragen</text:h>{listed('Hoeveel bruggen zijn er?', 'Wie beheert ze?', style='V')}<text:p>Antwoord 2</text:p><text:p>Het waterschap.</text:p>"
    pairs = [
        (part.role, part.numbers) for part in divide(document(body, styles=ODT_NUMBERS).text.split("\n\n")) if part.is_heading
    ]
    assert pairs == [(Role.QUESTION, (1,)), (Role.QUESTION, (2,)), (Role.ANSWER, (2,))]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<text:h>Kop</text:h><text:p>Het <text:span>kabinet</text:span> wil.</text:p>", ["Kop", "Het kabinet wil."]),
        ("<text:p>Een<text:s text:c='3'/>twee<text:tab/>drie</text:p>", ["Een twee drie"]),
        ("<text:p>Een<text:line-break/>twee</text:p>", ["Een twee"]),
        ("<text:p>De <text:soft-page-break/>brief <text:a>hier</text:a></text:p>", ["De brief hier"]),
        ("<text:p><text:span>Vraag 1</text:span> Kunt u?</text:p>", ["Vraag 1", "Kunt u?"]),
        ("<text:tracked-changes><text:p>weg</text:p></text:tracked-changes><text:p>blijft</text:p>", ["blijft"]),
        ("<text:p>Een<office:annotation><text:p>let op</text:p></office:annotation>.</text:p>", ["Een."]),
        ("<text:table-of-content><text:p>Kop 3</text:p></text:table-of-content><text:p>Kop</text:p>", ["Kop 3", "Kop"]),
        (
            ODT_LIST,
            ["een", "twee", "drie"],
        ),
        (
            ODT_TABLE,
            ["2022 | 23.000"],
        ),
        (
            "<text:p>Voor <draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>na</text:p>",
            ["kader", "Voor na"],
        ),
        ("<text:span>" * 5000 + "diep" + "</text:span>" * 5000, ["diep"]),
    ],
)
def test_markup_shapes_the_paragraphs(body: str, paragraphs: list[str]) -> None:
    assert document(body).text.split("\n\n") == paragraphs


def test_a_footnote_keeps_its_printed_number() -> None:
    note = "<text:note><text:note-citation>4</text:note-citation><text:note-body><text:p>Bron.</text:p><text:p>Meer.</text:p></text:note-body></text:note>"
    assert document(f"<text:p>Zie{note}.</text:p>").text == "Zie.\n\n4 Bron. Meer."


def test_a_letterhead_in_a_table_is_no_text() -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{label}</text:p></table:table-cell><table:table-cell><text:p>{value}</text:p></table:table-cell></table:table-row>"
        for label, value in (("Datum", "16 mei 2022"), ("Betreft", "Het IMRF"))
    )
    assert document(f"<table:table>{rows}</table:table><text:p>Geachte voorzitter,</text:p>").text == "Geachte voorzitter,"


def test_a_header_names_the_publication() -> None:
    assert document("<text:p>De brief.</text:p>", header="kst-30573-153").metadata.official_id == "kst-30573-153"


@pytest.mark.parametrize("name", ["META-INF/manifest.xml", "encrypted-package"])
def test_a_protected_file_is_refused(name: str) -> None:
    members = {**members_of(odt("<text:p>x</text:p>")), name: b"<manifest><file-entry><encryption-data/></file-entry></manifest>"}
    with pytest.raises(ReadError, match="protected by a password; save it without one"):
        read_odt(zip_of(members), Path("/a"), "0" * 16)


def test_a_file_without_its_text_is_refused() -> None:
    with pytest.raises(ReadError, match="content.xml is not in it"):
        read_odt(zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}), Path("/a"), "0" * 16)


def test_entities_are_never_resolved() -> None:
    members = members_of(odt("<text:p>x</text:p>"))
    members["content.xml"] = b'<!DOCTYPE a [<!ENTITY x "y">]><a><text>&x;</text></a>'
    with pytest.raises(ReadError, match="declares entities of its own"):
        read_odt(zip_of(members), Path("/a"), "0" * 16)
