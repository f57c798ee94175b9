"""`QuestionEncoder`: the questions' side of a model and its adapter as a torch module, to be trained.

What can be trained are low-rank updates of the linear maps of the encoder's last layers, the projection, and the weights of tokens; the model itself stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrize

from embeddings.adapter import Adapter
from embeddings.arrays import Float32Array
from embeddings.sentence_transformer import encoder_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_HEAD = "projection", "bias", "token_weight", "token_bias"
_DOT = "/"
"""In the names of torch's modules, which take no full stop."""


@dataclass(frozen=True)
class AskedText:
    """A question as it is embedded, and where the new one begins in it, behind earlier ones."""

    text: str
    start: int = 0


@dataclass(frozen=True, eq=False)
class Asked:
    """What the encoder makes of a question.

    Attributes:
        tokens: of the new question, `(n_tokens, n_components)` float32, every row as long as the token counts; together they are 1 long.
        pooled: `(dim,)` float32, the whole text's vector as the model pools it, of length 1.
    """

    tokens: Tensor
    pooled: Tensor


class QuestionEncoder(nn.Module):
    """Encodes questions with the weights that are trained.

    Args:
        model: without any adapter merged into it; it is changed.
        adapter: to begin with.
        prefix: put before every question.
        rank: of new updates of the encoder's weights; 0 makes none.
        n_layers: so many of the encoder's last layers get updates.
    """

    def __init__(self, model: "SentenceTransformer", adapter: Adapter, *, prefix: str, rank: int, n_layers: int) -> None:
        super().__init__()
        self._model, self._prefix = [model.float().eval()], prefix  # in a list: its parameters are not this module's
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        self.updates = _with_updates(encoder_of(model), adapter, rank, n_layers)
        self.head = nn.ParameterDict({name: nn.Parameter(torch.tensor(adapter.tensors[f"question.{name}"])) for name in _HEAD})

    def forward(self, questions: Sequence[AskedText], n_components: int | None = None) -> list[Asked]:
        """Return what it makes of questions, in their first `n_components` or all."""
        (model,) = self._model
        encoded = model.tokenizer(
            [self._prefix + one.text for one in questions],
            padding=True,
            truncation=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        spans = encoded.pop("offset_mapping") - len(self._prefix)
        rows = encoder_of(model)(**encoded).last_hidden_state
        asked = []
        for one, vectors, span, mask in zip(questions, rows, spans, encoded["attention_mask"], strict=True):
            new = (span[:, 1] > span[:, 0]) & (span[:, 0] >= 0) & (span[:, 1] > one.start)
            unit = functional.normalize(vectors[new], dim=-1)
            counts = functional.softplus(unit @ self.head["token_weight"] + self.head["token_bias"])
            projected = unit @ self.head["projection"][:, :n_components] + self.head["bias"][:n_components]
            tokens = functional.normalize(projected, dim=-1) * (counts / counts.sum())[:, None]
            asked.append(Asked(tokens, functional.normalize(vectors[mask.bool()].mean(dim=0), dim=0)))
        return asked

    def tensors(self) -> dict[str, Float32Array]:
        """Return what was trained, by the names of an adapter's tensors."""
        tensors = {f"question.{name}": values.detach().numpy().copy() for name, values in self.head.items()}
        for name, update in self.updates.items():
            for part, values in update.named_parameters():
                tensors[f"question.{name.replace(_DOT, '.')}.{part}"] = values.detach().numpy().copy()
        return tensors


class _LowRank(nn.Module):
    """A weight with its update, `W + b @ a`."""

    def __init__(self, a: Tensor, b: Tensor) -> None:
        super().__init__()
        self.a, self.b = nn.Parameter(a), nn.Parameter(b)

    def forward(self, weight: Tensor) -> Tensor:
        return weight + self.b @ self.a


def _with_updates(encoder: nn.Module, adapter: Adapter, rank: int, n_layers: int) -> nn.ModuleDict:
    """Give the linear maps of the encoder's last layers, and those that the adapter updates already, their updates; return these."""
    known = adapter.updates("question")
    layers = sorted({int(part) for name, _ in encoder.named_modules() for part in name.split(".") if part.isdigit()})
    trained = {str(layer) for layer in layers[-n_layers:]}
    updates = nn.ModuleDict()
    for module_name, module in list(encoder.named_modules()):
        name = f"{module_name}.weight"
        if not isinstance(module, nn.Linear) or not (name in known or (rank and trained & set(module_name.split(".")))):
            continue
        if name in known:
            a, b = (torch.tensor(part) for part in known[name])
        else:
            a = torch.randn(rank, module.in_features) / sqrt(module.in_features)
            b = torch.zeros(module.out_features, rank)
        update = _LowRank(a, b)
        parametrize.register_parametrization(module, "weight", update)
        updates[name.replace(".", _DOT)] = update
    return updates
