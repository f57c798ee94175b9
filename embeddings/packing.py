"""Token vectors as bytes: 4 bits a component.

1. Token vectors are unit rows, so only their direction is kept: every row is scaled until its largest component is 7, rounded, and scaled to length 1
   again when it is unpacked. In 128 components the cosine with the row before is .99.
2. Tokens stand in the order of the text and close together: a token's place is how far it begins behind the one before, and its length, a byte each.
   Where one is longer or further away, all places are written out.

Layout, little-endian: the number of components as uint16, the bytes a number of a place takes as uint8 (1 or 4), `n_tokens * ceil(n_components / 2)` bytes
of two components each, the even one in the lower half; then `n_tokens` steps and `n_tokens` lengths as uint8, or starts and ends as uint32.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from embeddings.arrays import Float32Array, Int64Array
from embeddings.embedder import TokenVectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEADER_BYTES = 3
_NARROW, _WIDE = 1, 4
_LARGEST = 7
_OFFSET = 8
_BYTES = np.arange(256)
_PAIRS: Float32Array = np.stack([_BYTES & 0xF, _BYTES >> 4], axis=1).astype(np.float32) - _OFFSET
"""`(256, 2)` float32, the two components that each byte stands for."""


def pack_tokens(tokens: TokenVectors) -> bytes:
    """Return the directions of token vectors, and their places, as bytes."""
    header = np.array([tokens.vectors.shape[1]], "<u2").tobytes()
    steps, lengths = np.diff(tokens.starts, prepend=0), tokens.ends - tokens.starts
    numbers = np.concatenate([steps, lengths])
    if ((numbers >= 0) & (numbers < 1 << 8)).all():
        return b"".join([header, bytes([_NARROW]), _nibbles(tokens), numbers.astype(np.uint8).tobytes()])
    places = np.concatenate([tokens.starts, tokens.ends]).astype("<u4")
    return b"".join([header, bytes([_WIDE]), _nibbles(tokens), places.tobytes()])


def _nibbles(tokens: TokenVectors) -> bytes:
    rows = tokens.vectors
    largest = np.abs(rows).max(axis=1, initial=0, keepdims=True)
    scaled = np.divide(rows * _LARGEST, largest, out=np.zeros_like(rows), where=largest > 0)
    levels = (np.rint(scaled) + _OFFSET).astype(np.uint8)
    if levels.shape[1] % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)), constant_values=_OFFSET)
    packed: NDArray[np.uint8] = levels[:, ::2] | (levels[:, 1::2] << 4)
    return packed.tobytes()


def unpack_tokens(packed: bytes) -> TokenVectors:
    """Return the token vectors that `pack_tokens` packed, unit rows.

    Raises:
        ValueError: the bytes are not a whole number of tokens.
    """
    return unpack_all([packed])[0]


def unpack_all(packed: Sequence[bytes]) -> list[TokenVectors]:
    """Return the token vectors of many texts, each as `unpack_tokens` does; all at once where all have as many components.

    Raises:
        ValueError: the bytes of one are not a whole number of tokens.
    """
    if not packed:
        return []
    heads = [_head(one) for one in packed]
    dims = {dim for dim, _width, _n_tokens in heads}
    if len(dims) > 1:
        return [unpack_tokens(one) for one in packed]
    (dim,) = dims
    row_bytes = (dim + 1) // 2
    nibbles = b"".join(
        one[_HEADER_BYTES : _HEADER_BYTES + n_tokens * row_bytes] for one, (*_, n_tokens) in zip(packed, heads, strict=True)
    )
    rows = _PAIRS.take(np.frombuffer(nibbles, np.uint8), axis=0).reshape(-1, 2 * row_bytes)[:, :dim]
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    rows /= lengths[:, None]
    unpacked, at = [], 0
    for one, (_dim, width, n_tokens) in zip(packed, heads, strict=True):
        starts, ends = _places(one, _HEADER_BYTES + n_tokens * row_bytes, n_tokens, width)
        unpacked.append(TokenVectors(rows[at : at + n_tokens], starts, ends))
        at += n_tokens
    return unpacked


def _head(packed: bytes) -> tuple[int, int, int]:
    """Return the number of components, the bytes a number of a place takes, and the number of tokens."""
    dim, width = int.from_bytes(packed[:2], "little"), int.from_bytes(packed[2:_HEADER_BYTES])
    n_tokens, rest = divmod(len(packed) - _HEADER_BYTES, (dim + 1) // 2 + 2 * max(width, _NARROW))
    if rest or n_tokens < 0 or width not in {_NARROW, _WIDE}:
        raise ValueError(f"{len(packed)} bytes are not a whole number of tokens of {dim} components")
    return dim, width, n_tokens


def _places(packed: bytes, at: int, n_tokens: int, width: int) -> tuple[Int64Array, Int64Array]:
    """Return where tokens start and end, in characters."""
    if width == _WIDE:
        starts, ends = np.frombuffer(packed, "<u4", 2 * n_tokens, at).astype(np.int64).reshape(2, n_tokens)
        return starts, ends
    steps, lengths = np.frombuffer(packed, np.uint8, 2 * n_tokens, at).astype(np.int64).reshape(2, n_tokens)
    starts = np.cumsum(steps)
    return starts, starts + lengths
