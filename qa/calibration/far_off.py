"""`FarOff`: whether a question is certainly about something that no document here is about: the weather, a recipe, a sum.

1. `MessageModel` knows such messages from questions about parliamentary papers by their vector alone; it knows nothing of the library.
2. How well the library answers is joined with it: only a question that both say is about something else is refused. A question about policy
   that this library has nothing on is not: it gets the nearest passages, under words that say how sure that is.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from embeddings import Float32Array, ModelIdentity
from qa.understanding.message_model import MessageModel, message_model_of

FILE = "far-off.json"


@dataclass(frozen=True, eq=False)
class FarOff:
    """The fitted weights.

    Attributes:
        messages: tells what is elsewhere by its vector.
        least: the smallest logit of that at which anything is refused.
        answerability, elsewhere, intercept: weights of the two logits together; above 0 a question is refused.
    """

    messages: MessageModel
    least: float
    answerability: float
    elsewhere: float
    intercept: float

    def refuses(self, vector: Float32Array, answerability: float, *, margin: float = 0.0) -> bool:
        """Tell whether a question is certainly about something else.

        Args:
            vector: of the question alone, `(dim,)` float32.
            answerability: how probable it is, by what was found, that the library answers it.
            margin: by how much both logits must be above their least.
        """
        alone = self.messages.elsewhere(vector)
        answers = min(max(answerability, 1e-6), 1 - 1e-6)
        together = self.answerability * log(answers / (1 - answers)) + self.elsewhere * alone + self.intercept
        return alone > self.least + margin and together > margin

    def to_json(self, identity: ModelIdentity) -> str:
        """Return the file's text for a model."""
        values = {name: round(float(getattr(self, name)), 5) for name in _NUMBERS}
        return json.dumps({"model": identity.name, "adapter": identity.adapter, **values}, indent=1) + "\n"


_NUMBERS: Sequence[str] = ("least", "answerability", "elsewhere", "intercept")


@cache
def far_off_of(identity: ModelIdentity) -> FarOff | None:
    """Return what was fitted for a model with its adapter; None for any other, whose vectors mean something else."""
    stored = json.loads(files("qa.calibration").joinpath(FILE).read_text(encoding="utf-8"))
    messages = message_model_of(identity)
    if messages is None or (stored["model"], stored["adapter"]) != (identity.name, identity.adapter):
        return None
    return FarOff(messages, **{name: stored[name] for name in _NUMBERS})
