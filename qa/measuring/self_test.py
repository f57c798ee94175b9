"""`SelfTest`: how well, and how fast, a library answers questions that are made of its own text; nothing needs to be labelled.

Every part asks questions whose answer is known (see `self_labels`) and notes the rank of the first hit among 10 citations. A refusal counts as not
found, as it would be for a reader.
"""

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from embeddings import Embedder
from qa.answering import Answerer
from qa.library import Library
from qa.measuring.bench_probe import peak_bytes
from qa.measuring.blind_library import blind_library
from qa.measuring.bootstrap import Estimate, estimate_means
from qa.measuring.evaluate import TOP_K
from qa.measuring.run import Conditions
from qa.measuring.self_labels import (
    SelfLabel,
    StoredDocument,
    first_question,
    footnotes,
    own_answers,
    sample_documents,
    sentences,
)
from qa.observing import listening

FIRST_QUESTION = "first question to its document"
FOOTNOTE = "footnote to its document"
SENTENCE = "sentence to its passage"
OWN_ANSWER = "question to its own answer"
Drawing = Callable[[StoredDocument], Iterator[SelfLabel]]
DRAWINGS: Mapping[str, Drawing] = {
    FIRST_QUESTION: first_question,
    FOOTNOTE: footnotes,
    SENTENCE: sentences,
}
"""The parts that are asked of the library as it is."""


class PartResult(BaseModel):
    """What came of one part.

    Attributes:
        name: what was asked and where the answer was expected.
        n_asked: questions.
        n_refused: of them.
        n_passages: in the library that was asked.
        hit_1: share with the right place first; this and the rest are None when nothing could be asked.
        hit_5: share with the right place among the first 5.
        mrr: mean of 1 / rank of the right place, 0 where it is not among the first 10.
        median_ms: time that a question took.
        p95_ms: time that 95 % of the questions took at most.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    n_asked: int
    n_refused: int
    n_passages: int
    hit_1: Estimate | None
    hit_5: Estimate | None
    mrr: Estimate | None
    median_ms: float | None
    p95_ms: float | None


class SelfTestResult(BaseModel):
    """What came of a self-test of a library on a machine.

    Attributes:
        conditions: what was measured with what.
        machine: the computer.
        size_bytes: of the library on disk.
        bytes_per_passage: how much disk a passage takes, with its share of everything else.
        peak_bytes: memory that this process has taken at most.
        stages_ms: mean time that a question spends in each stage.
        n_sampled: documents of which questions were made.
        parts: in the order in which they were asked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    conditions: Conditions
    machine: str
    size_bytes: int
    bytes_per_passage: int
    peak_bytes: int
    stages_ms: Mapping[str, float]
    n_sampled: int
    parts: tuple[PartResult, ...]

    def to_json(self) -> str:
        """Return the result as JSON."""
        return self.model_dump_json(indent=2)


@dataclass(frozen=True)
class Trial:
    """One question asked: the rank of the first hit, if any, whether it was refused, and how long it took."""

    rank: int | None
    refused: bool
    seconds: float


class SelfTest:
    """The questions that a library is tested with."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        sampled: Sequence[StoredDocument],
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._sampled = sampled
        self._clock = clock
        self._blind_labels = _draw(own_answers, sampled)
        self._labels = {name: _draw(drawing, sampled) for name, drawing in DRAWINGS.items()}

    @classmethod
    def of(cls, library: Library, embedder: Embedder, *, n_documents: int) -> "SelfTest":
        """Return the test that makes its questions of `n_documents` documents of the library."""
        return cls(library, embedder, sample_documents(library, n_documents))

    @property
    def n_questions(self) -> int:
        """How many questions will be asked."""
        return len(self._blind_labels) + sum(map(len, self._labels.values()))

    def run(self, *, on_progress: Callable[[int], None] = lambda _n_done: None) -> SelfTestResult:
        """Ask all the questions and return what came of them.

        Raises:
            LibraryError: the library is empty or cannot be read.
        """
        trials = _Trials(self._clock, on_progress)
        answerer = Answerer(self._library, self._embedder)
        answerer.warm_up()
        n_passages = self._library.counts()[1]
        stages_s: Counter[str] = Counter()

        def add(event: str, details: Mapping[str, Any]) -> None:
            if event == "stage":
                stages_s[details["name"]] += details["seconds"]

        with listening(add):
            parts = [_result(name, trials.of(answerer, labels), n_passages) for name, labels in self._labels.items()]
        n_asked = max(1, sum(part.n_asked for part in parts))
        parts.append(self._run_blind(trials))
        size_bytes = self._library.size_bytes()
        return SelfTestResult(
            conditions=Conditions.of(self._library),
            machine=machine(),
            size_bytes=size_bytes,
            bytes_per_passage=round(size_bytes / n_passages),
            peak_bytes=peak_bytes(),
            stages_ms={name: round(1000 * seconds / n_asked, 1) for name, seconds in stages_s.items()},
            n_sampled=len(self._sampled),
            parts=tuple(parts),
        )

    def _run_blind(self, trials: "_Trials") -> PartResult:
        if not self._blind_labels:
            return _result(OWN_ANSWER, [], 0)
        with blind_library(self._sampled, self._embedder) as library:
            answerer = Answerer(library, self._embedder)
            answerer.warm_up()
            return _result(OWN_ANSWER, trials.of(answerer, self._blind_labels), library.counts()[1])


class _Trials:
    """Asks questions, by a clock, and counts them."""

    def __init__(self, clock: Callable[[], float], on_progress: Callable[[int], None]) -> None:
        self._clock = clock
        self._on_progress = on_progress
        self._n_done = 0

    def of(self, answerer: Answerer, labels: Sequence[SelfLabel]) -> list[Trial]:
        """Return what came of each question."""
        return [self._ask(answerer, label) for label in labels]

    def _ask(self, answerer: Answerer, label: SelfLabel) -> Trial:
        began = self._clock()
        answer = answerer.ask(label.query, top_k=TOP_K)
        seconds = self._clock() - began
        self._n_done += 1
        self._on_progress(self._n_done)
        rank = next((citation.number for citation in answer.citations if label.is_hit(citation)), None)
        return Trial(rank, answer.refused, seconds)


def machine() -> str:
    """Return in a few words what computer this is."""
    return f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"


def _draw(drawing: Drawing, sampled: Sequence[StoredDocument]) -> list[SelfLabel]:
    return [label for stored in sampled for label in drawing(stored)]


def _result(name: str, trials: Sequence[Trial], n_passages: int) -> PartResult:
    ranks = np.array([trial.rank or np.inf for trial in trials], dtype=np.float64)
    hit_1, hit_5, mrr = estimate_means(np.stack([ranks <= 1, ranks <= 5, 1 / ranks])) if trials else (None, None, None)
    median_ms, p95_ms = _percentiles_ms(trials) if trials else (None, None)
    return PartResult(
        name=name,
        n_asked=len(trials),
        n_refused=sum(trial.refused for trial in trials),
        n_passages=n_passages,
        hit_1=hit_1,
        hit_5=hit_5,
        mrr=mrr,
        median_ms=median_ms,
        p95_ms=p95_ms,
    )


def _percentiles_ms(trials: Sequence[Trial]) -> tuple[float, float]:
    median, p95 = np.percentile([trial.seconds * 1000 for trial in trials], [50, 95])
    return round(float(median), 1), round(float(p95), 1)
