"""`VectorIndex`: exact nearest neighbours by inner product, over FAISS, under ids of the caller's choosing."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import faiss
import numpy as np

from embeddings.arrays import Float32Array, Int64Array
from embeddings.exceptions import VectorIndexError

faiss.omp_set_num_threads(
    1
)  # one query waits for memory, not for cores, and FAISS's threads would wait for torch's to stop spinning: 20 ms for 0.3


@dataclass(frozen=True)
class Hit:
    """A neighbour: its id and its score, the inner product with the query (the cosine, for unit vectors). Higher is nearer."""

    id: int
    score: float


class VectorIndex:
    """Vectors under unique ids, searched exhaustively (exact)."""

    def __init__(self, dim: int) -> None:
        if dim < 1:
            raise VectorIndexError(f"An index needs at least 1 dimension, not {dim}.")
        self._adopt(faiss.IndexIDMap2(faiss.IndexFlatIP(dim)))

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, vector_id: int) -> bool:
        return vector_id in self._ids

    def __repr__(self) -> str:
        return f"VectorIndex(dim={self.dim}, n_vectors={len(self)})"

    @property
    def dim(self) -> int:
        """Length of every vector."""
        return int(self._faiss.d)

    @property
    def ids(self) -> frozenset[int]:
        """Every id in the index."""
        return frozenset(self._ids)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors under new ids.

        Args:
            ids: `(n,)` int64, 0 or higher, unique and not yet in the index.
            vectors: `(n, dim)` float32, finite.

        Raises:
            VectorIndexError: shapes do not fit, an id is negative or taken, or a value is not finite; nothing is added then.
        """
        ids, vectors = np.asarray(ids, dtype=np.int64), self._checked(vectors)
        if ids.shape != (len(vectors),):
            raise VectorIndexError(f"{len(vectors)} vectors need {len(vectors)} ids, not an array of shape {ids.shape}.")
        new = set(ids.tolist())
        if taken := new & self._ids:
            raise VectorIndexError(f"Id {min(taken)} is in the index already; remove it first.")
        if min(new, default=0) < 0:
            raise VectorIndexError(f"Id {min(new)} is negative; ids are 0 or higher.")
        if len(new) < len(ids):
            raise VectorIndexError("The ids to add are not unique.")
        self._faiss.add_with_ids(vectors, ids)
        self._ids |= new

    def remove(self, ids: Iterable[int]) -> None:
        """Remove the vectors of `ids`.

        Raises:
            VectorIndexError: an id is not in the index; nothing is removed then.
        """
        gone = set(ids)
        if unknown := gone - self._ids:
            raise VectorIndexError(f"Id {min(unknown)} is not in the index.")
        if gone:
            self._faiss.remove_ids(faiss.IDSelectorBatch(np.array(sorted(gone), dtype=np.int64)))
            self._ids -= gone

    def search(self, queries: Float32Array, top_k: int, *, among: Collection[int] | None = None) -> list[list[Hit]]:
        """Return for every query its `top_k` nearest vectors (or all, if there are fewer), nearest first, equal scores by id.

        Args:
            queries: `(n_queries, dim)` float32, finite.
            top_k: at least 1.
            among: ids to choose from, those that are not in the index being left out; without it, all.

        Raises:
            VectorIndexError: shapes do not fit, a value is not finite, or `top_k` is below 1.
        """
        if top_k < 1:
            raise VectorIndexError(f"top_k must be at least 1, not {top_k}.")
        return [
            sorted(
                (Hit(int(found), float(score)) for found, score in zip(*row, strict=True) if found >= 0), key=_by_score_then_id
            )[:top_k]
            for row in zip(*self._search_past_ties(self._checked(queries), top_k, among), strict=True)
        ]

    def _search_past_ties(
        self, queries: Float32Array, top_k: int, among: Collection[int] | None
    ) -> tuple[Int64Array, Float32Array]:
        """Return ids and scores, `(n_queries, at least top_k)`, with all of those that share the score at rank `top_k`: FAISS picks any of them."""
        chosen = self._ids if among is None else self._ids.intersection(among)
        only = None if among is None else _only(chosen)
        n_wanted = min(top_k, len(chosen))
        n_fetched = max(1, min(n_wanted + 1, len(chosen)))
        while True:
            scores, ids = self._faiss.search(queries, n_fetched, params=only)
            if n_fetched >= len(chosen) or (scores[:, -1] < scores[:, n_wanted - 1]).all():
                return ids, scores
            n_fetched = min(2 * n_fetched, len(chosen))

    def save(self, path: Path) -> None:
        """Write the index to `path`, whole or not at all.

        Raises:
            VectorIndexError: the file cannot be written.
        """
        draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            faiss.write_index(self._faiss, str(draft))
            draft.replace(path)
        except (OSError, RuntimeError) as error:
            draft.unlink(missing_ok=True)
            raise VectorIndexError(f"The index cannot be written to {path}: {_first_line(error)}") from error

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the index that `save` wrote.

        Raises:
            VectorIndexError: there is no such file, or it is not a whole index of this kind.
        """
        try:
            loaded = faiss.read_index(str(path))
        except RuntimeError as error:
            raise VectorIndexError(f"The index {path} cannot be read: {_first_line(error)}") from error
        if not isinstance(loaded, faiss.IndexIDMap2) or loaded.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise VectorIndexError(
                f"The index {path} is of another kind ({type(loaded).__name__}); delete it to have it made again."
            )
        index = cls(loaded.d)
        index._adopt(loaded)
        return index

    def _adopt(self, index: faiss.IndexIDMap2) -> None:
        self._faiss = index
        self._ids: set[int] = set(faiss.vector_to_array(index.id_map).tolist())

    def _checked(self, vectors: Float32Array) -> Float32Array:
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise VectorIndexError(
                f"Vectors of shape {vectors.shape} do not fit an index of {self.dim} dimensions; expected (n, {self.dim})."
            )
        if not np.isfinite(vectors).all():
            raise VectorIndexError("A vector holds a value that is not finite (NaN or infinity).")
        return vectors


def _only(ids: Collection[int]) -> faiss.SearchParameters:
    """Return what limits a search to these ids: each vector is compared only if it is one of them, so the result stays exact."""
    selector = faiss.IDSelectorBatch(np.fromiter(ids, dtype=np.int64, count=len(ids)))
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # FAISS gives its classes keywords when it is imported


def _by_score_then_id(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.id


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
