"""Token vectors as bytes: 8 bits a component, a quarter of float32.

Only the direction of a token vector matters, so every row is scaled to its largest component, rounded to int8, and made unit length again when
unpacked; no scale is stored. Layout: `n_tokens * dim` int8, then `n_tokens` starts and `n_tokens` ends as uint32, little-endian.
"""

import numpy as np

from embeddings.arrays import unit_rows
from embeddings.embedder import TokenVectors

_SPAN_BYTES = 8


def pack_tokens(tokens: TokenVectors) -> bytes:
    """Return the token vectors as bytes."""
    largest = np.abs(tokens.vectors).max(axis=1, keepdims=True, initial=1e-12)
    rounded = np.rint(tokens.vectors * (127 / largest)).astype(np.int8)
    return b"".join([rounded.tobytes(), tokens.starts.astype("<u4").tobytes(), tokens.ends.astype("<u4").tobytes()])


def unpack_tokens(packed: bytes, dim: int) -> TokenVectors:
    """Return the token vectors that `pack_tokens` packed, unit rows again.

    Raises:
        ValueError: the bytes are not a whole number of tokens of `dim` dimensions.
    """
    n_tokens, rest = divmod(len(packed), dim + _SPAN_BYTES)
    if rest:
        raise ValueError(f"{len(packed)} bytes are not a whole number of tokens of {dim} dimensions")
    vectors = np.frombuffer(packed, np.int8, n_tokens * dim).reshape(n_tokens, dim)
    starts, ends = np.frombuffer(packed, "<u4", 2 * n_tokens, n_tokens * dim).astype(np.int64).reshape(2, n_tokens)
    return TokenVectors(unit_rows(vectors), starts, ends)
