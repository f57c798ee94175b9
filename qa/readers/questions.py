"""Headings of questions, answers and notices whose markup says what they are, where the words say it only in part: `<vraag><nr>1</nr>`."""

import re

from qa.parliament.headings import parse_heading
from qa.passage import Role

NOTICE_HEADING = "Mededeling"

_ROLES = {"vraag": Role.QUESTION, "antwoord": Role.ANSWER, "kamervraagopmerking": Role.NOTICE}
_NUMBERS = re.compile(r"\d.*\d|\d")
_MAX_HEADING = 100


class Numbering:
    """The numbers of questions and answers met so far."""

    def __init__(self) -> None:
        self._last_question = 0

    def heading_of(self, word: str, first_text: str) -> tuple[str, bool]:
        """Return the heading that belongs above a question, answer or notice, and whether it replaces the text that stands there first.

        A question without any number counts from the one before it, and an answer without one answers the question before it: what stands in an
        element of its own may never be taken for part of the answer above it.

        Args:
            word: the name of the element or class: `vraag`, `antwoord` or `kamervraagopmerking`.
            first_text: what stands first in it: `Vraag 1`, `1`, `Antwoord op vraag 2 en 3`, or a sentence.
        """
        role = _ROLES[word]
        written = _heading(word, role, first_text)
        if role is Role.NOTICE:
            return NOTICE_HEADING, written is not None
        heading = written or f"{word.capitalize()} {self._last_question + (role is Role.QUESTION) or 1}"
        if role is Role.QUESTION and (parsed := parse_heading(heading)):
            self._last_question = max(parsed.numbers, default=0)
        return heading, written is not None


def _heading(word: str, role: Role, text: str) -> str | None:
    if len(text) > _MAX_HEADING:
        return None
    heading = parse_heading(text)
    if heading and heading.role is role:
        return text
    if role is Role.NOTICE:
        return None
    numbers = _NUMBERS.search(text) if heading else _NUMBERS.fullmatch(text.rstrip(".: "))
    made = f"{word.capitalize()} {numbers.group()}" if numbers else ""
    return made if parse_heading(made) else None
