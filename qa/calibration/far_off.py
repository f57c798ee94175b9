"""`FarOff`: whether a question is about something that no document here could be about: the weather, a recipe, a sum.

1. A linear model over the vector of the question alone knows such messages from questions about parliamentary papers; it knows nothing of the library.
2. How well the library answers is joined with it: only a question that both say is about something else is refused. A question about policy
   that this library has nothing on is not: it gets the nearest passages, under words that say how sure that is.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

import numpy as np

from embeddings import Float32Array, ModelIdentity

FILE = "far-off.json"


@dataclass(frozen=True, eq=False)
class FarOff:
    """The fitted models.

    Attributes:
        vector_weights: `(dim,)` float32, of the question's vector.
        vector_intercept: of the same model.
        least: the smallest logit of that model at which anything is refused.
        answerability, far_off, intercept: weights of the two logits together; above 0 a question is refused.
    """

    vector_weights: Float32Array
    vector_intercept: float
    least: float
    answerability: float
    far_off: float
    intercept: float

    def logit(self, vector: Float32Array) -> float:
        """Return how much a question, by its vector `(dim,)`, is like one about something else; 0 is as likely as not."""
        return float(vector @ self.vector_weights) + self.vector_intercept

    def refuses(self, vector: Float32Array, answerability: float) -> bool:
        """Tell whether a question is certainly about something else.

        Args:
            vector: of the question alone, `(dim,)` float32.
            answerability: how probable it is, by what was found, that the library answers it.
        """
        alone = self.logit(vector)
        answers = min(max(answerability, 1e-6), 1 - 1e-6)
        together = self.answerability * log(answers / (1 - answers)) + self.far_off * alone + self.intercept
        return alone > self.least and together > 0

    def to_json(self, identity: ModelIdentity) -> str:
        """Return the file's text for a model."""
        values = {name: round(float(getattr(self, name)), 5) for name in _NUMBERS}
        weights = [round(float(weight), 4) for weight in self.vector_weights]
        return json.dumps({"model": identity.name, "adapter": identity.adapter, **values, "vector_weights": weights}) + "\n"


_NUMBERS: Sequence[str] = ("vector_intercept", "least", "answerability", "far_off", "intercept")


@cache
def far_off_of(identity: ModelIdentity) -> FarOff | None:
    """Return what was fitted for a model with its adapter; None for any other, whose vectors mean something else."""
    stored = json.loads(files("qa.calibration").joinpath(FILE).read_text(encoding="utf-8"))
    if (stored["model"], stored["adapter"]) != (identity.name, identity.adapter):
        return None
    return FarOff(np.array(stored["vector_weights"], np.float32), **{name: stored[name] for name in _NUMBERS})
