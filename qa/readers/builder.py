"""`TextBuilder`: puts the paragraphs and footnotes of any kind of file together into a canonical text, and keeps count of where things are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.document import Document, Footnote, Metadata, PrintedSpan
from qa.exceptions import ReadError
from qa.structure import NO_STRUCTURE, Block, BlockKind, Structure, Table

BlockStyle = tuple[BlockKind, int]
"""What a paragraph is, and its level."""

SEPARATOR = "\n\n"
"""Stands between two paragraphs of the canonical text."""


@dataclass(frozen=True, kw_only=True)
class CanonicalText:
    """A document's text after cleaning, with what was learnt on the way.

    Attributes:
        text: paragraphs separated by an empty line, footnote bodies last.
        page_starts: offset in `text` at which each page begins.
        footnotes: in order of number.
        printed_spans: which characters of its pages the text was taken from, where that is known.
        furniture: the lines that belong to the printed page, not to the text.
        structure: its headings, lists and tables.
    """

    text: str
    page_starts: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    printed_spans: tuple[PrintedSpan, ...]
    furniture: tuple[str, ...]
    structure: Structure = NO_STRUCTURE

    def as_document(self, source: Path, document_id: str, metadata: Metadata) -> Document:
        """Return the document that a file was read as.

        Raises:
            ReadError: there is no text.
        """
        if not self.text:
            raise ReadError("no_text")
        return Document(
            document_id=document_id,
            source=str(source),
            text=self.text,
            metadata=metadata,
            page_starts=self.page_starts,
            footnotes=self.footnotes,
            printed_spans=self.printed_spans,
            structure=self.structure,
        )


@dataclass(frozen=True)
class Mark:
    """Where something stands in a paragraph that is being added: a footnote's mark or the beginning of a page, by its number."""

    number: int
    column: int


class TextBuilder:
    """A canonical text in the making: first all paragraphs, then all footnotes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._anchors: dict[int, int] = {}
        self._footnotes: list[Footnote] = []
        self._printed_spans: list[PrintedSpan] = []
        self._blocks: list[Block] = []
        self._tables: list[Table] = []

    def add_paragraph(
        self,
        text: str,
        *,
        block: BlockStyle | None = None,
        footnote_marks: Sequence[Mark] = (),
        page_marks: Sequence[Mark] = (),
        spans: Sequence[PrintedSpan] = (),
    ) -> int:
        """Add a paragraph, text without line breaks and footnote marks, and return at which offset it begins.

        Args:
            text: of the paragraph; an empty one is left out.
            block: what it is, if that is known.
            footnote_marks: where marks stood in it.
            page_marks: where pages begin in it, counted from 1; pages without any text begin where the next one does.
            spans: which characters of its pages it was taken from, offsets counted from the beginning of the paragraph.
        """
        base = self._next_start()
        if not text:
            return base
        for mark in footnote_marks:
            self._anchors.setdefault(mark.number, base + mark.column)
        for mark in page_marks:
            self._page_starts += [base + mark.column] * (mark.number - len(self._page_starts))
        self._append(text, spans)
        if block is not None:
            self._blocks.append(Block(base, self._length, *block))
        return base

    def add_table(self, table: Table) -> None:
        """Add a table whose text was added as paragraphs."""
        self._tables.append(table)

    def add_footnote(self, number: int, text: str, *, spans: Sequence[PrintedSpan] = ()) -> None:
        """Add the body of a footnote, without its number; the offsets of `spans` count from the beginning of the body."""
        start = self._next_start()
        shift = len(f"{number} ")
        self._append(f"{number} {text}", [_shifted(span, shift) for span in spans])
        self._footnotes.append(Footnote(number=number, anchor=self._anchors.get(number), start=start, end=self._length))

    def build(self, *, n_pages: int = 0, furniture: Sequence[str] = ()) -> CanonicalText:
        """Return the canonical text; `n_pages` is 0 where a file has none."""
        empty_last_pages = [self._length] * (n_pages - len(self._page_starts))
        return CanonicalText(
            text=SEPARATOR.join(self._parts),
            page_starts=(0, *self._page_starts[1:], *empty_last_pages)[:n_pages],
            footnotes=tuple(self._footnotes),
            printed_spans=tuple(self._printed_spans),
            furniture=tuple(furniture),
            structure=Structure(blocks=tuple(self._blocks), tables=tuple(self._tables)),
        )

    def _next_start(self) -> int:
        return self._length + len(SEPARATOR) if self._parts else 0

    def _append(self, paragraph: str, spans: Sequence[PrintedSpan]) -> None:
        base = self._next_start()
        self._printed_spans += [_shifted(span, base) for span in spans]
        self._length = self._next_start() + len(paragraph)
        self._parts.append(paragraph)


def _shifted(span: PrintedSpan, distance: int) -> PrintedSpan:
    return replace(span, start=span.start + distance, end=span.end + distance)
