"""`divide`: which paragraphs of a document are questions, which are answers to which of them, and which are neither.

1. A heading with numbers (`Vraag 1`, `Antwoord op vraag 2 en 3`) rules what follows it, wherever it stands: pairs are made by number.
2. A heading `Antwoord` without a number answers the question above it, and those directly above that have no answer of their own.
3. Where no question has a heading, numbered paragraphs that ask (`1. Kent u ...?`) are the questions, in documents that say they are about questions;
   and where nothing is numbered either, the paragraphs that ask above a heading `Antwoord`.
4. Where the answer has no heading, the paragraphs behind the question's last question mark are the answer: only if the document gives answers and
   no heading answers that number, since a member's words may never pass for the government's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.parliament.headings import Heading, parse_heading, parse_unnumbered
from qa.passage import Role

_SHORT = re.compile(r"(?P<letter>[VQA])\s?(?P<number>\d{1,2})\s?[:.]?")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?=\S)")
_ASKS = re.compile(r"\?(?!\w)")
_ABOUT_QUESTIONS = re.compile(
    r"\b(?:[Aa]ntwoord(?:en)? (?:van|op)|[Bb]eantwoording|[Vv]ragen van (?:het (?:Kamer)?lid|de (?:Kamer)?leden)|[Kk]amervragen)\b"
)
_GIVES_ANSWERS = re.compile(
    r"\b(?:[Aa]ntwoord(?:en)? (?:van|op)|[Bb]eantwoording (?:van|Kamervragen|vragen|schriftelijke)|worden beantwoord|beantwoord ik)\b"
)
_NAMES_WHO_ANSWERS = re.compile(
    r"(?:Antwoord(?:en)?|Mededeling(?:en)?) van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)[^?]{1,400}"
)


@dataclass(frozen=True)
class Part:
    """What a paragraph is: its role, the numbers of the questions it asks or answers, and whether it is only the heading of what follows."""

    role: Role
    numbers: tuple[int, ...] = ()
    is_heading: bool = False


def divide(paragraphs: Sequence[str]) -> list[Part]:
    """Return what every paragraph is; without any question or answer each is a `Role.PARAGRAPH`."""
    return list(_divided(tuple(paragraphs)))


@lru_cache(maxsize=1)  # asked for what a document says about itself, and then for its passages
def _divided(paragraphs: tuple[str, ...]) -> tuple[Part, ...]:
    marks = _marks(paragraphs)
    first = min(marks, default=len(paragraphs))
    if not marks:
        return (Part(Role.PARAGRAPH),) * len(paragraphs)
    parts = list(_ruled(paragraphs, marks))
    gives_answers = any(part.role is Role.ANSWER for part in parts) or any(map(_GIVES_ANSWERS.search, paragraphs[:first]))
    return tuple(_with_unheaded_answers(paragraphs, parts) if gives_answers else parts)


def _marks(paragraphs: Sequence[str]) -> dict[int, Part]:
    """Return the paragraphs at which a question, an answer or a notice begins."""
    marks = {place: _heading_part(found) for place, text in enumerate(paragraphs) if (found := parse_heading(text))}
    marks |= _short_marks(paragraphs, {number for part in marks.values() for number in part.numbers})
    bare = {place: role for place, text in enumerate(paragraphs) if (role := parse_unnumbered(text))}
    if not any(part.role is Role.QUESTION for part in marks.values()) and Role.QUESTION not in bare.values():
        marks |= _numbered_questions(paragraphs, marks, bare) or _questions_above(paragraphs, bare)
    if Role.ANSWER in bare.values() or marks:
        marks |= _unnumbered_marks(paragraphs, marks, bare)
    return dict(sorted(marks.items()))


def _heading_part(heading: Heading) -> Part:
    return Part(heading.role, heading.numbers, is_heading=True)


def _short_marks(paragraphs: Sequence[str], numbers: set[int]) -> dict[int, Part]:
    """Return headings such as `V2` and `A2`: only where both letters occur, or the number is that of another heading."""
    found = {place: match for place, text in enumerate(paragraphs) if len(text) < 8 and (match := _SHORT.fullmatch(text))}
    letters = {match["letter"] for match in found.values()}
    are_paired = "A" in letters and len(letters) > 1
    return {
        place: Part(Role.ANSWER if match["letter"] == "A" else Role.QUESTION, (int(match["number"]),), is_heading=True)
        for place, match in found.items()
        if are_paired or (match["letter"] == "A" and int(match["number"]) in numbers)
    }


def _numbered_questions(paragraphs: Sequence[str], marks: dict[int, Part], bare: dict[int, Role]) -> dict[int, Part]:
    """Return paragraphs that begin with 1, 2, 3 ... in order and ask something before the next number comes."""
    starts: list[int] = []
    for place, text in enumerate(paragraphs):
        number = _NUMBERED.match(text)
        if number and int(number["number"]) == len(starts) + 1 and place not in marks:
            starts.append(place)
    above = paragraphs[: starts[0]] if starts else ()
    if not bare and not any(part.role is Role.ANSWER for part in marks.values()) and not any(map(_ABOUT_QUESTIONS.search, above)):
        return {}
    ends = [*starts[1:], len(paragraphs)]
    ask = [any(map(_ASKS.search, paragraphs[start:end])) for start, end in zip(starts, ends, strict=False)]
    if not starts or sum(ask) < 0.8 * len(ask) or not ask[0]:
        return {}
    return {start: Part(Role.QUESTION, (number,)) for number, start in enumerate(starts, start=1)}


def _questions_above(paragraphs: Sequence[str], bare: dict[int, Role]) -> dict[int, Part]:
    """Return the first of the paragraphs that ask directly above each heading `Antwoord`, numbered in order."""
    found: dict[int, Part] = {}
    for place in bare:
        first = place
        while first and _ASKS.search(paragraphs[first - 1]) and first - 1 not in bare:
            first -= 1
        if first < place:
            found[first] = Part(Role.QUESTION, (len(found) + 1,))
    return found


def _unnumbered_marks(paragraphs: Sequence[str], marks: dict[int, Part], bare: dict[int, Role]) -> dict[int, Part]:
    """Return headings without a number, with that of the question they head or answer."""
    found: dict[int, Part] = {}
    last = 0
    open_numbers: tuple[int, ...] = ()
    answered = {number for part in marks.values() if part.role is Role.ANSWER for number in part.numbers}
    begun = 0
    for place in sorted({*marks, *bare}):
        part = marks.get(place)
        if part is None and bare[place] is Role.QUESTION:
            found[place] = part = Part(Role.QUESTION, (last + 1,), is_heading=True)
        if part is None:
            if open_numbers:
                found[place] = Part(Role.ANSWER, open_numbers, is_heading=True)
                open_numbers = ()
        elif part.role is Role.QUESTION:
            last = max(part.numbers, default=last)
            joins = open_numbers and not _goes_beyond_question(paragraphs[begun:place])
            open_numbers = (*(open_numbers if joins else ()), *(n for n in part.numbers if n not in answered))
            begun = place
        else:
            open_numbers = ()
    return found


def _goes_beyond_question(paragraphs: Sequence[str]) -> bool:
    return _question_length(paragraphs) < len(paragraphs)


def _question_length(paragraphs: Sequence[str]) -> int:
    """Return how many paragraphs a question takes: up to the last that asks, or all if none does."""
    asking = [place for place, text in enumerate(paragraphs) if _ASKS.search(text)]
    return asking[-1] + 1 if asking else len(paragraphs)


def _ruled(paragraphs: Sequence[str], marks: dict[int, Part]) -> Iterator[Part]:
    """Yield every paragraph's part: that of the last mark above it."""
    ruling = Part(Role.INTRODUCTION)
    for place, text in enumerate(paragraphs):
        if mark := marks.get(place):
            ruling = replace(mark, is_heading=False)
            yield mark
        elif ruling.role in {Role.QUESTION, Role.ANSWER} and _NAMES_WHO_ANSWERS.fullmatch(text):
            ruling = Part(Role.INTRODUCTION)
            yield ruling
        else:
            yield ruling


def _with_unheaded_answers(paragraphs: Sequence[str], parts: list[Part]) -> list[Part]:
    answered = {number for part in parts if part.role is Role.ANSWER for number in part.numbers}
    result = list(parts)
    start = 0
    while start < len(parts):
        end = start + 1
        while (
            end < len(parts)
            and not parts[end].is_heading
            and parts[end].numbers == parts[start].numbers
            and parts[end].role is parts[start].role
        ):
            end += 1
        asked = parts[start]
        if asked.role is Role.QUESTION and not answered & set(asked.numbers):
            length = _question_length(paragraphs[start:end])
            result[start + length : end] = [Part(Role.ANSWER, asked.numbers)] * (end - start - length)
        start = end
    return result
