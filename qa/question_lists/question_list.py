"""`ListedQuestion`: one question of a list, and how a list is recognised in text as civil servants have it.

The way in which questions are set apart is told by the text, in this order:

1. Headings, as in a set of written questions (`Vraag 1` on a line of its own): the text goes the way of a document, so that its answers, footnotes and
   broken lines are not taken for questions.
2. Numbers (`1.`, `2)`, `Vraag 3:`, or a number alone on its line), which must count upwards: `2024.` at the start of a line is no number of a question.
3. Bullets.
4. None of these: a question a line; a line that ends in the middle of a sentence goes on below.

What stands above the first question (`Beantwoord graag:`) is left out, unless it asks something.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from qa.answering import MAX_QUESTION
from qa.document import Document
from qa.exceptions import BronvraagError
from qa.parliament.headings import parse_heading
from qa.passage import Passage, Role
from qa.readers.text import read_text
from qa.segmenter import segment
from qa.wording.sentence import Sentence

MAX_QUESTIONS = 200
MAX_CHARACTERS = MAX_QUESTIONS * MAX_QUESTION
LARGEST_STEP = 20
"""How far the number of a question may be above the one before it; lists are cut, but not that much."""

_GROUP = r"\d{1,3}(?:(?:, | en | t/m )\d{1,3})*"  # questions that are asked, or answered, together
_NUMBERED = re.compile(
    rf"(?:vraag\s+(?P<asked>\d{{1,3}})\s*[:.)–-]|\(?(?P<listed>{_GROUP})[.)])\s+(?P<text>\S.*)|\(?(?P<alone>\d{{1,3}})[.):]?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–—•·*◦▪]\s+(?P<text>\S.*)")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)\]]*\d{0,2}$")  # a footnote's mark may follow


class QuestionListError(BronvraagError):
    """A list of questions cannot be used."""


def unreadable(reason: Sentence) -> QuestionListError:
    """Return the error that a list cannot be read, for a reason that completes "it cannot be read: ..."."""
    return QuestionListError("list_unreadable", reason=reason)


@dataclass(frozen=True)
class ListedQuestion:
    """A question of a list; `label` is its number as the list gives it, such as `3` or `5 en 6`, or else its place."""

    label: str
    text: str


def questions_in_text(text: str) -> list[ListedQuestion]:
    """Return the questions of a list that was typed or pasted.

    Raises:
        QuestionListError: there are none, too many, or one is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise unreadable(Sentence("list_too_long", {"n": len(text), "most": MAX_CHARACTERS}))
    lines = [line.strip() for line in text.splitlines()]
    if any(_is_question_heading(line) for line in lines):
        document = read_text(text.encode("utf-8", errors="ignore"), Path("list.txt"), "")
        return checked(_of_set(segment(document)))
    return checked(_listed(lines))


def questions_in_document(document: Document, passages: Sequence[Passage]) -> list[ListedQuestion]:
    """Return the questions of a list that was read from a file: the members' questions of a set, or else what its paragraphs list.

    Raises:
        QuestionListError: there are none, too many, or one is too long.
    """
    of_set = list(_of_set(passages))
    footnotes = {footnote.start for footnote in document.footnotes}
    paragraphs, start = [], 0
    for paragraph in document.text.split("\n\n"):
        if start not in footnotes:
            paragraphs += [paragraph, ""]
        start += len(paragraph) + 2
    return checked(of_set or _listed(paragraphs))


def list_text(questions: Sequence[ListedQuestion]) -> str:
    """Return questions as a list that `questions_in_text` reads back, for people to look through and change."""
    text = "\n".join(f"{question.label}. {question.text}" for question in questions)
    places = [place for place, _line in enumerate(text.splitlines())]
    if list(_numbers(text.splitlines())) == places:
        return text
    return "\n".join(f"{place}. {question.text}" for place, question in enumerate(questions, start=1))


def checked(entries: Iterable[tuple[str, str]]) -> list[ListedQuestion]:
    """Return labelled texts as questions; where labels are missing or stand twice, as lists put together have them, they are counted anew.

    Raises:
        QuestionListError: there are none, too many, or one is too long.
    """
    tidy = [(label, " ".join(text.split())) for label, text in entries]
    asked = [(label, text) for label, text in tidy if any(map(str.isalpha, text))]
    if not asked:
        raise QuestionListError("list_empty")
    if len(asked) > MAX_QUESTIONS:
        raise QuestionListError("list_too_many", n=len(asked), most=MAX_QUESTIONS)
    labels = [label for label, _text in asked]
    if "" in labels or len(set(labels)) < len(labels):
        labels = [str(place) for place in range(1, len(asked) + 1)]
    questions = [ListedQuestion(label, text) for label, (_label, text) in zip(labels, asked, strict=True)]
    if too_long := next((question for question in questions if len(question.text) > MAX_QUESTION), None):
        raise QuestionListError("list_question_too_long", label=too_long.label, longest=MAX_QUESTION)
    return questions


def _is_question_heading(line: str) -> bool:
    heading = parse_heading(line)
    return heading is not None and heading.role is Role.QUESTION


def _of_set(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    asked = [passage for passage in passages if passage.role is Role.QUESTION]
    for numbers, parts in groupby(asked, key=lambda passage: passage.numbers):
        yield _enumerate(numbers), " ".join(part.text for part in parts)


def _enumerate(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers or ("",))
    return f"{', '.join(others)} en {last}" if others else last


def _listed(lines: Sequence[str]) -> list[tuple[str, str]]:
    marks = _numbers(lines) or _bullets(lines) or _sentences(lines)
    if not marks:
        return []
    firsts = sorted(marks)
    above = " ".join(lines[: firsts[0]])
    entries = [("", above)] if "?" in above else []
    for first, following in zip(firsts, [*firsts[1:], len(lines)], strict=True):
        label, text = marks[first]
        entries.append((label, " ".join([text, *lines[first + 1 : following]])))
    return entries


def _numbers(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return the label and the text of every line that a numbered question begins with, by its place."""
    marks: dict[int, tuple[str, str]] = {}
    last = 0
    for place, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line)
        if match is None:
            continue
        label = match["asked"] or match["listed"] or match["alone"]
        numbers = [int(number) for number in re.findall(r"\d+", label)]
        if numbers[0] == 1 or (marks and last < numbers[0] <= last + LARGEST_STEP) or (not marks and not any(lines[:place])):
            marks[place] = (label, match["text"] or "")
            last = numbers[-1]
    return marks


def _bullets(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    return {place: ("", match["text"]) for place, line in enumerate(lines) if (match := _BULLET.fullmatch(line))}


def _sentences(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return every line that is not the end of the sentence above it; what stands above the first sentence is a title."""
    ending = [place for place, line in enumerate(lines) if _SENTENCE_END.search(line)]
    begun = [place for place, line in enumerate(lines) if line and not (ending and _goes_on(lines, place))]
    title_end = max((place for place in begun if ending and place <= ending[0]), default=0)
    return {place: ("", lines[place]) for place in begun if place >= title_end}


def _goes_on(lines: Sequence[str], place: int) -> bool:
    above = lines[place - 1] if place else ""
    return bool(above) and lines[place][0].islower() and not _SENTENCE_END.search(above)
