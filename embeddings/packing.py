"""Token vectors as bytes: 8 bits a component, a quarter of float32.

Only the direction of a token vector matters, so every row is scaled to its largest component, rounded to int8, and made unit length again when
unpacked; no scale is stored. Layout, little-endian: the number of components as uint16, `n_tokens * n_components` int8, then `n_tokens` starts and
`n_tokens` ends as uint32.
"""

import numpy as np

from embeddings.arrays import unit_rows
from embeddings.embedder import TokenVectors

_HEADER_BYTES = 2
_SPAN_BYTES = 8


def pack_tokens(tokens: TokenVectors) -> bytes:
    """Return the token vectors as bytes."""
    largest = np.abs(tokens.vectors).max(axis=1, keepdims=True, initial=1e-12)
    rounded = np.rint(tokens.vectors * (127 / largest)).astype(np.int8)
    header = np.array([tokens.vectors.shape[1]], "<u2")
    return b"".join(
        [header.tobytes(), rounded.tobytes(), tokens.starts.astype("<u4").tobytes(), tokens.ends.astype("<u4").tobytes()]
    )


def n_components_of(packed: bytes) -> int:
    """Return how many components the packed token vectors have each."""
    return int.from_bytes(packed[:_HEADER_BYTES], "little")


def unpack_tokens(packed: bytes) -> TokenVectors:
    """Return the token vectors that `pack_tokens` packed, unit rows again.

    Raises:
        ValueError: the bytes are not a whole number of tokens.
    """
    dim = n_components_of(packed)
    n_tokens, rest = divmod(len(packed) - _HEADER_BYTES, dim + _SPAN_BYTES)
    if rest or n_tokens < 0:
        raise ValueError(f"{len(packed)} bytes are not a whole number of tokens of {dim} components")
    vectors = np.frombuffer(packed, np.int8, n_tokens * dim, _HEADER_BYTES).reshape(n_tokens, dim)
    spans = np.frombuffer(packed, "<u4", 2 * n_tokens, _HEADER_BYTES + n_tokens * dim)
    starts, ends = spans.astype(np.int64).reshape(2, n_tokens)
    return TokenVectors(unit_rows(vectors), starts, ends)
