"""`PdfPages`: the pages of a PDF file by PDFium (pypdfium2): their characters, where these stand, and what was filled in on forms.

Places are measured upright: text that runs up or down a page, because the page or the text is turned, has the same left, bottom, right and top as
text that runs along it.
"""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import pi

import pypdfium2
import pypdfium2.raw as pdfium

from qa.document import PrintedSpan
from qa.exceptions import ReadError
from qa.parliament.properties import Properties

MAX_PAGES = 5000
MAX_FIELDS = 500
"""Filled-in fields of one page that are read."""
MAX_FIELD_BYTES = 20_000

_PASSWORD_NEEDED = 4
_TICKED = "\u2612"
_TICKED_FIELDS = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_WRITTEN_FIELDS = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


@dataclass(frozen=True)
class Box:
    """A place on a page: points from its left and lower sides."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Field:
    """What was filled in on a form, and where."""

    text: str
    sides: Sides


class PdfPage:
    """The characters of a page and their places."""

    def __init__(self, page: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None) -> None:
        self._page = page
        self._form = form
        self._text_page = page.get_textpage()
        self._box = pdfium.FS_RECTF()
        self._places: dict[int, Sides] = {}
        left, bottom, right, top = map(float, page.get_bbox())
        self._origin = left, bottom
        self._size: tuple[float, float] = right - left, top - bottom
        self.text = self._read_text()

    def close(self) -> None:
        """Let go of the page."""
        self._text_page.close()

    def height(self, turn: int) -> float:
        """Return how tall the page is for a reader of text that is turned so."""
        return self._size[0] if turn % 2 else self._size[1]

    def turn_of(self, index: int) -> int:
        """Return by how many quarters, clockwise, a character is turned on the page."""
        angle = float(pdfium.FPDFText_GetCharAngle(self._text_page.raw, index))
        return round(angle / (pi / 2)) % 4

    def box(self, index: int, turn: int = 0) -> Sides:
        """Return left, bottom, right and top of a character, with room for ascenders and descenders, for a reader of text that is turned so."""
        known = self._places.get(4 * index + turn)
        if known:
            return known
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page.raw, index, ctypes.byref(self._box)):
            raise ReadError("not_the_indexed_file")
        box = self._box
        if turn:
            sides = self._upright((box.left, box.bottom, box.right, box.top), turn)
        else:  # nearly always, and this is called for every place
            x, y = self._origin
            sides = box.left - x, box.bottom - y, box.right - x, box.top - y
        self._places[4 * index + turn] = sides
        return sides

    def box_around(self, span: PrintedSpan) -> Box:
        """Return the box around the characters of a span, in the file's own places."""
        left, bottom = self._origin
        characters = range(span.first_character, span.first_character + span.end - span.start)
        lefts, bottoms, rights, tops = zip(*map(self.box, characters), strict=True)
        return Box(span.page, min(lefts) + left, min(bottoms) + bottom, max(rights) + left, max(tops) + bottom)

    @property
    def has_content(self) -> bool:
        """Whether anything is drawn on the page."""
        return int(pdfium.FPDFPage_CountObjects(self._page.raw)) > 0

    def fields(self, turn: int) -> Iterator[Field]:
        """Yield what was filled in on the page's form, from top to bottom."""
        if self._form is None:
            return
        n_annotations = min(pdfium.FPDFPage_GetAnnotCount(self._page.raw), MAX_FIELDS)
        found = [field for index in range(n_annotations) if (field := self._field(index, turn))]
        yield from sorted(found, key=lambda field: (-field.sides[3], field.sides[0]))

    def _field(self, index: int, turn: int) -> Field | None:
        annotation = pdfium.FPDFPage_GetAnnot(self._page.raw, index)
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
                return None
            kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation)
            if kind in _TICKED_FIELDS:
                text = _TICKED if pdfium.FPDFAnnot_IsChecked(self._form, annotation) else ""
            else:
                text = self._value(annotation) if kind in _WRITTEN_FIELDS else ""
            sides = pdfium.FS_RECTF()
            if not text or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(sides)):
                return None
            return Field(text, self._upright((sides.left, sides.bottom, sides.right, sides.top), turn))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)

    def _value(self, annotation: object) -> str:
        n_bytes = pdfium.FPDFAnnot_GetFormFieldValue(self._form, annotation, None, 0)
        if not 2 < n_bytes <= MAX_FIELD_BYTES:  # two bytes end every value
            return ""
        buffer = ctypes.create_string_buffer(n_bytes)
        pdfium.FPDFAnnot_GetFormFieldValue(
            self._form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), n_bytes
        )
        return " ".join(buffer.raw[: n_bytes - 2].decode("utf-16-le", "replace").split())

    def _upright(self, sides: Sides, turn: int) -> Sides:
        x, y = self._origin
        left, bottom, right, top = sides[0] - x, sides[1] - y, sides[2] - x, sides[3] - y
        width, height = self._size
        match turn:
            case 1:
                return height - top, left, height - bottom, right
            case 2:
                return width - right, height - top, width - left, height - bottom
            case 3:
                return bottom, width - right, top, width - left
        return left, bottom, right, top

    def _read_text(self) -> str:
        """Return the text, a character for each that PDFium counts."""
        n_characters = self._text_page.count_chars()
        text = str(self._text_page.get_text_range(0, n_characters)) if n_characters > 0 else ""
        if len(text) == n_characters:
            return text
        codes = (pdfium.FPDFText_GetUnicode(self._text_page.raw, index) for index in range(n_characters))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)


class PdfPages:
    """An open PDF file."""

    def __init__(self, file: pypdfium2.PdfDocument) -> None:
        self._file = file
        self._form: pypdfium2.PdfFormEnv | None = None
        if file.get_formtype() != pdfium.FORMTYPE_NONE:
            file.init_forms()
            self._form = file.formenv

    def __len__(self) -> int:
        """Return how many pages it has."""
        return len(self._file)

    @property
    def is_form(self) -> bool:
        """Whether it has fields to fill in."""
        return self._form is not None

    @property
    def properties(self) -> Properties:
        """What the file says of itself."""
        try:
            said = self._file.get_metadata_dict(skip_empty=True)
        except (pypdfium2.PdfiumError, UnicodeError):
            return Properties()
        return Properties(title=str(said.get("Title", "")), made=str(said.get("CreationDate", "")))

    def pages(self, indices: Iterable[int]) -> Iterator[PdfPage | None]:
        """Yield pages, 0 for the first, or None for one that is damaged; a page is closed when the next is asked for."""
        for index in indices:
            try:
                raw_page = self._file[index]
            except pypdfium2.PdfiumError:
                yield None
                continue
            try:
                page = PdfPage(raw_page, self._form)
            except pypdfium2.PdfiumError:
                raw_page.close()
                yield None
                continue
            yield page
            page.close()
            raw_page.close()


@contextmanager
def opened(content: bytes) -> Iterator[PdfPages]:
    """Give the pages of a PDF file.

    Raises:
        ReadError: it is damaged, protected by a password, or too long.
    """
    with _file(content) as file:
        yield PdfPages(file)


@contextmanager
def opened_page(content: bytes, number: int) -> Iterator[tuple[pypdfium2.PdfPage, int]]:
    """Give a page, 1 for the first, and how many the file has.

    Raises:
        ReadError: the file or the page cannot be opened, or not be drawn in the block.
    """
    with _file(content) as file:
        if not 1 <= number <= len(file):
            raise ReadError("pdf_no_such_page", page=number, n=len(file))
        try:
            page = file[number - 1]
            try:
                yield page, len(file)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise ReadError("page_not_drawn", page=number) from error


@contextmanager
def _file(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED:
            raise ReadError("password") from error
        raise ReadError("pdf_damaged") from error
    try:
        if len(file) > MAX_PAGES:
            raise ReadError("pdf_too_many_pages", n=len(file), most=MAX_PAGES)
        yield file
    finally:
        file.close()
