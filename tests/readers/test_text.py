from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers.text import decode, read_text
from qa.segmenter import segment

DUTCH = "Eén coördinator «Samen» – ’s-Gravenhage"


def document(text: str, encoding: str = "utf-8") -> Document:
    return read_text(text.encode(encoding), Path("/brief.txt"), "0123456789abcdef")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dutch_text_is_decoded(encoding: str) -> None:
    assert decode(DUTCH.encode(encoding)) == DUTCH


def test_utf16_in_either_byte_order_is_decoded() -> None:
    assert decode(b"\xfe\xff" + DUTCH.encode("utf-16-be")) == DUTCH


def test_latin1_text_is_decoded() -> None:
    assert decode("Eén coördinator".encode("latin-1")) == "Eén coördinator"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_a_newline(line_end: str) -> None:
    assert decode(f"een{line_end}twee".encode()) == "een\ntwee"


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02\x03", b"tekst\x00tekst", b"\x89PNG\r\n\x1a\n", bytes(range(256)), b"\xff\xfe\x00", b"tekst \x81\x8d"],
    ids=["control characters", "a null", "a picture", "every byte", "half of UTF-16", "not in Windows-1252"],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match="not a text file"):
        decode(content)


def test_a_byte_order_mark_is_no_text() -> None:
    assert document("De brief.", "utf-8-sig").text == "De brief."


def test_windows_line_ends_make_the_same_text() -> None:
    assert document("Het kabinet\r\nwil.\r\n\r\nDe Kamer.").text == document("Het kabinet\nwil.\n\nDe Kamer.").text


def test_form_feeds_divide_pages() -> None:
    read = document("Een.\fTwee.\fDrie.")
    assert [read.page_at(read.text.index(word)) for word in ("Een", "Twee", "Drie")] == [1, 2, 3]


def test_a_form_feed_at_the_end_begins_no_page() -> None:
    assert len(document("Een.\fTwee.\f\n").page_starts) == 2


def test_a_text_without_form_feeds_has_no_pages() -> None:
    assert document("Een.\n\nTwee.").page_starts == ()


def test_a_leading_space_mends_a_paragraph_that_a_page_split() -> None:
    lines = ["Een regel die lang genoeg is om de hele bladspiegel te vullen."] * 12
    split = "\n".join([*lines, "Een regel die halverwege de pagina", "", " ophoudt en op de volgende verder gaat."])
    assert "de pagina ophoudt" in document(split).text


def test_an_indented_text_is_not_taken_for_pages() -> None:
    assert document(" Een.\n Twee.\n\n Drie.").text == "Een. Twee.\n\nDrie."


@pytest.mark.parametrize("text", ["\f\f", "\n \n", "ISSN 0921 - 7398\n"])
def test_a_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="holds no text"):
        document(text)


def test_the_source_and_id_are_kept() -> None:
    read = document("De brief.")
    assert (read.source, read.document_id) == ("/brief.txt", "0123456789abcdef")


def test_a_unique_identifier_among_the_furniture_is_the_documents() -> None:
    assert document("De brief.\n\nah-tk-20232024-1481\n").metadata.official_id == "ah-tk-20232024-1481"


WORDS = ["Het kabinet", "wil meer grip", " op migratie-", "beleid1", ".", "?2", " «Ja.»", "y", "VN-", "3", "\u00ad", "\u00a0"]
LINES = ["1 Kamerstuk 30 573", "2 Zie www.a.nl/x-", "Vraag 1", "Antwoord 1", "Mededeling", "- een punt;", "ISSN 0921 - 7398"]
PIECES = st.sampled_from([*WORDS, *LINES, "\n", "\n", "\n\n", "\f"])
MESSY = st.lists(PIECES, max_size=40).map("".join).filter(lambda text: any(map(str.isalpha, text.replace("ISSN", ""))))


@given(text=MESSY)
def test_every_passage_of_messy_pages_is_exactly_its_span(text: str) -> None:
    read = document(text)
    assert all(read.text[passage.start : passage.end] == passage.text for passage in segment(read))


@given(text=MESSY)
def test_anchors_of_messy_pages_stand_after_a_character_of_the_text(text: str) -> None:
    read = document(text)
    anchors = [note.anchor for note in read.footnotes if note.anchor is not None]
    assert all(not read.text[anchor - 1].isspace() and 0 < anchor <= read.footnotes[0].start for anchor in anchors)


@given(text=MESSY)
def test_pages_of_messy_text_begin_inside_it_and_in_order(text: str) -> None:
    read = document(text)
    assert all(0 <= start <= len(read.text) for start in read.page_starts)
    assert list(read.page_starts) == sorted(read.page_starts)


@given(text=MESSY)
def test_no_paragraph_of_messy_text_holds_a_line_break(text: str) -> None:
    assert not any("\n" in paragraph or not paragraph for paragraph in document(text).text.split("\n\n"))
