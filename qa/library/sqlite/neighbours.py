"""`Neighbours`: the passages of a library nearest to a vector. What it holds is derived from the library file, and made again whenever it may be wrong.

1. A *view* belongs to one state of the library: a large index, a small one of the passages that came since, and which passages are gone since. A view is never
   changed, so that questions search in it while the next one is made; that costs what the library has changed by.
2. When the small index has grown to a tenth of the large one, both become one. Only then is anything written: a file named after the token of its state.
   A small library has no file at all; its vectors are read in milliseconds.
3. A file is believed only if its token is one of the library's states and it finds some of the stored vectors under their ids.
4. From `APPROXIMATE_FROM` passages on the large index is approximate, if it finds `MIN_RECALL` of what an exact one finds for the library's own questions.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings import BoolArray, Float32Array, Hit, Int64Array, VectorIndex, VectorIndexError, nearest_first, sample_size_for
from qa.library.sqlite.reading import Reader, mask_of

APPROXIMATE_FROM = 200_000
MIN_RECALL = 0.99
COMPACTED_FROM = 20_000
"""Passages that the small index holds at least before it becomes part of the large one."""
COMPACTED_SHARE = 0.1
N_TUNING_QUESTIONS = 200
N_TUNING_NEIGHBOURS = 80
RESCORED = 2
"""Times as many hits of an approximate index as are wanted are scored by their stored vectors; so 8 bits a component cost nothing."""
_BLOCK = 20_000
_N_CHECKED = 8
_CLOSE = 0.02
"""How far a score may be from the stored vector's own product: what 8 bits a component cost, and more."""


@dataclass(frozen=True, eq=False)
class View:
    """What is searched in one state of the library.

    Attributes:
        number: of the state.
        token: of the state.
        last: the highest id of a passage.
        large, small: the indexes.
        gone: `(last + 1,)` bool, the passages that the indexes still hold and the library does not; None if there are none.
    """

    number: int
    token: str
    last: int
    large: VectorIndex
    small: VectorIndex
    gone: BoolArray | None = None

    def search(self, queries: Float32Array, top_k: int, among: BoolArray | None) -> list[list[Hit]]:
        """Return for every query the `top_k` nearest passages."""
        if self.gone is not None:
            there = ~self.gone
            among = there if among is None else among & there[: len(among)]
        found = zip(*(index.search(queries, top_k, among=among) for index in (self.large, self.small)), strict=True)
        return [nearest_first([*in_large, *in_small])[:top_k] for in_large, in_small in found]

    @property
    def n_loose(self) -> int:
        """How many passages have come or gone since the large index was made."""
        return len(self.small) + (0 if self.gone is None else int(self.gone.sum()))


@dataclass(frozen=True)
class Built:
    """What is noted of an approximate index that was made: for how many vectors, and how much of what an exact one finds."""

    n_vectors: int
    n_lists: int
    n_probed: int
    recall: float


class Neighbours:
    """Nearest passages in an open library; safe to use from several threads."""

    def __init__(self, folder: Path, reader: Reader, dim: int) -> None:
        self._folder = folder
        self._reader = reader
        self._dim = dim
        self._view: View | None = None
        self._lock = threading.Lock()

    def search(self, queries: Float32Array, top_k: int, among: BoolArray | None = None) -> list[list[Hit]]:
        """Return for every query its `top_k` nearest passages, as of what this thread reads; call it inside `reading`."""
        view = self.current()
        if view.large.is_exact:
            return view.search(queries, top_k, among)
        return self._rescored(queries, view.search(queries, RESCORED * top_k, among), top_k)

    def _rescored(self, queries: Float32Array, found: Sequence[Sequence[Hit]], top_k: int) -> list[list[Hit]]:
        ids, vectors = self._reader.vectors_of(list({hit.id for hits in found for hit in hits}))
        place = {passage_id: i for i, passage_id in enumerate(ids.tolist())}
        exact = queries @ vectors.T
        return [
            nearest_first(Hit(hit.id, float(row[place[hit.id]])) for hit in hits if hit.id in place)[:top_k]
            for row, hits in zip(exact, found, strict=True)
        ]

    def current(self) -> View:
        """Return the view of the state that this thread reads, or of a later one if another thread has seen one meanwhile."""
        number, token = self._reader.state()
        view = self._view
        if view is not None and (view.token == token or view.number > number):
            return view
        with self._lock:
            if self._view is None or (self._view.token != token and self._view.number <= number):
                self._view = self._caught_up(self._view or self._loaded(), number, token)
            return self._view

    def is_due(self) -> bool:
        """Tell whether the small index should become part of the large one; where nothing is in memory or in a file yet, nothing is made to tell."""
        with self._lock:
            self._view = self._view or self._loaded()
        if self._view is None:
            return self._reader.counts()[1] > COMPACTED_FROM
        view = self.current()
        return view.n_loose > max(COMPACTED_FROM, COMPACTED_SHARE * len(view.large))

    def compact(self) -> Built | None:
        """Make one large index of everything, keep it in a file, and return what is to be noted of it, if it is approximate."""
        number, token = self._reader.state()
        _n_documents, n_passages = self._reader.counts()
        large, built = self._made(n_passages)
        path = self._path(token)
        with suppress(VectorIndexError):  # a full disk or a folder that may only be read: it stays in memory
            large.save(path)
            large = VectorIndex.load(path)
            for other in self._folder.glob("vectors-*.faiss*"):
                if other != path:
                    other.unlink(missing_ok=True)
        view = View(number, token, self._reader.last_passage(), large, VectorIndex(self._dim))
        with self._lock:
            self._view = view  # what has come meanwhile is added at the next question
        return built

    def _made(self, n_passages: int) -> tuple[VectorIndex, Built | None]:
        if n_passages >= APPROXIMATE_FROM:
            sample = self._sample(sample_size_for(n_passages))
            index = VectorIndex.approximate(sample, n_passages)
            del sample
            questions = self._questions()
            expected = self._fill(index, questions)
            recall = index.tune(questions, expected, top_k=RESCORED * N_TUNING_NEIGHBOURS, min_recall=MIN_RECALL)
            if recall >= MIN_RECALL:
                return index, Built(len(index), index.n_lists, index.n_probed, recall)
            del index  # there need not be room for both
        index = VectorIndex(self._dim)
        self._fill(index, np.empty((0, self._dim), np.float32))
        return index, None

    def _fill(self, index: VectorIndex, questions: Float32Array) -> list[list[Hit]]:
        """Add every vector to an index, and return the true neighbours of some questions."""
        best: list[list[Hit]] = [[] for _question in questions]
        for ids, vectors in self._blocks():
            index.add(ids, vectors)
            if len(questions):
                block = VectorIndex(self._dim)
                block.add(ids, vectors)
                found = block.search(questions, N_TUNING_NEIGHBOURS)
                best = [nearest_first([*one, *more])[:N_TUNING_NEIGHBOURS] for one, more in zip(best, found, strict=True)]
        return best

    def _blocks(self, after: int = 0) -> Iterator[tuple[Int64Array, Float32Array]]:
        while True:
            ids, vectors = self._reader.vectors(after, _BLOCK)
            if not len(ids):
                return
            yield ids, vectors
            after = int(ids[-1])

    def _questions(self) -> Float32Array:
        """Return vectors of questions that the library's documents ask, or of passages from all over it where there are few."""
        asked = self._reader.questions_among(self._spread_ids(20 * N_TUNING_QUESTIONS))[:N_TUNING_QUESTIONS]
        ids = asked if len(asked) >= N_TUNING_QUESTIONS // 2 else self._spread_ids(N_TUNING_QUESTIONS)
        return self._reader.vectors_of(ids)[1]

    def _sample(self, n: int) -> Float32Array:
        """Return the vectors of passages from all over the library."""
        ids = self._spread_ids(n)
        parts = [self._reader.vectors_of(ids[start : start + _BLOCK])[1] for start in range(0, len(ids), _BLOCK)]
        return np.concatenate([part for part in parts if len(part)])

    def _spread_ids(self, n: int) -> list[int]:
        """Return about `n` ids from all over the library; not all of them need exist any more."""
        return list(dict.fromkeys(np.linspace(1, self._reader.last_passage(), n).astype(int).tolist()))

    def _caught_up(self, view: View | None, number: int, token: str) -> View:
        changes = self._reader.changes_since(view.token) if view else None
        if view is None or changes is None:  # never a state of this library: nothing of it is believed
            empty = VectorIndex(self._dim)
            view, removed = View(0, "", 0, empty, empty), []
        else:
            removed = changes[1]
        small = view.small
        for number_of_block, (ids, vectors) in enumerate(self._blocks(view.last)):
            small = small if number_of_block else small.copy()
            small.add(ids, vectors)
        last = self._reader.last_passage(at_least=view.last)
        return View(number, token, last, view.large, small, _with_gone(view.gone, removed, last, view.last))

    def _loaded(self) -> View | None:
        """Return the view of the newest file that belongs to a state of this library."""
        tokens = {path.name.removeprefix("vectors-").removesuffix(".faiss") for path in self._folder.glob("vectors-*.faiss")}
        for number, token, last in self._reader.states_among(tokens):
            with suppress(VectorIndexError):
                index = VectorIndex.load(self._path(token))
                if index.dim == self._dim and self._holds_what_is_stored(index, last):
                    return View(number, token, last, index, VectorIndex(self._dim))
        return None

    def _holds_what_is_stored(self, index: VectorIndex, last: int) -> bool:
        """Tell whether an index finds some of the stored vectors under their own ids, of passages up to the last that it can know."""
        ids, vectors = self._reader.some_vectors(last, _N_CHECKED)
        for passage_id, vector in zip(ids.tolist(), vectors, strict=True):
            only = np.zeros(passage_id + 1, dtype=np.bool_)
            only[passage_id] = True
            hits = index.search(vector[None], 1, among=only)[0]
            if not hits or abs(hits[0].score - float(vector @ vector)) > _CLOSE:
                return False
        return True

    def _path(self, token: str) -> Path:
        return self._folder / f"vectors-{token}.faiss"


def _with_gone(gone: BoolArray | None, removed: Sequence[tuple[int, int]], last: int, seen: int) -> BoolArray | None:
    """Return what is gone now; a passage that came and went since is in no index."""
    mask = mask_of(
        np.array([(first, min(end, seen + 1)) for first, end in removed if first <= seen], dtype=np.int64).reshape(-1, 2),
        last + 1,
    )
    if gone is not None:
        mask[: len(gone)] |= gone
    return mask if mask.any() else None
