"""Letters and answers as ministries send them, in several formats: letterheads above the salutation, notes in brackets, headings in the line."""

from pathlib import Path

import pytest

from qa.document import Document
from qa.parliament.references import find_references
from qa.passage import Role
from qa.readers.odt import read_odt
from qa.readers.pdf import read_pdf
from qa.readers.text import read_text
from qa.readers.word import read_docx
from qa.segmenter import segment
from tests.readers.files import docx, odt, paragraph
from tests.readers.test_pdf_faults import lines, pdf

SOURCE, ID = Path("/nowhere/brief"), "0" * 16
SUBJECT = "De voortgang van de sluizen bij Proefdam, Lutterdam en Veerdam in het jaar 2031 " + "en daarna " * 30
HEAD = (
    "> Retouradres Postbus 20011 2500 EA Den Haag",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Postbus 20018",
    "2500 EA Den Haag",
    "Datum 18 mei 2031",
    "Ons kenmerk IENW/BSK-2031/11",
    f"Betreft {SUBJECT}".strip(),
)
LETTER = (
    "Geachte voorzitter,",
    "Met deze brief informeer ik uw Kamer over de sluizen. Zij zijn weer open.",
    "De Minister van Wegen en Water,",
    "drs. A.B. Proef",
)
NOTED = (
    "Antwoorden van de Minister van Wegen op vragen van het lid Proefman (ABC) over sluizen",
    "Vraag 1: Hoe vaak is de sluis dicht[1]?",
    "Antwoord 1: De sluis was in 2030 zeven keer dicht.[2] Dat is gemeld.",
    "[1] Proefkrant, 3 mei 2031.",
    "[2] Kamerstuk II 31999, nr. 12",
)


def as_docx(*texts: str) -> Document:
    return read_docx(docx(*map(paragraph, texts)), SOURCE, ID)


def as_odt(*texts: str) -> Document:
    return read_odt(odt("".join(f"<text:p>{text.replace('>', '&gt;')}</text:p>" for text in texts)), SOURCE, ID)


def as_text(*texts: str) -> Document:
    return read_text("\n\n".join(texts).encode(), SOURCE, ID)


def as_pdf(*texts: str) -> Document:
    return read_pdf(pdf(lines(*texts, leading=22)), SOURCE, ID)


@pytest.mark.parametrize("read", [as_docx, as_odt, as_text, as_pdf])
def test_a_letterhead_above_the_salutation_says_what_the_letter_is(read: object) -> None:
    head = HEAD if read is not as_pdf else (*HEAD[:-1], "Betreft De sluizen bij Proefdam")
    document = read(*head, *LETTER)  # type: ignore[operator]
    metadata = document.metadata
    assert document.text.startswith("Geachte voorzitter")
    assert SUBJECT[:250].startswith(metadata.title[:20]) or metadata.title == "De sluizen bij Proefdam"
    assert (metadata.date, metadata.reference) == ("2031-05-18", "IENW/BSK-2031/11")
    assert metadata.addressee == "de Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert [person.name for person in metadata.answered_by] == ["A.B. Proef"]


@pytest.mark.parametrize("read", [as_docx, as_odt, as_text, as_pdf])
def test_notes_in_brackets_are_footnotes_and_their_marks_anchors(read: object) -> None:
    document = read(*NOTED)  # type: ignore[operator]
    assert [document.text[note.start : note.end] for note in document.footnotes] == [
        "1 Proefkrant, 3 mei 2031.",
        "2 Kamerstuk II 31999, nr. 12",
    ]
    assert [document.text[: note.anchor].split()[-1] for note in document.footnotes] == ["dicht", "dicht."]
    assert "[" not in document.text
    assert [passage.text for passage in segment(document) if passage.role is Role.ANSWER] == [
        "De sluis was in 2030 zeven keer dicht. Dat is gemeld."
    ]
    assert [reference.identifier for reference in find_references(document.text)] == ["kst-31999-12"]


@pytest.mark.parametrize("read", [as_docx, as_text, as_pdf])
def test_brackets_without_a_note_stay(read: object) -> None:
    texts = ("De sluis [1] is dicht.", "[2] Dit is geen noot.", "[3] Dit ook niet.")
    assert read(*texts).text.count("[") == 3  # type: ignore[operator]


def test_a_ministrys_column_beside_the_letter_is_no_text() -> None:
    def letter(canvas: object) -> None:
        lines(
            "Geachte voorzitter,",
            "Met deze brief informeer ik uw Kamer over de sluizen.",
            "De sluizen bij Proefdam zijn sinds mei weer open.",
        )(canvas)  # type: ignore[arg-type]
        lines("Directie Sluizen", "Turfkade 1", "2511 AA Den Haag", "www.proef.nl", "Datum", "18 mei 2031", left=440, top=770)(
            canvas
        )  # type: ignore[arg-type]

    document = read_pdf(pdf(letter), SOURCE, ID)
    assert "Turfkade" not in document.text
    assert "Datum" not in document.text
    assert document.metadata.date == "2031-05-18"


def test_a_wrapped_sentence_about_an_answer_is_no_heading() -> None:
    text = "Vraag 1\nIs de sluis dicht?\n\nAntwoord 1\nDaarvoor verwijs ik naar het\nantwoord op vraag 2.\n\nVraag 2\nWaarom?\n\nAntwoord 2\nHij lekt."
    answers = [passage.text for passage in segment(as_text(text)) if passage.role is Role.ANSWER]
    assert answers == ["Daarvoor verwijs ik naar het antwoord op vraag 2.", "Hij lekt."]


def test_lost_spaces_are_put_back_where_the_words_say_so() -> None:
    document = as_pdf(
        "Vragen van het lid Inge vanProef over hettweeminutendebat.",
        "Het tweeminutendebat was op dinsdag in deTweede Kamer.",
        "De deskundigen gebruiken mijnOverheid en eHealth.",
    )
    assert "Inge van Proef over het tweeminutendebat." in document.text
    assert "in de Tweede Kamer." in document.text
    assert "De deskundigen gebruiken mijnOverheid en eHealth." in document.text
    start = document.text.index("Proef over")
    assert document.printed_between(start, start + 5)
