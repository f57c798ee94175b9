"""From a score to a word, and to the decision that nothing is relevant enough.

The thresholds belong to a model. Those of the embedded model were chosen on 217 questions about thirteen published sets of questions (none of
them shipped), for Dutch and English questions apart, since a question in the text's own language scores higher:

- below `refusal`: 0 of 8 Dutch and 3 of 8 English questions about something else score higher; 0 of 103 Dutch and 4 of 82 English questions that can be
  answered score lower;
- from `strong` on, the first passage was the right one in about three of four questions; between `possible` and `strong` in about three of five.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from qa.answer import Language, Relevance


@dataclass(frozen=True)
class Thresholds:
    """Lowest scores for a citation to be shown at all, to be called possible, and to be called strong."""

    refusal: float
    possible: float
    strong: float

    def relevance(self, score: float) -> Relevance | None:
        """Return the score in a word, or None when it is too low to be shown."""
        if score < self.refusal:
            return None
        if score < self.possible:
            return Relevance.WEAK
        return Relevance.POSSIBLE if score < self.strong else Relevance.STRONG

    def for_question(self, standalone_score: float) -> "Thresholds":
        """Return the thresholds for a question that scores `standalone_score` at best when it is read by itself.

        One that is too weak by itself may lean on the earlier questions, but must then score higher: read after a question about the documents, one
        about the weather resembles them too.
        """
        if standalone_score >= self.refusal:
            return self
        return replace(self, refusal=self.refusal + FOLLOW_UP_MARGIN)


FOLLOW_UP_MARGIN = 0.01
"""Chosen with the thresholds: none of 26 real follow-ups is refused for it, and of 48 times that a question about something else came after an
answered one, 20 are answered instead of 32 (9 of them with or without a history)."""

Calibration = Mapping[Language, Thresholds]
"""Thresholds by the language of the question."""

CALIBRATIONS: Mapping[str, Calibration] = {
    "multilingual-e5-small": {
        "nl": Thresholds(refusal=0.796, possible=0.83, strong=0.875),
        "en": Thresholds(refusal=0.775, possible=0.80, strong=0.825),
    }
}

UNCALIBRATED: Calibration = dict.fromkeys(
    get_args(Language), Thresholds(refusal=float("-inf"), possible=float("-inf"), strong=float("inf"))
)
"""For a model without measured thresholds: nothing is refused and everything is called possible."""


def calibration_of(model_name: str) -> Calibration:
    """Return the thresholds that were measured for a model."""
    return CALIBRATIONS.get(model_name, UNCALIBRATED)
