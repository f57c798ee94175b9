"""From a score to a word, and to the decision that nothing is relevant enough.

The thresholds belong to a model. Those of the embedded model were chosen on 217 questions about thirteen published sets of questions (none of
them shipped), for Dutch and English questions apart, since a question in the text's own language scores higher:

- below `refusal`: 0 of 8 Dutch and 3 of 8 English questions about something else score higher, and 1 % of Dutch and 3 % of English
  questions that can be answered score lower;
- from `strong` on, the first passage was the right one in about three of four questions; between `possible` and `strong` in about three of five.
"""

from dataclasses import dataclass

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


CALIBRATED: dict[str, dict[Language, Thresholds]] = {
    "multilingual-e5-small": {
        "nl": Thresholds(refusal=0.796, possible=0.83, strong=0.875),
        "en": Thresholds(refusal=0.775, possible=0.80, strong=0.825),
    }
}

UNCALIBRATED = Thresholds(refusal=float("-inf"), possible=float("-inf"), strong=float("inf"))
"""For a model without measured thresholds: nothing is refused and everything is called possible."""


def thresholds_for(model_name: str, language: Language) -> Thresholds:
    """Return the thresholds for a model and the language of the question."""
    return CALIBRATED[model_name][language] if model_name in CALIBRATED else UNCALIBRATED
