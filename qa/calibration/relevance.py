"""`LogisticModel`: how probable something is of a passage, such as that it holds the answer, by logistic regression over a few signals (D. Cox, 1958; as calibration: J. Platt, 1999)."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, field_validator

from embeddings import Float32Array, FloatArray
from qa.retrieval import SIGNALS, ScoredPassage

RELEVANCE_SIGNALS = ("passage", "context", "weakest", "words", "lead")
"""Those of ranking that speak of relevance, and `lead`: how far the passage stands above the mean of the first `LEAD_OVER`."""
LEAD_OVER = 10

LEAST_POSSIBLE = 0.1
"""Probability below which the first passage is too surely not the right one for anything to be found."""

N_FIRST = 5
"""Passages that say how well a question is answered."""

_MATCHES = SIGNALS[:4]
ANSWER_SIGNALS = (*(f"best_{name}" for name in _MATCHES), *(f"first_{name}" for name in _MATCHES), "length")
"""Those of a whole answer: the largest of each match among the first `N_FIRST` passages, that of the first, and the logarithm of the number of words in the question,
since few words are matched well more easily than many. How far the first stands above the others says
which passage is right and not whether any is, and differs between kinds and sizes of libraries; with it, questions close by are told worse (see the journal)."""

_COLUMNS = [SIGNALS.index(name) for name in RELEVANCE_SIGNALS[:-1]]


class LogisticModel(BaseModel):
    """The intercept, and the weight of each signal in `RELEVANCE_SIGNALS`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    signals: ClassVar[tuple[str, ...]] = RELEVANCE_SIGNALS

    intercept: float
    weights: dict[str, float]

    @field_validator("weights")
    @classmethod
    def _weighs_every_signal(cls, weights: dict[str, float]) -> dict[str, float]:
        require_weights(weights, cls.signals)
        return weights

    def probabilities(self, ranked: Sequence[ScoredPassage], n_judged: int) -> list[float]:
        """Return, for the first `n_judged` of the ranked passages, the probability of each."""
        return [float(probability) for probability in self.probabilities_of(relevance_signals(ranked, n_judged))]

    def probabilities_of(self, signals: FloatArray) -> FloatArray:
        """Return the probability for each row of signals, `(n, n_signals)`, as `(n,)`."""
        totals = signals @ np.array([self.weights[name] for name in self.signals]) + self.intercept
        probabilities: FloatArray = 1 / (1 + np.exp(-np.clip(totals, -50, 50)))
        return probabilities


class AnswerModel(LogisticModel):
    """The same over `ANSWER_SIGNALS`: how probable something is of a whole answer, such as that its first passage is right."""

    signals: ClassVar[tuple[str, ...]] = ANSWER_SIGNALS

    def probability(self, ranked: Sequence[ScoredPassage], question: str) -> float:
        """Return the probability for the passages ranked for a question; 0 without any."""
        if not ranked:
            return 0.0
        signals = np.array([passage.signals for passage in ranked[:N_FIRST]], dtype=np.float64)
        return float(self.probabilities_of(answer_signals(signals, n_words_of(question))[None])[0])


def n_words_of(question: str) -> int:
    """Return the number of words of a question as it was typed."""
    return len(question.split())


def answer_signals(signals: FloatArray, n_words: int) -> FloatArray:
    """Return the signals of an answer, `(n_answer_signals,)`.

    Args:
        signals: `(n_passages, n_signals)` of `qa.retrieval.SIGNALS`, best first, at least one row.
        n_words: of the question.
    """
    matches = signals[:N_FIRST, : len(_MATCHES)]
    together: FloatArray = np.concatenate([matches.max(axis=0), matches[0], [np.log1p(n_words)]])
    return together


def relevance_signals(ranked: Sequence[ScoredPassage], n_judged: int) -> Float32Array:
    """Return the signals of the first `n_judged` of the ranked passages, `(n_judged, n_signals)` float32."""
    rest = float(np.mean([passage.score for passage in ranked[:LEAD_OVER]])) if ranked else 0.0
    rows = [[*passage.signals[_COLUMNS], passage.score - rest] for passage in ranked[:n_judged]]
    return np.array(rows, dtype=np.float32).reshape(-1, len(RELEVANCE_SIGNALS))


def require_weights(weights: Mapping[str, float], signals: Sequence[str]) -> None:
    """Refuse weights of other signals than these, as a file has that was made by another version of the program.

    Raises:
        ValueError: one is missing, or one too many.
    """
    if set(weights) != set(signals):
        raise ValueError(f"there should be weights of exactly the signals {', '.join(signals)}, not {', '.join(weights)}")
