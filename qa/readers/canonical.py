"""From the lines of printed pages to the canonical text of a document.

1. Page furniture (running heads, ISSN lines, page numbers) is set apart; it names the publication.
2. Footnote bodies are taken out of the running text and put after it.
3. Lines become paragraphs: at empty lines, at question and answer headings, at list items; a paragraph that a page break splits is joined again.
4. Lines are joined: hyphens and addresses (`lines.py`).
5. Footnote marks are taken out of the words they stick to, and remembered as anchors.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from qa.document import Footnote
from qa.headings import parse_heading
from qa.readers.footnotes import FootnoteBody, find_mark, split_footnotes
from qa.readers.lines import join_lines, words_of

LONG_LINE = 180
"""Printed lines are shorter; a longer one is a whole paragraph."""

MARKS_AHEAD = 3
"""Footnotes whose marks are looked for at once: more than one, since a mark may be missing."""

SEPARATOR = "\n\n"
"""Stands between two paragraphs of the canonical text."""

_FURNITURE = re.compile(
    r"(?:ah|kv)-[te]k-\w+-\w+|kst-[\w-]+|ISSN \d{4} ?[-–] ?\d{3}[\dX]|[’'‘]s-Gravenhage \d{4}"
    r"|(?:Tweede|Eerste) Kamer, vergaderjaar .*\d|(?:Tweede|Eerste) Kamer der Staten-Generaal(?: \d)?"
    r"|Vergaderjaar \d{4}[-–]\d{2,4}(?:\s+Aanhangsel van de Handelingen)?|Aanhangsel van de Handelingen"
    r"|[’'‘]s-Gravenhage \d{4}\s+(?:Tweede|Eerste) Kamer, .*\d"
)
_ITEM = re.compile(r"[-–•*·▪]\s+\S|(?:\d{1,2}|[a-z])[.)]\s+\S")
_SENTENCE_END = re.compile(r"[.?!:;][»”’\"')\]]*\d{0,2}$")


@dataclass(frozen=True, kw_only=True)
class CanonicalText:
    """A document's text after cleaning, with what was learnt on the way.

    Attributes:
        text: paragraphs separated by an empty line, footnote bodies last.
        page_starts: offset in `text` at which each page begins.
        footnotes: in order of number.
        furniture: the lines that belong to the printed page, not to the text.
    """

    text: str
    page_starts: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[str, ...]


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
    builder = _TextBuilder(words, [body.number for body in bodies])
    for paragraph in _paragraphs(body_pages):
        builder.add_paragraph(paragraph)
    for body in bodies:
        builder.add_footnote(body)
    return builder.build(n_pages=len(pages), furniture=tuple(furniture))


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


class _TextBuilder:
    """Puts paragraphs and footnotes together, and keeps count of where things are."""

    def __init__(self, words: frozenset[str], footnote_numbers: Sequence[int]) -> None:
        self._words = words
        self._numbers = footnote_numbers
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._anchors: dict[int, int] = {}
        self._footnotes: list[Footnote] = []

    def add_paragraph(self, lines: Sequence[Line]) -> None:
        base = self._next_start()
        paragraph = ""
        for line, page in lines:
            stripped, marks = self._without_marks(line)
            paragraph = join_lines(paragraph, stripped, self._words) if paragraph else stripped
            line_start = base + len(paragraph) - len(stripped)
            self._page_starts += [line_start] * (page + 1 - len(self._page_starts))
            self._anchors.update({number: line_start + column for number, column in marks})
        self._append(paragraph)

    def add_footnote(self, body: FootnoteBody) -> None:
        text = body.lines[0]
        for line in body.lines[1:]:
            text = join_lines(text, line, self._words)
        start = self._next_start()
        self._append(f"{body.number} {text}")
        anchor = self._anchors.get(body.number)
        self._footnotes.append(Footnote(number=body.number, anchor=anchor, start=start, end=self._length))

    def build(self, *, n_pages: int, furniture: tuple[str, ...]) -> CanonicalText:
        empty_last_pages = [self._length] * (n_pages - len(self._page_starts))
        return CanonicalText(
            text=SEPARATOR.join(self._parts),
            page_starts=(0, *self._page_starts[1:], *empty_last_pages)[:n_pages],
            footnotes=tuple(self._footnotes),
            furniture=furniture,
        )

    def _next_start(self) -> int:
        return self._length + len(SEPARATOR) if self._parts else 0

    def _append(self, paragraph: str) -> None:
        self._length = self._next_start() + len(paragraph)
        self._parts.append(paragraph)

    def _without_marks(self, line: str) -> tuple[str, list[tuple[int, int]]]:
        """Return the line without footnote marks, and the number and column of each; marks come in order, now and then one is missing."""
        marks: list[tuple[int, int]] = []
        for number in [number for number in self._numbers if number not in self._anchors][:MARKS_AHEAD]:
            span = find_mark(line, number, self._words, start=marks[-1][1] if marks else 0)
            if span:
                line = line[: span[0]] + line[span[1] :]
                marks.append((number, span[0]))
        return line, marks
