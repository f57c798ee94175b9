"""Pages of PDF files as pictures, drawn by real workers."""

import io
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from qa.document import Document, PrintedSpan
from qa.exceptions import FileChangedError, FileGoneError, ReadError
from qa.readers import read
from qa.readers.pdf_picture import MAX_PIXELS, PagePicture, picture_of
from qa.workers.limits import Limits
from qa.workers.painter import Painter
from qa.workers.picturing import PictureRequest, Picturing
from tests.readers.pdf_builder import PdfPage, build_pdf, set_text

TEXT = "De Minister heeft de Kamer op 3 mei 2024 geïnformeerd over de stand van zaken. Daarbij is ook ingegaan op de planning."
LIMITS = Limits(max_seconds=10, max_memory_bytes=1_000_000_000)


def process_id(painter: Painter) -> int:
    assert painter._worker is not None
    return painter._worker._process.pid


def spans_of(document: Document, start: int, end: int) -> tuple[PrintedSpan, ...]:
    return tuple(span for span in document.printed_spans if span.start < end and start < span.end)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "brief.pdf"
    path.write_bytes(build_pdf(PdfPage(set_text(TEXT)), PdfPage(set_text("Een tweede bladzijde met nog wat woorden."))))
    return read(path)


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    painter = Painter(LIMITS)
    yield painter
    painter.close()


def request(document: Document, page: int = 1) -> PictureRequest:
    return PictureRequest(
        path=Path(document.source), document_id=document.document_id, page=page, spans=spans_of(document, 0, len(document.text))
    )


def ink(picture: PagePicture, left: float, top: float, width: float, height: float) -> float:
    """Return the share of dark pixels in a part of the picture."""
    image = Image.open(io.BytesIO(picture.png)).convert("L")
    box = (left * picture.width, top * picture.height, (left + width) * picture.width, (top + height) * picture.height)
    part = image.crop(tuple(map(round, box)))
    return sum(part.histogram()[:128]) / (part.width * part.height)


def test_the_picture_shows_the_page(document: Document, painter: Painter) -> None:
    picture = painter.draw(request(document))
    assert (picture.page, picture.n_pages) == (1, 2)
    assert Image.open(io.BytesIO(picture.png)).size == (picture.width, picture.height)


def test_there_is_ink_where_a_line_stands_and_none_beside_it(document: Document, painter: Painter) -> None:
    picture = painter.draw(request(document))
    first = picture.places[0]
    assert ink(picture, first.left, first.top, first.width, first.height) > 0.05
    assert ink(picture, 0, first.top, first.left * 0.95, first.height) == 0


def test_places_are_of_the_page_that_is_shown(document: Document, painter: Painter) -> None:
    assert len(painter.draw(request(document, 2)).places) == 1


def test_a_file_that_is_gone_is_told_apart(document: Document, painter: Painter) -> None:
    Path(document.source).unlink()
    with pytest.raises(FileGoneError):
        painter.draw(request(document))


def test_a_file_that_changed_is_told_apart(document: Document, painter: Painter) -> None:
    Path(document.source).write_bytes(build_pdf(PdfPage(set_text("Iets anders."))))
    with pytest.raises(FileChangedError):
        painter.draw(request(document))


def test_a_page_that_is_not_there_is_refused_in_a_sentence(document: Document, painter: Painter) -> None:
    with pytest.raises(ReadError, match="it has no page 3, only 2 pages"):
        painter.draw(request(document, 3))


def test_a_page_as_large_as_a_field_is_drawn_small() -> None:
    huge = build_pdf(PdfPage(["Groot"])).replace(b"558 771", b"14400 14400")
    picture = picture_of(huge, 1)
    assert picture.width * picture.height <= MAX_PIXELS


def test_a_turned_page_has_its_places_turned_with_it(tmp_path: Path) -> None:
    path = tmp_path / "gedraaid.pdf"
    path.write_bytes(build_pdf(PdfPage(set_text(TEXT))).replace(b"/Rotate 0", b"/Rotate 90"))
    document = read(path)
    picture = picture_of(path.read_bytes(), 1, spans_of(document, 0, 40))
    (place,) = picture.places
    assert place.height > place.width
    assert ink(picture, place.left, place.top, place.width, place.height) > 0.05


def test_the_process_stays_for_the_next_picture(document: Document) -> None:
    painter = Painter(LIMITS)
    try:
        painter.draw(request(document))
        number = process_id(painter)
        painter.draw(request(document, 2))
        assert process_id(painter) == number
    finally:
        painter.close()


def test_drawing_that_takes_too_long_is_ended_and_the_next_picture_drawn(document: Document) -> None:
    painter = Painter(Limits(max_seconds=3, max_memory_bytes=LIMITS.max_memory_bytes))
    try:
        painter.draw(request(document))
        os.kill(process_id(painter), signal.SIGSTOP)
        with pytest.raises(ReadError, match="drawing it takes more than 3 s"):
            painter.draw(request(document))
        assert painter.draw(request(document)).page == 1
    finally:
        painter.close()


def test_a_crash_costs_one_picture(document: Document, painter: Painter) -> None:
    painter.draw(request(document))
    os.kill(process_id(painter), signal.SIGSEGV)
    with pytest.raises(ReadError, match="drawing it crashed"):
        painter.draw(request(document))
    assert painter.draw(request(document)).page == 1


def test_no_process_is_left_after_closing(document: Document) -> None:
    painter = Painter(LIMITS)
    painter.draw(request(document))
    number = process_id(painter)
    painter.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_any_other_failure_is_answered_as_a_sentence(tmp_path: Path) -> None:
    request = PictureRequest(path=tmp_path / "x", document_id="x", page="een")  # type: ignore[arg-type] - what a bug would send
    assert isinstance(pickle.loads(Picturing(LIMITS).answer(request)), ReadError)  # noqa: S301
