"""What the place and size of lines on printed pages tell: furniture, footnotes, footnote marks and paragraphs.

1. Furniture: the running heads and feet of official publications, and whatever else stands at the same height near the edge of most pages, parted
   from the text by a gap; a sentence that stands there is kept once. So is a letterhead in a column beside the text.
2. A mark: raised, small digits behind a character. It counts only when a footnote with its number is found.
3. A footnote: small lines at the foot of a page, from one that begins with the number of a mark that has no footnote yet.
4. A paragraph ends at a wider gap, and where the next line's first word would have fitted behind the end of a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from qa.parliament.headings import parse_heading
from qa.parliament.letterhead import signs_of
from qa.readers.canonical import FootnoteLines, is_furniture
from qa.readers.page_line import PageLine
from qa.readers.printed import PrintedLine
from qa.readers.tables_over_pages import numbered_tables

BESIDE = 0.66
"""Share of the way to the right edge of what is printed, from which a letterhead may stand beside the text."""
SMALL = 0.88
"""A line of a footnote is at most this tall, measured by the body's lines."""
WIDE_GAP = 1.35
APART = 1.6
"""Heights of a line between the bottoms of two that do not belong together."""

_PAGE_NUMBER = re.compile(r"(?:pagina|page|blz\.?|blad|-)?\s*\d{1,4}(?:\s*(?:van|of|/)\s*\d{1,4})?(?:\s*-)?", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,3}")
_SENTENCE_END = re.compile(r"[.?!:;][»”’\"')\]]*$")
_SENTENCE = re.compile(r"(?:^|\s)[a-zß-ÿ]+\s.*\s[\w%€’'-]+[.?!]$")
"""Ends as a sentence does, and has more than a few words."""
_ITEM = re.compile(r"[-–•*·▪]\s+\S|(?:\d{1,2}|[a-z])[.)]\s+\S")


@dataclass
class LaidOut:
    """Pages taken apart: the lines of the running text with their marks taken out, the footnotes, and the furniture."""

    pages: list[list[PrintedLine]] = field(default_factory=list)
    footnotes: list[FootnoteLines] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


def lay_out(pages: Sequence[Sequence[PageLine]]) -> LaidOut:
    """Take the pages of a document apart."""
    result = LaidOut()
    furniture = _Furniture(pages)
    kept: list[list[PageLine]] = []
    for number, page in enumerate(pages, start=1):
        kept.append([])
        beside = {id(line) for line in _letterhead_beside(page)}
        for line in page:
            if id(line) in beside or furniture.holds(line, number):
                result.furniture.append(line.text)
            else:
                kept[-1].append(line)
    body_height = _body_height(kept)
    marks = {value for page in kept for line in page for _start, _end, value in line.raised_numbers()}
    bodies: list[list[PageLine]] = []
    for number, page in enumerate(kept, start=1):
        split = _split_footnotes(page, body_height, marks, len(result.footnotes) + 1)
        bodies.append(split.body)
        result.footnotes += [FootnoteLines(n, tuple(_printed(line, number) for line in lines)) for n, lines in split.footnotes]
    bodies, repeated_heads = numbered_tables(bodies)
    result.furniture += [line.text for line in repeated_heads]
    found = {footnote.number for footnote in result.footnotes}
    right_edge = max((line.right for page in bodies for line in page), default=0)
    for number, body in enumerate(bodies, start=1):
        result.pages.append(list(_with_gaps(body, number, found, right_edge)))
    return result


def _body_height(pages: Sequence[Sequence[PageLine]]) -> float:
    """Return the height of the lines that hold most of the text."""
    n_characters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            n_characters[round(line.height, 1)] += len(line.text)
    return max(n_characters, key=n_characters.__getitem__, default=1.0)


def _repeated(pages: Sequence[Sequence[PageLine]]) -> set[tuple[str, int]]:
    """Return what stands apart from the text near the edge of most pages, the page's own number left aside, with its height on the page."""
    counts = Counter(
        key
        for number, page in enumerate(pages, start=1)
        for key in {_key(line, number) for line in _apart(page) if not parse_heading(line.text)}
    )
    return {key for key, n in counts.items() if n >= max(2, 0.6 * len(pages))}


def _apart(page: Sequence[PageLine]) -> Iterator[PageLine]:
    """Yield the lines near the edge of a page that a wide gap parts from its text."""
    in_order = sorted(page, key=lambda line: -line.bottom)
    distances = [above.bottom - below.bottom for above, below in pairwise(in_order) if above.bottom - below.bottom > 1]
    wide = WIDE_GAP * median(distances) if distances else 0
    for lines, is_beyond in ((in_order, 1), (in_order[::-1], -1)):
        edge = [line for line in lines if line.is_in_margin and is_beyond * (2 * line.bottom - line.page_height) > 0]
        rest = lines[len(edge) : len(edge) + 1]
        waiting: list[PageLine] = []
        for line, following in pairwise([*edge, *rest]):
            waiting.append(line)
            if abs(line.bottom - following.bottom) > min(wide, APART * line.height):
                yield from waiting
                waiting = []
        if len(edge) == 1 and not rest:
            yield edge[0]


def _letterhead_beside(page: Sequence[PageLine]) -> Sequence[PageLine]:
    """Return the lines of a letterhead that stands in a narrow column on the right of a letter's text."""
    edge = max((line.right for line in page), default=0)
    beside = [line for line in page if line.left > BESIDE * edge]
    if len(beside) < 2 or len(signs_of(line.text for line in beside)) < 2:
        return ()
    left, bottom, top = min(line.left for line in beside), min(line.bottom for line in beside), max(line.top for line in beside)
    text = [line for line in page if line.left <= BESIDE * edge and line.top > bottom and line.bottom < top]
    return () if any(line.right > left for line in text) else beside


def _key(line: PageLine, page_number: int) -> tuple[str, int]:
    return re.sub(rf"\b{page_number}\b", "#", line.text), round(line.bottom / 4)


class _Furniture:
    """Tells what on the pages is furniture, page by page in order: a sentence that every page repeats is text on the first that has it."""

    def __init__(self, pages: Sequence[Sequence[PageLine]]) -> None:
        self._repeated = _repeated(pages)
        self._kept: set[tuple[str, int]] = set()

    def holds(self, line: PageLine, page_number: int) -> bool:
        """Tell whether a line is furniture."""
        if is_furniture(line.text):
            return True
        if not line.is_in_margin or line.cell:
            return False
        key = _key(line, page_number)
        if key not in self._repeated:
            return _PAGE_NUMBER.fullmatch(line.text) is not None
        if not _SENTENCE.search(line.text) or key in self._kept:
            return True
        self._kept.add(key)
        return False


@dataclass(frozen=True)
class _Split:
    body: list[PageLine]
    footnotes: list[tuple[int, list[PageLine]]]


def _split_footnotes(page: Sequence[PageLine], body_height: float, marks: set[int], first_number: int) -> _Split:
    begin = len(page)
    while begin and page[begin - 1].height <= SMALL * body_height:
        begin -= 1
    footnotes: list[tuple[int, list[PageLine]]] = []
    body = list(page[:begin])
    for line in page[begin:]:
        number = _DIGITS.match(line.text)
        due = first_number + len(footnotes)
        if number and int(number.group()) == due and due in marks and line.text[number.end() :].strip():
            footnotes.append((due, [line.without_first(number.end())]))
        elif footnotes:
            footnotes[-1][1].append(line)
        else:
            body.append(line)  # small print that is no footnote, such as a table
    return _Split(body, footnotes)


def _printed(line: PageLine, page: int) -> PrintedLine:
    return PrintedLine(text=line.text, page=page, characters=line.characters, cell=line.cell)


def _with_gaps(lines: Sequence[PageLine], page: int, footnotes: set[int], right_edge: float) -> Iterator[PrintedLine]:
    """Yield the lines without marks, with an empty line between paragraphs."""
    distances = [above.bottom - below.bottom for above, below in pairwise(lines) if above.bottom > below.bottom]
    leading = median(distances) if distances else 0
    previous: PageLine | None = None
    for line in lines:
        is_one_row = (
            previous is not None and previous.cell is not None and line.cell is not None and previous.cell[:2] == line.cell[:2]
        )
        if previous and not is_one_row and _ends_paragraph(previous, line, leading, right_edge):
            yield PrintedLine(text="", page=page)
        yield _without_marks(line, page, footnotes)
        previous = line


def _without_marks(line: PageLine, page: int, footnotes: set[int]) -> PrintedLine:
    printed = _printed(line, page)
    for start, end, value in line.raised_numbers():
        if value in footnotes:
            shift = len(line.text) - len(printed.text)
            printed = printed.without(start - shift, end - shift, value)
    return printed


def _ends_paragraph(line: PageLine, following: PageLine, leading: float, right_edge: float) -> bool:
    distance = line.bottom - following.bottom
    if line.turn != following.turn:
        return True
    if distance > WIDE_GAP * leading or distance < -leading:
        return True
    ended = _SENTENCE_END.search(line.text.rstrip("0123456789")) is not None
    if not ended:
        return False
    needed = 0.25 * line.height + following.first_word_right - following.left
    return _ITEM.match(following.text) is not None or line.right + needed < right_edge - 1
