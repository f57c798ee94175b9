"""The `Embedder`: what the rest of the project needs from a text embedding model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from embeddings.arrays import Float32Array, Int64Array


@dataclass(frozen=True, kw_only=True)
class ModelIdentity:
    """What makes two sets of vectors comparable: they must share everything here.

    `revision` changes whenever the weights do; `query_prefix` and `passage_prefix` are put before every text by the embedder itself; `adapter` is the
    `Adapter.passage_revision` of what was trained on top, empty without any.
    """

    name: str
    revision: str
    dim: int
    query_prefix: str
    passage_prefix: str
    adapter: str = ""

    def __str__(self) -> str:
        adapter = f", adapter {self.adapter}" if self.adapter else ""
        return f"{self.name} (revision {self.revision}, {self.dim} dimensions{adapter})"


@dataclass(frozen=True, eq=False)
class TokenVectors:
    """The vectors of one text, one per token; prefix and special tokens are left out.

    Attributes:
        vectors: `(n_tokens, n_components)` float32, unit rows: the last layer's, or what an adapter makes of them.
        starts: `(n_tokens,)` int64, where each token begins in the text, in characters.
        ends: `(n_tokens,)` int64, where it ends.
        counts: `(n_tokens,)` float32, how much each token of a question counts beside the others; None where all count alike.
        bits: that a component takes where the vectors are kept, 2 or 4; see `packing`.
    """

    vectors: Float32Array
    starts: Int64Array
    ends: Int64Array
    counts: Float32Array | None = None
    bits: int = 4

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def weights(self) -> Float32Array:
        """How much each token counts, `(n_tokens,)` float32 with a sum of 1 unless there are none."""
        counts = np.ones(len(self), np.float32) if self.counts is None else self.counts
        return np.asarray(counts / max(float(counts.sum()), 1e-9), dtype=np.float32)

    def between(self, start: int, end: int) -> "TokenVectors":
        """Return the tokens that lie, wholly or in part, between two characters of the text, their positions counted from the first."""
        kept = (self.ends > start) & (self.starts < end)
        counts = None if self.counts is None else self.counts[kept]
        return TokenVectors(
            self.vectors[kept], np.maximum(self.starts[kept] - start, 0), self.ends[kept] - start, counts, self.bits
        )

    @classmethod
    def joined(cls, parts: "Sequence[TokenVectors]") -> "TokenVectors":
        """Return the tokens of parts of one text, one part after the other."""
        return cls(
            np.concatenate([part.vectors for part in parts]),
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.ends for part in parts]),
            bits=parts[0].bits,
        )

    def __repr__(self) -> str:
        return f"TokenVectors(n_tokens={len(self)}, dim={self.vectors.shape[1]})"


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Texts embedded in one pass of the model.

    Attributes:
        vectors: `(n_texts, dim)` float32, unit rows: one vector per text.
        tokens: the token vectors of every text, in the same order.
    """

    vectors: Float32Array
    tokens: list[TokenVectors]

    def __len__(self) -> int:
        return len(self.vectors)

    def __repr__(self) -> str:
        return f"Embeddings(n_texts={len(self)}, dim={self.vectors.shape[1]})"


class Embedder(Protocol):
    """Texts to vectors. Queries and passages are embedded by different methods, because E5-like models need different prefixes."""

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Return the embeddings of questions, in their order."""

    def embed_passages(self, passages: Sequence[str]) -> Embeddings:
        """Return the embeddings of passages, in their order."""
