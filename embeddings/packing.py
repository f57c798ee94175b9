"""Token vectors as bytes: 4 or 2 bits a component.

1. Token vectors are unit rows, so only their direction is kept, and a row is scaled to length 1 again when it is unpacked. In 4 bits it is scaled until
   its largest component is 7, and rounded: in 128 components the cosine with the row before is .99.
2. In 2 bits a component is one of the four levels that lose least of a normal distribution (J. Max, "Quantizing for minimum distortion", 1960). That asks for
   components that vary alike, as an adapter makes them (`Adapter.in_two_bits`); the cosine is then .94.
3. Tokens stand in the order of the text and close together: a token's place is how far it begins behind the one before, and its length, a byte each.
   Where one is longer or further away, all places are written out.

Layout, little-endian: the number of components as uint16; as uint8 the bytes that a number of a place takes (1 or 4), and 16 more where a component takes 2 bits;
`n_tokens` rows of components, the first in the lowest bits of a byte, filled up to whole bytes; then `n_tokens` steps and `n_tokens` lengths as uint8, or starts
and ends as uint32.
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
_COARSE = 16
_LARGEST, _OFFSET = 7, 8
_BORDER = (1.510 + 0.4528) / 2
"""Of Max's four levels for a normal distribution of variance 1: the border between the two of a sign."""
_LEVELS = {4: np.arange(16, dtype=np.float32) - _OFFSET, 2: np.array([-1.510, -0.4528, 0.4528, 1.510], dtype=np.float32)}
_TABLES: dict[int, Float32Array] = {
    bits: levels[np.arange(256)[:, None] >> np.arange(0, 8, bits) & (1 << bits) - 1] for bits, levels in _LEVELS.items()
}
"""For each number of bits `(256, 8 / bits)` float32, the components that each byte stands for."""


def pack_tokens(tokens: TokenVectors) -> bytes:
    """Return the directions of token vectors, in as many bits as these say, and their places, as bytes."""
    steps, lengths = np.diff(tokens.starts, prepend=0), tokens.ends - tokens.starts
    numbers = np.concatenate([steps, lengths])
    is_narrow = bool(((numbers >= 0) & (numbers < 1 << 8)).all())
    kind = (_NARROW if is_narrow else _WIDE) + _COARSE * (tokens.bits == 2)
    header = np.array([tokens.vectors.shape[1]], "<u2").tobytes() + bytes([kind])
    places = numbers.astype(np.uint8) if is_narrow else np.concatenate([tokens.starts, tokens.ends]).astype("<u4")
    return b"".join([header, _directions(tokens.vectors, tokens.bits), places.tobytes()])


def _directions(rows: Float32Array, bits: int) -> bytes:
    if bits == 2:
        large = np.abs(rows) * np.sqrt(rows.shape[1]) > _BORDER
        codes = np.where(rows < 0, 1 - large, 2 + large).astype(np.uint8)
    else:
        largest = np.abs(rows).max(axis=1, initial=0, keepdims=True)
        scaled = np.divide(rows * _LARGEST, largest, out=np.zeros_like(rows), where=largest > 0)
        codes = (np.rint(scaled) + _OFFSET).astype(np.uint8)
    in_a_byte = 8 // bits
    codes = np.pad(codes, ((0, 0), (0, -codes.shape[1] % in_a_byte)), constant_values=_OFFSET if bits == 4 else 0)
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(
        codes.reshape(len(codes), codes.shape[1] // in_a_byte, in_a_byte) << np.arange(0, 8, bits, dtype=np.uint8), axis=2
    )
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
    sizes = {(dim, bits) for dim, bits, _width, _n_tokens in heads}
    if len(sizes) > 1:
        return [unpack_tokens(one) for one in packed]
    ((dim, bits),) = sizes
    row_bytes = _row_bytes(dim, bits)
    codes = b"".join(
        one[_HEADER_BYTES : _HEADER_BYTES + n_tokens * row_bytes] for one, (*_, n_tokens) in zip(packed, heads, strict=True)
    )
    rows = _TABLES[bits].take(np.frombuffer(codes, np.uint8), axis=0).reshape(-1, row_bytes * 8 // bits)[:, :dim]
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    rows /= lengths[:, None]
    unpacked, at = [], 0
    for one, (*_, width, n_tokens) in zip(packed, heads, strict=True):
        starts, ends = _places(one, _HEADER_BYTES + n_tokens * row_bytes, n_tokens, width)
        unpacked.append(TokenVectors(rows[at : at + n_tokens], starts, ends, bits=bits))
        at += n_tokens
    return unpacked


def _head(packed: bytes) -> tuple[int, int, int, int]:
    """Return the number of components, the bits that each takes, the bytes a number of a place takes, and the number of tokens."""
    dim, kind = int.from_bytes(packed[:2], "little"), int.from_bytes(packed[2:_HEADER_BYTES])
    bits, width = 2 if kind & _COARSE else 4, kind & ~_COARSE
    n_tokens, rest = divmod(len(packed) - _HEADER_BYTES, _row_bytes(dim, bits) + 2 * max(width, _NARROW))
    if rest or n_tokens < 0 or width not in {_NARROW, _WIDE}:
        raise ValueError(f"{len(packed)} bytes are not a whole number of tokens of {dim} components")
    return dim, bits, width, n_tokens


def _row_bytes(dim: int, bits: int) -> int:
    return -(-dim * bits // 8)


def _places(packed: bytes, at: int, n_tokens: int, width: int) -> tuple[Int64Array, Int64Array]:
    """Return where tokens start and end, in characters."""
    if width == _WIDE:
        starts, ends = np.frombuffer(packed, "<u4", 2 * n_tokens, at).astype(np.int64).reshape(2, n_tokens)
        return starts, ends
    steps, lengths = np.frombuffer(packed, np.uint8, 2 * n_tokens, at).astype(np.int64).reshape(2, n_tokens)
    starts = np.cumsum(steps)
    return starts, starts + lengths
