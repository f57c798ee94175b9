from pathlib import Path

import pytest

from qa.document import Document, Kind
from qa.exceptions import ReadError
from qa.passage import Role
from qa.readers.pdf import boxes_of, read_pdf
from qa.segmenter import segment
from tests.readers.pdf_builder import LEADING, LEFT, TOP, PdfPage, build_pdf, set_text

INTRODUCTION = set_text(
    "Vragen van het lid De Vries (ABC) aan de Minister van Infrastructuur en Waterstaat over fietspaden (ingezonden 1 maart 2024)."
)
RECEIVED = set_text("Antwoord van Minister Jansen (Infrastructuur en Waterstaat) (ontvangen 4 april 2024).")
FIRST_PAGE = PdfPage(
    [
        *INTRODUCTION,
        "",
        *RECEIVED,
        "",
        "Vraag 1",
        "Hoeveel fietspaden zijn er?^1",
        "",
        "Antwoord 1",
        *set_text(
            "Er zijn negentig fietspaden in het noorden van het land, waar de provincies ze hebben aangelegd.^2 Zij zijn goed."
        ),
        *set_text("Het kabinet kijkt met de gemeenten en met de provincies naar de mogelijk-")[:-1],
        "Het kabinet kijkt naar de mogelijk-",
    ],
    ["^1 Kamerstuk 30 573, nr. 153", "^2 Zie https://www.voorbeeld.nl/fietspaden/"],
)
SECOND_PAGE = PdfPage(["heden om er meer te maken.", "", "Vraag 2", "Wie betaalt ze?", "", "Antwoord 2", "De provincies."])


def read(content: bytes) -> Document:
    return read_pdf(content, Path("brief.pdf"), "id")


@pytest.fixture(scope="module")
def document() -> Document:
    return read(build_pdf(FIRST_PAGE, SECOND_PAGE))


def test_running_feet_are_not_in_the_text(document: Document) -> None:
    assert not any(foot in document.text for foot in ("ISSN", "vergaderjaar", "ah-tk"))


def test_the_identifier_comes_from_the_foot_of_the_page(document: Document) -> None:
    assert document.metadata.official_id == "ah-tk-20232024-123"


def test_it_is_known_as_a_set_of_answers(document: Document) -> None:
    assert (document.metadata.kind, document.metadata.date) == (Kind.ANSWERS, "2024-04-04")


def test_a_word_that_the_page_break_splits_is_joined(document: Document) -> None:
    assert "de mogelijkheden om er meer te maken." in document.text


def test_footnotes_are_taken_out_of_the_answer(document: Document) -> None:
    assert [document.text[note.start : note.end] for note in document.footnotes] == [
        "1 Kamerstuk 30 573, nr. 153",
        "2 Zie https://www.voorbeeld.nl/fietspaden/",
    ]


def test_footnote_marks_become_anchors(document: Document) -> None:
    anchors = [document.text[: note.anchor] for note in document.footnotes]
    assert [text.split()[-1] for text in anchors] == ["er?", "aangelegd."]


def test_answers_are_paired_with_their_questions(document: Document) -> None:
    answers = [
        (passage.numbers, passage.context.splitlines()[-1]) for passage in segment(document) if passage.role is Role.ANSWER
    ]
    assert answers[0] == ((1,), "Hoeveel fietspaden zijn er?")
    assert answers[-1] == ((2,), "Wie betaalt ze?")


def test_every_offset_knows_its_page(document: Document) -> None:
    assert (document.page_at(document.text.index("negentig")), document.page_at(document.text.index("De provincies.\n"))) == (
        1,
        2,
    )


def test_a_footnote_is_on_the_page_that_it_was_printed_on(document: Document) -> None:
    assert document.page_at(document.text.index("Kamerstuk 30 573")) == 1


def test_printed_spans_give_the_characters_of_the_text_back(document: Document) -> None:
    span = next(span for span in document.printed_spans if document.text[span.start : span.end].startswith("Vraag 2"))
    assert (document.text[span.start : span.end], span.page) == ("Vraag 2", 2)


def test_the_boxes_of_a_span_lie_where_it_is_printed(document: Document) -> None:
    start = document.text.index("Vraag 2")
    spans = [span for span in document.printed_spans if span.start == start]
    (box,) = boxes_of(build_pdf(FIRST_PAGE, SECOND_PAGE), spans)
    baseline = TOP - 2 * LEADING
    assert box.page == 2
    assert box.left == pytest.approx(LEFT, abs=1)
    assert box.bottom < baseline < box.top


def test_a_new_paragraph_without_a_gap_is_told_by_the_room_left_behind_a_sentence() -> None:
    first = set_text("Dit is een zin die lang genoeg is om meer dan een regel te vullen in de kolom van het stuk. Kort.")
    second = set_text("Daarna komt een nieuwe alinea die ook weer lang genoeg is om door te lopen op de volgende regel.")
    text = read(build_pdf(PdfPage(["Vraag 1", "Wat?", "", "Antwoord 1", *first, *second]))).text
    assert f"{' '.join(first)}\n\n{' '.join(second)}" in text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("over herkomst, transit en inten-", "sief overleg", "transit en intensief overleg"),
        ("gesprekken met landen in Noord-", "Afrika en elders", "in Noord-Afrika en elders"),
        ("de aanpak van mensenhandel-", "en smokkel", "mensenhandel- en smokkel"),
        ("volgens de inzet van de IMRF-", "delegatie", "de IMRF-delegatie"),
        ("zie https://www.voorbeeld.nl/over-", "dtv/cijfers", "https://www.voorbeeld.nl/over-dtv/cijfers"),
    ],
)
def test_hyphens_at_line_ends_are_mended(first: str, second: str, joined: str) -> None:
    assert joined in read(build_pdf(PdfPage([first, second]))).text


def test_a_heading_at_the_top_of_two_pages_is_no_running_head() -> None:
    pages = [PdfPage([f"Vraag {n}", "Wat?", "", f"Antwoord {n}", "Dat."]) for n in (1, 2)]
    assert {"Vraag 1", "Vraag 2"} <= set(read(build_pdf(*pages)).text.split("\n\n"))


def test_a_running_head_of_any_publication_is_left_out() -> None:
    pages = [
        PdfPage(["Ministerie van Voorbeelden", "", f"Hier begint {what} van het stuk."])
        for what in ("deel een", "iets anders", "het slot")
    ]
    text = read(build_pdf(*pages, official_id=None)).text
    assert "Ministerie van Voorbeelden" not in text


def test_a_raised_number_without_footnote_stays() -> None:
    assert "een oppervlak van 90 m2 groot" in read(build_pdf(PdfPage(["Het heeft een oppervlak van 90 m^2 groot."]))).text


def test_a_file_behind_a_password_is_refused() -> None:
    with pytest.raises(ReadError, match="protected by a password"):
        read(build_pdf(FIRST_PAGE, password="geheim"))  # noqa: S106


def test_a_scan_without_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match="no text layer.*ocrmypdf"):
        read(build_pdf(PdfPage([]), official_id=None))


@pytest.mark.parametrize("kept", [0.3, 0.6])
def test_a_truncated_file_is_refused_or_read(kept: float) -> None:
    """PDFium mends what it can; what it cannot is refused."""
    content = build_pdf(FIRST_PAGE, SECOND_PAGE)
    try:
        outcome = read(content[: int(kept * len(content))]).text
    except ReadError as error:
        outcome = str(error)
    assert any(said in outcome for said in ("damaged", "no text layer", "Vragen van het lid"))


def test_rubbish_behind_the_signature_is_refused() -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(b"%PDF-1.7\n" + bytes(range(256)) * 40)
