"""PDF files set as parliament sets its publications: a narrow column, small footnotes with raised numbers, running feet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib import pdfencrypt
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT, TOP, LEADING = 220, 540, 760, 9.6
BODY_SIZE, FOOTNOTE_SIZE = 9.0, 7.0
FONT = "Helvetica"


@dataclass(frozen=True)
class PdfPage:
    """Lines of running text (an empty one is a gap; `^1` is a raised mark) and of footnotes (`^1` at the beginning is the number)."""

    lines: Sequence[str]
    footnotes: Sequence[str] = ()


def build_pdf(*pages: PdfPage, official_id: str | None = "ah-tk-20232024-123", password: str | None = None) -> bytes:
    """Return the file."""
    buffer = io.BytesIO()
    encryption = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=(558, 771), encrypt=encryption, invariant=1)
    for number, page in enumerate(pages, start=1):
        height: float = TOP
        for line in page.lines:
            _draw(canvas, line, height, BODY_SIZE)
            height -= LEADING
        height = 140
        for line in page.footnotes:
            _draw(canvas, line, height, FOOTNOTE_SIZE)
            height -= LEADING
        if official_id:
            _draw_feet(canvas, official_id, number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def set_text(text: str, *, size: float = BODY_SIZE, hyphens: Sequence[str] = ()) -> list[str]:
    """Return text as lines that fill the column, broken at spaces, and within `hyphens` where these allow (`mogelijk-heden`)."""
    allowed = {word.replace("-", "", 1): word.split("-", 1) for word in hyphens}
    lines, line = [], ""
    for word in text.split():
        if stringWidth(f"{line} {word}".strip(), FONT, size) <= RIGHT - LEFT:
            line = f"{line} {word}".strip()
            continue
        first, rest = allowed.get(word, ("", word))
        if first and stringWidth(f"{line} {first}-", FONT, size) <= RIGHT - LEFT:
            line += f" {first}-"
            word = rest
        lines.append(line)
        line = word
    return [*lines, line]


def _draw(canvas: Canvas, line: str, height: float, size: float) -> None:
    left = float(LEFT)
    for position, part in enumerate(line.split("^")):
        mark = part[: len(part) - len(part.lstrip("0123456789"))] if position else ""
        for text, raised, font_size in ((mark, 0.35 * size, 0.6 * size), (part[len(mark) :], 0.0, size)):
            if text:
                canvas.setFont(FONT, font_size)
                canvas.drawString(left, height + raised, text)
                left += stringWidth(text, FONT, font_size)


def _draw_feet(canvas: Canvas, official_id: str, number: int) -> None:
    canvas.setFont(FONT, 6)
    if number == 1:
        canvas.drawString(55, 81, official_id)
        canvas.drawString(55, 74, "ISSN 0921 - 7398")
    canvas.drawString(300, 67, f"Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel {number}")
