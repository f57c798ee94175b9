import numpy as np
import pytest

from embeddings import max_sim, token_similarities

QUERY = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
PASSAGE = np.array([[0, 1], [0.8, 0.6], [-1, 0]], dtype=np.float32)


def test_token_similarities_are_the_cosines_of_every_pair() -> None:
    expected = [[0, 0.8, -1], [0.8, 0.96, -0.6]]
    np.testing.assert_allclose(token_similarities(QUERY, PASSAGE), expected, atol=1e-7)


def test_maxsim_is_the_mean_of_each_query_tokens_best_match() -> None:
    assert max_sim(token_similarities(QUERY, PASSAGE)) == pytest.approx((0.8 + 0.96) / 2)


def test_maxsim_of_a_query_with_itself_is_1() -> None:
    assert max_sim(token_similarities(QUERY, QUERY)) == pytest.approx(1)


def test_maxsim_is_not_symmetric() -> None:
    assert max_sim(token_similarities(PASSAGE, QUERY)) == pytest.approx((0.8 + 0.96 - 0.6) / 3)


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)])
def test_maxsim_without_tokens_on_a_side_is_0(shape: tuple[int, int]) -> None:
    assert max_sim(np.empty(shape, dtype=np.float32)) == 0
