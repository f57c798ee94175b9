"""`PagePicture`: a page of a PDF file as it looks in print, and where on it spans of its text stand."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import starmap
from math import sqrt
from typing import Any

from qa.document import PrintedSpan
from qa.exceptions import ReadError
from qa.readers.pdf import boxes_of
from qa.readers.pdfium import Box, opened_page

WIDTH = 1240
"""Pixels: an A4 page at 150 dots an inch, sharp enough to read at twice the width of a panel."""
MAX_PIXELS = 6_000_000
"""A page as large as a poster is drawn smaller, so that memory stays bounded whatever a file says."""
MAX_SCALE = 4.0
_COMPRESSION = 4


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, in fractions of its width and height from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, repr=False)
class PagePicture:
    """A page as a picture.

    Attributes:
        page: its number, 1 for the first.
        n_pages: of the file.
        png: the picture.
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        places: where the spans stand that were asked for.
    """

    page: int
    n_pages: int
    png: bytes
    width: int
    height: int
    places: tuple[Place, ...]

    def __repr__(self) -> str:
        return f"PagePicture(page={self.page} of {self.n_pages}, {self.width}x{self.height}, {len(self.places)} places)"


def picture_of(content: bytes, page: int, spans: Iterable[PrintedSpan] = ()) -> PagePicture:
    """Return a page of a PDF file as a picture, with the places of those of the spans that stand on it.

    Raises:
        ReadError: the file cannot be read, has no such page, or is not the one that the spans are of.
    """
    boxes = boxes_of(content, [span for span in spans if span.page == page])
    with opened_page(content, page) as (opened, n_pages):
        bitmap = opened.render(scale=_scale(*opened.get_size()), may_draw_forms=False)
        convert = bitmap.get_posconv(opened)
        places = [_place(convert, box, bitmap.width, bitmap.height) for box in boxes]
        png = io.BytesIO()
        bitmap.to_pil().save(png, "PNG", compress_level=_COMPRESSION)
    return PagePicture(
        page=page, n_pages=n_pages, png=png.getvalue(), width=bitmap.width, height=bitmap.height, places=tuple(places)
    )


def _scale(width: float, height: float) -> float:
    if not (width > 0 and height > 0):
        raise ReadError("page_without_size")
    return min(WIDTH / width, sqrt(MAX_PIXELS / (width * height)), MAX_SCALE)


def _place(convert: Any, box: Box, width: int, height: int) -> Place:
    """Return where a box stands on the picture; a page may be turned or cropped, so two corners are asked for."""
    corners = list(starmap(convert.to_bitmap, [(box.left, box.top), (box.right, box.bottom)]))
    (left, right), (top, bottom) = (sorted(sides) for sides in zip(*corners, strict=True))
    left, right = (min(max(side / width, 0.0), 1.0) for side in (left, right))
    top, bottom = (min(max(side / height, 0.0), 1.0) for side in (top, bottom))
    return Place(left, top, right - left, bottom - top)
