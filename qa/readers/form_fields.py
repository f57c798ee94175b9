"""What was filled in on a form, put into the lines of its page: behind the label on its left, else below the one above it."""

from collections.abc import Sequence
from dataclasses import replace

from qa.readers.page_line import PageLine
from qa.readers.pdfium import Field

TOUCH = 5.0
"""Points by which a field may reach over the end of its label."""


def with_fields(lines: Sequence[PageLine], fields: Sequence[Field], *, turn: int, page_height: float) -> list[PageLine]:
    """Return the lines of a page with the values of these fields, which have no characters on the page."""
    result = list(lines)
    for field in fields:
        beside = _label_beside(result, field)
        if beside is not None:
            label = result[beside]
            result[beside] = replace(label, text=f"{label.text} {field.text}", right=max(label.right, field.sides[2]))
        else:
            result.insert(_place(result, field), _line(field, turn, page_height))
    return result


def _label_beside(lines: Sequence[PageLine], field: Field) -> int | None:
    left, bottom, _right, top = field.sides
    on_its_left = [
        place
        for place, line in enumerate(lines)
        if line.bottom < top and line.top > bottom and line.right <= left + TOUCH and line.top <= top + line.height
    ]
    return max(on_its_left, key=lambda place: (lines[place].right, lines[place].bottom), default=None)


def _place(lines: Sequence[PageLine], field: Field) -> int:
    """Return before which line a field without a label beside it comes."""
    return next((place for place, line in enumerate(lines) if line.top < field.sides[3] - 1), len(lines))


def _line(field: Field, turn: int, page_height: float) -> PageLine:
    left, bottom, right, top = field.sides
    return PageLine(
        text=field.text,
        characters=(),
        left=left,
        right=right,
        bottom=bottom,
        top=top,
        first_word_right=right,
        digits={},
        page_height=page_height,
        turn=turn,
    )
