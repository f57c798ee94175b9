"""`TokenSpace`: token vectors moved to the middle of their kind and turned to the directions in which they differ most.

1. Token vectors of one model all point roughly the same way, in a way of its own for every language; that part says nothing about meaning. Taking
   the mean of their own language from question and passage alike makes the two comparable (J. Mu and P. Viswanath, "All-but-the-top", ICLR 2018;
   by language: J. Libovický et al., "How language-neutral is multilingual BERT?", 2019).
2. Of what is left, principal components keep the most in the fewest numbers (K. Pearson, 1901).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from embeddings.arrays import Float32Array, unit_rows


@dataclass(frozen=True, eq=False)
class TokenSpace:
    """Where token vectors are compared.

    Attributes:
        mean: `(dim,)` float32, of the passages' token vectors.
        components: `(dim, n_components)` float32, orthonormal columns; None compares in all dimensions as they are.
    """

    mean: Float32Array
    components: Float32Array | None = None

    def __repr__(self) -> str:
        return f"TokenSpace(dim={len(self.mean)}, n_components={self.n_components})"

    @property
    def n_components(self) -> int:
        """Dimensions of a vector in this space."""
        return len(self.mean) if self.components is None else self.components.shape[1]

    @classmethod
    def learn(cls, vectors: Float32Array, n_components: int) -> Self:
        """Return the space of the `n_components` directions in which `vectors`, `(n, dim)` float32, differ most."""
        mean = vectors.mean(axis=0)
        centred = vectors - mean
        _values, directions = np.linalg.eigh(centred.T @ centred)  # in rising order
        return cls(mean, np.ascontiguousarray(directions[:, ::-1][:, :n_components]))

    def place(self, vectors: Float32Array, mean: Float32Array | None = None) -> Float32Array:
        """Return token vectors in this space.

        Args:
            vectors: `(n_tokens, dim)` float32.
            mean: `(dim,)` float32, of vectors of the same kind, where these are not passages'.

        Returns:
            `(n_tokens, n_components)` float32: unit rows, or what of them lies in the components. So the product of two rows is about their
            cosine in all dimensions, and scores mean the same in a library with components as in one without.
        """
        centred = unit_rows(vectors - (self.mean if mean is None else mean))
        return centred if self.components is None else centred @ self.components

    def to_bytes(self) -> bytes:
        """Return mean and components as little-endian float32."""
        parts = [self.mean] if self.components is None else [self.mean, self.components]
        return b"".join(part.astype("<f4").tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes, dim: int) -> Self:
        """Return the space that `to_bytes` wrote, for vectors of `dim` dimensions."""
        numbers = np.frombuffer(data, "<f4").astype(np.float32)
        return cls(numbers[:dim], numbers[dim:].reshape(dim, -1) if len(numbers) > dim else None)
