"""PDF files with a text layer: from the characters of each page to a document.

PDFium gives a page's text at once, and the place of a character for a call each. So lines are made of the text, and places are asked only for what
layout needs: the ends of a line, its first word, and its digits, which may be footnote marks. `boxes_of` asks for the rest when a quote is to be
marked on a picture of the page.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from qa.document import Document, Doubt, DoubtCode, PrintedSpan
from qa.exceptions import ReadError
from qa.parliament.metadata import read_metadata
from qa.parliament.properties import Properties, with_properties
from qa.readers.canonical import assemble
from qa.readers.form_fields import with_fields
from qa.readers.lines import words_of
from qa.readers.page_columns import in_columns
from qa.readers.page_layout import lay_out
from qa.readers.page_line import PageLine
from qa.readers.page_tables import with_tables
from qa.readers.pdfium import Box, PdfPage, PdfPages, opened
from qa.readers.text_layer import is_unreadable

_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at a line end; the text goes on behind it as if on the same line."""
_LINE = re.compile(rf"[^\r\n{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_WORD = r"[^\s\x00-\x1f\x7f-\xa0\xad´`¨ˆˇ¸\ufb00-\ufb06\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]+"
_PLAIN = re.compile(rf"{_WORD}(?: {_WORD})*")
_FIRST = re.compile(r"\S")
SAMPLED_LINES = 3
"""Lines of a page that tell how it is turned."""
MAX_LINE = 2000
"""Characters of a line to which more are added that stand beside it."""
_DIGITS = re.compile(r"\d+")
_SPACING_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "ˇ": "\u030c", "¸": "\u0327"}


def read_pdf(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a PDF file, with what is doubtful: pages that are damaged, without text, or unreadable, and values of a form.

    Raises:
        ReadError: it is damaged, protected by a password, too long, or has no text that can be read.
    """
    pages, doubts, properties = _read_pages(content)
    if not any(pages):
        raise ReadError(_why_nothing(doubts))
    laid_out = lay_out(pages)
    words = words_of(line.text for page in laid_out.pages for line in page)
    canonical = assemble(laid_out.pages, laid_out.footnotes, words, furniture=laid_out.furniture)
    if not canonical.text:
        raise ReadError("pdf_only_furniture")
    metadata = with_properties(read_metadata(canonical.text, furniture=canonical.furniture), properties, canonical.text)
    document = canonical.as_document(source, document_id, metadata)
    return replace(document, doubts=doubts)


def boxes_of(content: bytes, spans: Iterable[PrintedSpan]) -> list[Box]:
    """Return a box for every span: the place on its page of the characters it was taken from.

    Raises:
        ReadError: the file cannot be read as it was before.
    """
    spans = list(spans)
    boxes = []
    with opened(content) as file:
        for page_number in sorted({span.page for span in spans}):
            for page in file.pages([page_number - 1]):
                if page is None:
                    raise ReadError("pdf_page_damaged", page=page_number)
                boxes += [page.box_around(span) for span in spans if span.page == page_number]
    return boxes


def _read_pages(content: bytes) -> tuple[list[list[PageLine]], tuple[Doubt, ...], Properties]:
    """Return the lines of every page, none for a page that cannot be read, what is doubtful, and what the file says of itself."""
    pages: list[list[PageLine]] = []
    found: dict[DoubtCode, list[int]] = {}
    with opened(content) as file:
        properties = file.properties
        for number, page in enumerate(file.pages(range(len(file))), start=1):
            lines, code = _read_page(file, page)
            pages.append(lines)
            if code:
                found.setdefault(code, []).append(number)
    doubts = tuple(Doubt(code, pages=tuple(numbers), n_pages=len(pages)) for code, numbers in sorted(found.items()))
    return pages, doubts, properties


def _read_page(file: PdfPages, page: PdfPage | None) -> tuple[list[PageLine], DoubtCode | None]:
    if page is None:
        return [], DoubtCode.DAMAGED_PAGES
    if is_unreadable(page.text):
        return [], DoubtCode.UNREADABLE_PAGES
    turn = _turn(page)
    lines = _lines(page, turn)
    if file.is_form and (fields := list(page.fields(turn))):
        return with_fields(lines, fields, turn=turn, page_height=page.height(turn)), DoubtCode.FORM_VALUES
    return lines, DoubtCode.PAGES_WITHOUT_TEXT if not lines and page.has_content else None


def _why_nothing(doubts: Sequence[Doubt]) -> str:
    codes = {doubt.code for doubt in doubts}
    if DoubtCode.UNREADABLE_PAGES in codes:
        return "pdf_text_layer_unreadable"
    if codes == {DoubtCode.DAMAGED_PAGES}:
        return "pdf_all_pages_damaged"
    return "pdf_no_text_layer"


def _turn(page: PdfPage) -> int:
    """Return by how many quarters most of a page's text is turned, by the first characters of some of its lines."""
    starts = [
        found.start()
        for place in range(SAMPLED_LINES)
        if (found := _FIRST.search(page.text, place * len(page.text) // SAMPLED_LINES))
    ]
    turns = [page.turn_of(start) for start in starts]
    return max(turns, key=turns.count, default=0)


def _lines(page: PdfPage, turn: int) -> list[PageLine]:
    """Return the lines of a page; what PDFium parted on one height is put together again, and what it ran together is parted.

    Lines that are turned in another way than most of the page come last.
    """
    lines: list[PageLine] = []
    aside: list[PageLine] = []
    for match in _LINE.finditer(page.text):
        for start, end, turned in _heights(page, *match.span(), turn):
            text, characters = _tidied(page.text[start:end], start)
            if text:
                line = _placed(page, text, characters, turned)
                _add_line(page, lines if turned == turn else aside, line)
    if turn and sum(line.bottom > before.bottom for before, line in pairwise(lines)) > len(lines) / 2:
        lines.reverse()  # PDFium orders lines by their height on the page, also where text runs down it

    def part_of(line: PageLine, start: int, end: int) -> PageLine:
        return _placed(page, line.text[start:end], line.characters[start:end], line.turn)

    return [*with_tables(in_columns(lines, part_of, page.box), part_of, page.box), *aside]


def _add_line(page: PdfPage, lines: list[PageLine], line: PageLine) -> None:
    if lines and len(lines[-1].text) < MAX_LINE and lines[-1].goes_on_in(line):
        before = lines.pop()
        gap = " " if line.left > before.right + 0.1 * line.height else ""
        shift = len(before.text) + len(gap)
        n_leading = len(line.text) - len(line.text.lstrip("0123456789"))
        leading = {shift + index: page.box(line.characters[index], line.turn)[1::2] for index in range(n_leading)}
        lower, upper = min((before, line), key=lambda part: -part.height).bottom, max(before.height, line.height)
        line = replace(
            before,
            text=before.text + gap + line.text,
            characters=[*before.characters, *([before.characters[-1]] if gap else []), *line.characters],
            right=line.right,
            bottom=lower,
            top=lower + upper,
            digits={**before.digits, **leading, **{shift + index: sides for index, sides in line.digits.items()}},
        )
    lines.append(line)


def _heights(page: PdfPage, start: int, end: int, turn: int) -> Iterator[tuple[int, int, int]]:
    """Yield the spans of a run of text that stand on one height each, and how they are turned; nearly always that is the whole of it.

    A small, raised number at the beginning of a footnote makes PDFium take it for the end of the line above.
    """
    text = page.text[start:end]
    first, last = end - len(text.lstrip()), start + len(text.rstrip()) - 1
    if first > last or _overlap(page.box(first, turn), page.box(last, turn)):
        yield start, end, turn
        return
    turned = page.turn_of(first)
    if turned != turn:
        yield start, end, turned
        return
    filled = [index for index in range(first, last + 1) if not page.text[index].isspace()]
    core = page.box(first, turn)
    for index in filled:
        box = page.box(index, turn)
        if not _overlap(core, box):
            yield start, index, turn
            start, core = index, box
        elif box[3] - box[1] > core[3] - core[1]:
            core = box
    yield start, end, turn


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


@lru_cache(maxsize=10_000)
def _spelled_out(character: str) -> str:
    """Return what a character stands for: a ligature its letters, any white space a space, what is no character nothing."""
    if character in _HYPHENS:
        return "-"
    if "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"} else character


def _placed(page: PdfPage, text: str, characters: Sequence[int], turn: int) -> PageLine:
    first, last = page.box(characters[0], turn), page.box(characters[-1], turn)
    bottom, top = max((first[1::2], last[1::2]), key=lambda sides: sides[1] - sides[0])
    return PageLine(
        text=text,
        characters=characters,
        left=first[0],
        right=last[2],
        bottom=bottom,
        top=top,
        first_word_right=page.box(characters[len(text.split(maxsplit=1)[0]) - 1], turn)[2],
        digits={
            index: page.box(characters[index], turn)[1::2]
            for match in _DIGITS.finditer(text)
            for index in range(*match.span())
            if match.start()
        },
        page_height=page.height(turn),
        turn=turn,
    )
