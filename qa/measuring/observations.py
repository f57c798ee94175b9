"""`Observation`: what was seen of one candidate of one labelled question; from many of these a calibration is fitted. Kept as CSV beside it.

What a good match is depends on how much there is to match: among many passages something always resembles the question. So that what is fitted holds for
libraries of other sizes too, some questions are asked of all documents and others of a few, their own among them. Which follows from their id.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from embeddings import Embedder
from qa.answer import Language
from qa.calibration.calibration import Calibration
from qa.calibration.relevance import n_words_of
from qa.library import Library
from qa.library.filters import EVERYTHING, Filters
from qa.measuring.judging import holds_evidence
from qa.measuring.questions import LabelledQuestion
from qa.retrieval import SIGNALS, Continuation, Retrieval, Retriever, ScoredPassage
from qa.understanding import Understander

N_KEPT = 12
"""Candidates kept of a question, the best by token matches, and all that are right."""

N_DOCUMENTS: Sequence[int | None] = (None, 40, None, 12)
"""In how many documents a question is asked; None for all."""

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
        n_words: of the question.
        right: whether the candidate holds the evidence.
        signals: in the order of `qa.retrieval.SIGNALS`.
    """

    question: str
    document: str
    language: Language
    kind: str
    n_words: int
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
    by_name = {
        Path(one.source).stem: one.document_id for one in library.catalogue().listing(n_most=len(library.catalogue())).records
    }
    for n_done, question in enumerate(questions, start=1):
        within = documents_for(question, by_name)
        retrieval = retriever.retrieve(understand(question.question, question.history), filters=within)
        observations += [_observation(question, passage) for passage in _kept(retrieval, question)]
        if question.history:
            continuations.append(_continuation(question, retrieval, continues=True))
        elif question.kind == "content" and (other := _other(question, others[question.language])):
            anew = retriever.retrieve(understand(question.question, [other.question]), filters=within)
            continuations.append(_continuation(question, anew, continues=False))
        on_progress(n_done)
    return observations, continuations


def documents_for(question: LabelledQuestion, by_name: Mapping[str, str]) -> Filters:
    """Return the documents that a question is asked of: always the same ones, its own among them.

    Args:
        question: with the name of its document.
        by_name: the ids of all documents, by the name of their file without its ending.
    """
    n_documents = N_DOCUMENTS[sha256(question.id.encode()).digest()[1] % len(N_DOCUMENTS)]
    if n_documents is None or n_documents >= len(by_name):
        return EVERYTHING
    drawn = sorted(by_name, key=lambda name: (name != question.document, sha256(f"{question.id} {name}".encode()).digest()))
    return Filters(document_ids=tuple(sorted(by_name[name] for name in drawn[:n_documents])))


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
    n_words = n_words_of(question.question)
    return Observation(question.id, question.document or "", question.language, question.label, n_words, right, signals)


def _continuation(question: LabelledQuestion, retrieval: Retrieval, *, continues: bool) -> ContinuationObservation:
    signals = tuple(round(float(signal), 4) for signal in retrieval.continuation)
    return ContinuationObservation(question.language, question.document or "", continues, signals)


def save_observations(observations: Sequence[Observation], path: Path) -> None:
    """Write observations as CSV: a column for each attribute, one for each signal."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["question", "document", "language", "kind", "n_words", "right", *SIGNALS])
        rows.writerows([o.question, o.document, o.language, o.kind, o.n_words, int(o.right), *o.signals] for o in observations)


def load_observations(path: Path) -> list[Observation]:
    """Return the observations that `save_observations` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Observation(
                row["question"],
                row["document"],
                "en" if row["language"] == "en" else "nl",
                row["kind"],
                int(row["n_words"]),
                row["right"] == "1",
                tuple(float(row[name]) for name in SIGNALS),
            )
            for row in csv.DictReader(file)
        ]


def matrix(observations: Sequence[Observation]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the signals of observations, `(n_observations, n_signals)` float64."""
    return np.array([observation.signals for observation in observations]).reshape(-1, len(SIGNALS))
