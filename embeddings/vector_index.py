"""`VectorIndex`: nearest neighbours by inner product, over FAISS, under ids of the caller's choosing.

1. Vectors are kept as float16: of a unit vector, products change by less than .001, and not at all for vectors that were stored so.
2. An exact index compares a query with every vector.
3. An approximate one divides the vectors among lists by k-means, keeps 8 bits a component, and compares a query with the vectors of the nearest lists only
   (inverted file: H. Jégou et al., "Product quantization for nearest neighbor search", 2011; scalar quantiser of FAISS). How many lists is tuned against
   exact results, to a recall that the caller asks for.
4. A file is mapped into memory, not read: what is never looked at costs nothing.
"""

import os
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np

from embeddings.arrays import BoolArray, Float32Array, Int64Array
from embeddings.exceptions import VectorIndexError
from embeddings.hit import Hit, nearest_first

faiss.omp_set_num_threads(
    1
)  # one query waits for memory, not for cores, and FAISS's threads would wait for torch's to stop spinning: 20 ms for 0.3

_SAMPLE_A_LIST = 40
"""Vectors that the centre of a list is learnt from, as FAISS advises; more do not help."""
MAX_LISTS = 4096
_ITERATIONS = 10
FEWEST_PROBED = 16
"""Lists looked at even if fewer do for the questions that are tuned with: people ask further from what is there, and so few cost less than a millisecond."""
AS_NEAR = 0.001
"""Scores that differ by less are equal: 8 bits a component tell no better."""
_SEAL = b"bronvec\n"
"""Ends a file, with the number of bytes before it."""
_SEAL_BYTES = len(_SEAL) + 8


class VectorIndex:
    """Vectors under unique ids; exact unless made by `approximate`."""

    def __init__(self, dim: int) -> None:
        if dim < 1:
            raise VectorIndexError(f"An index needs at least 1 dimension, not {dim}.")
        kept = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._faiss: Any = faiss.IndexIDMap2(kept)  # FAISS's own types do not say what its classes have

    @classmethod
    def approximate(cls, sample: Float32Array, n_vectors: int) -> Self:
        """Return an empty approximate index for about `n_vectors` vectors like those of the sample, `(n, dim)` float32."""
        index = cls(sample.shape[1])
        n_lists = max(1, min(n_lists_for(n_vectors), len(sample)))
        centres: Any = faiss.IndexFlatIP(index.dim)
        inverted: Any = faiss.IndexIVFScalarQuantizer(
            centres, index.dim, n_lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
        )
        centres.this.disown()  # from here on the index owns it
        inverted.own_fields = True
        inverted.cp.niter, inverted.cp.min_points_per_centroid = _ITERATIONS, 1
        inverted.train(index._checked(sample))
        index._faiss = inverted
        return index

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    def __repr__(self) -> str:
        kind = "exact" if self.is_exact else f"{self.n_probed} of {self.n_lists} lists"
        return f"VectorIndex(dim={self.dim}, n_vectors={len(self)}, {kind})"

    @property
    def dim(self) -> int:
        """Length of every vector."""
        return int(self._faiss.d)

    @property
    def is_exact(self) -> bool:
        """Whether every vector is compared."""
        return not isinstance(self._faiss, faiss.IndexIVF)

    @property
    def n_lists(self) -> int:
        """Lists that the vectors of an approximate index are divided among."""
        return 0 if self.is_exact else int(self._faiss.nlist)

    @property
    def n_probed(self) -> int:
        """Lists that a query is compared with."""
        return 0 if self.is_exact else int(self._faiss.nprobe)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors under new ids.

        Args:
            ids: `(n,)` int64, 0 or higher, unique and not yet in the index.
            vectors: `(n, dim)` float32, finite.

        Raises:
            VectorIndexError: shapes do not fit, an id is negative or given twice, or a value is not finite; nothing is added then.
        """
        ids, vectors = np.asarray(ids, dtype=np.int64), self._checked(vectors)
        if ids.shape != (len(vectors),):
            raise VectorIndexError(f"{len(vectors)} vectors need {len(vectors)} ids, not an array of shape {ids.shape}.")
        if ids.min(initial=0) < 0:
            raise VectorIndexError(f"Id {ids.min()} is negative; ids are 0 or higher.")
        if len(np.unique(ids)) < len(ids):
            raise VectorIndexError("The ids to add are not unique.")
        self._faiss.add_with_ids(vectors, ids)

    def copy(self) -> "VectorIndex":
        """Return an index of the same vectors, to be added to; this one stays as it is, for those who search in it."""
        copy = VectorIndex(self.dim)
        copy._faiss = faiss.clone_index(self._faiss)
        return copy

    def search(self, queries: Float32Array, top_k: int, *, among: BoolArray | None = None) -> list[list[Hit]]:
        """Return for every query its `top_k` nearest vectors (or all, if there are fewer), nearest first, equal scores by id.

        Args:
            queries: `(n_queries, dim)` float32, finite.
            top_k: at least 1.
            among: `(n_ids,)` bool, whether each id from 0 on may be found; ids beyond it may not. Without it, all.

        Raises:
            VectorIndexError: shapes do not fit, a value is not finite, or `top_k` is below 1.
        """
        if top_k < 1:
            raise VectorIndexError(f"top_k must be at least 1, not {top_k}.")
        queries = self._checked(queries)
        if not len(self):
            return [[] for _query in queries]
        return [
            nearest_first(Hit(int(found), float(score)) for found, score in zip(*row, strict=True) if found >= 0)[:top_k]
            for row in zip(*self._search_past_ties(queries, top_k, among), strict=True)
        ]

    def _search_past_ties(self, queries: Float32Array, top_k: int, among: BoolArray | None) -> tuple[Int64Array, Float32Array]:
        """Return ids and scores, `(n_queries, at least top_k)`, with all of those that share the score at rank `top_k`: FAISS picks any of them."""
        n_there = len(self) if among is None else min(len(self), int(among.sum()))
        n_wanted = max(1, min(top_k, n_there))
        n_fetched = max(1, min(n_wanted + 1, n_there))
        while True:
            scores, ids = self._faiss.search(queries, n_fetched, params=self._parameters(among))
            found = (ids >= 0).sum(axis=1)
            ties = (found == n_fetched) & (scores[:, -1] >= scores[:, n_wanted - 1])
            if n_fetched >= n_there or not ties.any():
                return ids, scores
            n_fetched = min(2 * n_fetched, n_there)

    def _parameters(self, among: BoolArray | None) -> faiss.SearchParameters | None:
        if among is None:
            return None
        selector: Any = faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))  # type: ignore[call-arg, arg-type]  # FAISS gives its classes other constructors when it is imported
        if self.is_exact:
            return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # FAISS gives its classes keywords when it is imported
        share = max(float(among.sum()) / max(len(self), 1), 1e-9)
        n_probed = min(self.n_lists, int(self.n_probed / min(1.0, share)) + 1)  # as many vectors are compared as without a limit
        return faiss.SearchParametersIVF(sel=selector, nprobe=n_probed)  # type: ignore[call-arg]

    def tune(self, queries: Float32Array, expected: Sequence[Sequence[Hit]], *, top_k: int, min_recall: float) -> float:
        """Let an approximate index look at as few lists as it can, and return the share of the expected neighbours that it finds, or others as near.

        As near is what scores at most `AS_NEAR` below the last expected one (M. Aumüller et al., ANN-Benchmarks, 2020): of a thousand passages that say
        nearly the same, nobody misses eighty for eighty others.

        Args:
            queries: `(n_queries, dim)` float32.
            expected: for each of them its nearest neighbours, nearest first.
            top_k: of how many hits they may be, as these can be scored exactly afterwards.
            min_recall: the share to reach; if no number of lists below half of them does, the share is returned that half of them find.
        """
        n_probed, recall = max(1, min(FEWEST_PROBED, self.n_lists // 2)), 0.0
        while n_probed <= max(1, self.n_lists // 2):
            self._faiss.nprobe = n_probed
            if (recall := self._recall(queries, expected, top_k)) >= min_recall:
                break
            n_probed += max(1, n_probed // 4)
        return recall

    def _recall(self, queries: Float32Array, expected: Sequence[Sequence[Hit]], top_k: int) -> float:
        n_expected = sum(map(len, expected))
        scores, ids = self._faiss.search(self._checked(queries), top_k)
        n_found = sum(
            min(len(wanted), int(((row >= wanted[-1].score - AS_NEAR) & (found >= 0)).sum()))
            for wanted, row, found in zip(expected, scores, ids, strict=True)
            if wanted
        )
        return n_found / n_expected if n_expected else 1.0

    def save(self, path: Path) -> None:
        """Write the index to `path`, whole or not at all, and on the disk when this returns.

        Raises:
            VectorIndexError: the file cannot be written.
        """
        draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            faiss.write_index(self._faiss, str(draft))
            with draft.open("ab") as file:
                file.write(_SEAL + file.tell().to_bytes(8, "little"))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except (OSError, RuntimeError) as error:
            draft.unlink(missing_ok=True)
            raise VectorIndexError(f"The index cannot be written to {path}: {_first_line(error)}") from error

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the index that `save` wrote, mapped into memory.

        Raises:
            VectorIndexError: there is no such file, or it is not a whole index of this kind.
        """
        try:
            _check_seal(path)
            loaded = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except (OSError, RuntimeError) as error:
            raise VectorIndexError(f"The index {path} cannot be read: {_first_line(error)}") from error
        if not isinstance(loaded, faiss.IndexIDMap2 | faiss.IndexIVF) or loaded.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise VectorIndexError(
                f"The index {path} is of another kind ({type(loaded).__name__}); delete it to have it made again."
            )
        index = cls(loaded.d)
        index._faiss = loaded
        return index

    def _checked(self, vectors: Float32Array) -> Float32Array:
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise VectorIndexError(
                f"Vectors of shape {vectors.shape} do not fit an index of {self.dim} dimensions; expected (n, {self.dim})."
            )
        if not np.isfinite(vectors).all():
            raise VectorIndexError("A vector holds a value that is not finite (NaN or infinity).")
        return vectors


def _check_seal(path: Path) -> None:
    """Refuse a file that is not whole; FAISS would read past its end."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END) - _SEAL_BYTES
        file.seek(max(size, 0))
        if file.read() != _SEAL + max(size, 0).to_bytes(8, "little"):
            raise OSError("it is not a whole index")


def n_lists_for(n_vectors: int) -> int:
    """Return among how many lists so many vectors are best divided: some four times the root, as FAISS advises."""
    return max(1, min(MAX_LISTS, int(4 * sqrt(n_vectors))))


def sample_size_for(n_vectors: int) -> int:
    """Return from how many vectors the lists of an approximate index are learnt."""
    return min(n_vectors, _SAMPLE_A_LIST * n_lists_for(n_vectors))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
