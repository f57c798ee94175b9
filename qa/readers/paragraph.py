"""`Paragraph`: a paragraph of a marked-up document in the making."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from qa.parliament.headings import heading_end, parse_heading
from qa.readers.builder import BlockStyle

_MAX_HEADING = 150

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CONTROLS = "".join(map(chr, (*range(32), *range(127, 160))))
_CLEAN = str.maketrans(dict.fromkeys(_INVISIBLE) | dict.fromkeys(_CONTROLS, " "))
_UNCLEAN = re.compile(f"[{_INVISIBLE}{re.escape(_CONTROLS)}]")


@dataclass
class Paragraph:
    """A paragraph: its text, where footnote marks stand in it, where its type face changes, and what it is if that is known."""

    text: str = ""
    marks: list[tuple[Hashable, int]] = field(default_factory=list)
    seams: list[int] = field(default_factory=list)
    block: BlockStyle | None = None

    @classmethod
    def joined(cls, parts: Sequence["Paragraph"], separator: str) -> "Paragraph":
        """Return the parts as one paragraph, with `separator` between them."""
        whole = cls(separator.join(part.text for part in parts))
        start = 0
        for part in parts:
            whole.marks += [(key, start + column) for key, column in part.marks]
            whole.seams += [start + seam for seam in part.seams]
            start += len(part.text) + len(separator)
        return whole

    def take_out(self, start: int, end: int, key: Hashable) -> None:
        """Take the mark of a footnote out of the text, and remember where it stood."""
        length = end - start
        self.text = self.text[:start] + self.text[end:]
        self.marks = sorted(
            [(other, column if column <= start else max(start, column - length)) for other, column in self.marks]
            + [(key, start)],
            key=lambda mark: mark[1],
        )
        self.seams = [seam if seam <= start else max(start, seam - length) for seam in self.seams]

    def divided(self) -> list["Paragraph"]:
        """Return a heading at the beginning and the rest as two paragraphs, where a seam or the heading's own mark divides them."""
        for seam in [*self.seams, *filter(None, [heading_end(self.text)])]:
            if seam > _MAX_HEADING:
                break
            head, rest = self.text[:seam].strip(), self.text[seam:].lstrip()
            if rest and not (rest[0].islower() or rest[0].isdigit()) and parse_heading(head):
                start = len(self.text) - len(rest)
                return [Paragraph(head), Paragraph(rest, [(key, max(0, column - start)) for key, column in self.marks])]
        return [self]


def cleaned(text: str) -> str:
    """Return text without invisible characters, controls as spaces; to look for one takes less time than to map them all."""
    return text.translate(_CLEAN) if _UNCLEAN.search(text) else text
