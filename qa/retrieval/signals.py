"""The signals by which a candidate is ranked and judged: a few numbers that can be looked at one by one.

- `passage`: weighted mean over the question's tokens of their largest similarity to a token of the passage itself (MaxSim);
- `context`: the same over the passage and its context (title, question that it answers);
- `weakest`: the mean of the `N_WEAKEST` smallest of these, since what is not there at all tells more than what is there twice;
- `words`: how well its words match, in [0, 1);
- `earlier`: as `context`, of the earlier questions' tokens, when the question goes on with them; else 0;
- `introduction`: 1 for an introduction, which resembles every question about its document and answers few;
- `introduction_asked`: 1 for an introduction when the question is about who asked, whom or when.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings import Float32Array, TokenVectors, best_matches, max_sim
from qa.library import PassageRecord
from qa.observing import stage
from qa.passage import Role

SIGNALS = ("passage", "context", "weakest", "words", "earlier", "introduction", "introduction_asked")
N_WEAKEST = 3

_ABOUT_ASKING = re.compile(
    r"\b(wie|vroeg|vroegen|vragen|gevraagd|ingezonden|ingediend|kamerlid|kamerleden|stelde|stelden|gesteld|wanneer|lid|leden|partij|fractie|"
    r"who|asked|ask|asking|submitted|mps?|party|when|raised|questions?|put)\b",
    re.IGNORECASE,
)


def is_about_asking(question: str) -> bool:
    """Tell whether a question is about who asked, whom or when."""
    return bool(_ABOUT_ASKING.search(question))


@dataclass(frozen=True, eq=False)
class TokenMatches:
    """How the tokens of a question match those of one candidate.

    Attributes:
        tokens: of the passage itself; positions are characters of the passage.
        similarities: `(n_question_tokens, n_passage_tokens)` float32, to the tokens of the passage itself.
        weights: `(n_question_tokens,)` float32, how much each token of the question counts.
        earlier: how the tokens of the earlier questions match it, where the question goes on with them.
    """

    tokens: TokenVectors
    similarities: Float32Array
    weights: Float32Array
    earlier: "TokenMatches | None" = None


@dataclass(frozen=True, eq=False)
class Matches:
    """How a question matches its candidates, one row of `signals` each, `(n_candidates, n_signals)` float32 in the order of `SIGNALS`."""

    signals: Float32Array
    by_token: Sequence[TokenMatches]


@stage("late_interaction")
def match(
    question: str,
    new: TokenVectors,
    earlier: TokenVectors,
    records: Sequence[PassageRecord],
    tokens: Sequence[TokenVectors],
    words: Float32Array,
) -> Matches:
    """Return how a question matches its candidates.

    Args:
        question: as typed.
        new: tokens of the question.
        earlier: tokens of the earlier questions; none if the question starts anew.
        records: the candidates.
        tokens: of each, context and passage, in the same order.
        words: `(n_candidates,)` float32, how well their words match.
    """
    vectors = np.concatenate([one.vectors for one in tokens]) if tokens else np.empty((0, new.vectors.shape[1]), np.float32)
    lengths = np.array([len(one) for one in tokens], dtype=np.int64)
    similarities, before = new.vectors @ vectors.T, earlier.vectors @ vectors.T
    borders = np.concatenate([[0], np.cumsum(lengths)])
    anywhere = best_matches(similarities, lengths)
    by_token = [
        _own(record, one, similarities[:, start:end], new.weights, before[:, start:end], earlier.weights)
        for record, one, start, end in zip(records, tokens, borders[:-1], borders[1:], strict=True)
    ]
    in_passage = [max_sim(one.similarities, one.weights) for one in by_token]
    introductions = np.array([record.passage.role is Role.INTRODUCTION for record in records], dtype=np.float32)
    columns = [
        np.array(in_passage, dtype=np.float32),
        new.weights @ anywhere,
        _mean(np.sort(anywhere, axis=0)[:N_WEAKEST]),
        words,
        earlier.weights @ best_matches(before, lengths),
        introductions,
        introductions * is_about_asking(question),
    ]
    return Matches(np.stack(columns, axis=1).astype(np.float32), by_token)


def _mean(matches: Float32Array) -> Float32Array:
    """Return the mean over tokens, 0 where there are none."""
    return matches.mean(axis=0) if len(matches) else np.zeros(matches.shape[1], np.float32)


def _own(
    record: PassageRecord,
    tokens: TokenVectors,
    similarities: Float32Array,
    weights: Float32Array,
    before: Float32Array,
    earlier_weights: Float32Array,
) -> TokenMatches:
    """Return the part about the passage itself, its positions counted from its first character."""
    offset = record.passage.text_offset
    own = slice(int(np.searchsorted(tokens.ends, offset, side="right")), None)  # tokens stand in the order of the text
    kept = TokenVectors(tokens.vectors[own], np.maximum(tokens.starts[own] - offset, 0), tokens.ends[own] - offset)
    earlier = TokenMatches(kept, before[:, own], earlier_weights) if len(before) else None
    return TokenMatches(kept, similarities[:, own], weights, earlier)
