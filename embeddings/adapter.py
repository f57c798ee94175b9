"""`Adapter`: what was trained on top of an embedding model for late interaction; plain NumPy, so that every engine gives the same.

1. Low-rank updates of the encoder's weights, `W + b @ a` (E. Hu et al., LoRA, 2021), apart for questions and for passages. They are merged when the model
   is opened, and cost nothing afterwards.
2. A projection of the last layer's unit token vectors to fewer dimensions, for each side with its own bias, which takes away what all tokens of a side
   have in common. The results are unit rows again (O. Khattab and M. Zaharia, ColBERT, 2020).
3. Weights of a question's tokens: a softplus of a learnt direction of the token's vector, scaled to a sum of 1. "de" and "hoeveel" count less than a name.

Every library of a model shares one space: nothing is learnt from what a library holds. The passages' part (`passage_revision`) decides whether stored
vectors can be used; the questions' part can be trained further for one library (`bronvraag train`) without touching what is stored. An adapter may have no
passages' part: then passages are compared as the model gives them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from embeddings.arrays import Float32Array, unit_rows
from embeddings.embedder import Embeddings
from embeddings.exceptions import ModelError

Side = Literal["question", "passage"]
SHIPPED = Path(__file__).parent / "adapters"
"""The adapters that come with the program, each named after its model and described in `README.md` there."""
_FORMAT = "bronvraag adapter 1"


@dataclass(frozen=True, eq=False)
class Adapter:
    """A trained adapter of one model.

    Attributes:
        model: name of the model that it was trained on.
        tensors: by name, float32: for each side `<side>.projection` `(dim, n_components)`, `<side>.bias` `(n_components,)` and, by the encoder's names of
            weights, `<side>.<weight>.a` `(rank, n_in)` and `<side>.<weight>.b` `(n_out, rank)`; `question.token_weight` `(dim,)`, `question.token_bias` `(1,)`.
        bits: that a component of a passage's tokens takes where these are kept.
    """

    model: str
    tensors: Mapping[str, Float32Array]
    bits: int = 4

    def __repr__(self) -> str:
        return f"Adapter({self.model!r}, n_components={self.n_components}, revision={self.passage_revision})"

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the adapter in a file.

        Raises:
            ModelError: it is not there, damaged, or not an adapter.
        """
        try:
            with safe_open(path, framework="numpy") as file:
                metadata = file.metadata() or {}
                tensors = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118 - not a dict
        except (OSError, SafetensorError) as error:
            raise ModelError(
                f"The adapter {path} cannot be read ({error}); restore the file, or delete it to go without."
            ) from error
        if metadata.get("format") != _FORMAT or metadata.get("bits", "4") not in {"2", "4"}:
            raise ModelError(f"{path} is not an adapter of this version of Bronvraag; make one with `bronvraag train`.")
        return cls(metadata.get("model", ""), _checked(tensors, path), bits=int(metadata.get("bits", "4")))

    def save(self, path: Path) -> None:
        """Write the adapter to `path` in float16, whole or not at all."""
        draft = path.with_name(f"{path.name}.part")
        tensors = {name: np.ascontiguousarray(values, dtype=np.float16) for name, values in self.tensors.items()}
        save_file(tensors, draft, metadata={"format": _FORMAT, "model": self.model, "bits": str(self.bits)})
        draft.replace(path)

    @classmethod
    def plain(cls, model: str, dim: int) -> Self:
        """Return the adapter that changes nothing, to begin training with: questions and passages in all dimensions, every token counting alike."""
        tensors = {
            "question.projection": np.eye(dim, dtype=np.float32),
            "question.bias": np.zeros(dim, np.float32),
            "question.token_weight": np.zeros(dim, np.float32),
            "question.token_bias": np.ones(1, np.float32),
        }
        return cls(model, tensors)

    @property
    def dim(self) -> int:
        """Dimensions of the model's own token vectors."""
        return len(self.tensors["question.projection"])

    @property
    def n_components(self) -> int:
        """Dimensions of a token vector in the adapter's space."""
        return int(self.tensors["question.projection"].shape[1])

    def require_dim(self, dim: int) -> None:
        """Refuse a model of other dimensions.

        Raises:
            ModelError: the adapter was trained on another model.
        """
        if dim != self.dim:
            raise ModelError(f"The adapter was trained on {self.model}, of {self.dim} dimensions; this model has {dim}.")

    @cached_property
    def passage_revision(self) -> str:
        """What changes whenever passages' vectors would: 12 hexadecimal digits of a checksum, or nothing for an adapter without a part for passages."""
        return self._checksum("passage") if "passage.projection" in self.tensors else ""

    @cached_property
    def question_revision(self) -> str:
        """The same for questions' vectors."""
        return self._checksum("question")

    def in_two_bits(self) -> Self:
        """Return the same adapter with both sides' components turned, so that all of them vary alike, which is what 2 bits a component ask for.

        Similarities stay as they are: the same random orthogonal matrix turns questions and passages (A. Zandieh et al., TurboQuant, 2025).
        """
        drawn = np.random.default_rng(0).standard_normal((self.n_components, self.n_components))
        turn = np.linalg.qr(drawn)[0].astype(np.float32)
        turned = {name: self.tensors[name] @ turn for name in self.tensors if name.endswith((".projection", ".bias"))}
        return replace(self, tensors={**self.tensors, **turned}, bits=2)

    def updates(self, side: Side) -> dict[str, tuple[Float32Array, Float32Array]]:
        """Return what is added to the encoder's weights on one side, by their names: `a`, `(rank, n_in)`, and `b`, `(n_out, rank)`, for `W + b @ a`."""
        names = [name for name in self.tensors if name.startswith(f"{side}.") and name.endswith(".a")]
        return {
            name.removeprefix(f"{side}.").removesuffix(".a"): (self.tensors[name], self.tensors[f"{name[:-2]}.b"])
            for name in names
        }

    def passages(self, embedded: Embeddings) -> Embeddings:
        """Return the embeddings of passages, from the encoder merged for passages, with token vectors in the adapter's space."""
        if "passage.projection" not in self.tensors:
            return embedded
        tokens = [replace(one, vectors=self._projected(one.vectors, "passage"), bits=self.bits) for one in embedded.tokens]
        return Embeddings(embedded.vectors, tokens)

    def questions(self, embedded: Embeddings) -> Embeddings:
        """Return the embeddings of questions, from the encoder merged for questions, with token vectors in the adapter's space and what each counts."""
        tokens = [
            replace(one, vectors=self._projected(one.vectors, "question"), counts=self._counts(one.vectors))
            for one in embedded.tokens
        ]
        return Embeddings(embedded.vectors, tokens)

    def _counts(self, unit: Float32Array) -> Float32Array:
        totals = unit @ self.tensors["question.token_weight"] + self.tensors["question.token_bias"]
        counts: Float32Array = np.logaddexp(0, totals).astype(np.float32)
        return counts

    def _projected(self, unit: Float32Array, side: Side) -> Float32Array:
        return unit_rows(unit @ self.tensors[f"{side}.projection"] + self.tensors[f"{side}.bias"])

    def _checksum(self, side: Side) -> str:
        digest = hashlib.sha256(self.model.encode() + (b"" if self.bits == 4 or side == "question" else b" 2"))
        for name in sorted(self.tensors):
            if name.startswith(f"{side}."):
                digest.update(name.encode())
                digest.update(self.tensors[name].astype("<f2").tobytes())
        return digest.hexdigest()[:12]


def shipped_adapter(model: str) -> Adapter | None:
    """Return the adapter that comes with the program for a model, if there is one."""
    path = SHIPPED / f"{model}.safetensors"
    return Adapter.load(path) if "/" not in model and "\\" not in model and path.is_file() else None


def _checked(tensors: dict[str, Float32Array], path: Path) -> dict[str, Float32Array]:
    """Return the tensors if they are all there and fit each other.

    Raises:
        ModelError: one is missing or has the wrong shape, or a value is not finite.
    """
    dim, n_components = tensors["question.projection"].shape if "question.projection" in tensors else (0, 0)
    for_passages = {"passage.projection": (dim, n_components), "passage.bias": (n_components,)}
    wanted = {
        **(for_passages if any(name.startswith("passage.") for name in tensors) else {}),
        "question.projection": (dim, n_components),
        "question.bias": (n_components,),
        "question.token_weight": (dim,),
        "question.token_bias": (1,),
    }
    wrong = [name for name, shape in wanted.items() if not dim or name not in tensors or tensors[name].shape != shape]
    wrong += [name for name in tensors if name.endswith(".a") and f"{name[:-2]}.b" not in tensors]
    wrong += [name for name, values in tensors.items() if not np.isfinite(values).all()]
    if wrong:
        raise ModelError(f"The adapter {path} is damaged (tensor {wrong[0]}); restore the file, or delete it to go without.")
    return tensors
