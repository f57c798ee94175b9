"""The numbered headings of a set of written questions: `Vraag 1`, `Antwoord 5 en 6`, `Antwoorden op vraag 3, 4, 5, 9 en 10`, `Mededeling`."""

import re
from dataclasses import dataclass

from qa.passage import Role

_NUMBERS = r"\d{1,3}(?:(?:\s*(?:,|en|t/m|tot en met|[-–])\s*|\s+)\d{1,3})*"
_HEADING = re.compile(
    rf"(?:(?P<question>vra(?:ag|gen))|(?P<answer>antwoord(?:en)?(?:\s+op(?:\s+de)?\s+vra(?:ag|gen))?))\s+(?P<numbers>{_NUMBERS})\s*[:.]?",
    re.IGNORECASE,
)
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


def _parse_numbers(text: str) -> tuple[int, ...]:
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    for first, last in _RANGE.findall(text):
        numbers.update(range(int(first), int(last) + 1))
    return tuple(sorted(numbers))
