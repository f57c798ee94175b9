"""PDF files as they come: turned, in columns, filled in, scanned in part, damaged, with a text layer that says something else."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from qa.document import Document, Doubt, DoubtCode
from qa.exceptions import ReadError
from qa.readers.pdf import boxes_of, read_pdf
from qa.readers.pdf_picture import picture_of
from qa.readers.read import read as read_file

WIDTH, HEIGHT = A4
STORY = (
    "De sluis bij Proefdam is in 2032 voor het eerst geheel vernieuwd,",
    "en de kosten daarvan waren zeventien miljoen euro voor het rijk.",
    "De gemeente Proefdam betaalde de weg over de sluis.",
)
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, left: float = 70, top: float = 760, leading: float = 14) -> Draw:
    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(texts):
            canvas.drawString(left, top - place * leading, text)

    return draw


def turned(draw: Draw, quarters: int) -> Draw:
    """Return what draws the same, turned counter-clockwise on the page."""

    def draw_turned(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(*[(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)][quarters])
        canvas.rotate(90 * quarters)
        draw(canvas)
        canvas.restoreState()

    return draw_turned


def picture(canvas: Canvas) -> None:
    canvas.rect(100, 100, 300, 500, fill=1)


def read(content: bytes) -> Document:
    return read_pdf(content, Path("/nowhere/stuk.pdf"), "0" * 16)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_text_is_read_as_it_runs_and_marked_where_it_stands(quarters: int) -> None:
    content = pdf(turned(lines(*STORY, top=500), quarters))
    document = read(content)
    assert document.text == " ".join(STORY)
    (box,) = boxes_of(content, document.printed_between(0, len("De sluis")))
    across, along = box.right - box.left, box.top - box.bottom
    assert (across > along) == (quarters == 2)
    (place,) = picture_of(content, 1, document.printed_between(0, len("De sluis"))).places
    assert (place.width * WIDTH > place.height * HEIGHT) == (quarters == 2)


def test_a_page_that_is_turned_to_be_read_is_read_as_it_runs() -> None:
    def turn_page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        turned(lines(*STORY, top=500), 1)(canvas)

    assert read(pdf(turn_page)).text == " ".join(STORY)


def test_a_turned_line_in_the_margin_stays_out_of_the_sentences() -> None:
    def page(canvas: Canvas) -> None:
        turned(lines("Concept van de directie Sluizen", top=560), 1)(canvas)
        lines(*STORY)(canvas)

    assert read(pdf(page)).text.split("\n\n") == [" ".join(STORY), "Concept van de directie Sluizen"]


LEFT_COLUMN = (
    "De dijk bij Proefdam wordt hoger",
    "omdat het water in de winter tot",
    "aan de rand komt te staan. De",
    "kosten zijn zeven miljoen euro.",
)
RIGHT_COLUMN = (
    "De weg naar Proefstad krijgt een",
    "tweede rijstrook in het jaar dat de",
    "brug wordt vervangen. Dat duurt",
    "ten minste twee jaar en een half.",
)


def _row_by_row(canvas: Canvas) -> None:
    lines("Nieuws van de waterstaat in de provincie over dijken, wegen en bruggen")(canvas)
    for place, (left, right) in enumerate(zip(LEFT_COLUMN, RIGHT_COLUMN, strict=True)):
        canvas.drawString(70, 720 - 14 * place, left)
        canvas.drawString(320, 720 - 14 * place, right)


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    text = read(pdf(_row_by_row)).text
    assert " ".join(LEFT_COLUMN) in text
    assert text.endswith(" ".join(RIGHT_COLUMN))


def test_the_rows_of_a_table_are_no_columns() -> None:
    rows = [
        ("Proefdam", "zeven miljoen euro in het eerste jaar"),
        ("Lutterdam", "drie miljoen euro in het tweede jaar"),
        ("Veerdam", "niets in alle jaren dat het duurt"),
        ("Dijkdam", "een miljoen euro in het laatste jaar"),
    ]

    def table(canvas: Canvas) -> None:
        for place, (name, said) in enumerate(rows):
            canvas.drawString(70, 720 - 14 * place, name)
            canvas.drawString(320, 720 - 14 * place, said)

    text = read(pdf(table)).text
    assert all(text.index(name) < text.index(said) for name, said in rows)
    assert text.index(rows[0][1]) < text.index(rows[1][0])


def form(canvas: Canvas) -> None:
    """Draw a form that is filled in."""
    lines("Naam van de aanvrager:", top=700)(canvas)
    canvas.acroForm.textfield(name="naam", x=220, y=692, width=200, height=20, value="Waterschap Proefland")
    lines("Toelichting", top=650)(canvas)
    canvas.acroForm.textfield(name="uitleg", x=70, y=600, width=300, height=20, value="De sluis lekt.")
    canvas.acroForm.textfield(name="leeg", x=70, y=500, width=300, height=20, value="")


def test_what_was_filled_in_is_read_behind_its_label() -> None:
    document = read(pdf(form))
    assert "Naam van de aanvrager: Waterschap Proefland" in document.text
    assert document.text.index("Toelichting") < document.text.index("De sluis lekt.")
    assert document.doubts == (Doubt(DoubtCode.FORM_VALUES, pages=(1,), n_pages=1),)


def test_a_form_that_is_all_fields_is_read() -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="uitleg", x=70, y=600, width=300, height=20, value="De sluis lekt.")

    assert read(pdf(form)).text == "De sluis lekt."


def test_pages_that_are_pictures_are_named() -> None:
    def blank(_canvas: Canvas) -> None:
        """Draw nothing: an empty page lacks no text."""

    document = read(pdf(lines(*STORY), picture, blank, picture))
    assert document.doubts == (Doubt(DoubtCode.PAGES_WITHOUT_TEXT, pages=(2, 4), n_pages=4),)


def _damaged(content: bytes, number: int) -> bytes:
    """Return the file with the object of one of its pages made unreadable, nothing moved."""
    places = [
        place
        for place in range(len(content))
        if content.startswith(b"/Type /Page\n", place) or content.startswith(b"/Type /Page ", place)
    ]
    start = content.rindex(b" obj", 0, places[number - 1])
    end = content.index(b"endobj", start)
    return content[: start + 4] + b" " + b"x" * (end - start - 6) + b"\n" + content[end:]


def test_a_damaged_page_costs_that_page() -> None:
    pages = [lines(f"Bladzijde {number} gaat over de sluis van {2030 + number}.") for number in (1, 2, 3)]
    document = read(_damaged(pdf(*pages), 2))
    assert document.text.split("\n\n") == ["Bladzijde 1 gaat over de sluis van 2031.", "Bladzijde 3 gaat over de sluis van 2033."]
    assert document.doubts == (Doubt(DoubtCode.DAMAGED_PAGES, pages=(2,), n_pages=3),)
    assert document.page_at(document.text.index("2033")) == 3


def _shifted(text: str, by: int) -> str:
    """Return the text as a table of characters gives it that is off by some places."""
    return "".join(chr(ord(character) - by) if character > "A" else character for character in text)


@pytest.mark.parametrize("by", [3, 5, 29])
def test_a_text_layer_with_other_letters_is_refused_or_its_pages_named(by: int) -> None:
    garbled = lines(*(_shifted(text, by) for text in STORY))
    with pytest.raises(ReadError, match="unreadable.*--force-ocr"):
        read(pdf(garbled))
    document = read(pdf(lines(*STORY), garbled))
    assert document.text == " ".join(STORY)
    assert document.doubts == (Doubt(DoubtCode.UNREADABLE_PAGES, pages=(2,), n_pages=2),)


def test_a_sentence_at_the_edge_of_every_page_is_kept_once_and_a_head_not_at_all() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines("Jaarbericht Sluizen", top=815)(canvas)
            lines(f"Hier begint deel {number} van het bericht.", top=720)(canvas)
            lines("Bezwaar maken kan binnen zes weken bij de directie.", top=40)(canvas)

        return draw

    document = read(pdf(*map(page, (1, 2, 3))))
    assert document.text.count("Bezwaar maken kan") == 1
    assert "Jaarbericht" not in document.text


def test_lines_of_the_text_that_stand_at_the_same_place_on_every_page_are_kept() -> None:
    copies = [lines("Datum: 5 mei 2031", "Aan: de commissie", *STORY, top=815) for _copy in (1, 2)]
    assert read(pdf(*copies)).text.count("zeventien miljoen") == 2


def test_a_file_whose_signature_lacks_its_hyphen_is_read_as_pdf(tmp_path: Path) -> None:
    path = tmp_path / "kop.pdf"
    path.write_bytes(pdf(lines(*STORY)).replace(b"%PDF-1.", b"%PDF1.", 1))
    assert read_file(path).text == " ".join(STORY)
