import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Float32Array, TokenVectors, n_components_of, pack_tokens, unit_rows, unpack_tokens


def random_tokens(n_tokens: int, dim: int, seed: int = 0) -> TokenVectors:
    random = np.random.default_rng(seed)
    ends = np.cumsum(random.integers(1, 12, n_tokens), dtype=np.int64)
    return TokenVectors(unit_rows(random.normal(size=(n_tokens, dim))), np.maximum(ends - 3, 0), ends)


def round_trip(vectors: Float32Array) -> Float32Array:
    spans = np.arange(len(vectors), dtype=np.int64)
    return unpack_tokens(pack_tokens(TokenVectors(vectors, spans, spans + 1))).vectors


@given(n_tokens=st.integers(1, 40), dim=st.integers(1, 400), seed=st.integers(0, 2**32 - 1))
def test_every_row_keeps_its_direction(n_tokens: int, dim: int, seed: int) -> None:
    vectors = random_tokens(n_tokens, dim, seed).vectors
    np.testing.assert_allclose(
        round_trip(vectors), vectors, atol=1 / 127
    )  # half a step of the largest component, and the scale's own rounding


@given(n_tokens=st.integers(0, 40), dim=st.integers(1, 20), seed=st.integers(0, 2**32 - 1))
def test_spans_come_back_exactly(n_tokens: int, dim: int, seed: int) -> None:
    tokens = random_tokens(n_tokens, dim, seed)
    unpacked = unpack_tokens(pack_tokens(tokens))
    assert (unpacked.starts.tolist(), unpacked.ends.tolist()) == (tokens.starts.tolist(), tokens.ends.tolist())


@given(length=st.floats(0.05, 1), seed=st.integers(0, 2**32 - 1))
def test_rows_keep_their_length(length: float, seed: int) -> None:
    rows = length * random_tokens(30, 384, seed).vectors
    np.testing.assert_allclose(np.linalg.norm(round_trip(rows), axis=1), length, rtol=0.005)


def test_a_one_hot_row_comes_back_but_for_the_scale_s_rounding() -> None:
    row = np.eye(8, dtype=np.float32)[[3]]
    np.testing.assert_allclose(round_trip(row), row, atol=5e-4)


def test_a_row_of_zeros_comes_back_as_zeros() -> None:
    assert not round_trip(np.zeros((2, 8), dtype=np.float32)).any()


def test_a_token_takes_a_byte_per_component_two_for_its_scale_and_eight_for_its_span() -> None:
    assert len(pack_tokens(random_tokens(5, 384))) == 2 + 5 * (384 + 2 + 8)


@pytest.mark.parametrize("n_components", [1, 192, 255, 256, 1024])
def test_the_bytes_say_how_many_components_a_token_has(n_components: int) -> None:
    assert n_components_of(pack_tokens(random_tokens(3, n_components))) == n_components


def test_a_token_is_packed_as_described() -> None:
    tokens = TokenVectors(np.array([[96 / 256, -127 / 256]], dtype=np.float32), np.array([2]), np.array([258]))
    scale = [0, 0x1C]  # 1/256 as float16
    assert pack_tokens(tokens) == bytes([2, 0, 96, 256 - 127, *scale, 2, 0, 0, 0, 2, 1, 0, 0])


def test_no_tokens_take_only_the_number_of_components() -> None:
    assert pack_tokens(random_tokens(0, 384)) == bytes([128, 1])


def test_no_tokens_come_back_as_no_tokens_of_as_many_components() -> None:
    assert unpack_tokens(pack_tokens(random_tokens(0, 384))).vectors.shape == (0, 384)


@pytest.mark.parametrize("packed", [b"", b"\x08"], ids=["nothing", "half a number"])
def test_bytes_without_a_number_of_components_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole number of tokens"):
        unpack_tokens(packed)


@pytest.mark.parametrize("change", [-1, 1, 8, -384])
def test_bytes_that_are_not_whole_tokens_are_refused(change: int) -> None:
    packed = pack_tokens(random_tokens(5, 384)) + bytes(400)
    with pytest.raises(ValueError, match="not a whole number of tokens of 384 components"):
        unpack_tokens(packed[: 2 + 5 * (384 + 2 + 8) + change])
