"""Documents to passages: letters by paragraph and section, sets of written questions by number.

1. A question's passages carry its number; an answer's carry the numbers of all questions it answers, wherever in the document it stands.
2. An answer has its questions as context, and those whose own answer only points to it ("zie antwoord 2"); a question or an answer the introduction's subject, a paragraph the title and the heading above it.
3. A paragraph longer than `MAX_CHARACTERS` is divided at sentence borders into parts of about the same length, near `GOAL_CHARACTERS`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, repeat

from qa.document import Document, Kind
from qa.parliament.headings import parse_pointer
from qa.parliament.parts import divide
from qa.parliament.people import is_name
from qa.parliament.speakers import speakers_of
from qa.passage import Passage, Role
from qa.text.sentences import sentence_spans

MAX_CHARACTERS = 1800
GOAL_CHARACTERS = 1400
MAX_HEADING = 90

_SIGNATURE = re.compile(
    r"(?:De|Het|Mede namens de) (?:Minister|Staatssecretaris|minister|staatssecretaris|Minister-President|Voorzitter|voorzitter)[^.]{0,160},?"
    r"(?: (?:[A-Z]\.\s?)+[^.]{2,60}| [A-Z][^.]{2,60})?"
)
_PUBLICATION_HEAD = re.compile(
    r"\d{1,5}|Vragen gesteld door de leden der Kamer,? met de daarop door de regering gegeven antwoorden"
)


def segment(document: Document) -> list[Passage]:
    """Return the passages of `document`, in order of their start."""
    passages = [part for paragraph in _paragraphs(document) for part in _divided(paragraph)]
    questions = _texts_by_number(passages)
    pointed_from = _pointers(passages)
    title = document.metadata.title
    return [replace(passage, context=_context(passage, title, questions, pointed_from)) for passage in passages]


def _paragraphs(document: Document) -> Iterator[Passage]:
    """Yield every paragraph with its role and numbers; `context` holds the section heading for now."""
    footnotes = {footnote.start: footnote for footnote in document.footnotes}
    texts = document.text.split("\n\n")
    turns = speakers_of(texts) if document.metadata.kind is Kind.REPORT else repeat((None, 0), len(texts))
    section = said_by = ""
    start = 0
    signed = False
    for text, part, (speaker, words) in zip(texts, divide(texts), turns, strict=True):
        end = start + len(text)
        if words:
            said_by, section = text[:words].rstrip(), ""
        was_signed, signed = signed, False
        if start in footnotes:
            yield Passage(role=Role.FOOTNOTE, numbers=(footnotes[start].number,), start=start, end=end, text=text)
        elif part.is_heading or words == len(text):
            section = ""
        elif _SIGNATURE.fullmatch(text) or (was_signed and is_name(text)):
            signed = True
            yield Passage(role=Role.SIGNATURE, start=start, end=end, text=text)
        elif _PUBLICATION_HEAD.fullmatch(text) or (part.role is Role.PARAGRAPH and _is_section_heading(text)):
            section = text
        else:
            context = "\n".join(filter(None, [said_by, section]))
            yield Passage(role=part.role, numbers=part.numbers, start=start, end=end, text=text, speaker=speaker, context=context)
        start = end + 2


def _is_section_heading(text: str) -> bool:
    return len(text) <= MAX_HEADING and text[-1] not in ".?!:;,»”\"'" and not text[0].islower()


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
            for number in passage.numbers:
                texts[number] = f"{texts[number]} {passage.text}" if number in texts else passage.text
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
        return "\n".join([title, *asked])
    if passage.role is Role.INTRODUCTION:
        return ""
    return "\n".join(filter(None, [title, passage.context]))
