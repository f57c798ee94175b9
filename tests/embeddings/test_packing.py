from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Float32Array, TokenVectors, pack_tokens, unit_rows, unpack_tokens


def random_tokens(n_tokens: int, dim: int, seed: int = 0) -> TokenVectors:
    random = np.random.default_rng(seed)
    ends = np.cumsum(random.integers(1, 12, n_tokens), dtype=np.int64)
    return TokenVectors(unit_rows(random.normal(size=(n_tokens, dim))), np.maximum(ends - 3, 0), ends)


def round_trip(vectors: Float32Array) -> Float32Array:
    spans = np.arange(len(vectors), dtype=np.int64)
    return unpack_tokens(pack_tokens(TokenVectors(vectors, spans, spans + 1))).vectors


def in_two_bits(tokens: TokenVectors) -> TokenVectors:
    return replace(tokens, bits=2)


def rounded(vectors: Float32Array) -> Float32Array:
    """Return what 15 levels leave of rows, one number at a time."""
    levels = np.array([[round(float(x) * 7 / max(abs(row))) for x in row] for row in vectors], dtype=np.float64)
    return np.asarray(levels / np.linalg.norm(levels, axis=1, keepdims=True), dtype=np.float32)


@given(n_tokens=st.integers(1, 20), dim=st.integers(1, 130), seed=st.integers(0, 2**32 - 1))
def test_every_row_comes_back_as_its_fifteen_levels_of_length_1(n_tokens: int, dim: int, seed: int) -> None:
    vectors = random_tokens(n_tokens, dim, seed).vectors
    np.testing.assert_allclose(round_trip(vectors), rounded(vectors), atol=1e-6)


def test_a_row_of_96_components_keeps_its_direction_to_a_cosine_of_99_hundredths() -> None:
    vectors = random_tokens(200, 96).vectors
    assert np.einsum("ij,ij->i", round_trip(vectors), vectors).min() > 0.985
    assert np.einsum("ij,ij->i", round_trip(vectors), vectors).mean() > 0.99


@given(n_tokens=st.integers(0, 20), dim=st.integers(1, 130), seed=st.integers(0, 2**32 - 1))
def test_in_two_bits_every_component_comes_back_as_the_nearest_of_four_levels(n_tokens: int, dim: int, seed: int) -> None:
    tokens = in_two_bits(random_tokens(n_tokens, dim, seed))
    nearest = [
        [min((-1.510, -0.4528, 0.4528, 1.510), key=lambda level, x=x: abs(x * dim**0.5 - level)) for x in row]
        for row in tokens.vectors
    ]
    levels = np.array(nearest, dtype=np.float64).reshape(n_tokens, dim)
    unpacked = unpack_tokens(pack_tokens(tokens))
    np.testing.assert_allclose(unpacked.vectors, levels / np.linalg.norm(levels, axis=1, keepdims=True), atol=1e-6)
    assert (unpacked.starts.tolist(), unpacked.ends.tolist()) == (tokens.starts.tolist(), tokens.ends.tolist())


def test_in_two_bits_a_row_of_192_components_keeps_its_direction_to_a_cosine_of_93_hundredths() -> None:
    tokens = in_two_bits(random_tokens(200, 192))
    cosines = np.einsum("ij,ij->i", unpack_tokens(pack_tokens(tokens)).vectors, tokens.vectors)
    assert cosines.min() > 0.9
    assert cosines.mean() > 0.93


@given(steps=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), max_size=30))
def test_spans_come_back_exactly_however_far_apart(steps: list[tuple[int, int]]) -> None:
    starts = np.cumsum([step for step, _length in steps], dtype=np.int64)
    ends = starts + np.array([length for _step, length in steps], dtype=np.int64)
    unpacked = unpack_tokens(pack_tokens(TokenVectors(np.ones((len(steps), 3), np.float32), starts, ends)))
    assert (unpacked.starts.tolist(), unpacked.ends.tolist()) == (starts.tolist(), ends.tolist())


def test_a_one_hot_row_comes_back_exactly() -> None:
    row = np.eye(9, dtype=np.float32)[[3, 8]]
    assert round_trip(row).tolist() == row.tolist()


def test_a_row_of_zeros_comes_back_as_zeros() -> None:
    assert not round_trip(np.zeros((2, 8), dtype=np.float32)).any()


def test_a_token_takes_half_a_byte_a_component_and_two_for_its_place() -> None:
    assert len(pack_tokens(random_tokens(5, 96))) == 3 + 5 * (48 + 2)
    assert len(pack_tokens(random_tokens(5, 7))) == 3 + 5 * (4 + 2)


def test_in_two_bits_it_takes_a_quarter_of_a_byte_a_component() -> None:
    assert len(pack_tokens(in_two_bits(random_tokens(5, 192)))) == 3 + 5 * (48 + 2)
    assert len(pack_tokens(in_two_bits(random_tokens(5, 7)))) == 3 + 5 * (2 + 2)


def test_tokens_are_packed_as_described() -> None:
    row = unit_rows(np.array([[7, -7, 3]]))
    near = TokenVectors(np.repeat(row, 2, axis=0), np.array([2, 5]), np.array([4, 9]))
    assert pack_tokens(near) == bytes([3, 0, 1, 0x1F, 0x8B, 0x1F, 0x8B, 2, 3, 2, 4])
    assert pack_tokens(in_two_bits(near)) == bytes([3, 0, 17, 0b10_00_11, 0b10_00_11, 2, 3, 2, 4])
    far = TokenVectors(row, np.array([256]), np.array([258]))
    assert pack_tokens(far) == bytes([3, 0, 4, 0x1F, 0x8B, 0, 1, 0, 0, 2, 1, 0, 0])


def test_no_tokens_come_back_as_no_tokens_of_as_many_components() -> None:
    assert pack_tokens(random_tokens(0, 384)) == bytes([128, 1, 1])
    assert unpack_tokens(pack_tokens(random_tokens(0, 384))).vectors.shape == (0, 384)


@pytest.mark.parametrize("packed", [b"", b"\x08", b"\x08\x00", b"\x08\x00\x02"], ids=["nothing", "half", "no width", "odd width"])
def test_bytes_without_a_header_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole number of tokens"):
        unpack_tokens(packed)


@pytest.mark.parametrize("change", [-1, 1, 8, -48])
def test_bytes_that_are_not_whole_tokens_are_refused(change: int) -> None:
    packed = pack_tokens(random_tokens(5, 96)) + bytes(400)
    with pytest.raises(ValueError, match="not a whole number of tokens of 96 components"):
        unpack_tokens(packed[: 3 + 5 * (48 + 2) + change])
