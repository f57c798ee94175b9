"""Places in a text that name an answer of the same document, such as `het antwoord op vraag 3`."""

import re
from collections.abc import Sequence

from qa.passage import Passage, Role

_ANSWER_TO = re.compile(r"\b[Aa]ntwoord(?:en)? op (?:de )?vra(?:ag|gen) (?P<number>[0-9]{1,3})\b")


def answers_named(text: str, passages: Sequence[Passage]) -> list[tuple[tuple[int, int], int]]:
    """Return where the text names an answer, with the offset at which that answer begins."""
    starts: dict[int, int] = {}
    for passage in passages:
        if passage.role is Role.ANSWER:
            for number in passage.numbers:
                starts.setdefault(number, passage.start)
    named = ((match.span(), starts.get(int(match["number"]))) for match in _ANSWER_TO.finditer(text))
    return [(span, start) for span, start in named if start is not None] if starts else []
