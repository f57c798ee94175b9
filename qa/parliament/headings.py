"""The headings of a set of written questions, each read by itself: `Vraag 1`, `Antwoorden op vraag 3, 4, 5, 9 en 10`, `Mededeling`, and `Antwoord` alone.

What a heading without a number answers, the paragraphs around it tell (`parts.py`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.passage import Role

_NUMBERS = r"\d{1,3}(?:(?:\s*(?:,\s*en\b|,|;|en|&|t/m|tot en met|tot|[-–/])\s*|\s+)\d{1,3})*"
_TO_QUESTION = (
    r"(?:\s+(?:op|van))?(?:\s+(?:de|het|uw))?(?:\s+(?:schriftelijke\s+)?(?:deel)?vra(?:ag|gen))?(?:\s+(?:nummers?|nrs?\.?))?"
)
_ANSWERING = r"(?:(?:gezamenlijke?\s+)?(?:antwoord(?:en)?|beantwoording|reacties?))"
_HEADING = re.compile(
    rf"(?:(?P<question>vra(?:ag|gen)(?:\s+(?:nummer|nr\.?))?)|(?P<answer>{_ANSWERING}{_TO_QUESTION}))\s*:?\s+(?P<numbers>{_NUMBERS})\s*[:.]{{0,2}}",
    re.IGNORECASE,
)
_NUMBERED_BEFORE = re.compile(r"(?P<number>\d{1,3})[.)]\s*(?P<word>Vraag|Antwoord)\s*[:.]?")
_WITHOUT_NUMBER = re.compile(r"(?:(?P<question>Vraag|VRAAG)|Antwoord|ANTWOORD|Beantwoording|Reactie)\s?:?")
_BEGINS = re.compile(
    rf"(?:vra(?:ag|gen)|{_ANSWERING}{_TO_QUESTION})\s+{_NUMBERS}\s?(?::|\.(?=\s))(?=\s+(?:(?-i:[A-ZÀ-Þ])|[«“\"‘'(]))",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:\b(?:zie|verwijs|verwezen|verwijzen)\b[^.?!]{0,80}?|^(?:zoals )?in (?:het |mijn )?)"
    rf"\bantwoord(?:en)?(?:\s+op(?:\s+de)?(?:\s+vra(?:ag|gen))?)?\s+(?P<numbers>{_NUMBERS})",
    re.IGNORECASE,
)
MAX_HEADING = 150
"""Characters of the longest heading: one that names twenty questions."""

MAX_WORD = 20
"""Characters of a heading without a number."""

MAX_POINTER = 200
"""An answer that only points to another is shorter."""

_NOTICE = re.compile(r"mededeling(?:en)?\s*[:.]?", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|tot|[-–])\s*(\d+)")


_FIRST_LETTERS = frozenset("VvAaBbRrGgMm0123456789")
"""With which the words of headings begin: most lines need no further look."""


@dataclass(frozen=True)
class Heading:
    """What a heading announces: questions or answers with their numbers, or a notice."""

    role: Role
    numbers: tuple[int, ...] = ()


def parse_heading(line: str) -> Heading | None:
    """Return what the line announces if it is such a heading, and nothing else; otherwise None."""
    if len(line) > MAX_HEADING or line[:1] not in _FIRST_LETTERS:
        return None  # nearly always
    return _parsed(line)


@lru_cache(maxsize=2048)  # a document's headings are read for its layout, its pairs and what it says about itself
def _parsed(line: str) -> Heading | None:
    if _NOTICE.fullmatch(line):
        return Heading(Role.NOTICE)
    if before := _NUMBERED_BEFORE.fullmatch(line):
        return Heading(Role.QUESTION if before["word"] == "Vraag" else Role.ANSWER, (int(before["number"]),))
    match = _HEADING.fullmatch(line)
    if match is None:
        return None
    return Heading(Role.QUESTION if match["question"] else Role.ANSWER, _parse_numbers(match["numbers"]))


def parse_unnumbered(line: str) -> Role | None:
    """Return whether the line is the heading of a question or of an answer without a number (`Antwoord:`), and nothing else."""
    match = _WITHOUT_NUMBER.fullmatch(line) if len(line) <= MAX_WORD else None
    if match is None:
        return None
    return Role.QUESTION if match["question"] else Role.ANSWER


def heading_end(paragraph: str) -> int:
    """Return where a heading ends that shares its paragraph with what it heads (`Vraag 1: Kent u ...`), or 0 if there is none."""
    if paragraph[:1] not in _FIRST_LETTERS or not paragraph[:1].isupper():
        return 0  # nearly always
    match = _BEGINS.match(paragraph, 0, MAX_HEADING)
    return match.end() if match else 0


def parse_pointer(answer: str) -> tuple[int, ...]:
    """Return the numbers of the answers that a short answer points to (`Zie het antwoord op vraag 2.`), or none if it says more than that."""
    match = _POINTER.search(answer) if len(answer) <= MAX_POINTER else None
    return _parse_numbers(match["numbers"]) if match else ()


def _parse_numbers(text: str) -> tuple[int, ...]:
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    for first, last in _RANGE.findall(text):
        numbers.update(range(int(first), int(last) + 1))
    return tuple(sorted(numbers))
