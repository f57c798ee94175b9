"""`MessageModel`: how probable it is that a message is of a kind, by its vector alone; what it says in other words than are listed is told so.

A linear model with one row of weights for each kind (multinomial logistic regression), fitted on messages written for it and on questions about parliamentary
papers. It knows nothing of the library.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from embeddings import Float32Array, ModelIdentity
from qa.answer import MessageKind

FILE = "message-kinds.json"
CONTENT = MessageKind.CONTENT.value
ELSEWHERE = ("far-off", "nonsense")
"""Kinds that are no `MessageKind`: what no parliamentary paper is about, and what means nothing. They are searched for like content."""

MOST_CONTENT = 0.2
LEAST_OTHER = 0.6
"""A message is of another kind than content only if it is hardly content, and something of these kinds."""

_GOES_ON = frozenset(
    {
        MessageKind.GREETING,
        MessageKind.THANKS,
        MessageKind.GOODBYE,
        MessageKind.SUMMARISE,
        MessageKind.TRANSLATE,
        MessageKind.OPINION,
    }
)
"""What can be told of a message after others: `Where can I read that?` asks for help when it comes first, and for a source when it does not."""


@dataclass(frozen=True, eq=False)
class MessageModel:
    """The fitted weights.

    Attributes:
        kinds: of messages, among them `content` and those of `ELSEWHERE`.
        weights: `(n_kinds, dim)` float32.
        intercepts: `(n_kinds,)` float32.
    """

    kinds: Sequence[str]
    weights: Float32Array
    intercepts: Float32Array

    def probabilities(self, vector: Float32Array) -> dict[str, float]:
        """Return the probability of each kind for the vector of a message, `(dim,)`."""
        logits = self.weights @ vector + self.intercepts
        odds = np.exp(logits - logits.max())
        return dict(zip(self.kinds, map(float, odds / odds.sum()), strict=True))

    def kind(self, vector: Float32Array, *, has_history: bool = False) -> MessageKind:
        """Return the kind of a message by its vector `(dim,)`: content unless that is improbable."""
        of = self.probabilities(vector)
        other = {kind: p for kind, p in of.items() if kind != CONTENT and kind not in ELSEWHERE}
        best = max(other, key=other.__getitem__)
        is_other = of[CONTENT] <= MOST_CONTENT and sum(other.values()) >= LEAST_OTHER
        kind = MessageKind(best) if is_other else MessageKind.CONTENT
        return MessageKind.CONTENT if has_history and kind not in _GOES_ON else kind

    def elsewhere(self, vector: Float32Array) -> float:
        """Return the logit of a message being about nothing that parliamentary papers are about, against its being content."""
        of = self.probabilities(vector)
        return float(np.log(sum(of[kind] for kind in ELSEWHERE)) - np.log(of[CONTENT]))

    def to_json(self, identity: ModelIdentity) -> str:
        """Return the file's text for a model."""
        rows = {
            kind: [round(float(value), 3) for value in (intercept, *weights)]
            for kind, intercept, weights in zip(self.kinds, self.intercepts, self.weights, strict=True)
        }
        return json.dumps({"model": identity.name, "adapter": identity.adapter, "intercept_and_weights": rows}) + "\n"


@cache
def message_model_of(identity: ModelIdentity) -> MessageModel | None:
    """Return what was fitted for a model with its adapter; None for any other, whose vectors mean something else."""
    stored = json.loads(files("qa.understanding").joinpath(FILE).read_text(encoding="utf-8"))
    if (stored["model"], stored["adapter"]) != (identity.name, identity.adapter):
        return None
    rows = np.array(list(stored["intercept_and_weights"].values()), np.float32)
    return MessageModel(tuple(stored["intercept_and_weights"]), rows[:, 1:], rows[:, 0])
