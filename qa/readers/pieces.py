"""Pieces of text as markup divides them, joined into paragraphs.

1. Soft hyphens go, white space becomes one space; marks and seams keep their places.
2. A heading of a question or answer that shares its paragraph with what follows is set apart, but only where markup divides the two: a line
   break, or a seam (a tab, or a change of type face).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum

from qa.parliament.headings import parse_heading
from qa.readers.paragraph import Paragraph, cleaned

_CLOSING = ".,;:?!)»”’]"


class Divider(Enum):
    """What divides a paragraph's text, besides white space."""

    BREAK = "a new line in the same paragraph"
    SEAM = "the type face changes"


@dataclass(frozen=True)
class FootnoteMark:
    """The mark of a footnote; `key` is what the footnote is added by."""

    key: Hashable


Piece = str | Divider | FootnoteMark


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

    def build(self) -> Paragraph:
        return Paragraph("".join(self._words), self._marks, self._seams)

    def _append(self, text: str) -> None:
        self._words.append(text)
        self._length += len(text)


def joined_lines(pieces: Sequence[Piece]) -> list[Paragraph]:
    """Return the lines as paragraphs: an empty line divides, and so does a heading; other lines are joined."""
    groups: list[list[Paragraph]] = [[]]
    for line in _lines(pieces):
        is_heading = parse_heading(line.text) is not None
        if is_heading or not line.text:
            groups.append([])
        if line.text:
            groups[-1].append(line)
        if is_heading:
            groups.append([])
    return [Paragraph.joined(group, " ") for group in groups if group]


def _lines(pieces: Sequence[Piece]) -> list[Paragraph]:
    lines = [_Line()]
    for piece in pieces:
        if piece is Divider.BREAK:
            lines.append(_Line())
        elif piece is Divider.SEAM:
            lines[-1].add_seam()
        elif isinstance(piece, FootnoteMark):
            lines[-1].add_mark(piece.key)
        elif isinstance(piece, str):
            lines[-1].add(cleaned(piece))
    return [line.build() for line in lines]
