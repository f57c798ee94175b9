"""`Entry`: a line of a document's table of contents: a question of a set, or a heading."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.document import Document
from qa.page.source.document_html import Span, headings_of
from qa.passage import Passage, Role

MIN_HEADINGS = 3
MIN_CHARACTERS = 4_000
"""Of a document that is long enough to need contents, unless it is a set of questions."""
_MAX_NAME = 140


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the contents.

    Attributes:
        start: offset of the paragraph that it leads to.
        name: what stands there, cut where it is long.
        role: of the passage; empty for a heading.
        is_cited: whether the quote stands below it.
    """

    start: int
    name: str
    role: str = ""
    is_cited: bool = False


def contents_of(document: Document, passages: Sequence[Passage], span: Span) -> list[Entry]:
    """Return the table of contents: all questions of a set, the cited ones marked, or the headings of a long document; none where it would not help."""
    questions = [passage for passage in passages if passage.role is Role.QUESTION]
    if len(questions) > 1:
        cited = _cited_numbers(passages, span)
        return [
            Entry(
                start=question.start,
                name=_short(f"{', '.join(map(str, question.numbers))}. {question.text}"),
                role=Role.QUESTION,
                is_cited=bool(cited.intersection(question.numbers)),
            )
            for question in questions
        ]
    headings = headings_of(document, passages)
    if len(headings) < MIN_HEADINGS or len(document.text) < MIN_CHARACTERS:
        return []
    ends = [start for start, _end in headings[1:]] + [len(document.text)]
    return [
        Entry(start=start, name=_short(document.text[start:end]), is_cited=start <= span[0] < span[1] <= below)
        for (start, end), below in zip(headings, ends, strict=True)
    ]


def _cited_numbers(passages: Sequence[Passage], span: Span) -> set[int]:
    return {
        number
        for passage in passages
        if passage.role in {Role.ANSWER, Role.QUESTION} and passage.start < span[1] and span[0] < passage.end
        for number in passage.numbers
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_NAME else f"{line[:_MAX_NAME].rsplit(' ', 1)[0]} …"
