"""A document's canonical text as HTML: nothing added, nothing lost, a span of it marked.

The text content of what `document_html` returns is exactly the document's text; signs that are not in the text (numbers of footnotes and pages)
are drawn by the style sheet from attributes. References to other papers are links: to the library's own copy if it holds one, else to the official
publication. The text is cut at every paragraph's end, at both ends of the span and wherever a sign stands; each piece is escaped by itself, so
offsets never have to be counted in HTML.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.document import Document, Footnote
from qa.page.source.document_links import NO_LINKS, Link, Links
from qa.page.source.table_html import table_html
from qa.parliament.headings import parse_heading
from qa.passage import Passage, Role
from qa.structure import Table
from qa.wording.interface import Texts

_SEPARATOR = re.compile(r"\n{2,}")
_TURNS_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

MAX_HEADING = 90
"""Characters of the longest text that is a section's heading, if it belongs to no passage."""

Span = tuple[int, int]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class _Signs:
    """HTML without text that stands before the characters at these offsets, which are in order."""

    offsets: Sequence[int]
    at: Mapping[int, str]

    def within(self, start: int, end: int, *, with_end: bool) -> Sequence[int]:
        last = bisect_right(self.offsets, end) if with_end else bisect_left(self.offsets, end)
        return self.offsets[bisect_left(self.offsets, start) : last]


@dataclass(frozen=True)
class _Extras:
    """What is shown beyond the text itself."""

    signs: _Signs
    links: Links


@dataclass(frozen=True)
class _Paragraph:
    start: int
    end: int
    role: Role | None
    is_heading: bool
    is_cited: bool
    is_asked: bool
    begins_part: bool
    footnote: Footnote | None

    @property
    def classes(self) -> str:
        names = [self.role, "cited" if self.is_cited else None, "asked" if self.is_asked else None]
        named = " ".join(filter(None, names))
        return f' class="{named}"' if named else ""


_NOTHING = _Extras(_Signs((), {}), NO_LINKS)


def document_html(
    document: Document,
    passages: Sequence[Passage],
    span: Span,
    texts: Texts,
    *,
    links: Links = NO_LINKS,
    asked: Collection[Passage] = (),
) -> str:
    """Return the whole text as paragraphs and headings, the span in `<mark>`.

    Args:
        document: whose text it is.
        passages: of the document, in order of start.
        span: to mark; `NOWHERE` marks nothing.
        texts: of the page's language.
        links: the references that are to be links.
        asked: the questions that the cited answer belongs to, which can be jumped to and are marked as such.
    """
    extras = _Extras(_signs(document, texts), links)
    tables = {table.start: table for table in document.structure.tables if table.end > table.start}
    pieces, position = [], 0
    for paragraph in _paragraphs(document, passages, span, {passage.start for passage in asked}):
        if paragraph.start < position:  # in a table that stands there already
            continue
        pieces.append(_marked(document.text, (position, paragraph.start), span, _NOTHING))
        if table := tables.get(paragraph.start):
            pieces.append(_table_html(document.text, table, span, extras, texts))
            position = table.end
        else:
            pieces.append(_paragraph_html(document.text, paragraph, span, extras, texts))
            position = paragraph.end
    pieces.append(_marked(document.text, (position, len(document.text)), span, _NOTHING))
    return "".join(pieces)


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield where the paragraphs of a canonical text begin and end."""
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if start < len(text):
        yield start, len(text)


def _paragraph_html(text: str, paragraph: _Paragraph, span: Span, extras: _Extras, texts: Texts) -> str:
    content = _marked(text, (paragraph.start, paragraph.end), span, extras)
    if paragraph.is_heading:
        return f'<h3{paragraph.classes} id="part-{paragraph.start}" tabindex="-1">{content}</h3>'
    if paragraph.footnote is not None:
        return _note_html(content, paragraph.classes, paragraph.footnote, texts)
    place = f' id="part-{paragraph.start}" tabindex="-1"' if paragraph.begins_part else ""
    return f"<p{paragraph.classes}{place}>{content}</p>"


def _table_html(text: str, table: Table, span: Span, extras: _Extras, texts: Texts) -> str:
    """Return a table that scrolls by itself where it is wide, the rows that hold the quote marked."""
    cited = [number for number, (start, end) in enumerate(table.row_spans) if start < span[1] and span[0] < end]
    content = table_html(
        table,
        lambda start, end: _marked(text, (start, end), span, extras),
        lambda start, end: _marked(text, (start, end), span, _NOTHING),
        cited=range(cited[0], cited[-1] + 1) if cited else range(0),
    )
    return f'<div class="table" role="region" tabindex="0" aria-label="{html.escape(texts.table)}">{content}</div>'


def _note_html(content: str, classes: str, note: Footnote, texts: Texts) -> str:
    back = f'<a class="back" href="#note-place-{note.start}" aria-label="{html.escape(texts.footnote_back)} {note.number}"></a>'
    way_back = back if note.anchor is not None else ""
    return f'<p{classes} id="note-{note.start}" tabindex="-1">{content}{way_back}</p>'


def _paragraphs(document: Document, passages: Sequence[Passage], span: Span, asked: Collection[int]) -> Iterator[_Paragraph]:
    ends = [passage.end for passage in passages]
    notes = {note.start: note for note in document.footnotes}
    cited = next((passage for passage in passages if passage.start <= span[0] < span[1] <= passage.end), None)
    for start, end in paragraph_spans(document.text):
        announced = parse_heading(document.text[start:end])
        place = bisect_right(ends, start)
        passage = passages[place] if place < len(passages) and passages[place].start < end else None
        yield _Paragraph(
            start,
            end,
            role=announced.role if announced else passage.role if passage else None,
            is_heading=announced is not None or (bool(passages) and passage is None and end - start <= MAX_HEADING),
            is_cited=announced is None and cited is not None and cited.start < end and start < cited.end,
            is_asked=announced is None and passage is not None and passage.start in asked,
            begins_part=passage is not None and passage.start == start and passage.role in {Role.QUESTION, Role.ANSWER},
            footnote=notes.get(start),
        )


def headings_of(document: Document, passages: Sequence[Passage]) -> list[Span]:
    """Return where the headings of a document stand."""
    return [
        (paragraph.start, paragraph.end) for paragraph in _paragraphs(document, passages, NOWHERE, ()) if paragraph.is_heading
    ]


def _signs(document: Document, texts: Texts) -> _Signs:
    """Return the HTML, without text, that stands before the character at an offset."""
    signs: dict[int, str] = defaultdict(str)
    for number, start in enumerate(document.page_starts, start=1):
        if number > 1:
            signs[start] += f'<span class="page-sign" data-page="{html.escape(texts.page)} {number}"></span>'
    for note in document.footnotes:
        if note.anchor is not None:
            label = f"{html.escape(texts.footnote)} {note.number}"
            signs[note.anchor] += (
                f'<sup><a id="note-place-{note.start}" href="#note-{note.start}" role="button" aria-expanded="false" '
                f'aria-label="{label}" data-number="{note.number}"></a></sup>'
            )
    return _Signs(sorted(signs), signs)


def _marked(text: str, piece: Span, span: Span, extras: _Extras) -> str:
    start, end = max(piece[0], span[0]), min(piece[1], span[1])
    if start >= end:  # nearly all of a document
        return _signed(text, piece, extras, with_end=True)
    before = _signed(text, (piece[0], start), extras)
    inside = _signed(text, (start, end), extras)
    after = _signed(text, (end, piece[1]), extras, with_end=True)
    return f'{before}<mark tabindex="-1">{inside}</mark>{after}'


def _signed(text: str, piece: Span, extras: _Extras, *, with_end: bool = False) -> str:
    """Return the piece escaped, with the signs that stand in it; those at its end only for the last piece of a paragraph."""
    start, end = piece
    offsets = extras.signs.within(start, end, with_end=with_end) if extras.signs.offsets else ()
    if not offsets:
        return _linked(text, piece, extras.links)
    cuts = [start, *offsets, end]
    pieces = [_linked(text, (start, cuts[1]), extras.links)]
    for offset, until in zip(offsets, cuts[2:], strict=True):
        pieces.append(extras.signs.at[offset] + _linked(text, (offset, until), extras.links))
    return "".join(pieces)


def _linked(text: str, piece: Span, links: Links) -> str:
    """Return the piece escaped, with the references that lie wholly in it as links."""
    position, end = piece
    within = links.within(position, end)
    if not within:
        return _escape(text[position:end])
    pieces = []
    for link in within:
        pieces.append(_escape(text[position : link.start]))
        pieces.append(_link_html(link, _escape(text[link.start : link.end])))
        position = link.end
    return "".join([*pieces, _escape(text[position:end])])


def _link_html(link: Link, name: str) -> str:
    attributes = f'href="{html.escape(link.address)}" title="{html.escape(link.title)}"'
    if link.leaves:
        return f'<a class="reference leaves" {attributes} target="_blank" rel="noopener noreferrer">{name}</a>'
    return f'<a class="reference" {attributes}>{name}</a>'


def _escape(text: str) -> str:
    """Return text as HTML; a character that turns the direction of what follows stays in the text and takes no part in its display."""
    if text.isspace():
        return text
    return _TURNS_TEXT.sub(lambda match: f"<span hidden>{match[0]}</span>", html.escape(text))
