"""`Observation`: what was seen of one candidate of one labelled question; from many of these a calibration is fitted. Kept as CSV beside it."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings import Embedder
from qa.answer import Language
from qa.calibration.calibration import Calibration
from qa.library import Library
from qa.measuring.judging import holds_evidence
from qa.measuring.questions import LabelledQuestion
from qa.retrieval import SIGNALS, Continuation, Retrieval, Retriever, ScoredPassage
from qa.understanding import Understander

N_KEPT = 12
"""Candidates kept of a question, the best by token matches, and all that are right."""

ALWAYS = Continuation(dict.fromkeys(("content_words", "words", "pronouns", "opening", "standalone"), 0.0), 50.0)
"""Reads every question with the earlier ones, if there are any."""


@dataclass(frozen=True)
class Observation:
    """A candidate of a question.

    Attributes:
        question: id of the question.
        document: that holds the evidence; empty for an unanswerable one.
        language: of the question.
        kind: of the question, with the distance of an unanswerable one.
        right: whether the candidate holds the evidence.
        signals: in the order of `qa.retrieval.SIGNALS`.
    """

    question: str
    document: str
    language: Language
    kind: str
    right: bool
    signals: tuple[float, ...]


@dataclass(frozen=True)
class ContinuationObservation:
    """A question asked after another one: its signals, and whether it goes on with it."""

    language: Language
    document: str
    continues: bool
    signals: tuple[float, ...]


def observe(
    library: Library,
    embedder: Embedder,
    questions: Sequence[LabelledQuestion],
    start: Calibration,
    *,
    on_progress: Callable[[int], None] = lambda _n_done: None,
) -> tuple[list[Observation], list[ContinuationObservation]]:
    """Return what is seen of every question's candidates, and of every question asked after another: its own history, or one about another document."""
    retriever = Retriever(library, embedder, ranking=start.ranking, continuation=ALWAYS)
    understand = Understander(library).understand
    observations, continuations = [], []
    others = {language: [q for q in questions if q.language == language and q.kind == "content"] for language in ("nl", "en")}
    for n_done, question in enumerate(questions, start=1):
        retrieval = retriever.retrieve(understand(question.question, question.history))
        observations += [_observation(question, passage) for passage in _kept(retrieval, question)]
        if question.history:
            continuations.append(_continuation(question, retrieval, continues=True))
        elif question.kind == "content" and (other := _other(question, others[question.language])):
            anew = retriever.retrieve(understand(question.question, [other.question]))
            continuations.append(_continuation(question, anew, continues=False))
        on_progress(n_done)
    return observations, continuations


def _kept(retrieval: Retrieval, question: LabelledQuestion) -> list[ScoredPassage]:
    by_tokens = sorted(retrieval.passages, key=lambda passage: -float(passage.signals[:2].sum()))
    return [
        passage
        for rank, passage in enumerate(by_tokens)
        if rank < N_KEPT or holds_evidence(passage.record.passage.text, question)
    ]


def _other(question: LabelledQuestion, content: Sequence[LabelledQuestion]) -> LabelledQuestion | None:
    """Return a question about another document, always the same one."""
    elsewhere = [other for other in content if other.document != question.document]
    return elsewhere[sum(question.id.encode()) * 7919 % len(elsewhere)] if elsewhere else None


def _observation(question: LabelledQuestion, passage: ScoredPassage) -> Observation:
    right = holds_evidence(passage.record.passage.text, question)
    signals = tuple(round(float(signal), 4) for signal in passage.signals)
    return Observation(question.id, question.document or "", question.language, question.label, right, signals)


def _continuation(question: LabelledQuestion, retrieval: Retrieval, *, continues: bool) -> ContinuationObservation:
    signals = tuple(round(float(signal), 4) for signal in retrieval.continuation)
    return ContinuationObservation(question.language, question.document or "", continues, signals)


def save_observations(observations: Sequence[Observation], path: Path) -> None:
    """Write observations as CSV: a column for each attribute, one for each signal."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["question", "document", "language", "kind", "right", *SIGNALS])
        rows.writerows([o.question, o.document, o.language, o.kind, int(o.right), *o.signals] for o in observations)


def load_observations(path: Path) -> list[Observation]:
    """Return the observations that `save_observations` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Observation(
                row["question"],
                row["document"],
                "en" if row["language"] == "en" else "nl",
                row["kind"],
                row["right"] == "1",
                tuple(float(row[name]) for name in SIGNALS),
            )
            for row in csv.DictReader(file)
        ]


def matrix(observations: Sequence[Observation]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the signals of observations, `(n_observations, n_signals)` float64."""
    return np.array([observation.signals for observation in observations]).reshape(-1, len(SIGNALS))
