"""Token vectors as bytes: 8 bits a component, a quarter of float32.

Every row is scaled to its largest component and rounded to int8; the scale is kept as float16, so that rows keep their length, which in a space of fewer
dimensions says how much of the vector lies in it. Layout, little-endian: the number of components as uint16, `n_tokens * n_components` int8, `n_tokens`
scales as float16, then `n_tokens` starts and `n_tokens` ends as uint32.
"""

import numpy as np

from embeddings.embedder import TokenVectors

_HEADER_BYTES = 2
_SCALE_BYTES = 2
_SPAN_BYTES = 8
_LARGEST = 127
_SMALLEST_SCALE = 1e-4
"""Of a row of zeros, or nearly so."""


def pack_tokens(tokens: TokenVectors) -> bytes:
    """Return the token vectors as bytes."""
    largest = np.abs(tokens.vectors).max(axis=1, initial=0)
    scales = np.maximum(largest / _LARGEST, _SMALLEST_SCALE).astype("<f2")
    rounded = np.rint(tokens.vectors / scales.astype(np.float32)[:, None]).clip(-_LARGEST, _LARGEST).astype(np.int8)
    header = np.array([tokens.vectors.shape[1]], "<u2")
    spans = tokens.starts.astype("<u4").tobytes(), tokens.ends.astype("<u4").tobytes()
    return b"".join([header.tobytes(), rounded.tobytes(), scales.tobytes(), *spans])


def n_components_of(packed: bytes) -> int:
    """Return how many components the packed token vectors have each."""
    return int.from_bytes(packed[:_HEADER_BYTES], "little")


def unpack_tokens(packed: bytes) -> TokenVectors:
    """Return the token vectors that `pack_tokens` packed.

    Raises:
        ValueError: the bytes are not a whole number of tokens.
    """
    dim = n_components_of(packed)
    n_tokens, rest = divmod(len(packed) - _HEADER_BYTES, dim + _SCALE_BYTES + _SPAN_BYTES)
    if rest or n_tokens < 0:
        raise ValueError(f"{len(packed)} bytes are not a whole number of tokens of {dim} components")
    place = _HEADER_BYTES + n_tokens * dim
    vectors = np.frombuffer(packed, np.int8, n_tokens * dim, _HEADER_BYTES).reshape(n_tokens, dim)
    scales = np.frombuffer(packed, "<f2", n_tokens, place).astype(np.float32)
    spans = np.frombuffer(packed, "<u4", 2 * n_tokens, place + n_tokens * _SCALE_BYTES)
    starts, ends = spans.astype(np.int64).reshape(2, n_tokens)
    return TokenVectors(vectors * scales[:, None], starts, ends)
