"""`Retriever`: from a question, with the earlier ones, to passages, the best first.

1. The question, read together with the earlier questions, gives one vector; its nearest passages are the candidates. A question with a history is
   also looked up by itself, so that a change of subject is not missed.
2. Candidates that can be evidence are ranked by late interaction: for every token of the new question (the earlier ones only colour it), its
   largest similarity to a token of the passage.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from embeddings import Embedder, Float32Array, TokenVectors, max_sim, token_similarities
from qa.library import Library, PassageRecord

N_CANDIDATES = 60
HISTORY_QUESTIONS = 2
"""How many of the earlier questions are read with a new one."""


@dataclass(frozen=True, eq=False)
class ScoredPassage:
    """A candidate with its score and what it was scored with.

    Attributes:
        record: the passage.
        score: mean over the question's tokens of their largest similarity to a token of the passage.
        tokens: of the passage; positions are characters of the passage.
        similarities: `(n_question_tokens, n_passage_tokens)` float32.
    """

    record: PassageRecord
    score: float
    tokens: TokenVectors
    similarities: Float32Array

    def __repr__(self) -> str:
        return f"ScoredPassage({self.score:.3f}, {self.record.passage!r})"


@dataclass(frozen=True, eq=False)
class Retrieval:
    """What was found for a question.

    Attributes:
        passages: those that can be evidence, best first, equal ones in the order of the library.
        standalone_score: the best score of any of them when the question is read by itself, without the earlier ones.
    """

    passages: Sequence[ScoredPassage]
    standalone_score: float

    def __repr__(self) -> str:
        return f"Retrieval(n_passages={len(self.passages)}, standalone_score={self.standalone_score:.3f})"


class Retriever:
    """Finds passages of a library for a question."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        library.require_model(embedder.identity)
        self._library = library
        self._embedder = embedder

    def retrieve(self, question: str, history: Sequence[str] = (), *, among: Collection[int] | None = None) -> Retrieval:
        """Return what is found for a question, read together with the last of the earlier ones; `among` these passages, if they are given."""
        earlier = " ".join(history[-HISTORY_QUESTIONS:])
        in_context = f"{earlier} {question}" if earlier else question
        embedded = self._embedder.embed_queries([in_context, question] if earlier else [question])
        question_tokens = embedded.tokens[0].between(len(in_context) - len(question), len(in_context))
        passages = self._rank(question_tokens, self._candidates(embedded.vectors, among))
        if earlier:
            standalone_scores = [max_sim(token_similarities(embedded.tokens[1].vectors, p.tokens.vectors)) for p in passages]
        else:
            standalone_scores = [p.score for p in passages[:1]]
        return Retrieval(passages, standalone_score=max(standalone_scores, default=0.0))

    def _candidates(self, query_vectors: Float32Array, among: Collection[int] | None) -> list[PassageRecord]:
        rankings = self._library.nearest(query_vectors, N_CANDIDATES, among=among)
        passage_ids = list(dict.fromkeys(hit.id for ranking in rankings for hit in ranking))
        return [record for record in self._library.passages(passage_ids) if record.passage.role.is_evidence]

    def _rank(self, question_tokens: TokenVectors, records: Sequence[PassageRecord]) -> list[ScoredPassage]:
        scored = []
        for record, tokens in zip(records, self._library.token_vectors([r.passage_id for r in records]), strict=True):
            similarities = token_similarities(question_tokens.vectors, tokens.vectors)
            scored.append(ScoredPassage(record, max_sim(similarities), tokens, similarities))
        return sorted(scored, key=lambda passage: (-passage.score, passage.record.passage_id))
