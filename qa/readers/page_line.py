"""`PageLine`: a line as it stands on a printed page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qa.readers.printed import PrintedCell

MARGIN = 0.15
"""Share of a page's height, at its head and at its foot, in which repeated lines may be furniture."""
RAISED_HEIGHT = 0.8
RAISED_BY = 0.15
MAX_MARK_DIGITS = 3


@dataclass(frozen=True, kw_only=True)
class PageLine:
    """A line of a page, in points from the page's left and lower sides.

    Attributes:
        text: as it stands there.
        characters: for each character of the text its number on the page.
        left: of the first character.
        right: of the last character.
        bottom: of the taller of those two.
        top: of the taller of those two.
        first_word_right: of the last character of the first word.
        digits: bottom and top of every digit by its index in the text, those at the beginning left out.
        page_height: of the page.
        turn: by how many quarters it is turned on the page; the places are those for its reader.
        cell: of the page's tables in which it stands, if it does.
    """

    text: str
    characters: Sequence[int]
    left: float
    right: float
    bottom: float
    top: float
    first_word_right: float
    digits: Mapping[int, tuple[float, ...]]
    page_height: float
    turn: int = 0
    cell: PrintedCell | None = None

    @property
    def height(self) -> float:
        """How tall the line is."""
        return self.top - self.bottom

    @property
    def is_in_margin(self) -> bool:
        """Whether it stands near the head or the foot of the page."""
        return self.bottom < MARGIN * self.page_height or self.top > (1 - MARGIN) * self.page_height

    def goes_on_in(self, line: "PageLine") -> bool:
        """Tell whether `line` stands beside this one, behind its end."""
        overlap = min(self.top, line.top) - max(self.bottom, line.bottom)
        return overlap > 0.5 * min(self.height, line.height) and line.left >= self.right - 1

    def raised_numbers(self) -> Iterator[tuple[int, int, int]]:
        """Yield the start, end and value of every small, raised number behind a character."""
        raised = [index for index, sides in self.digits.items() if self._is_raised(*sides)]
        for _distance, run in groupby(enumerate(raised), key=lambda pair: pair[1] - pair[0]):
            indices = [index for _position, index in run]
            if len(indices) <= MAX_MARK_DIGITS:
                yield indices[0], indices[-1] + 1, int(self.text[indices[0] : indices[-1] + 1])

    def without_first(self, n_characters: int) -> "PageLine":
        """Return the line without its first characters and the white space after them."""
        cut = len(self.text) - len(self.text[n_characters:].lstrip())
        digits = {index - cut: sides for index, sides in self.digits.items() if index >= cut}
        return replace(self, text=self.text[cut:], characters=self.characters[cut:], digits=digits)

    def _is_raised(self, bottom: float, top: float) -> bool:
        return top - bottom < RAISED_HEIGHT * self.height and bottom > self.bottom + RAISED_BY * self.height
