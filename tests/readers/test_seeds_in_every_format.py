"""The documents of the seeds, written as every kind of file, give what the text files give."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.document import Document
from qa.passage import Role
from qa.readers.kinds import FileKind, kind_of
from qa.readers.odt import read_odt
from qa.readers.official_xml import read_official_xml
from qa.readers.web_page import read_html
from qa.readers.word import read_docx
from qa.segmenter import segment
from tests.readers.files import Text, docx_of, html_of, odt_of, xml_of

Builder = Callable[[Text], bytes]
Reader = Callable[[bytes, Path, str], Document]
FORMATS = pytest.mark.parametrize(
    ("build", "read_format"),
    [(docx_of, read_docx), (odt_of, read_odt), (html_of, read_html), (xml_of, read_official_xml)],
    ids=["docx", "odt", "html", "xml"],
)


def again(document: Document, build: Builder, read_format: Reader) -> Document:
    """Return what is read from the document written in another format."""
    return read_format(build(Text.of(document)), Path("/stukken/antwoorden"), "0123456789abcdef")


def passages(document: Document) -> list[tuple[Role, tuple[int, ...], str]]:
    return [(passage.role, passage.numbers, passage.text) for passage in segment(document)]


@FORMATS
def test_the_questions_of_the_seeds_have_the_same_passages(answers: Document, build: Builder, read_format: Reader) -> None:
    assert passages(again(answers, build, read_format)) == passages(answers)


@FORMATS
def test_the_letter_of_the_seeds_has_the_same_passages(letter: Document, build: Builder, read_format: Reader) -> None:
    assert passages(again(letter, build, read_format)) == passages(letter)


@FORMATS
def test_the_footnotes_of_the_seeds_stand_at_the_same_places(answers: Document, build: Builder, read_format: Reader) -> None:
    assert again(answers, build, read_format).footnotes == answers.footnotes


@FORMATS
def test_the_official_identifier_is_read(answers: Document, build: Builder, read_format: Reader) -> None:
    assert again(answers, build, read_format).metadata.official_id == "ah-tk-20212022-2811"


@FORMATS
def test_soft_hyphens_are_no_text(answers: Document, build: Builder, read_format: Reader) -> None:
    text = Text.of(answers)
    hyphenated = Text(tuple(part.replace("migratie", "migra\u00adtie") for part in text.paragraphs), text.notes)
    assert read_format(build(hyphenated), Path("/stukken/antwoorden"), "0" * 16).text == answers.text


@FORMATS
def test_hard_spaces_are_spaces(answers: Document, build: Builder, read_format: Reader) -> None:
    text = Text.of(answers)
    spaced = Text(tuple(part.replace("de landen", "de\u00a0landen") for part in text.paragraphs), text.notes)
    assert read_format(build(spaced), Path("/stukken/antwoorden"), "0" * 16).text == answers.text


@pytest.mark.parametrize(
    ("build", "kind"),
    [(docx_of, FileKind.DOCX), (odt_of, FileKind.ODT), (html_of, FileKind.HTML), (xml_of, FileKind.OFFICIAL_XML)],
)
def test_the_kind_is_told_by_the_content(answers: Document, build: Builder, kind: FileKind) -> None:
    assert kind_of(build(Text.of(answers))) is kind


@FORMATS
def test_grouped_answers_keep_their_numbers(build: Builder, read_format: Reader) -> None:
    text = Text(("Vraag 1", "Een?", "Vraag 2", "Twee?", "Antwoord 1 en 2", "Ja."), {})
    assert segment(read_format(build(text), Path("/a"), "0" * 16))[-1].numbers == (1, 2)


@FORMATS
def test_a_footnote_in_the_middle_of_an_answer_does_not_split_it(build: Builder, read_format: Reader) -> None:
    text = Text(("Antwoord 1", "Zoals gemeld{1} is dat zo, «coördinatie» inbegrepen."), {1: "Kamerstuk 30 573, nr. 153"})
    read = read_format(build(text), Path("/a"), "0" * 16)
    assert read.text.split("\n\n") == [
        "Antwoord 1",
        "Zoals gemeld is dat zo, «coördinatie» inbegrepen.",
        "1 Kamerstuk 30 573, nr. 153",
    ]


@FORMATS
def test_a_file_without_text_is_refused(build: Builder, read_format: Reader) -> None:
    with pytest.raises(Exception, match="it holds no text"):
        read_format(build(Text((" ",), {})), Path("/a"), "0" * 16)
