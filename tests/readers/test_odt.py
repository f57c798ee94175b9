from pathlib import Path

import pytest

from qa.document import Document
from qa.exceptions import ReadError
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


def document(body: str, header: str = "") -> Document:
    return read_odt(odt(body, header=header), Path("/brief.odt"), "0123456789abcdef")


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
