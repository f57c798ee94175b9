"""`Flow`: the text of a marked-up document as it is met, from pieces of text to paragraphs, table rows and footnotes.

1. Pieces of text between two paragraph ends are one paragraph: soft hyphens go, white space becomes one space.
2. A heading of a question or answer that shares its paragraph with what follows is set apart, but only where markup divides the two: a line
   break, or a seam (a tab, or a change of type face).
3. The cells of a table's row become one paragraph, joined by ` | `, so that a number stays with what it is a number of; a row with a cell of
   several paragraphs, or with a heading of a question or answer, is a matter of layout and becomes paragraphs one after the other.
4. A table or text box before the running text that reads as a letterhead is furniture.
5. Footnotes keep the number that the document prints; one without a number, or with one that is taken, gets the next free number.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from qa.parliament.headings import parse_heading
from qa.readers.builder import CanonicalText, Mark, TextBuilder
from qa.readers.letterhead import is_letterhead, letterhead_lines

CELL_SEPARATOR = " | "
LONG_PARAGRAPH = 200
"""Running text has begun with a paragraph of this many characters."""
MAX_TABLE_DEPTH = 20
"""Of tables in tables in tables; deeper ones are paragraphs of the one around them."""

_CLEAN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")) | dict.fromkeys((*range(32), *range(127, 160)), " ")
_MAX_HEADING = 150
_CLOSING = ".,;:?!)»”’]"


class _Divider(Enum):
    BREAK = "a new line in the same paragraph"
    SEAM = "the type face changes"


@dataclass(frozen=True)
class _FootnoteMark:
    key: Hashable


_Piece = str | _Divider | _FootnoteMark


@dataclass
class _Paragraph:
    text: str = ""
    marks: list[tuple[Hashable, int]] = field(default_factory=list)
    seams: list[int] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Sequence["_Paragraph"], separator: str) -> "_Paragraph":
        whole = cls(separator.join(part.text for part in parts))
        start = 0
        for part in parts:
            whole.marks += [(key, start + column) for key, column in part.marks]
            whole.seams += [start + seam for seam in part.seams]
            start += len(part.text) + len(separator)
        return whole

    def divided(self) -> list["_Paragraph"]:
        """Return a heading at the beginning and the rest as two paragraphs, where a seam divides them."""
        for seam in self.seams:
            if seam > _MAX_HEADING:
                break
            head, rest = self.text[:seam].strip(), self.text[seam:].lstrip()
            if rest and not (rest[0].islower() or rest[0].isdigit()) and parse_heading(head):
                start = len(self.text) - len(rest)
                return [_Paragraph(head), _Paragraph(rest, [(key, max(0, column - start)) for key, column in self.marks])]
        return [self]


class _Line:
    """A line in the making: white space is added only where a word follows it."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._length = 0
        self._space = False
        self._marks: list[tuple[Hashable, int]] = []
        self._seams: list[int] = []

    def add(self, piece: str) -> None:
        words = " ".join(piece.split())
        if not words:
            self._space = self._space or bool(piece)
            return
        after_mark = bool(self._marks) and self._marks[-1][1] == self._length and words[0] in _CLOSING
        if (
            self._length and (self._space or piece[0].isspace()) and not after_mark
        ):  # `IMRF <mark>.`: the space belongs to the mark
            self._append(" ")
        self._append(words)
        self._space = piece[-1].isspace()

    def add_mark(self, key: Hashable) -> None:
        self._marks.append((key, self._length))

    def add_seam(self) -> None:
        self._seams.append(self._length)

    def build(self) -> _Paragraph:
        return _Paragraph("".join(self._words), self._marks, self._seams)

    def _append(self, text: str) -> None:
        self._words.append(text)
        self._length += len(text)


@dataclass(frozen=True)
class _Note:
    key: Hashable
    label: str
    text: str


@dataclass
class _Table:
    pieces: list[_Piece]
    """Of the paragraph in which the table stands."""
    paragraphs: list[_Paragraph] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    cells: list[list[_Paragraph]] = field(default_factory=list)


class Flow:
    """Paragraphs in the making."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._notes: list[_Note] = []
        self._n_too_deep = 0
        self.furniture: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether no paragraph was ended yet."""
        return not self._paragraphs

    @property
    def pending(self) -> str:
        """The text of the paragraph so far."""
        return " ".join("".join(piece for piece in self._pieces if isinstance(piece, str)).translate(_CLEAN).split())

    def add_text(self, text: str) -> None:
        """Add a piece of text to the paragraph."""
        self._pieces.append(text)

    def add_break(self) -> None:
        """Begin a new line in the same paragraph; two in a row end it."""
        self._pieces.append(_Divider.BREAK)

    def add_seam(self) -> None:
        """Note that the type face changes here."""
        self._pieces.append(_Divider.SEAM)

    def add_mark(self, key: Hashable) -> None:
        """Note that the mark of a footnote stands here; `key` is what the footnote is added by."""
        self._pieces.append(_FootnoteMark(key))

    def add_footnote(self, key: Hashable, label: str, text: str) -> None:
        """Add a footnote.

        Args:
            key: what its mark was added by.
            label: its number as it is printed.
            text: its body, without its number.
        """
        self._notes.append(_Note(key, label.translate(_CLEAN).strip(" .)]([*:"), " ".join(text.translate(_CLEAN).split())))

    def end_paragraph(self) -> None:
        """End the paragraph; without any text there is none."""
        if not self._pieces:
            return
        paragraphs = [part for whole in _joined_lines(self._pieces) for part in whole.divided()]
        self._pieces = []
        self._target().extend(paragraphs)

    def begin_table(self) -> None:
        """Begin a table, or a text box: what is added until its end stands apart from the paragraph around it."""
        if len(self._tables) >= MAX_TABLE_DEPTH:
            self.end_paragraph()
            self._n_too_deep += 1
        else:
            self._tables.append(_Table(self._pieces))
            self._pieces = []

    def begin_cell(self) -> None:
        """Begin a cell of the table."""
        self.end_paragraph()
        if self._tables and not self._n_too_deep:
            self._tables[-1].cells.append([])

    def end_row(self) -> None:
        """End a row of the table."""
        self.end_paragraph()
        if self._tables and not self._n_too_deep:
            table = self._tables[-1]
            table.rows.append([paragraph.text for cell in table.cells for paragraph in cell])
            table.paragraphs += _row(table.cells)
            table.cells = []

    def end_table(self, *, may_be_letterhead: bool = False) -> None:
        """End the table; `may_be_letterhead` where the file is a letter that people write, not a publication."""
        self.end_row()
        if self._n_too_deep or not self._tables:
            self._n_too_deep = max(0, self._n_too_deep - 1)
            return
        table = self._tables.pop()
        at_top = not self._tables and not any(len(paragraph.text) >= LONG_PARAGRAPH for paragraph in self._paragraphs)
        if may_be_letterhead and at_top and is_letterhead(table.rows):
            self.furniture += letterhead_lines(table.rows)
        else:
            self._target().extend(table.paragraphs)
        self._pieces = table.pieces

    def build(self, *, furniture: Sequence[str] = ()) -> CanonicalText:
        """Return the canonical text, with this furniture and that of the flow."""
        while self._tables:
            self.end_table()
        self.end_paragraph()
        numbers = self._note_numbers()
        builder = TextBuilder()
        for paragraph in self._paragraphs:
            marks = [Mark(numbers[key], column) for key, column in paragraph.marks if key in numbers]
            builder.add_paragraph(paragraph.text, footnote_marks=marks)
        for note in sorted((note for note in self._notes if note.key in numbers), key=lambda note: numbers[note.key]):
            builder.add_footnote(numbers[note.key], note.text)
        return builder.build(furniture=[*furniture, *self.furniture])

    def _target(self) -> list[_Paragraph]:
        """Return where a paragraph goes that ends now."""
        if not self._tables:
            return self._paragraphs
        table = self._tables[-1]
        return table.cells[-1] if table.cells else table.paragraphs

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


def _joined_lines(pieces: Sequence[_Piece]) -> list[_Paragraph]:
    """Return the lines as paragraphs: an empty line divides, and so does a heading; other lines are joined."""
    groups: list[list[_Paragraph]] = [[]]
    for line in _lines(pieces):
        is_heading = parse_heading(line.text) is not None
        if is_heading or not line.text:
            groups.append([])
        if line.text:
            groups[-1].append(line)
        if is_heading:
            groups.append([])
    return [_Paragraph.joined(group, " ") for group in groups if group]


def _lines(pieces: Sequence[_Piece]) -> list[_Paragraph]:
    lines = [_Line()]
    for piece in pieces:
        if piece is _Divider.BREAK:
            lines.append(_Line())
        elif piece is _Divider.SEAM:
            lines[-1].add_seam()
        elif isinstance(piece, _FootnoteMark):
            lines[-1].add_mark(piece.key)
        elif isinstance(piece, str):
            lines[-1].add(piece.translate(_CLEAN))
    return [line.build() for line in lines]


def _row(cells: Sequence[Sequence[_Paragraph]]) -> list[_Paragraph]:
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 or parse_heading(cell[0].text) for cell in filled):
        return [paragraph for cell in filled for paragraph in cell]
    return [_Paragraph.joined([cell[0] for cell in filled], CELL_SEPARATOR)] if filled else []
