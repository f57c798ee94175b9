"""From the lines of printed pages to the canonical text of a document.

1. Page furniture (running heads, ISSN lines, page numbers) is set apart; it names the publication.
2. Footnote bodies are taken out of the running text and put after it.
3. Lines become paragraphs: at empty lines, at question and answer headings, at list items; a paragraph that a page break splits is joined again.
4. Lines are joined: hyphens and addresses (`lines.py`).
5. Footnote marks are taken out of the words they stick to, and remembered as anchors.
"""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from statistics import median

from qa.headings import parse_heading
from qa.readers.builder import CanonicalText, Mark, TextBuilder
from qa.readers.footnotes import FootnoteBody, find_mark, split_footnotes
from qa.readers.lines import join_lines, words_of

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


Line = tuple[str, int]
"""A line and the number of its page, counted from 0."""


def make_canonical(pages: Sequence[Sequence[str]]) -> CanonicalText:
    """Return the canonical text of a document from the lines of its pages."""
    furniture: list[str] = []
    bodies: list[FootnoteBody] = []
    body_pages: list[list[str]] = []
    above = ""
    words = words_of(line for page in pages for line in page)
    for page in pages:
        lines, found = split_footnotes(_without_furniture(page, furniture), above, len(bodies) + 1, words)
        bodies += found
        body_pages.append(lines)
        above += "\n".join(lines) + "\n"
    joiner = _Joiner(words, [body.number for body in bodies])
    builder = TextBuilder()
    for paragraph in _paragraphs(body_pages):
        text, footnote_marks, page_marks = joiner.join(paragraph)
        builder.add_paragraph(text, footnote_marks=footnote_marks, page_marks=page_marks)
    for body in bodies:
        builder.add_footnote(body.number, reduce(lambda left, right: join_lines(left, right, words), body.lines))
    return builder.build(n_pages=len(pages), furniture=furniture)


def _without_furniture(page: Sequence[str], furniture: list[str]) -> list[str]:
    kept = []
    for raw in page:
        line = " ".join(raw.split())
        if line and _FURNITURE.fullmatch(line):
            furniture.append(line)
        else:
            kept.append(line)
    return kept


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[list[Line]]:
    lengths = [len(line) for page in pages for line in page if line]
    full_line = 0.75 * median(lengths) if lengths else 0
    paragraph: list[Line] = []
    for page_number, page in enumerate(pages):
        for position, line in enumerate(_trimmed(page)):
            if paragraph and _breaks_before(line, paragraph[-1][0], at_page_start=position == 0, full_line=full_line):
                yield paragraph
                paragraph = []
            if line:
                paragraph.append((line, page_number))
    if paragraph:
        yield paragraph


def _trimmed(page: Sequence[str]) -> Sequence[str]:
    filled = [position for position, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _breaks_before(line: str, previous: str, *, at_page_start: bool, full_line: float) -> bool:
    if not line or parse_heading(line) or parse_heading(previous):
        return True
    ended = _SENTENCE_END.search(previous) is not None
    if at_page_start:
        return not line[0].islower() and (ended or len(previous) < full_line)
    return len(previous) > LONG_LINE or (ended and _ITEM.match(line) is not None)


class _Joiner:
    """Joins the lines of paragraphs, one paragraph after the other, and takes out the footnote marks that are due."""

    def __init__(self, words: frozenset[str], footnote_numbers: Sequence[int]) -> None:
        self._words = words
        self._due = list(footnote_numbers)

    def join(self, lines: Sequence[Line]) -> tuple[str, list[Mark], list[Mark]]:
        """Return the paragraph, its footnote marks, and the places where its lines' pages begin or go on."""
        paragraph = ""
        footnote_marks: list[Mark] = []
        page_marks: list[Mark] = []
        for line, page in lines:
            stripped, marks = self._without_marks(line)
            paragraph = join_lines(paragraph, stripped, self._words) if paragraph else stripped
            column = len(paragraph) - len(stripped)
            footnote_marks += [Mark(mark.number, column + mark.column) for mark in marks]
            page_marks.append(Mark(page + 1, column))
        return paragraph, footnote_marks, page_marks

    def _without_marks(self, line: str) -> tuple[str, list[Mark]]:
        """Return the line without footnote marks, and the marks; they come in order, but now and then one is missing."""
        marks: list[Mark] = []
        for number in self._due[:MARKS_AHEAD]:
            span = find_mark(line, number, self._words, start=marks[-1].column if marks else 0)
            if span:
                line = line[: span[0]] + line[span[1] :]
                marks.append(Mark(number, span[0]))
                self._due.remove(number)
        return line, marks
