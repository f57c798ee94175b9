"""Vectors as pgvector keeps them, two bytes a component, and back."""

import numpy as np
from pgvector import HalfVector

from embeddings import Float32Array


def array_of(kept: HalfVector) -> Float32Array:
    """Return a vector, `(dim,)` float32."""
    return kept.to_numpy().astype(np.float32)


def halved(vector: Float32Array) -> HalfVector:
    """Return a vector, `(dim,)` float32, as it is kept; the products of unit vectors change by less than .001."""
    return HalfVector(vector)
