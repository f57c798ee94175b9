"""The numbered headings of a set of written questions: `Vraag 1`, `Antwoord 5 en 6`, `Antwoorden op vraag 3, 4, 5, 9 en 10`, `Mededeling`."""

import re
from dataclasses import dataclass

from qa.passage import Role

_NUMBERS = r"\d{1,3}(?:(?:\s*(?:,|en|t/m|tot en met|[-–])\s*|\s+)\d{1,3})*"
_HEADING = re.compile(
    rf"(?:(?P<question>vra(?:ag|gen))|(?P<answer>antwoord(?:en)?(?:\s+op(?:\s+de)?\s+vra(?:ag|gen))?))\s+(?P<numbers>{_NUMBERS})\s*[:.]?",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:\b(?:zie|verwijs|verwezen|verwijzen)\b[^.?!]{0,80}?|^(?:zoals )?in (?:het |mijn )?)"
    rf"\bantwoord(?:en)?(?:\s+op(?:\s+de)?(?:\s+vra(?:ag|gen))?)?\s+(?P<numbers>{_NUMBERS})",
    re.IGNORECASE,
)
MAX_POINTER = 200
"""An answer that only points to another is shorter."""

_NOTICE = re.compile(r"mededeling(?:en)?\s*[:.]?", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|[-–])\s*(\d+)")


@dataclass(frozen=True)
class Heading:
    """What a heading announces: questions or answers with their numbers, or a notice."""

    role: Role
    numbers: tuple[int, ...] = ()


def parse_heading(line: str) -> Heading | None:
    """Return what the line announces if it is such a heading, and nothing else; otherwise None."""
    if _NOTICE.fullmatch(line):
        return Heading(Role.NOTICE)
    match = _HEADING.fullmatch(line)
    if match is None:
        return None
    return Heading(Role.QUESTION if match["question"] else Role.ANSWER, _parse_numbers(match["numbers"]))


def parse_pointer(answer: str) -> tuple[int, ...]:
    """Return the numbers of the answers that a short answer points to (`Zie het antwoord op vraag 2.`), or none if it says more than that."""
    match = _POINTER.search(answer) if len(answer) <= MAX_POINTER else None
    return _parse_numbers(match["numbers"]) if match else ()


def _parse_numbers(text: str) -> tuple[int, ...]:
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    for first, last in _RANGE.findall(text):
        numbers.update(range(int(first), int(last) + 1))
    return tuple(sorted(numbers))
