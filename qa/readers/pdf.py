"""PDF files with a text layer, by PDFium (pypdfium2).

PDFium gives a page's text at once, and the place of a character for a call each. So lines are made of the text, and places are asked only for what
layout needs: the ends of a line, its first word, and its digits, which may be footnote marks. `boxes_of` asks for the rest when a quote is to be
marked on a picture of the page.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from qa.document import Document, PrintedSpan
from qa.exceptions import ReadError
from qa.parliament.metadata import read_metadata
from qa.readers.canonical import assemble
from qa.readers.lines import words_of
from qa.readers.page_layout import PageLine, lay_out

MAX_PAGES = 5000

_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at a line end; the text goes on behind it as if on the same line."""
_LINE = re.compile(rf"[^\r\n{_HYPHENS}]*[{_HYPHENS}]?")
_WORD = r"[^\s\x00-\x1f\x7f-\xa0\xad´`¨ˆˇ¸\ufb00-\ufb06\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]+"
_PLAIN = re.compile(rf"{_WORD}(?: {_WORD})*")
_DIGITS = re.compile(r"\d+")
_SPACING_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "ˇ": "\u030c", "¸": "\u0327"}
_PASSWORD_NEEDED = 4


@dataclass(frozen=True)
class Box:
    """A place on a page: points from its left and lower sides."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def read_pdf(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a PDF file.

    Raises:
        ReadError: it is damaged, protected by a password, too long, or has no text layer.
    """
    with _opened(content) as file:
        pages = [_lines(page) for page in _pages(file, range(len(file)))]
    if not any(pages):
        raise ReadError("it has no text layer, only pictures of pages; run ocrmypdf on it first")
    laid_out = lay_out(pages)
    words = words_of(line.text for page in laid_out.pages for line in page)
    canonical = assemble(laid_out.pages, laid_out.footnotes, words, furniture=laid_out.furniture)
    if not canonical.text:
        raise ReadError("it holds no text but page numbers and running heads")
    return canonical.as_document(source, document_id, read_metadata(canonical.text, furniture=canonical.furniture))


def boxes_of(content: bytes, spans: Iterable[PrintedSpan]) -> list[Box]:
    """Return a box for every span: the place on its page of the characters it was taken from.

    Raises:
        ReadError: the file cannot be read as it was before.
    """
    spans = list(spans)
    boxes = []
    with _opened(content) as file:
        for page_number in sorted({span.page for span in spans}):
            for page in _pages(file, [page_number - 1]):
                boxes += [page.box_around(span) for span in spans if span.page == page_number]
    return boxes


@contextmanager
def opened_page(content: bytes, number: int) -> Iterator[tuple[pypdfium2.PdfPage, int]]:
    """Give a page, 1 for the first, and how many the file has.

    Raises:
        ReadError: the file or the page cannot be opened, or not be drawn in the block.
    """
    with _opened(content) as file:
        if not 1 <= number <= len(file):
            raise ReadError(f"it has no page {number}, only {len(file)} pages")
        try:
            page = file[number - 1]
            try:
                yield page, len(file)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"it is damaged: its page {number} cannot be drawn") from error


class _Page:
    """The characters of a page and their places."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.height = page.get_height()
        self._text_page = page.get_textpage()
        self.text = self._read_text()
        self._box = pdfium.FS_RECTF()

    def close(self) -> None:
        self._text_page.close()

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of a character, with room for ascenders and descenders."""
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page.raw, index, ctypes.byref(self._box)):
            raise ReadError("it is not the file that was indexed; index it again")
        return self._box.left, self._box.bottom, self._box.right, self._box.top

    def box_around(self, span: PrintedSpan) -> Box:
        """Return the box around the characters of a span."""
        characters = range(span.first_character, span.first_character + span.end - span.start)
        lefts, bottoms, rights, tops = zip(*map(self.box, characters), strict=True)
        return Box(span.page, min(lefts), min(bottoms), max(rights), max(tops))

    def _read_text(self) -> str:
        """Return the text, a character for each that PDFium counts."""
        n_characters = self._text_page.count_chars()
        text = str(self._text_page.get_text_range(0, n_characters)) if n_characters > 0 else ""
        if len(text) == n_characters:
            return text
        codes = (pdfium.FPDFText_GetUnicode(self._text_page.raw, index) for index in range(n_characters))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED:
            raise ReadError("it is protected by a password; save it without one first") from error
        raise ReadError("it is damaged or not complete, and cannot be opened as PDF") from error
    try:
        if len(file) > MAX_PAGES:
            raise ReadError(f"it has {len(file)} pages, and {MAX_PAGES} is the most that is read")
        yield file
    finally:
        file.close()


def _pages(file: pypdfium2.PdfDocument, indices: Iterable[int]) -> Iterator[_Page]:
    for index in indices:
        try:
            raw_page = file[index]
            page = _Page(raw_page)
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"it is damaged: its page {index + 1} cannot be opened") from error
        yield page
        page.close()
        raw_page.close()


def _lines(page: _Page) -> list[PageLine]:
    """Return the lines of a page; what PDFium parted on one height is put together again, and what it ran together is parted."""
    lines: list[PageLine] = []
    for match in _LINE.finditer(page.text):
        for start, end in _heights(page, *match.span()):
            text, characters = _tidied(page.text[start:end], start)
            if text:
                _add_line(page, lines, _placed(page, text, characters))
    return lines


def _add_line(page: _Page, lines: list[PageLine], line: PageLine) -> None:
    if lines and lines[-1].goes_on_in(line):
        before = lines.pop()
        gap = " " if line.left > before.right + 0.1 * line.height else ""
        characters = [*before.characters, *([before.characters[-1]] if gap else []), *line.characters]
        line = replace(_placed(page, before.text + gap + line.text, characters), left=before.left)
    lines.append(line)


def _heights(page: _Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of a run of text that stand on one height each; nearly always that is the whole of it.

    A small, raised number at the beginning of a footnote makes PDFium take it for the end of the line above.
    """
    text = page.text[start:end]
    first, last = end - len(text.lstrip()), start + len(text.rstrip()) - 1
    if first > last or _overlap(page.box(first), page.box(last)):
        yield start, end
        return
    filled = [index for index in range(first, last + 1) if not page.text[index].isspace()]
    core = page.box(first)
    for index in filled:
        box = page.box(index)
        if not _overlap(core, box):
            yield start, index
            start, core = index, box
        elif box[3] - box[1] > core[3] - core[1]:
            core = box
    yield start, end


def _overlap(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    (_left, bottom, _right, top), (_left2, other_bottom, _right2, other_top) = first, second
    return min(top, other_top) - max(bottom, other_bottom) > 0.4 * min(top - bottom, other_top - other_bottom)


def _tidied(raw: str, start: int) -> tuple[str, Sequence[int]]:
    """Return the text of a line with hyphens, spaces, ligatures and accents as they should be, and the number of each character."""
    stripped = raw.strip()
    start += raw.find(stripped) if stripped else 0
    if _PLAIN.fullmatch(stripped):
        return stripped, range(start, start + len(stripped))
    characters: list[str] = []
    numbers: list[int] = []
    for number, character in enumerate(stripped, start):
        accent = _SPACING_ACCENTS.get(character)
        if accent and characters and len(composed := unicodedata.normalize("NFC", characters[-1] + accent)) == 1:
            characters[-1] = composed
            continue
        for part in _spelled_out(character):
            if part != " " or (characters and characters[-1] != " "):
                characters.append(part)
                numbers.append(number)
    return "".join(characters), numbers


def _spelled_out(character: str) -> str:
    """Return what a character stands for: a ligature its letters, any white space a space, what is no character nothing."""
    if character in _HYPHENS:
        return "-"
    if "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"} else character


def _placed(page: _Page, text: str, characters: Sequence[int]) -> PageLine:
    first, last = page.box(characters[0]), page.box(characters[-1])
    bottom, top = max((first[1::2], last[1::2]), key=lambda sides: sides[1] - sides[0])
    return PageLine(
        text=text,
        characters=characters,
        left=first[0],
        right=last[2],
        bottom=bottom,
        top=top,
        first_word_right=page.box(characters[len(text.split(maxsplit=1)[0]) - 1])[2],
        digits={
            index: page.box(characters[index])[1::2]
            for match in _DIGITS.finditer(text)
            for index in range(*match.span())
            if match.start()
        },
        page_height=page.height,
    )
