"""From the lines of printed pages to the canonical text of a document.

1. Page furniture (running heads, ISSN lines, page numbers) is set apart; it names the publication.
2. Footnote bodies are taken out of the running text and put after it.
3. Footnote marks are taken out of the words they stick to, and remembered as anchors.
4. Lines become paragraphs: at empty lines, at question and answer headings, at list items; a paragraph that a page break splits is joined again.
5. Lines are joined: hyphens and addresses (`lines.py`).

`make_canonical` does all of it for text files, where only the characters tell; a reader that knows where lines stand on the page does the first three
by geometry, and hands its lines to `assemble`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from statistics import median

from qa.parliament.headings import heading_end, parse_heading, parse_unnumbered
from qa.parliament.letterhead import is_salutation, is_subject, leading_letterhead, letterhead_lines, signs_of
from qa.parliament.people import is_office
from qa.readers.builder import CanonicalText, TextBuilder
from qa.readers.endnotes import find_bodies, find_marks
from qa.readers.footnotes import MarkStyle, find_mark, split_footnotes
from qa.readers.lines import glued_columns, glued_words, words_of
from qa.readers.printed import PrintedLine, join_printed
from qa.readers.printed_table import add_printed_table

LONG_LINE = 180
"""Printed lines are shorter; a longer one is a whole paragraph."""

MARKS_AHEAD = 3
"""Footnotes whose marks are looked for at once: more than one, since a mark may be missing."""

_FURNITURE = re.compile(
    r"(?:ah|kv)-[te]k-\w+(?:-\w+)?|kst-[\w-]+|ISSN \d{4} ?[-–] ?\d{3}[\dX]|[’'‘]s-Gravenhage \d{4}"
    r"|(?:Tweede|Eerste) Kamer, vergaderjaar .*\d|(?:Tweede|Eerste) Kamer der Staten-Generaal(?: \d)?"
    r"|Vergaderjaar \d{4}[-–]\d{2,4}(?:\s+Aanhangsel van de Handelingen)?|Aanhangsel van de Handelingen"
    r"|[’'‘]s-Gravenhage \d{4}\s+(?:Tweede|Eerste) Kamer, .*\d"
)
_ITEM = re.compile(r"[-–•*·▪]\s+\S|(?:\d{1,2}|[a-z])[.)]\s+\S")
_SENTENCE_END = re.compile(r"[.?!:;][»”’\"')\]]*\d{0,2}$")


@dataclass(frozen=True)
class FootnoteLines:
    """A footnote's number and the lines of its body."""

    number: int
    lines: tuple[PrintedLine, ...]


def make_canonical(pages: Sequence[Sequence[str]]) -> CanonicalText:
    """Return the canonical text of a document from the lines of its pages."""
    furniture: list[str] = []
    bodies: list[FootnoteLines] = []
    styles: dict[int, MarkStyle] = {}
    body_pages: list[list[str]] = []
    above = ""
    words = words_of(line for page in pages for line in page)
    for number, page in enumerate(pages, start=1):
        lines, found = split_footnotes(_without_furniture(page, furniture), above, len(bodies) + 1, words)
        styles.update({body.number: body.style for body in found})
        bodies += [
            FootnoteLines(body.number, tuple(PrintedLine(text=line, page=number) for line in body.lines)) for body in found
        ]
        body_pages.append(lines)
        above += "\n".join(lines) + "\n"
    printed = _with_marks_taken_out(body_pages, styles, words)
    return assemble(printed, bodies, words, furniture=furniture)


def assemble(
    pages: Sequence[Sequence[PrintedLine]], footnotes: Sequence[FootnoteLines], words: frozenset[str], *, furniture: Sequence[str]
) -> CanonicalText:
    """Return the canonical text of pages whose furniture, footnotes and footnote marks have been taken out.

    Args:
        pages: of every page its lines; an empty line ends a paragraph.
        footnotes: in order of number.
        words: the document's words, from `words_of`.
        furniture: what was taken out of the pages.
    """
    builder = TextBuilder()
    n_pages = len(pages)
    furniture = [*furniture, *(letterhead := _letterhead(pages))]
    if letterhead:
        pages = [_below_letterhead(pages[0]), *pages[1:]]
    pages = _with_lost_spaces(pages, words)
    paragraphs, by_hand = _without_endnotes(list(_paragraphs(pages))) if not footnotes else (_paragraphs(pages), [])
    for table, group in groupby(paragraphs, key=_table_of):
        if table:
            add_printed_table(builder, list(group), words)
            continue
        for paragraph in map(partial(join_printed, words=words), group):
            builder.add_paragraph(
                paragraph.text, footnote_marks=paragraph.footnote_marks, page_marks=paragraph.page_marks, spans=paragraph.spans
            )
    for footnote in [*footnotes, *by_hand]:
        body = join_printed(footnote.lines, words)
        builder.add_footnote(footnote.number, body.text, spans=body.spans)
    return builder.build(n_pages=n_pages, furniture=furniture)


def _with_lost_spaces(pages: Sequence[Sequence[PrintedLine]], words: frozenset[str]) -> Sequence[Sequence[PrintedLine]]:
    glued = glued_words(words)
    return [[line.parted(columns) if (columns := glued_columns(line.text, glued)) else line for line in page] for page in pages]


def _letterhead(pages: Sequence[Sequence[PrintedLine]]) -> list[str]:
    """Return the lines of the letterhead above a letter's salutation, a subject of several lines as one."""
    lines: list[str] = []
    goes_on = False
    for line in pages[0][: _letterhead_length(pages[0])] if pages else ():
        if goes_on and line.text and not signs_of([line.text]):
            lines[-1] += f" {line.text}"
        elif line.text:
            lines.append(line.text)
            goes_on = is_subject(line.text)
        else:
            goes_on = False
    return letterhead_lines([lines])


def _letterhead_length(page: Sequence[PrintedLine]) -> int:
    filled = [place for place, line in enumerate(page) if line.text]
    n_leading = leading_letterhead([page[place].text for place in filled])
    return filled[n_leading] if 0 < n_leading < len(filled) else 0


def _below_letterhead(page: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    return page[_letterhead_length(page) :]


def _without_endnotes(paragraphs: Sequence[Sequence[PrintedLine]]) -> tuple[list[list[PrintedLine]], list[FootnoteLines]]:
    """Return paragraphs without notes that were written by hand in brackets and their marks, and the notes."""
    if not any("[" in line.text for paragraph in paragraphs for line in paragraph):
        return [list(paragraph) for paragraph in paragraphs], []
    bodies = find_bodies([paragraph[0].text for paragraph in paragraphs], [" ".join(line.text for line in p) for p in paragraphs])
    numbers = frozenset(number for number, _start in bodies.values())
    kept: list[list[PrintedLine]] = []
    notes: list[FootnoteLines] = []
    for place, paragraph in enumerate(paragraphs):
        if place in bodies:
            number, start = bodies[place]
            notes.append(FootnoteLines(number, (paragraph[0].divided(start)[1], *paragraph[1:])))
        else:
            kept.append([_without_marks(line, numbers) for line in paragraph])
    return kept, notes


def _without_marks(line: PrintedLine, numbers: frozenset[int]) -> PrintedLine:
    for start, end, number in find_marks(line.text, numbers) if numbers else ():
        line = line.without(start, end, number)
    return line


def is_furniture(line: str) -> bool:
    """Tell whether a line is a running head or foot of an official publication."""
    return _FURNITURE.fullmatch(line) is not None


def _without_furniture(page: Sequence[str], furniture: list[str]) -> list[str]:
    kept: list[str] = []
    for raw in page:
        line = " ".join(raw.split())
        (furniture if line and is_furniture(line) else kept).append(line)
    return kept


def _with_marks_taken_out(
    pages: Sequence[Sequence[str]], styles: Mapping[int, MarkStyle], words: frozenset[str]
) -> list[list[PrintedLine]]:
    """Return the lines without footnote marks; these come in order, but now and then one is missing."""
    due = list(styles)
    printed: list[list[PrintedLine]] = []
    for page_number, page in enumerate(pages, start=1):
        printed.append([])
        for text in page:
            line = PrintedLine(text=text, page=page_number)
            for number in due[:MARKS_AHEAD]:
                start = line.marks[-1].column if line.marks else 0
                if span := find_mark(line.text, number, words, start=start, style=styles[number]):
                    line = line.without(*span, number)
                    due.remove(number)
            printed[-1].append(line)
    return printed


def _paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    lengths = [len(line.text) for page in pages for line in page if line.text and not line.cell]
    full_line = 0.75 * median(lengths) if lengths else 0
    paragraph: list[PrintedLine] = []
    for page in pages:
        for position, line in enumerate(_trimmed(page)):
            if line.cell or (paragraph and paragraph[-1].cell):
                breaks = bool(paragraph) and _row_of(line) != _row_of(paragraph[-1])
            else:
                breaks = bool(paragraph) and _breaks_before(
                    line.text, paragraph, at_page_start=position == 0, full_line=full_line
                )
            if breaks:
                yield paragraph
                paragraph = []
            end = heading_end(line.text) if not paragraph and not line.cell else 0
            if end:
                heading, line = line.divided(end)
                yield [heading]
            if line.text:
                paragraph.append(line)
    if paragraph:
        yield paragraph


def _row_of(line: PrintedLine) -> tuple[int, ...]:
    """Return the row of a table that a line belongs to, by table and number; none of running text."""
    return line.cell[:2] if line.cell else ()


def _table_of(paragraph: Sequence[PrintedLine]) -> tuple[int, ...]:
    """Return the table of which a paragraph is a row; none of running text."""
    return _row_of(paragraph[0])[:1]


def _is_heading(line: str, *, may_be_bare: bool) -> bool:
    return parse_heading(line) is not None or (may_be_bare and parse_unnumbered(line) is not None)


def _trimmed(page: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    filled = [position for position, line in enumerate(page) if line.text]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _breaks_before(line: str, paragraph: Sequence[PrintedLine], *, at_page_start: bool, full_line: float) -> bool:
    previous = paragraph[-1].text
    if not line:
        return True
    ended = _SENTENCE_END.search(previous) is not None
    if (ended or not line[0].islower()) and _is_heading(line, may_be_bare=ended):
        return True  # `antwoord op vraag 2.` may be how a sentence ends
    if len(paragraph) == 1 and (_is_heading(previous, may_be_bare=True) or is_salutation(previous)):
        return True
    if ended and (heading_end(line) or is_office(line)):
        return True
    if at_page_start:
        return not line[0].islower() and (ended or len(previous) < full_line)
    return len(previous) > LONG_LINE or ((ended or _ITEM.match(paragraph[0].text) is not None) and _ITEM.match(line) is not None)
