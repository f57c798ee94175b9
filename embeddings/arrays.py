"""Array types, so that every signature can say what it holds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Float32Array = NDArray[np.float32]
"""Vectors and scores: always float32 in this project."""

Int64Array = NDArray[np.int64]
"""Ids and character offsets."""

BoolArray = NDArray[np.bool_]
"""Which of several are meant."""

FloatArray = NDArray[np.floating[Any]]
"""Any floating-point array, at a border with another library."""


def unit_rows(vectors: FloatArray | NDArray[np.int8]) -> Float32Array:
    """Return `vectors` with every row scaled to length 1; a row of zeros stays zero.

    Args:
        vectors: `(n, dim)`, floating point or int8.

    Returns:
        `(n, dim)` float32.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    lengths: Float32Array = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
