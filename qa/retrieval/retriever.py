"""`Retriever`: from a question, with the earlier ones, to passages, the best first.

1. The question is read alone and, if there are earlier ones, together with them; `Continuation` decides which reading counts.
2. Candidates are the passages nearest to its vector and those whose words match best. Where they come from does not order them, so a question in English is
   not held against passages in Dutch.
3. Every candidate that can be evidence gets its signals (`signals.py`), of the tokens of the new question only; earlier ones colour these.
4. A weighted sum of the signals ranks them. The weights belong to the calibration, which is fitted on questions; where there are only a few words, these count more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from embeddings import Embedder, Embeddings, Float32Array, TokenVectors, unpack_all
from qa.library import Candidate, Library, PassageRecord, require_model
from qa.library.filters import EVERYTHING, Filters
from qa.observing import stage
from qa.retrieval.signals import SIGNALS, TokenMatches, match
from qa.text.words import QuestionWord
from qa.understanding import Understanding
from qa.understanding.continuation import Continuation, continuation_signals

N_NEAREST = 80
N_BY_WORDS = 40
N_REMEMBERED = 3
"""Texts whose vectors are kept while one question is answered: it alone, by which its kind is told too, it with the earlier ones, and the one before it."""

KEYWORDS = 0.3
"""What matching words count more where the question is no more than a few words: whoever types these looks for them. From .2 on it hardly matters."""

LEAD = 0.03
"""What is added to the score of a passage of whom or when the question speaks, without limiting where is looked: little more than what tells two good passages apart."""

IN_DOCUMENT, IN_PASSAGE = 0.04, 0.02
"""What is added for a question that goes on, in the document and in the very passage that answered the one before: the answer stands in that document for 162 of
166 follow-ups of the tuning sets, in that passage for 132."""

HISTORY_QUESTIONS = 2
"""How many of the earlier questions are read with a new one."""


@dataclass(frozen=True, eq=False)
class ScoredPassage:
    """A candidate with what it was ranked by.

    Attributes:
        record: the passage.
        score: the weighted sum of the signals.
        signals: `(n_signals,)` float32 in the order of `SIGNALS`.
        matches: how the question's tokens match the passage's own.
    """

    record: PassageRecord
    score: float
    signals: Float32Array
    matches: TokenMatches

    def __repr__(self) -> str:
        return f"ScoredPassage({self.score:.3f}, {self.record.passage!r})"


@dataclass(frozen=True, eq=False)
class Retrieval:
    """What was found for a question.

    Attributes:
        passages: those that can be evidence, best first, equal ones in the order of the library.
        words: the content words of the question.
        continues: whether the question was read as going on with the earlier ones.
        continuation: the signals that this was decided by; empty without earlier questions.
        vector: of the question read alone, `(dim,)` float32.
        before: the passage that answered the question before, where this one goes on with it and there is one.
    """

    passages: Sequence[ScoredPassage]
    vector: Float32Array
    words: Sequence[QuestionWord] = ()
    continues: bool = False
    continuation: Sequence[float] = ()
    before: PassageRecord | None = None

    def __repr__(self) -> str:
        return f"Retrieval(n_passages={len(self.passages)}, continues={self.continues})"


@dataclass(frozen=True, eq=False)
class _Reading:
    """A question as it is read: alone, or with the earlier ones."""

    vector: Float32Array
    tokens: TokenVectors
    earlier: TokenVectors


class Retriever:
    """Finds passages of a library for a question."""

    def __init__(self, library: Library, embedder: Embedder, *, ranking: Mapping[str, float], continuation: Continuation) -> None:
        require_model(library, embedder.identity)
        self._library = library
        self._embedder = embedder
        self._weights = np.array([ranking[name] for name in SIGNALS], dtype=np.float32)
        self._continuation = continuation
        self._embedded = lru_cache(N_REMEMBERED)(self._embed)

    def vector(self, question: str) -> Float32Array:
        """Return the vector of a question read alone, `(dim,)`."""
        return self._read(question, ())[0].vector

    def retrieve(
        self,
        understood: Understanding,
        *,
        filters: Filters = EVERYTHING,
        leads: Callable[[PassageRecord], bool] = lambda _record: False,
        before: Callable[[], PassageRecord | None] = lambda: None,
    ) -> Retrieval:
        """Return what is found for a question, read together with the last of the earlier ones if it goes on with them.

        Args:
            understood: the question, with the earlier ones.
            filters: of the documents to look in.
            leads: tells which passages go before others that match as well.
            before: gives the passage that answered the question before; looked for only if this one goes on with it.
        """
        question, language, words = understood.question, understood.language, understood.words
        alone, in_context = self._read(question, understood.earlier_subjects)
        found = self._search([alone] if in_context is None else [alone, in_context], words, filters)
        passages = self._rank(question, alone, found[0], leads, words_count=KEYWORDS * understood.is_keywords)
        if in_context is None:
            return Retrieval(passages, alone.vector, words)
        standalone = max((float(passage.signals[:2].mean()) for passage in passages), default=0.0)
        signals = continuation_signals(question, language, standalone)
        continues = self._continuation.continues(signals)
        if not continues:
            return Retrieval(passages, alone.vector, words, continues, signals)
        answered = before()
        passages = self._rank(question, in_context, found[1], leads, answered)
        return Retrieval(passages, alone.vector, words, continues, signals, answered)

    @stage("embedding")
    def _read(self, question: str, history: Sequence[str]) -> tuple[_Reading, _Reading | None]:
        (alone, _start), (together, border) = question_text(question), question_text(question, history)
        embedded = self._embedded(alone)
        tokens = embedded.tokens[0]
        reading = _Reading(embedded.vectors[0], tokens, tokens.between(0, 0))
        if not border:
            return reading, None
        embedded = self._embedded(together)
        tokens = embedded.tokens[0]
        new, old = tokens.between(border, len(together)), tokens.between(0, border - 1)
        return reading, _Reading(embedded.vectors[0], new, old)

    def _embed(self, text: str) -> Embeddings:
        return self._embedder.embed_queries([text])

    @stage("searching")
    def _search(
        self, readings: Sequence[_Reading], words: Sequence[QuestionWord], filters: Filters
    ) -> Sequence[Sequence[Candidate]]:
        vectors = np.stack([reading.vector for reading in readings])
        return self._library.search(vectors, words, n_nearest=N_NEAREST, n_by_words=N_BY_WORDS, filters=filters)

    def _rank(
        self,
        question: str,
        reading: _Reading,
        found: Sequence[Candidate],
        leads: Callable[[PassageRecord], bool],
        before: PassageRecord | None = None,
        *,
        words_count: float = 0.0,
    ) -> list[ScoredPassage]:
        candidates = [candidate for candidate in found if candidate.record.passage.role.is_evidence]
        records = [candidate.record for candidate in candidates]
        word_scores = np.array([candidate.words for candidate in candidates], dtype=np.float32)
        tokens = unpack_all([candidate.packed_tokens for candidate in candidates])
        matches = match(question, reading.tokens, reading.earlier, records, tokens, word_scores)
        added = [LEAD * leads(record) + _nearness(record, before) for record in records]
        scores = matches.signals @ self._weights + np.array(added, dtype=np.float32) + words_count * word_scores
        scored = [
            ScoredPassage(record, float(score), signals, by_token)
            for record, score, signals, by_token in zip(records, scores, matches.signals, matches.by_token, strict=True)
        ]
        return sorted(scored, key=lambda passage: (-passage.score, passage.record.passage_id))


def _nearness(record: PassageRecord, before: PassageRecord | None) -> float:
    if before is None or record.document_id != before.document_id:
        return 0.0
    return IN_DOCUMENT + IN_PASSAGE * (record.passage_id == before.passage_id)


def question_text(question: str, history: Sequence[str] = ()) -> tuple[str, int]:
    """Return a question as it is embedded, the last of the earlier ones before it, and where it begins in that."""
    alone, before = _simplified(question), _simplified(" ".join(history[-HISTORY_QUESTIONS:]))
    return (f"{before} {alone}", len(before) + 1) if before else (alone, 0)


def _simplified(question: str) -> str:
    """Return a question in lower case and without its mark, as different people type it differently; it is found better so."""
    return question.lower().rstrip("?!. ")
