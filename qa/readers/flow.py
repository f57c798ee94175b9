"""`Flow`: the text of a marked-up document as it is met, from pieces of text to paragraphs, table rows and footnotes.

1. Pieces of text between two paragraph ends are one paragraph (`pieces.py`).
2. The cells of a table's row become one paragraph, joined by ` | `; a row with a cell of several paragraphs becomes paragraphs one after the other.
   Where each cell is, is kept beside the text (`tables.py`).
3. A table or text box before the running text that reads as a letterhead is furniture.
4. Footnotes keep the number that the document prints; one without a number, or with one that is taken, gets the next free number.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from qa.parliament.headings import parse_heading
from qa.parliament.letterhead import is_letterhead, leading_letterhead, letterhead_lines
from qa.readers.builder import BlockStyle, CanonicalText, Mark, TextBuilder
from qa.readers.endnotes import find_bodies, find_marks
from qa.readers.paragraph import Paragraph, cleaned
from qa.readers.pieces import Divider, FootnoteMark, Piece, joined_lines
from qa.readers.tables import CELL_SEPARATOR, PlacedCell, RawCell, RawTable, row_paragraphs
from qa.structure import BlockKind, Cell, Table

LONG_PARAGRAPH = 200
"""Running text has begun with a paragraph of this many characters."""
MAX_TABLE_DEPTH = 20
"""Of tables in tables in tables; deeper ones are paragraphs of the one around them."""


@dataclass(frozen=True)
class _ByHand:
    """The key of a footnote that was written in brackets."""

    number: int


@dataclass(frozen=True)
class _Note:
    key: Hashable
    label: str
    text: str


@dataclass
class _OpenTable:
    pieces: list[Piece]
    """Of the paragraph in which the table stands."""
    table: RawTable = field(default_factory=RawTable)
    cells: list[RawCell] = field(default_factory=list)
    """Of the row in the making."""
    around: list[Paragraph] = field(default_factory=list)
    """What stands in it outside of cells: its caption."""


class Flow:
    """Paragraphs in the making."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._parts: list[Paragraph | RawTable] = []
        self._tables: list[_OpenTable] = []
        self._blocks: list[BlockStyle | None] = []
        self._notes: list[_Note] = []
        self._n_too_deep = 0
        self.furniture: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether no paragraph was ended yet."""
        return not self._parts

    @property
    def pending(self) -> str:
        """The text of the paragraph so far."""
        return " ".join(cleaned("".join(piece for piece in self._pieces if isinstance(piece, str))).split())

    def add_text(self, text: str) -> None:
        """Add a piece of text to the paragraph."""
        self._pieces.append(text)

    def add_number(self, number: str) -> None:
        """Add the number that a list makes for the paragraph; one that is a heading by itself (`Vraag 1`) stands apart."""
        self.add_text(number)
        if parse_heading(number):
            self.end_paragraph()
        self.add_text(" ")

    def add_break(self) -> None:
        """Begin a new line in the same paragraph; two in a row end it."""
        self._pieces.append(Divider.BREAK)

    def add_seam(self) -> None:
        """Note that the type face changes here."""
        self._pieces.append(Divider.SEAM)

    def add_mark(self, key: Hashable) -> None:
        """Note that the mark of a footnote stands here; `key` is what the footnote is added by."""
        self._pieces.append(FootnoteMark(key))

    def add_footnote(self, key: Hashable, label: str, text: str) -> None:
        """Add a footnote.

        Args:
            key: what its mark was added by.
            label: its number as it is printed.
            text: its body, without its number.
        """
        self._notes.append(_Note(key, cleaned(label).strip(" .)]([*:"), " ".join(cleaned(text).split())))

    def end_paragraph(self) -> None:
        """End the paragraph; without any text there is none."""
        if not self._pieces:
            return
        paragraphs = [part for whole in joined_lines(self._pieces) for part in whole.divided()]
        self._pieces = []
        for paragraph in paragraphs:
            paragraph.block = self._blocks[-1] if self._blocks else None
        self._put(paragraphs)

    def begin_block(self, kind: BlockKind | None, level: int = 1) -> None:
        """Begin what is of this kind: the paragraphs that end until `end_block`, those of blocks within it apart; None for plain ones."""
        self._blocks.append((kind, level) if kind else None)

    def end_block(self) -> None:
        """End what was begun last."""
        if self._blocks:
            self._blocks.pop()

    def begin_table(self) -> None:
        """Begin a table, or a text box: what is added until its end stands apart from the paragraph around it."""
        if len(self._tables) >= MAX_TABLE_DEPTH:
            self.end_paragraph()
            self._n_too_deep += 1
        else:
            self._tables.append(_OpenTable(self._pieces))
            self._pieces = []

    def begin_cell(self, *, n_columns: int = 1, n_rows: int = 1, is_head: bool = False, goes_on: bool = False) -> None:
        """Begin a cell of the table.

        Args:
            n_columns: over how many columns it reaches.
            n_rows: over how many rows.
            is_head: whether the file calls it the head of a column or row.
            goes_on: whether it is the rest of the cell above it.
        """
        self.end_paragraph()
        if self._tables and not self._n_too_deep:
            self._tables[-1].cells.append(RawCell([], n_columns, n_rows, is_head, goes_on))

    def end_row(self, *, is_head: bool = False) -> None:
        """End a row of the table; `is_head` where the file calls it one that heads the columns."""
        self.end_paragraph()
        if self._tables and not self._n_too_deep and (cells := self._tables[-1].cells):
            table = self._tables[-1].table
            if is_head:
                table.head_rows.add(len(table.rows))
            table.rows.append(cells)
            self._tables[-1].cells = []

    def end_table(self, *, may_be_letterhead: bool = False) -> None:
        """End the table; `may_be_letterhead` where the file is a letter that people write, not a publication."""
        self.end_row()
        if self._n_too_deep or not self._tables:
            self._n_too_deep = max(0, self._n_too_deep - 1)
            return
        ended = self._tables.pop()
        rows = [[paragraph.text for cell in row for paragraph in cell.paragraphs] for row in ended.table.rows]
        if may_be_letterhead and not self._tables and not self._has_running_text() and is_letterhead(rows):
            self.furniture += letterhead_lines(rows)
        else:
            self._put(ended.around)
            self._put_table(ended.table)
        self._pieces = ended.pieces

    def _has_running_text(self) -> bool:
        return any(isinstance(part, Paragraph) and len(part.text) >= LONG_PARAGRAPH for part in self._parts)

    def _put_table(self, table: RawTable) -> None:
        """Put a table where it stands; of one that only puts text side by side, what it holds."""
        if table.is_layout:
            for part in table.contents():
                if isinstance(part, Paragraph):
                    self._put([part])
                else:
                    self._put_table(part)
        elif self._tables and self._tables[-1].cells:
            self._tables[-1].cells[-1].contents.append(table)
        else:
            self._parts.append(table)

    def build(self, *, furniture: Sequence[str] = (), may_be_letter: bool = False) -> CanonicalText:
        """Return the canonical text, with this furniture and that of the flow; `may_be_letter` where the file is one that people write."""
        while self._tables:
            self.end_table()
        self.end_paragraph()
        if may_be_letter:
            self._take_out_letterhead()
        self._take_out_endnotes()
        numbers = self._note_numbers()
        builder = TextBuilder()
        for part in self._parts:
            if isinstance(part, Paragraph):
                _add(builder, part, numbers)
            else:
                _add_table(builder, part, numbers)
        for note in sorted((note for note in self._notes if note.key in numbers), key=lambda note: numbers[note.key]):
            builder.add_footnote(numbers[note.key], note.text)
        return builder.build(furniture=[*furniture, *self.furniture])

    def _take_out_letterhead(self) -> None:
        """Take the paragraphs above a letter's salutation that are its letterhead for furniture."""
        leading = [
            part.text for part in takewhile(lambda part: isinstance(part, Paragraph), self._parts) if isinstance(part, Paragraph)
        ]
        n_leading = leading_letterhead(leading)
        self.furniture += letterhead_lines([leading[:n_leading]])
        del self._parts[:n_leading]

    def _take_out_endnotes(self) -> None:
        """Make footnotes of notes that were written by hand in brackets."""
        paragraphs = [part for part in self._parts if isinstance(part, Paragraph)]
        bodies = find_bodies([paragraph.text for paragraph in paragraphs])
        if not bodies:
            return
        numbers = frozenset(number for number, _start in bodies.values())
        notes = {id(paragraphs[place]): (number, start) for place, (number, start) in bodies.items()}
        for paragraph in paragraphs:
            if id(paragraph) in notes:
                number, start = notes[id(paragraph)]
                self.add_footnote(_ByHand(number), str(number), paragraph.text[start:])
            else:
                for start, end, number in find_marks(paragraph.text, numbers):
                    paragraph.take_out(start, end, _ByHand(number))
        self._parts = [part for part in self._parts if id(part) not in notes]

    def _put(self, paragraphs: Sequence[Paragraph]) -> None:
        """Put paragraphs where they stand: in the cell of a table, beside its cells, or in the text."""
        if not self._tables:
            self._parts.extend(paragraphs)
        elif self._tables[-1].cells:
            self._tables[-1].cells[-1].contents.extend(paragraphs)
        else:
            for paragraph in paragraphs:
                paragraph.block = paragraph.block or (BlockKind.CAPTION, 1)
            self._tables[-1].around.extend(paragraphs)

    def _note_numbers(self) -> dict[Hashable, int]:
        """Return the number of every footnote that has a text."""
        numbers: dict[Hashable, int] = {}
        taken: set[int] = set()
        unnumbered: list[Hashable] = []
        for note in self._notes:
            own = int(note.label) if note.label.isascii() and note.label.isdigit() and len(note.label) <= 3 else 0
            if not note.text or note.key in numbers:
                continue
            if own and own not in taken:
                numbers[note.key] = own
                taken.add(own)
            else:
                unnumbered.append(note.key)
        for number, key in enumerate(dict.fromkeys(unnumbered), start=max(taken, default=0) + 1):
            numbers.setdefault(key, number)
        return numbers


def _add(builder: TextBuilder, paragraph: Paragraph, numbers: Mapping[Hashable, int]) -> int:
    marks = [Mark(numbers[key], column) for key, column in paragraph.marks if key in numbers]
    return builder.add_paragraph(paragraph.text, block=paragraph.block, footnote_marks=marks)


def _add_table(builder: TextBuilder, table: RawTable, numbers: Mapping[Hashable, int]) -> None:
    """Add the rows of a table as paragraphs, and where its cells are in them."""
    placed = table.placed()
    rows = []
    for row in placed:
        paragraphs = row_paragraphs(one.cell for one in row)
        starts = [_add(builder, paragraph, numbers) for paragraph in paragraphs]
        rows.append(tuple(_cells(row, paragraphs, starts)))
    n_header_rows = table.n_header_rows(placed)
    n_header_columns = table.n_header_columns(placed, n_header_rows)
    builder.add_table(Table(n_header_rows=n_header_rows, n_header_columns=n_header_columns, rows=tuple(rows)))


def _cells(row: Sequence[PlacedCell], paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> Iterator[Cell]:
    """Yield the cells of a row that was added as these paragraphs, which begin at `starts`."""
    is_joined = len(paragraphs) == 1
    place, position = 0, starts[0] if starts else 0
    row_end = starts[-1] + len(paragraphs[-1].text) if starts else 0
    for one in row:
        cell = one.cell
        start = end = min(position, row_end)  # empty cells behind the last filled one stand at its end
        if cell.paragraphs and is_joined:
            end = start + len(cell.text)
            position = end + len(CELL_SEPARATOR)
        elif cell.paragraphs:
            last = place + len(cell.paragraphs) - 1
            start, end = starts[place], starts[last] + len(paragraphs[last].text)
            place, position = last + 1, end
        yield Cell(start, end, one.column, cell.n_columns, cell.n_rows)
