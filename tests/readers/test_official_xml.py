from pathlib import Path

import pytest

from qa.document import Document, Kind, Speaker, SpeakerRole
from qa.exceptions import ReadError
from qa.parliament.formal_reference import formal_reference
from qa.passage import Role
from qa.readers.official_xml import read_official_xml
from qa.segmenter import segment
from tests.readers.files import xml

TABLE = (
    "<table><title>Cijfers</title><tgroup><colspec/><thead><row><entry><al>Jaar</al></entry><entry><al>Aantal</al></entry></row></thead>"
    "<tbody><row><entry><al>2022</al></entry><entry><al>12</al></entry></row></tbody></tgroup></table>"
)
KST = (
    '<kamerstuk><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2021-2022</tekstregel></kamerstukkop>'
    "<dossier><dossiernummer><dossiernr>30 573</dossiernr></dossiernummer><titel>Migratiebeleid</titel></dossier>"
    "<stuk><stuknr>Nr. <ondernummer>190</ondernummer></stuknr><titel>BRIEF VAN DE STAATSSECRETARIS</titel>{}</stuk></kamerstuk>"
)


def document(body: str, metadata: str = "", root: str = "officiele-publicatie") -> Document:
    return read_official_xml(xml(body, metadata=metadata, root=root), Path("/nergens/kst-30573-190.xml"), "0123456789abcdef")


def paragraphs(body: str) -> list[str]:
    return document(body).text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<al>De server<?xpp afbm?>certificaten zijn <nadruk type='cur'>nodig</nadruk>.</al>",
            ["De servercertificaten zijn nodig."],
        ),
        ("<kop><label>Artikel</label><nr>1</nr><titel>Inleiding</titel></kop><al>Een.</al>", ["Artikel 1 Inleiding", "Een."]),
        ("<tussenkop>Vooraf</tussenkop><al>Zie <extref doc='x'>de site</extref>.</al>", ["Vooraf", "Zie de site."]),
        (
            "<lijst><li><li.nr>a.</li.nr><al>een;</al><lijst><li><li.nr>–</li.nr><al>twee;</al></li></lijst></li></lijst>",
            ["a. een;", "– twee;"],
        ),
        ("<lid><lidnr>1.</lidnr><al>Een.</al><al>Twee.</al></lid>", ["1. Een.", "Twee."]),
        (
            TABLE,
            ["Cijfers", "Jaar | Aantal", "2022 | 12"],
        ),
        (
            "<ondertekening><functie>De Minister</functie> voor Rechtsbescherming,<naam><voornaam>S.</voornaam><achternaam>Dekker</achternaam></naam></ondertekening>",
            ["De Minister voor Rechtsbescherming, S. Dekker"],
        ),
        ("<nieuw-element>Een</nieuw-element><ander>Twee</ander>", ["Een", "Twee"]),
        (KST.format("<al>Een.</al>"), ["30 573 Migratiebeleid", "Nr. 190 BRIEF VAN DE STAATSSECRETARIS", "Een."]),
        ("<vet>" * 5000 + "diep" + "</vet>" * 5000, ["diep"]),
    ],
)
def test_structure_becomes_text(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected


def test_a_footnote_stands_at_the_end_with_its_number() -> None:
    note = "<noot id='a' type='voet'><noot.nr>2</noot.nr><noot.al>Zie de <nadruk>memorie</nadruk>.</noot.al><noot.al>Meer.</noot.al></noot>"
    assert paragraphs(f"<al>Dat is nodig.{note} En meer.</al>") == ["Dat is nodig. En meer.", "2 Zie de memorie. Meer."]


def test_two_footnotes_with_the_same_number_have_two_numbers() -> None:
    notes = "<noot id='{0}'><noot.nr>1</noot.nr><noot.al>{0}</noot.al></noot>"
    assert [note.number for note in document(f"<al>Een{notes.format('a')} twee{notes.format('b')}.</al>").footnotes] == [1, 2]


def test_a_footnote_with_a_letter_gets_the_next_number() -> None:
    notes = "<noot id='{0}'><noot.nr>{0}</noot.nr><noot.al>noot {0}</noot.al></noot>"
    assert paragraphs(f"<al>Een{notes.format('a')} twee{notes.format('4')}.</al>")[1:] == ["4 noot 4", "5 noot a"]


def test_a_footnote_apart_from_the_text_is_anchored_by_its_reference() -> None:
    read = document("<al>Zie dit<nootref refid='n1'/>.</al><noot id='n1'><noot.nr>1</noot.nr><noot.al>Bron</noot.al></noot>")
    assert [read.text[: note.anchor or 0] for note in read.footnotes] == ["Zie dit"]


@pytest.mark.parametrize(
    "number", ["<nr>Antwoord 2</nr>", "<nr>2</nr>", "<nummer>2.</nummer>", "<nr>Vraag 2</nr>", "<nr>Antwoord op vraag 2</nr>"]
)
def test_an_answer_has_the_number_that_its_element_names(number: str) -> None:
    read = document(
        f"<kamervragen><vraag><nr>Vraag 2</nr><al>Kunt u?</al></vraag><antwoord>{number}<al>Ja.</al></antwoord></kamervragen>"
    )
    assert [(passage.role.value, passage.numbers, passage.text) for passage in segment(read)][-1] == ("answer", (2,), "Ja.")


def test_grouped_answers_have_all_their_numbers() -> None:
    read = document("<kamervragen><antwoord><nr>3, 4 en 6</nr><al>Ja.</al></antwoord></kamervragen>")
    assert segment(read)[-1].numbers == (3, 4, 6)


def test_a_heading_in_the_first_paragraph_counts() -> None:
    read = document("<kamervragen><vraag><al>Vraag 7</al><al>Kunt u?</al></vraag></kamervragen>")
    assert [(passage.numbers, passage.text) for passage in segment(read)] == [((7,), "Kunt u?")]


def test_a_notice_is_a_notice() -> None:
    read = document("<kamervragen><kamervraagopmerking><al>Mededeling</al><al>Uitstel.</al></kamervraagopmerking></kamervragen>")
    assert [(passage.role.value, passage.text) for passage in segment(read)] == [("notice", "Uitstel.")]


def test_the_older_vocabulary_is_read() -> None:
    body = "<vragen><omschr>Vragen van het lid Vos over <ondw>dijken</ondw></omschr><vraag><nummer>1</nummer><al>Kunt u?</al></vraag><toelicht>Toelichting</toelicht></vragen>"
    assert document(body, root="vraagdoc").text.split("\n\n") == [
        "Vragen van het lid Vos over dijken",
        "Vraag 1",
        "Kunt u?",
        "Toelichting",
    ]


def test_the_title_of_a_paper_is_that_of_its_element() -> None:
    assert document(KST.format("<al>Een.</al>")).metadata.title == "BRIEF VAN DE STAATSSECRETARIS"


def test_the_identifier_is_read_from_the_file() -> None:
    assert (
        document("<al>Een.</al>", '<meta name="DC.identifier" content="kst-30573-190"/>').metadata.official_id == "kst-30573-190"
    )


def beside(folder: Path, identifier: str) -> Document:
    """Return a publication named kst-30573-190 with metadata of `identifier` beside it."""
    (folder / "metadata.xml").write_text(
        f'<metadata_gegevens><metadata name="DC.identifier" content="{identifier}"/>'
        '<metadata name="OVERHEIDop.documenttitel" content="Inzet IMRF"/></metadata_gegevens>'
    )
    return read_official_xml(xml("<al>Een.</al>"), folder / "kst-30573-190.xml", "0" * 16)


def test_the_metadata_beside_it_is_read(tmp_path: Path) -> None:
    read = beside(tmp_path, "kst-30573-190").metadata
    assert (read.official_id, read.title) == ("kst-30573-190", "Inzet IMRF")


def test_the_metadata_of_another_publication_is_not_its_own(tmp_path: Path) -> None:
    read = beside(tmp_path, "kst-30573-191").metadata
    assert (read.official_id, read.title) == (None, "Een.")


def test_bad_metadata_beside_it_is_none(tmp_path: Path) -> None:
    (tmp_path / "metadata.xml").write_bytes(b"<metadata_gegevens>")
    assert read_official_xml(xml("<al>Een.</al>"), tmp_path / "kst-30573-190.xml", "0" * 16).text == "Een."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<toestand><al>x</al></toestand>", "XML of another kind than official publications .<toestand>."),
        (b"<metadata_gegevens/>", "read with the publication beside it"),
        (b"<kamerstuk><al>x</kamerstuk>", "not well-formed XML"),
        (b"<kamerstuk><al>x", "not well-formed XML"),
        (b'<?xml version="1.0" encoding="onzin"?><kamerstuk/>', "not well-formed XML"),
        (b"<kamerstuk/>", "holds no text"),
        (b'<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kamerstuk>&x;</kamerstuk>', "declares entities"),
        (b'<!DOCTYPE k [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><kamerstuk>x</kamerstuk>', "declares entities"),
        (
            b'<!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><kamerstuk>&b;</kamerstuk>',
            "declares entities of its own, which are never resolved; save it without a DTD",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_official_xml(content, Path("/a.xml"), "0" * 16)


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    content = b'<!DOCTYPE kamerwrk SYSTEM "http://127.0.0.1:9/kamerwrk.dtd"><kamerwrk><al>Een.</al></kamerwrk>'
    assert read_official_xml(content, Path("/a.xml"), "0" * 16).text == "Een."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_is_the_one_that_the_file_names(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?><kamerstuk><al>Eén coördinator</al></kamerstuk>'.encode(encoding)
    assert read_official_xml(content, Path("/a.xml"), "0" * 16).text == "Eén coördinator"


TURNS = (
    "<spreekbeurt><spreker><voorvoegsels>De</voorvoegsels><naam><achternaam>voorzitter</achternaam></naam>:</spreker>"
    "<tekst><al>Aan het woord is mevrouw Proef.</al></tekst></spreekbeurt>"
    "<spreekbeurt><spreker><voorvoegsels>Mevrouw</voorvoegsels><naam><achternaam>Proef</achternaam></naam> (<politiek>ABC</politiek>):</spreker>"
    "<tekst><al>De brug moet open.</al><motie><al>De Kamer,</al><al>verzoekt de regering de brug te openen,</al>"
    "<al>en gaat over tot de orde van de dag.</al></motie></tekst></spreekbeurt>"
    "<spreekbeurt><spreker><voorvoegsels>Minister</voorvoegsels><naam><achternaam>De Vries</achternaam></naam>:</spreker>"
    "<tekst><al>Dat kan niet.</al></tekst></spreekbeurt>"
)
OLD_TURNS = (
    "<spreker><wie><aanspr>De heer</aanspr> <naam>Proef</naam> (<partij>ABC</partij>):</wie><al>De brug moet open.</al></spreker>"
    "<voorz><al>Het woord is aan de minister.</al></voorz>"
    "<spreker><wie><aanspr>Minister</aanspr> <naam>De Vries</naam>:</wie><al>Dat kan niet.</al></spreker>"
)
MEETING = (
    '<meta name="OVERHEIDop.externMetadataRecord" content="https://zoek.officielebekendmakingen.nl/h-tk-20302031-7-2/metadata.xml"/>'
    '<meta name="OVERHEIDop.datumVergadering" content="{}"/>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            xml(
                f"<handelingen><agendapunt><item-titel>Bruggen</item-titel>{TURNS}</agendapunt></handelingen>",
                metadata=MEETING.format("2031-03-04"),
            ),
            {"De brug moet open.": ("Proef", "Kamerlid", "ABC"), "Dat kan niet.": ("De Vries", "minister", None)},
        ),
        (
            xml(
                f"<agendapunt><itemnaam>Bruggen</itemnaam>{OLD_TURNS}</agendapunt>",
                root="handeling",
                metadata=MEETING.format("04-03-2031"),
            ),
            {
                "Het woord is aan de minister.": ("voorzitter", "voorzitter", None),
                "Dat kan niet.": ("De Vries", "minister", None),
            },
        ),
    ],
)
def test_a_debate_says_who_said_what(content: bytes, said: dict[str, tuple[str, str, str | None]]) -> None:
    document = read_official_xml(content, Path("/nowhere/debat.xml"), "0" * 16)
    metadata = document.metadata
    assert (metadata.title, metadata.kind, metadata.official_id, metadata.date) == (
        "Bruggen",
        Kind.REPORT,
        "h-tk-20302031-7-2",
        "2031-03-04",
    )
    assert formal_reference(metadata, Role.PARAGRAPH, ()) == "Handelingen II 2030/31, nr. 7, item 2"
    speakers = {passage.text: passage.speaker for passage in segment(document)}
    for words, (name, role, affiliation) in said.items():
        assert speakers[words] == Speaker(name=name, role=SpeakerRole(role), affiliation=affiliation)
