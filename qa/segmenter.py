"""Documents to passages: letters by paragraph and section, sets of written questions by number, lists and tables by a few lines.

1. A question's passages carry its number; an answer's carry the numbers of all questions it answers, wherever in the document it stands.
2. An answer has its questions as context, and those whose own answer only points to it ("zie antwoord 2"); a question or an answer the introduction's
   subject, any other passage the title and the headings above it, from the chapter down.
3. Items of a list, rows of a table and other short lines are put together with their neighbours, a list with the line that leads it in. Rows have the
   heads of their columns as context.
4. A heading is context of what it heads; one that heads nothing is a line like any other. So no line is lost.
5. A paragraph longer than `MAX_CHARACTERS` is divided at sentence borders into parts of about the same length, near `GOAL_CHARACTERS`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qa.document import Document, Kind, Speaker
from qa.outline import CAPTION_LEVEL, Line, LineKind, outline_of
from qa.parliament.headings import parse_pointer
from qa.parliament.parts import divide
from qa.parliament.people import is_name
from qa.parliament.speakers import speakers_of
from qa.passage import Passage, Role
from qa.table_rows import said_above
from qa.text.sentences import sentence_spans

MAX_CHARACTERS = 1800
GOAL_CHARACTERS = 1400
SHORT_CHARACTERS = 300
"""Longer items and rows are passages of their own."""
GROUP_CHARACTERS = 600
"""Of short lines that are put together."""
MAX_SECTION = 200
"""Characters of the headings above a passage, the nearest of which are kept."""
SECTION_SEPARATOR = " > "

_SIGNATURE = re.compile(
    r"(?:De|Het|Mede namens de) (?:Minister|Staatssecretaris|minister|staatssecretaris|Minister-President|Voorzitter|voorzitter)[^.]{0,160},?"
    r"(?: (?:[A-Z]\.\s?)+[^.]{2,60}| [A-Z][^.]{2,60})?"
)
_PUBLICATION_HEAD = re.compile(
    r"\d{1,5}|Vragen gesteld door de leden der Kamer,? met de daarop door de regering gegeven antwoorden"
)
_WORD = re.compile(r"\w+")
_GROUPED = {LineKind.ITEM, LineKind.SHORT, LineKind.ROW}
_SET_APART = {
    LineKind.FOOTNOTE: Role.FOOTNOTE,
    LineKind.CONTENTS: Role.CONTENTS,
    LineKind.REFERENCES: Role.REFERENCES,
    LineKind.LETTERHEAD: Role.LETTERHEAD,
}


def segment(document: Document) -> list[Passage]:
    """Return the passages of `document`, in order of their start."""
    passages = [part for group in _groups(document) for part in _divided(group.passage(document))]
    questions = _texts_by_number(passages)
    pointed_from = _pointers(passages)
    title = document.metadata.title
    return [replace(passage, context=_context(passage, title, questions, pointed_from)) for passage in passages]


def n_words_outside(document: Document, passages: Sequence[Passage]) -> int:
    """Return how many words of a document stand in no passage, nor in what one has as context; headings of questions and answers are left aside."""
    texts = document.text.split("\n\n")
    headings = {text for text, part in zip(texts, divide(texts), strict=True) if part.is_heading}
    title = document.metadata.title
    said = {word for passage in passages for word in _WORD.findall(passage.context.removeprefix(title))}
    borders = [0, *(border for passage in passages for border in (passage.start, passage.end)), len(document.text)]
    between = zip(borders[::2], borders[1::2], strict=True)
    return sum(
        word not in said
        for start, end in between
        for text in document.text[start:end].split("\n\n")
        if text not in headings and text != title
        for word in _WORD.findall(text)
    )


@dataclass(frozen=True)
class _PlacedLine:
    """A line with its role and numbers, what stands above it (a debate's speaker, headings), and who speaks."""

    line: Line
    role: Role
    numbers: tuple[int, ...] = ()
    section: str = ""
    speaker: Speaker | None = None

    def goes_with(self, other: "_PlacedLine") -> bool:
        """Return whether a line below this one may be of the same passage."""
        return self.stands_with(other) and self.line.table is other.line.table

    def stands_with(self, other: "_PlacedLine") -> bool:
        """Return whether a line belongs to the same answer, turn or section."""
        return (self.role, self.numbers, self.section, self.speaker) == (other.role, other.numbers, other.section, other.speaker)

    @property
    def leads_in(self) -> bool:
        """Whether it says what the lines below it are."""
        return self.line.kind in {LineKind.TEXT, LineKind.SHORT, LineKind.CAPTION, LineKind.ITEM} and self.line.text.endswith(":")


@dataclass(frozen=True)
class _Group:
    """Lines that are one passage, and the sentence that leads them in where that is not one of them."""

    lines: tuple[_PlacedLine, ...]
    lead_in: str = ""

    def passage(self, document: Document) -> Passage:
        """Return them as a passage; `context` holds what stands above it for now."""
        first, last = self.lines[0], self.lines[-1]
        start, end = first.line.start, last.line.end
        above = said_above(document.text, first.line.table, first.line.row) if first.line.table else ()
        context = "\n".join(filter(None, [first.section, self.lead_in, *above]))
        return Passage(
            role=first.role,
            numbers=first.numbers,
            start=start,
            end=end,
            text=document.text[start:end],
            speaker=first.speaker,
            context=context,
        )


def _groups(document: Document) -> Iterator[_Group]:
    """Yield the lines of each passage."""
    lead_in = ""
    group: list[_PlacedLine] = []
    for placed in _placed_lines(document):
        if group and not _goes_on(group, placed):
            yield _Group(tuple(group), lead_in)
            lead_in, group = _lead_in(lead_in, group, placed), []
        group.append(placed)
    if group:
        yield _Group(tuple(group), lead_in)


def _goes_on(group: Sequence[_PlacedLine], placed: _PlacedLine) -> bool:
    """Return whether a line is of the same passage as those before it."""
    last = group[-1]
    if placed.role in _SET_APART.values():
        return placed.role is last.role is not Role.FOOTNOTE and placed.line.end - group[0].line.start <= MAX_CHARACTERS
    if _same_sentence(last, placed) and placed.line.end - group[0].line.start <= MAX_CHARACTERS:
        return True
    if (
        placed.line.kind not in _GROUPED
        or len(placed.line.text) > SHORT_CHARACTERS
        or placed.line.end - group[0].line.start > GROUP_CHARACTERS
    ):
        return False
    if placed.line.kind is LineKind.SHORT and placed.line.level:  # the lines below belong to it, not to what stands above
        return False
    if not last.goes_with(placed) or last.role is Role.SIGNATURE:
        return False
    return last.leads_in or (last.line.kind in _GROUPED and len(last.line.text) <= SHORT_CHARACTERS)


def _same_sentence(last: _PlacedLine, placed: _PlacedLine) -> bool:
    """Return whether a paragraph goes on with the sentence of the one before it, as the clauses of a motion do."""
    running = {LineKind.TEXT, LineKind.SHORT}
    is_running = last.line.kind in running and placed.line.kind in running and not placed.line.level
    return is_running and last.goes_with(placed) and last.line.text.endswith((",", ";"))


def _lead_in(before: str, group: Sequence[_PlacedLine], placed: _PlacedLine) -> str:
    """Return the sentence that leads in a line which is of another passage than those before it, if one does."""
    last = group[-1]
    if placed.line.kind not in _GROUPED or not last.stands_with(placed):
        return ""
    if last.leads_in:
        return _last_sentence(last.line.text)
    first = group[0]
    if last.line.kind is placed.line.kind and last.line.table is placed.line.table:
        return _last_sentence(first.line.text) if first.leads_in and len(group) > 1 else before
    return ""


def _last_sentence(text: str) -> str:
    return text[slice(*sentence_spans(text)[-1])]


def _placed_lines(document: Document) -> Iterator[_PlacedLine]:
    """Yield every line that is text, or part of what is set apart, with its role; headings go into the section of those below them."""
    texts = document.text.split("\n\n")
    parts, turns = divide(texts), _turns(document, texts)
    footnotes = {note.start: (note.number,) for note in document.footnotes}
    path: list[tuple[int, str]] = []
    said_by, signed = "", False
    for line in outline_of(document, [part.role is Role.PARAGRAPH for part in parts]):
        part, (speaker, words) = parts[line.place], turns[line.place]
        if line.table is None:
            path = [above for above in path if above[0] < CAPTION_LEVEL]
        if words:
            said_by, path = line.text[:words].rstrip(), []
        was_signed, signed = signed, False
        if line.kind in _SET_APART:
            yield _PlacedLine(line, _SET_APART[line.kind], footnotes.get(line.start, ()))
        elif part.is_heading:
            path = []
        elif words == len(line.text):
            continue
        elif line.kind is LineKind.HEADING:
            path = [above for above in path if above[0] < line.level] + [(line.level, line.text)]
        elif part.role is Role.INTRODUCTION and _PUBLICATION_HEAD.fullmatch(line.text):
            continue
        elif _SIGNATURE.fullmatch(line.text) or (was_signed and is_name(line.text)):
            signed = True
            yield _PlacedLine(line, Role.SIGNATURE)
        elif line.kind is not LineKind.HEADER_ROW:
            section = _section(path, document.metadata.title)
            yield _PlacedLine(line, part.role, part.numbers, "\n".join(filter(None, [said_by, section])), speaker)


def _turns(document: Document, texts: Sequence[str]) -> Sequence[tuple[Speaker | None, int]]:
    """Return for each paragraph of a debate who speaks, and where in it the words begin."""
    return list(speakers_of(texts)) if document.metadata.kind is Kind.REPORT else [(None, 0)] * len(texts)


def _section(path: Sequence[tuple[int, str]], title: str) -> str:
    """Return the headings above a line, from the chapter down; the first are left out where they are very long together."""
    kept: list[str] = []
    for _level, heading in reversed(path):
        if heading == title or (sum(map(len, kept)) + len(heading) > MAX_SECTION and kept):
            break
        kept.insert(0, heading)
    return SECTION_SEPARATOR.join(kept)


def _divided(passage: Passage) -> Iterator[Passage]:
    if len(passage.text) <= MAX_CHARACTERS:
        yield passage
        return
    part_size = len(passage.text) / -(-len(passage.text) // GOAL_CHARACTERS)
    for _number, spans in groupby(sentence_spans(passage.text), key=lambda span: (span[0] + span[1]) / 2 // part_size):
        sentences = list(spans)
        yield _part(passage, sentences[0][0], sentences[-1][1])


def _part(passage: Passage, start: int, end: int) -> Passage:
    return replace(passage, start=passage.start + start, end=passage.start + end, text=passage.text[start:end])


def _texts_by_number(passages: list[Passage]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for passage in passages:
        if passage.role is Role.QUESTION:
            text = " ".join(passage.text.split())
            for number in passage.numbers:
                texts[number] = f"{texts[number]} {text}" if number in texts else text
    return texts


def _pointers(passages: list[Passage]) -> dict[int, list[int]]:
    """Return, by the number of an answer, the numbers of the questions whose own answer only points to it."""
    pointed_from: dict[int, list[int]] = {}
    for passage in passages:
        if passage.role is Role.ANSWER:
            for number in parse_pointer(passage.text):
                pointed_from.setdefault(number, []).extend(passage.numbers)
    return pointed_from


def _context(passage: Passage, title: str, questions: dict[int, str], pointed_from: dict[int, list[int]]) -> str:
    if passage.role is Role.ANSWER:
        numbers = [*passage.numbers, *(other for number in passage.numbers for other in pointed_from.get(number, ()))]
        asked = dict.fromkeys(questions[number] for number in numbers if number in questions)
        return "\n".join(filter(None, [title, *asked, passage.context]))
    if passage.role is Role.INTRODUCTION:
        return passage.context
    return "\n".join(filter(None, [title, passage.context]))
