import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Float32Array, TokenSpace, unit_rows

seeds = st.integers(0, 2**32 - 1)


def random_vectors(n: int, dim: int, seed: int = 0) -> Float32Array:
    """Return vectors that differ more in one direction than in the next, by half, around a mean that is not 0."""
    random = np.random.default_rng(seed)
    turned, _ = np.linalg.qr(random.normal(size=(dim, dim)))
    return ((random.normal(size=(n, dim)) * 0.5 ** np.arange(dim)) @ turned + random.normal(size=dim)).astype(np.float32)


def test_the_mean_is_taken_off_and_the_rest_made_unit_length() -> None:
    space = TokenSpace(np.array([1, 0], dtype=np.float32))
    np.testing.assert_allclose(space.place(np.array([[1, 2], [4, 4]], dtype=np.float32)), [[0, 1], [0.6, 0.8]], atol=1e-7)


def test_vectors_of_another_kind_have_their_own_mean_taken_off() -> None:
    space = TokenSpace(np.array([1, 0], dtype=np.float32))
    placed = space.place(np.array([[3, 5]], dtype=np.float32), np.array([0, 1], dtype=np.float32))
    np.testing.assert_allclose(placed, [[0.6, 0.8]], atol=1e-7)


def test_components_are_the_coordinates_of_a_placed_vector() -> None:
    columns = np.array([[0, 1], [0, 0], [1, 0]], dtype=np.float32)
    space = TokenSpace(np.zeros(3, dtype=np.float32), columns)
    length = (4**2 + 9**2 + 3**2) ** 0.5
    placed = space.place(np.array([[4, 9, 3]], dtype=np.float32))
    np.testing.assert_allclose(placed, [[3 / length, 4 / length]], atol=1e-7)


def test_the_mean_itself_has_no_direction() -> None:
    mean = np.array([1, 2], dtype=np.float32)
    assert TokenSpace(mean).place(mean[None]).tolist() == [[0, 0]]


@given(n=st.integers(0, 20), dim=st.integers(2, 12), seed=seeds)
def test_placed_rows_are_what_of_a_unit_vector_lies_in_the_components(n: int, dim: int, seed: int) -> None:
    space = TokenSpace.learn(random_vectors(50, dim, seed), dim // 2 or 1)
    placed = space.place(random_vectors(n, dim, seed + 1))
    assert (placed.shape, placed.dtype) == ((n, space.n_components), np.float32)
    assert (np.linalg.norm(placed, axis=1) <= 1 + 1e-5).all()


@given(dim=st.integers(1, 16), seed=seeds)
def test_learnt_components_are_orthonormal(dim: int, seed: int) -> None:
    components = TokenSpace.learn(random_vectors(60, dim, seed), max(1, dim - 1)).components
    assert components is not None
    np.testing.assert_allclose(components.T @ components, np.eye(components.shape[1]), atol=1e-5)


def test_the_learnt_mean_is_that_of_the_vectors() -> None:
    vectors = random_vectors(100, 8)
    np.testing.assert_allclose(TokenSpace.learn(vectors, 3).mean, vectors.astype(np.float64).mean(axis=0), atol=1e-6)


def test_the_components_span_the_first_right_singular_vectors() -> None:
    vectors = random_vectors(400, 10)
    centred = vectors.astype(np.float64) - vectors.astype(np.float64).mean(axis=0)
    first = np.linalg.svd(centred)[2][:4].T
    components = TokenSpace.learn(vectors, 4).components
    assert components is not None
    np.testing.assert_allclose(components @ components.T, first @ first.T, atol=1e-4)


@given(n_components=st.integers(1, 8), seed=seeds)
def test_no_directions_keep_more_of_the_variance(n_components: int, seed: int) -> None:
    vectors = random_vectors(80, 8, seed)
    centred = vectors.astype(np.float64) - vectors.astype(np.float64).mean(axis=0)
    components = TokenSpace.learn(vectors, n_components).components
    assert components is not None
    most = (np.linalg.svd(centred, compute_uv=False)[:n_components] ** 2).sum()
    assert np.square(centred @ components).sum() == pytest.approx(most, rel=1e-4)


@given(seed=seeds)
def test_vectors_that_differ_in_few_directions_keep_their_angles(seed: int) -> None:
    random = np.random.default_rng(seed)
    few = random.normal(size=(40, 3)) @ random.normal(size=(3, 9)) + random.normal(size=9)
    vectors = few.astype(np.float32)
    whole, learnt = TokenSpace(vectors.mean(axis=0)).place(vectors), TokenSpace.learn(vectors, 3).place(vectors)
    np.testing.assert_allclose(learnt @ learnt.T, whole @ whole.T, atol=1e-3)


def test_a_space_without_components_comes_back_from_its_bytes() -> None:
    space = TokenSpace(random_vectors(1, 6)[0])
    back = TokenSpace.from_bytes(space.to_bytes(), 6)
    assert (back.mean.tolist(), back.components) == (space.mean.tolist(), None)


@given(dim=st.integers(1, 9), seed=seeds)
def test_a_learnt_space_comes_back_from_its_bytes(dim: int, seed: int) -> None:
    space = TokenSpace.learn(random_vectors(20, dim, seed), max(1, dim // 2))
    back = TokenSpace.from_bytes(space.to_bytes(), dim)
    assert back.components is not None
    assert space.components is not None
    assert (back.mean.tolist(), back.components.tolist()) == (space.mean.tolist(), space.components.tolist())


def test_a_space_places_as_before_after_a_round_trip() -> None:
    vectors = unit_rows(random_vectors(30, 8))
    space = TokenSpace.learn(vectors, 3)
    assert TokenSpace.from_bytes(space.to_bytes(), 8).place(vectors).tolist() == space.place(vectors).tolist()


def test_bytes_are_four_a_number() -> None:
    assert len(TokenSpace.learn(random_vectors(20, 8), 3).to_bytes()) == 4 * (8 + 8 * 3)


def test_the_repr_says_how_many_dimensions_it_has() -> None:
    assert repr(TokenSpace.learn(random_vectors(20, 8), 3)) == "TokenSpace(dim=8, n_components=3)"
