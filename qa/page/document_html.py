"""A document's canonical text as HTML: nothing added, nothing lost, a span of it marked.

The text content of what `document_html` returns is exactly the document's text; signs that are not in the text (numbers of footnotes and pages)
are drawn by the style sheet from attributes. References to other papers are links to their publication. The text is cut at every paragraph's end, at both ends of the span and wherever a sign stands;
each piece is escaped by itself, so offsets never have to be counted in HTML.
"""

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.document import Document, Footnote
from qa.headings import parse_heading
from qa.page.texts import Texts
from qa.passage import Passage, Role
from qa.references import Reference, find_references

_SEPARATOR = re.compile(r"\n{2,}")
_TURNS_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

MAX_HEADING = 90
"""Characters of the longest text that is a section's heading, if it belongs to no passage."""

Span = tuple[int, int]


@dataclass(frozen=True)
class _Extras:
    """What is shown beyond the text itself: signs, HTML without text, by the offset they stand at; references, to be links, with what to say of these."""

    signs: Mapping[int, str]
    references: Sequence[Reference]
    leaves: str = ""


@dataclass(frozen=True)
class _Paragraph:
    start: int
    end: int
    role: Role | None
    is_heading: bool
    is_cited: bool
    footnote: Footnote | None


_NOTHING = _Extras({}, ())


def document_html(document: Document, passages: Sequence[Passage], span: Span, texts: Texts) -> str:
    """Return the whole text as paragraphs and headings, the span in `<mark>`."""
    extras = _Extras(_signs(document, texts), [found for found in find_references(document.text) if found.address], texts.leaves)
    pieces, position = [], 0
    for paragraph in _paragraphs(document, passages, span):
        pieces.append(_marked(document.text, (position, paragraph.start), span, _NOTHING))
        pieces.append(_paragraph_html(document.text, paragraph, span, extras, texts))
        position = paragraph.end
    pieces.append(_marked(document.text, (position, len(document.text)), span, _NOTHING))
    return "".join(pieces)


def _paragraph_html(text: str, paragraph: _Paragraph, span: Span, extras: _Extras, texts: Texts) -> str:
    content = _marked(text, (paragraph.start, paragraph.end), span, extras)
    names = " ".join(filter(None, [paragraph.role, "cited" if paragraph.is_cited else None]))
    classes = f' class="{names}"' if names else ""
    note = paragraph.footnote
    if paragraph.is_heading:
        return f"<h3{classes}>{content}</h3>"
    if note is None:
        return f"<p{classes}>{content}</p>"
    back = f'<a class="back" href="#note-place-{note.start}" aria-label="{html.escape(texts.footnote_back)} {note.number}"></a>'
    way_back = back if note.anchor is not None else ""
    return f'<p{classes} id="note-{note.start}" tabindex="-1">{content}{way_back}</p>'


def _paragraphs(document: Document, passages: Sequence[Passage], span: Span) -> Iterator[_Paragraph]:
    ends = [passage.end for passage in passages]
    notes = {note.start: note for note in document.footnotes}
    cited = next((passage for passage in passages if passage.start <= span[0] and span[1] <= passage.end), None)
    for start, end in _paragraph_spans(document.text):
        text = document.text[start:end]
        announced = parse_heading(text)
        passage = next((passage for passage in passages[bisect_right(ends, start) :][:1] if passage.start < end), None)
        yield _Paragraph(
            start,
            end,
            role=announced.role if announced else passage.role if passage else None,
            is_heading=announced is not None or (bool(passages) and passage is None and len(text) <= MAX_HEADING),
            is_cited=announced is None and cited is not None and cited.start < end and start < cited.end,
            footnote=notes.get(start),
        )


def _paragraph_spans(text: str) -> Iterator[Span]:
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if start < len(text):
        yield start, len(text)


def _signs(document: Document, texts: Texts) -> Mapping[int, str]:
    """Return the HTML, without text, that stands before the character at an offset."""
    signs: dict[int, str] = defaultdict(str)
    for number, start in enumerate(document.page_starts, start=1):
        if number > 1:
            signs[start] += f'<span class="page-sign" data-page="{html.escape(texts.page)} {number}"></span>'
    for note in document.footnotes:
        if note.anchor is not None:
            label = f"{html.escape(texts.footnote)} {note.number}"
            link = (
                f'<a id="note-place-{note.start}" href="#note-{note.start}" aria-label="{label}" data-number="{note.number}"></a>'
            )
            signs[note.anchor] += f"<sup>{link}</sup>"
    return signs


def _marked(text: str, piece: Span, span: Span, extras: _Extras) -> str:
    start, end = max(piece[0], span[0]), min(piece[1], span[1])
    if start >= end:
        return _signed(text, piece, extras, with_end=True)
    before = _signed(text, (piece[0], start), extras)
    inside = _signed(text, (start, end), extras)
    after = _signed(text, (end, piece[1]), extras, with_end=True)
    return f'{before}<mark tabindex="-1">{inside}</mark>{after}'


def _signed(text: str, piece: Span, extras: _Extras, *, with_end: bool = False) -> str:
    """Return the piece escaped, with the signs that stand in it; those at its end only for the last piece of a paragraph."""
    start, end = piece
    offsets = sorted(offset for offset in extras.signs if start <= offset < end or (with_end and offset == end))
    cuts = [start, *offsets, end]
    pieces = [_linked(text, (start, cuts[1]), extras)]
    pieces += [
        extras.signs[offset] + _linked(text, (offset, until), extras) for offset, until in zip(offsets, cuts[2:], strict=True)
    ]
    return "".join(pieces)


def _linked(text: str, piece: Span, extras: _Extras) -> str:
    """Return the piece escaped, with the references that lie wholly in it as links to the publications."""
    position, end = piece
    pieces = []
    for reference in extras.references:
        if position <= reference.start and reference.end <= end:
            pieces.append(_escape(text[position : reference.start]))
            attributes = f'href="{html.escape(reference.address or "")}" title="{html.escape(extras.leaves)}"'
            name = _escape(text[reference.start : reference.end])
            pieces.append(f'<a class="reference" {attributes} target="_blank" rel="noopener noreferrer">{name}</a>')
            position = reference.end
    return "".join([*pieces, _escape(text[position:end])])


def _escape(text: str) -> str:
    """Return text as HTML; a character that turns the direction of what follows stays in the text and takes no part in its display."""
    return _TURNS_TEXT.sub(lambda match: f"<span hidden>{match[0]}</span>", html.escape(text))
