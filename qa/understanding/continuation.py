"""`Continuation`: whether a question goes on with the conversation or starts anew.

Both mistakes cost: "en in 2023?" means nothing alone, and a new question read with an old one is answered about the old subject. It is
decided by a logistic model over the wording of the question and over how well it is answered when it is read alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from qa.answer import Language
from qa.text.words import question_words

CONTINUATION_SIGNALS = ("content_words", "words", "pronouns", "opening", "standalone")

_WORD = re.compile(r"[\w'’-]+")
_PRONOUNS = frozenset(
    """dat die dit deze daar daarvan daarover daarbij daarvoor daarmee daarin daarna er ervan ervoor erover eraan erbij hij zij ze hun hen het zo zulke
    hoezo toen dan dezelfde hetzelfde it that this they them those these he she his her their its there then so such same""".split()
)
_OPENINGS = frozenset("en and maar but ook also of or hoe what why waarom".split())


@dataclass(frozen=True)
class Continuation:
    """A logistic model: the weight of each signal in `CONTINUATION_SIGNALS`, and the intercept."""

    weights: Mapping[str, float]
    intercept: float

    def continues(self, signals: Sequence[float]) -> bool:
        """Whether a question with these signals, in their order, more likely than not goes on with the conversation."""
        total = self.intercept + sum(
            self.weights[name] * value for name, value in zip(CONTINUATION_SIGNALS, signals, strict=True)
        )
        return 1 / (1 + exp(-max(min(total, 50), -50))) > 0.5


def continuation_signals(question: str, language: Language, standalone: float) -> tuple[float, ...]:
    """Return the signals of a question.

    Args:
        question: as typed.
        language: of the question.
        standalone: how well the best passage matches it when it is read alone.
    """
    words = _WORD.findall(question.casefold())
    return (
        float(len(question_words(question, language))),
        float(len(words)),
        float(sum(word in _PRONOUNS for word in words)),
        float(bool(words) and words[0] in _OPENINGS),
        standalone,
    )
