"""`VectorIndex` against NumPy brute force."""

from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import BoolArray, Float32Array, Hit, Int64Array, VectorIndex, VectorIndexError, unit_rows

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 60)


def random_vectors(n: int, dim: int = 16, seed: int = 0) -> Float32Array:
    """Return about unit vectors of numbers that float16 holds exactly, as the vectors of a library are."""
    return unit_rows(np.random.default_rng(seed).normal(size=(n, dim))).astype(np.float16).astype(np.float32)


def random_ids(n: int, seed: int = 0) -> Int64Array:
    return np.random.default_rng(seed).permutation(10 * n)[:n].astype(np.int64)


def filled(vectors: Float32Array, ids: Int64Array | list[int]) -> VectorIndex:
    index = VectorIndex(vectors.shape[1])
    index.add(np.asarray(ids, dtype=np.int64), vectors)
    return index


def mask(ids: Iterable[int]) -> BoolArray:
    among = np.zeros(max(ids) + 1, dtype=np.bool_)
    among[list(ids)] = True
    return among


def found_ids(index: VectorIndex, queries: Float32Array, top_k: int) -> list[list[int]]:
    return [[hit.id for hit in hits] for hits in index.search(queries, top_k)]


def brute_force(vectors: Float32Array, ids: Int64Array, queries: Float32Array, top_k: int) -> list[list[int]]:
    """Return what an exact search finds, computed in float64."""
    scores = queries.astype(np.float64) @ vectors.astype(np.float64).T
    return [ids[np.lexsort((ids, -row))[:top_k]].tolist() for row in scores]


@pytest.mark.parametrize("top_k", [1, 10, 500])
def test_search_finds_what_brute_force_finds(top_k: int) -> None:
    vectors, ids, queries = random_vectors(500), random_ids(500), random_vectors(20, seed=1)
    assert found_ids(filled(vectors, ids), queries, top_k) == brute_force(vectors, ids, queries, top_k)


def test_many_queries_at_once_find_what_brute_force_finds() -> None:
    vectors, ids, queries = random_vectors(300), random_ids(300), random_vectors(200, seed=1)
    assert found_ids(filled(vectors, ids), queries, 5) == brute_force(vectors, ids, queries, 5)


def test_scores_are_inner_products() -> None:
    vectors, ids, queries = random_vectors(200), np.arange(200), random_vectors(5, seed=1)
    exact = queries.astype(np.float64) @ vectors.astype(np.float64).T
    hits = filled(vectors, ids).search(queries, 200)
    scores = np.array([[hit.score for hit in sorted(row, key=lambda hit: hit.id)] for row in hits])
    np.testing.assert_allclose(scores, exact, atol=1e-6)


def test_scores_of_vectors_that_are_not_unit_are_inner_products_too() -> None:
    vectors = np.array([[2, 0], [0, 3]], dtype=np.float32)
    assert filled(vectors, [1, 2]).search(np.array([[1, 1]], dtype=np.float32), 2) == [[Hit(2, 3.0), Hit(1, 2.0)]]


def test_a_hit_can_have_a_negative_score() -> None:
    assert filled(np.array([[-1, 0]], dtype=np.float32), [7]).search(np.eye(1, 2, dtype=np.float32), 1) == [[Hit(7, -1.0)]]


def test_more_hits_than_vectors_are_all_vectors() -> None:
    assert len(filled(random_vectors(3), [1, 2, 3]).search(random_vectors(1), 99)[0]) == 3


def test_an_empty_index_finds_nothing_for_every_query() -> None:
    assert VectorIndex(16).search(random_vectors(2), 5) == [[], []]


def test_no_queries_give_no_rankings() -> None:
    assert filled(random_vectors(3), [1, 2, 3]).search(np.empty((0, 16), dtype=np.float32), 2) == []


def test_equal_scores_are_ordered_by_id() -> None:
    same = np.tile(np.eye(1, 4, dtype=np.float32), (5, 1))
    assert found_ids(filled(same, [9, 3, 7, 1, 5]), same[:1], 5) == [[1, 3, 5, 7, 9]]


@pytest.mark.parametrize("top_k", [1, 2, 3, 4])
def test_of_equal_scores_the_lowest_ids_are_within_top_k(top_k: int) -> None:
    same = np.tile(np.eye(1, 4, dtype=np.float32), (5, 1))
    assert found_ids(filled(same, [9, 3, 7, 1, 5]), same[:1], top_k) == [[1, 3, 5, 7, 9][:top_k]]


@given(n=SIZES, top_k=st.integers(1, 70), seed=SEEDS)
def test_search_with_many_equal_scores_finds_what_brute_force_finds(n: int, top_k: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).integers(-1, 2, (n, 2)).astype(np.float32)  # products of these are exact
    ids, queries = random_ids(n, seed), np.array([[1, 1], [1, -1], [0, 0]], dtype=np.float32)
    assert found_ids(filled(vectors, ids), queries, top_k) == brute_force(vectors, ids, queries, top_k)


@given(n=SIZES, top_k=st.integers(1, 70), seed=SEEDS)
def test_top_k_is_a_prefix_of_top_k_plus_1(n: int, top_k: int, seed: int) -> None:
    index, query = filled(random_vectors(n, seed=seed), random_ids(n, seed)), random_vectors(1, seed=seed + 1)
    assert found_ids(index, query, top_k)[0] == found_ids(index, query, top_k + 1)[0][:top_k]


@settings(max_examples=25)
@given(n=SIZES, dim=st.integers(1, 20), seed=SEEDS)
def test_saving_and_loading_changes_no_search(tmp_path_factory: pytest.TempPathFactory, n: int, dim: int, seed: int) -> None:
    path = tmp_path_factory.mktemp("index") / "vectors.faiss"
    index, queries = filled(random_vectors(n, dim, seed), random_ids(n, seed)), random_vectors(3, dim, seed + 1)
    index.save(path)
    assert VectorIndex.load(path).search(queries, n) == index.search(queries, n)


def test_saving_leaves_only_the_index(tmp_path: Path) -> None:
    filled(random_vectors(3), [5, 1, 9]).save(tmp_path / "v.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["v.faiss"]


def test_saving_replaces_what_was_saved_before(tmp_path: Path) -> None:
    filled(random_vectors(3), [5, 1, 9]).save(tmp_path / "v.faiss")
    filled(random_vectors(1), [4]).save(tmp_path / "v.faiss")
    assert len(VectorIndex.load(tmp_path / "v.faiss")) == 1


def test_index_says_its_dimension_and_number_of_vectors() -> None:
    assert repr(filled(random_vectors(2), [3, 4])) == "VectorIndex(dim=16, n_vectors=2, exact)"


@pytest.mark.parametrize("dim", [0, -1])
def test_an_index_without_dimensions_is_refused(dim: int) -> None:
    with pytest.raises(VectorIndexError, match="at least 1 dimension"):
        VectorIndex(dim)


@pytest.mark.parametrize("shape", [(1, 15), (1, 17), (16,), (1, 1, 16)])
def test_vectors_of_another_shape_are_not_added(shape: tuple[int, ...]) -> None:
    with pytest.raises(VectorIndexError, match="do not fit an index of 16 dimensions"):
        VectorIndex(16).add(np.array([1]), np.zeros(shape, dtype=np.float32))


def test_a_query_of_another_dimension_is_refused() -> None:
    with pytest.raises(VectorIndexError, match="do not fit an index of 16 dimensions"):
        filled(random_vectors(2), [1, 2]).search(random_vectors(1, 8), 1)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(VectorIndexError, match="not unique"):
        filled(random_vectors(2), [4, 4])


@pytest.mark.parametrize("ids", [[1], [1, 2, 3], [[1, 2]]])
def test_another_number_of_ids_than_vectors_is_refused(ids: list[int]) -> None:
    with pytest.raises(VectorIndexError, match="2 vectors need 2 ids"):
        filled(random_vectors(2), ids)


def test_a_negative_id_is_refused() -> None:
    with pytest.raises(VectorIndexError, match="Id -3 is negative"):
        filled(random_vectors(1), [-3])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_vector_that_is_not_finite_is_not_added(value: float) -> None:
    with pytest.raises(VectorIndexError, match="not finite"):
        filled(np.array([[0, value]], dtype=np.float32), [1])


def test_a_query_that_is_not_finite_is_refused() -> None:
    with pytest.raises(VectorIndexError, match="not finite"):
        filled(random_vectors(1, 2), [1]).search(np.array([[0, np.nan]], dtype=np.float32), 1)


@pytest.mark.parametrize("top_k", [0, -1])
def test_top_k_below_1_is_refused(top_k: int) -> None:
    with pytest.raises(VectorIndexError, match=f"top_k must be at least 1, not {top_k}"):
        filled(random_vectors(2), [1, 2]).search(random_vectors(1), top_k)


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(VectorIndexError, match=r"nowhere\.faiss cannot be read"):
        VectorIndex.load(tmp_path / "nowhere.faiss")


@settings(max_examples=25)
@given(kept=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_anywhere_is_refused(tmp_path_factory: pytest.TempPathFactory, kept: float) -> None:
    path = tmp_path_factory.mktemp("index") / "v.faiss"
    filled(random_vectors(20), random_ids(20)).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(VectorIndexError, match="cannot be read"):
        VectorIndex.load(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_text("Dit is geen index, maar een brief aan de Kamer.")
    with pytest.raises(VectorIndexError, match="cannot be read"):
        VectorIndex.load(tmp_path / "v.faiss")


@pytest.mark.parametrize(
    "other", [faiss.IndexFlatIP(4), faiss.IndexIDMap2(faiss.IndexFlatL2(4))], ids=["without ids", "with distances for scores"]
)
def test_an_index_of_another_kind_is_refused(tmp_path: Path, other: faiss.Index) -> None:
    path = tmp_path / "v.faiss"
    faiss.write_index(other, str(path))
    path.write_bytes(path.read_bytes() + b"bronvec\n" + path.stat().st_size.to_bytes(8, "little"))
    with pytest.raises(VectorIndexError, match="of another kind"):
        VectorIndex.load(tmp_path / "v.faiss")


def test_a_folder_that_does_not_exist_cannot_be_saved_to(tmp_path: Path) -> None:
    with pytest.raises(VectorIndexError, match="cannot be written to"):
        VectorIndex(4).save(tmp_path / "nowhere" / "v.faiss")


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 60), top_k=st.integers(1, 20), share=st.floats(0, 1))
def test_a_search_among_some_ids_agrees_with_brute_force_over_those(seed: int, n: int, top_k: int, share: float) -> None:
    random = np.random.default_rng(seed)
    vectors = random.integers(-2, 3, (n, 4)).astype(np.float32)  # small whole numbers: exact sums, and many ties
    ids = random.permutation(1000)[:n].astype(np.int64)
    among = {int(found) for found in ids if random.random() < share} | {5000}
    index = VectorIndex(4)
    index.add(ids, vectors)
    query = random.integers(-2, 3, (1, 4)).astype(np.float32)
    scores = {int(found): float(vector @ query[0]) for found, vector in zip(ids, vectors, strict=True) if int(found) in among}
    expected = sorted(scores, key=lambda found: (-scores[found], found))[:top_k]
    assert [hit.id for hit in index.search(query, top_k, among=mask(among))[0]] == expected


def test_a_search_among_no_ids_finds_nothing() -> None:
    index = VectorIndex(2)
    index.add(np.array([1]), np.ones((1, 2), dtype=np.float32))
    assert index.search(np.ones((1, 2), dtype=np.float32), 3, among=np.zeros(9, dtype=np.bool_)) == [[]]


def clustered(n: int, seed: int = 0) -> Float32Array:
    """Return vectors around fifty centres, as texts lie around subjects."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(50, 16))
    return unit_rows(centres[random.integers(0, 50, n)] + random.normal(scale=0.3, size=(n, 16)))


def test_adding_to_an_index_leaves_the_one_before_as_it_was() -> None:
    before = filled(random_vectors(2), [1, 2])
    after = before.copy()
    after.add(np.array([3]), random_vectors(1, seed=5))
    assert (len(before), len(after)) == (2, 3)


def test_an_approximate_index_is_tuned_to_the_recall_that_is_asked_for_and_stays_so_in_a_file(tmp_path: Path) -> None:
    vectors, ids, queries = clustered(5_000), np.arange(5_000), clustered(40, seed=1)
    expected = brute_force(vectors, ids, queries, 20)
    index = VectorIndex.approximate(vectors, 5_000)
    index.add(ids, vectors)
    recall = index.tune(queries, filled(vectors, ids).search(queries, 20), top_k=40, min_recall=0.97)
    index.save(tmp_path / "v.faiss")
    loaded = VectorIndex.load(tmp_path / "v.faiss")
    found = np.mean([len({*one} & {*wanted}) / 20 for one, wanted in zip(found_ids(loaded, queries, 40), expected, strict=True)])
    assert (loaded.is_exact, loaded.n_probed, len(loaded)) == (False, index.n_probed, 5_000)
    assert recall >= 0.97
    assert found >= 0.97
    assert index.n_probed < index.n_lists / 2


def test_of_many_vectors_nearly_alike_any_are_as_good_but_not_others() -> None:
    vectors, ids = unit_rows(np.ones((1_000, 16)) + 1e-4 * np.random.default_rng(0).normal(size=(1_000, 16))), np.arange(1_000)
    index = VectorIndex.approximate(vectors, 1_000)
    index.add(ids, vectors)
    exact = filled(vectors, ids).search(vectors[:20], 50)
    assert index.tune(vectors[:20], exact, top_k=50, min_recall=0.99) >= 0.99
    nearer = [[Hit(hit.id, hit.score + 0.01) for hit in hits] for hits in exact]
    assert index.tune(vectors[:20], nearer, top_k=50, min_recall=0.99) == 0


def test_an_approximate_index_finds_all_of_few_among_many() -> None:
    vectors, ids = clustered(5_000), np.arange(5_000)
    index = VectorIndex.approximate(vectors, 5_000)
    index.add(ids, vectors)
    among = np.zeros(5_000, dtype=np.bool_)
    among[::500] = True
    assert sorted(found_ids_among(index, vectors[:1], among)) == list(range(0, 5_000, 500))


def found_ids_among(index: VectorIndex, query: Float32Array, among: BoolArray) -> list[int]:
    return [hit.id for hit in index.search(query, 50, among=among)[0]]


def test_a_search_past_the_ids_of_an_index_finds_nothing_there() -> None:
    assert found_ids_among(filled(random_vectors(2), [1, 9]), random_vectors(1), np.array([False, True, True])) == [1]
