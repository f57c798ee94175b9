"""What a file's properties say counts only where its text says the same."""

from pathlib import Path

import pytest

from qa.document import Kind
from qa.parliament.metadata import read_metadata
from qa.parliament.properties import Properties, with_properties
from qa.readers.web_page import read_html
from qa.readers.word import read_docx
from tests.readers.files import docx, html, members_of, paragraph, zip_of

TEXT = "Rijkswaterstaat\n\nBruggen en sluizen in 2031\n\nUtrecht, 3 april 2031\n\nDe bruggen zijn oud."


@pytest.mark.parametrize(
    ("properties", "title", "date"),
    [
        (
            Properties(title="Bruggen en sluizen in 2031", made="D:20310403120000+02'00'"),
            "Bruggen en sluizen in 2031",
            "2031-04-03",
        ),
        (
            Properties(title="bruggen en  sluizen in 2031.", made="2031-04-03T10:00:00Z"),
            "bruggen en sluizen in 2031.",
            "2031-04-03",
        ),
        (Properties(title="Sjabloon rapport", made="2019-01-01"), "Rijkswaterstaat", None),
        (Properties(title="", made="20311399"), "Rijkswaterstaat", None),
        (Properties(title="oud", made="onbekend"), "Rijkswaterstaat", None),
    ],
)
def test_properties_count_where_the_text_agrees(properties: Properties, title: str, date: str | None) -> None:
    metadata = with_properties(read_metadata(TEXT), properties, TEXT)
    assert (metadata.title, metadata.date) == (title, date)


def test_a_set_of_questions_keeps_its_own_title() -> None:
    text = "Vragen van het lid Proef (ABC) aan de Minister van Wegen over bruggen\n\nBruggen en zo\n\nVraag 1\n\nWat?\n\nAntwoord 1\n\nDat."
    metadata = with_properties(read_metadata(text), Properties(title="Bruggen en zo"), text)
    assert (metadata.kind, metadata.title) == (Kind.ANSWERS, "Vragen van het lid Proef (ABC) over bruggen")


def test_the_properties_of_a_word_file_are_read() -> None:
    core = '<p:coreProperties xmlns:p="p" xmlns:dc="d"><dc:title>Bruggen en sluizen in 2031</dc:title><dcterms:created xmlns:dcterms="t">2031-04-03T10:00:00Z</dcterms:created></p:coreProperties>'
    for content, title, date in ((core, "Bruggen en sluizen in 2031", "2031-04-03"), ("<kapot", "Rijkswaterstaat", None)):
        file = zip_of({**members_of(docx(*map(paragraph, TEXT.split("\n\n")))), "docProps/core.xml": content})
        metadata = read_docx(file, Path("/nowhere/stuk.docx"), "0" * 16).metadata
        assert (metadata.title, metadata.date) == (title, date)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="DCTERMS.issued" content="2031-04-03">',
        '<meta property="article:published_time" content="2031-04-03T08:00:00+02:00">',
        '<meta name="DC.date" content="03-04-2031">',
    ],
)
def test_a_page_says_when_it_was_published(head: str) -> None:
    page = html("<main><h1>Bruggen</h1><p>De bruggen zijn oud.</p></main>", head)
    assert read_html(page, Path("/nowhere/stuk.html"), "0" * 16).metadata.date == "2031-04-03"
