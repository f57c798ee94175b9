import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import best_matches, max_sim, token_similarities

QUERY = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
HALVES = np.full(2, 0.5, dtype=np.float32)
PASSAGE = np.array([[0, 1], [0.8, 0.6], [-1, 0]], dtype=np.float32)


def test_token_similarities_are_the_cosines_of_every_pair() -> None:
    expected = [[0, 0.8, -1], [0.8, 0.96, -0.6]]
    np.testing.assert_allclose(token_similarities(QUERY, PASSAGE), expected, atol=1e-7)


def test_maxsim_with_equal_weights_is_the_mean_of_each_query_tokens_best_match() -> None:
    assert max_sim(token_similarities(QUERY, PASSAGE), HALVES) == pytest.approx((0.8 + 0.96) / 2)


def test_a_query_token_counts_as_much_as_its_weight() -> None:
    weights = np.array([0.75, 0.25], dtype=np.float32)
    assert max_sim(token_similarities(QUERY, PASSAGE), weights) == pytest.approx(0.75 * 0.8 + 0.25 * 0.96)


def test_maxsim_of_a_query_with_itself_is_1() -> None:
    assert max_sim(token_similarities(QUERY, QUERY), HALVES) == pytest.approx(1)


def test_maxsim_is_not_symmetric() -> None:
    assert max_sim(token_similarities(PASSAGE, QUERY), np.full(3, 1 / 3, np.float32)) == pytest.approx((0.8 + 0.96 - 0.6) / 3)


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)])
def test_maxsim_without_tokens_on_a_side_is_0(shape: tuple[int, int]) -> None:
    assert max_sim(np.empty(shape, dtype=np.float32), np.ones(shape[0], dtype=np.float32)) == 0


def test_best_matches_are_each_stretch_s_largest_similarity_for_every_query_token() -> None:
    similarities = np.array([[0.1, 0.7, 0.3, -0.2], [-0.5, -0.4, 0.9, 0.2]], dtype=np.float32)
    np.testing.assert_array_equal(best_matches(similarities, [2, 1, 1]), np.float32([[0.7, 0.3, -0.2], [-0.4, 0.9, 0.2]]))


def test_a_stretch_without_tokens_matches_nothing_wherever_it_stands() -> None:
    similarities = np.array([[-0.5, -0.3]], dtype=np.float32)
    np.testing.assert_array_equal(best_matches(similarities, [0, 1, 0, 1, 0]), np.float32([[0, -0.5, 0, -0.3, 0]]))


def test_without_query_tokens_there_is_no_row() -> None:
    assert best_matches(np.empty((0, 3), dtype=np.float32), [1, 2]).shape == (0, 2)


def test_without_stretches_there_is_no_column() -> None:
    assert best_matches(np.empty((4, 0), dtype=np.float32), []).shape == (4, 0)


@given(lengths=st.lists(st.integers(0, 5), max_size=12), n_query_tokens=st.integers(0, 6), seed=st.integers(0, 2**32 - 1))
def test_best_matches_agree_with_one_maximum_at_a_time(lengths: list[int], n_query_tokens: int, seed: int) -> None:
    similarities = np.random.default_rng(seed).uniform(-1, 1, (n_query_tokens, sum(lengths))).astype(np.float32)
    stretches = np.split(similarities, np.cumsum(lengths)[:-1], axis=1) if lengths else []
    expected = [stretch.max(axis=1) if stretch.shape[1] else np.zeros(n_query_tokens) for stretch in stretches]
    np.testing.assert_array_equal(best_matches(similarities, lengths), np.reshape(expected, (len(lengths), n_query_tokens)).T)


def test_the_mean_of_a_passage_s_best_matches_is_its_maxsim() -> None:
    similarities = token_similarities(QUERY, PASSAGE)
    assert best_matches(similarities, [3]).mean() == pytest.approx(max_sim(similarities, HALVES))
