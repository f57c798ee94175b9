"""The `Embedder`: what the rest of the project needs from a text embedding model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from embeddings.arrays import Float32Array, Int64Array


@dataclass(frozen=True, kw_only=True)
class ModelIdentity:
    """What makes two sets of vectors comparable: they must share everything here.

    `revision` changes whenever the weights do; `query_prefix` and `passage_prefix` are put before every text by the embedder itself.
    """

    name: str
    revision: str
    dim: int
    query_prefix: str
    passage_prefix: str

    def __str__(self) -> str:
        return f"{self.name} (revision {self.revision}, {self.dim} dimensions)"


@dataclass(frozen=True, eq=False)
class TokenVectors:
    """The last layer's vectors of one text, one per token; prefix and special tokens are left out.

    Attributes:
        vectors: `(n_tokens, dim)` float32, unit rows.
        starts: `(n_tokens,)` int64, where each token begins in the text, in characters.
        ends: `(n_tokens,)` int64, where it ends.
    """

    vectors: Float32Array
    starts: Int64Array
    ends: Int64Array

    def __len__(self) -> int:
        return len(self.vectors)

    def between(self, start: int, end: int) -> "TokenVectors":
        """Return the tokens that lie, wholly or in part, between two characters of the text, their positions counted from the first."""
        kept = (self.ends > start) & (self.starts < end)
        return TokenVectors(self.vectors[kept], np.maximum(self.starts[kept] - start, 0), self.ends[kept] - start)

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
