"""`PrintedLine`: a line as it stands on a page, and paragraphs made of such lines."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from qa.document import PrintedSpan
from qa.readers.builder import Mark
from qa.readers.lines import join_lines


class PrintedCell(NamedTuple):
    """A cell of a table: the table's number, first on its page and then in the document, the row and the column, each 0 for the first."""

    table: int
    row: int
    column: int

    def moved(self, table: int, n_rows_above: int) -> "PrintedCell":
        """Return the cell as one of another table, below so many rows."""
        return PrintedCell(table, self.row + n_rows_above, self.column)


@dataclass(frozen=True, kw_only=True, repr=False)
class PrintedLine:
    """A line of a page.

    Attributes:
        text: without footnote marks and without white space around it; empty where the page leaves a gap.
        page: number of its page, 1 for the first.
        marks: the footnote marks that were taken out of it.
        characters: for each character of the text its number on the page; empty where pages do not number them.
        cell: of the page's tables in which it stands, if it does.
    """

    text: str
    page: int
    marks: tuple[Mark, ...] = ()
    characters: Sequence[int] = ()
    cell: PrintedCell | None = None

    def __repr__(self) -> str:
        return f"PrintedLine({self.text!r}, page={self.page})"

    def without(self, start: int, end: int, number: int) -> "PrintedLine":
        """Return the line without the footnote mark `number` that stands from `start` to `end`; if it parted two words, a space does so now."""
        gap = " " if self.text[end : end + 1].isalnum() else ""
        characters = (*self.characters[: start + len(gap)], *self.characters[end:]) if self.characters else ()
        text = (self.text[:start] + gap + self.text[end:]).rstrip()
        return replace(
            self, text=text, marks=(*self.marks, Mark(number, min(start, len(text)))), characters=characters[: len(text)]
        )

    def parted(self, columns: Sequence[int]) -> "PrintedLine":
        """Return the line with a space put in before each of these columns, in rising order; it has the place of the character before it."""
        cuts = [0, *columns, len(self.text)]
        parts = [self.text[start:end] for start, end in pairwise(cuts)]
        characters: list[int] = []
        for start, end in pairwise(cuts) if self.characters else ():
            characters += [*self.characters[max(0, start - 1) : start], *self.characters[start:end]]
        marks = tuple(Mark(mark.number, mark.column + bisect_right(columns, mark.column)) for mark in self.marks)
        return replace(self, text=" ".join(parts), characters=characters, marks=marks)

    def divided(self, column: int) -> tuple["PrintedLine", "PrintedLine"]:
        """Return the line up to a column, and the rest without the white space before it."""
        rest = column + len(self.text[column:]) - len(self.text[column:].lstrip())
        head = replace(
            self,
            text=self.text[:column].rstrip(),
            characters=self.characters[: len(self.text[:column].rstrip())],
            marks=tuple(mark for mark in self.marks if mark.column <= column),
        )
        marks = tuple(Mark(mark.number, max(0, mark.column - rest)) for mark in self.marks if mark.column > column)
        return head, replace(self, text=self.text[rest:], characters=self.characters[rest:], marks=marks)

    def spans(self, start: int, n_characters: int) -> Iterator[PrintedSpan]:
        """Yield where the first `n_characters` were taken from, the first of them being at offset `start`."""
        if isinstance(self.characters, range):
            end = start + min(n_characters, len(self.characters))
            yield PrintedSpan(start=start, end=end, page=self.page, first_character=self.characters[0])
            return
        numbered = enumerate(self.characters[:n_characters])
        for _distance, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
            offsets, characters = zip(*run, strict=True)
            yield PrintedSpan(
                start=start + offsets[0], end=start + offsets[-1] + 1, page=self.page, first_character=characters[0]
            )


@dataclass(frozen=True)
class JoinedLines:
    """A paragraph of printed lines as one text, and the column at which each line begins in it."""

    text: str
    lines: Sequence[tuple[int, PrintedLine]]

    @property
    def footnote_marks(self) -> list[Mark]:
        """Where footnote marks stood, in columns of the paragraph."""
        return [Mark(mark.number, column + mark.column) for column, line in self.lines for mark in line.marks]

    @property
    def page_marks(self) -> list[Mark]:
        """Where pages begin or go on, in columns of the paragraph."""
        return [Mark(line.page, column) for column, line in self.lines]

    @property
    def spans(self) -> list[PrintedSpan]:
        """Where its characters were taken from, offsets in columns of the paragraph; a hyphen that was taken out is left out."""
        ends = [column for column, _line in self.lines[1:]] + [len(self.text)]
        return [span for (column, line), end in zip(self.lines, ends, strict=True) for span in line.spans(column, end - column)]


def join_printed(lines: Iterable[PrintedLine], words: frozenset[str]) -> JoinedLines:
    """Join the lines of a paragraph, hyphens and addresses mended.

    Args:
        lines: at least one, none of them empty.
        words: the document's words, from `words_of`.
    """
    text = ""
    joined = []
    for line in lines:
        text = join_lines(text, line.text, words) if text else line.text
        joined.append((len(text) - len(line.text), line))
    return JoinedLines(text, joined)
