"""`WordMatches`: the passages whose words match a question's, by BM25 (Robertson and Zaragoza, 2009).

1. Every word of a question gives a number of terms, each with a gain: its weight times its rarity, ln(1 + (N - n + .5) / (n + .5)), where n of N passages
   hold it. A term's compounds and its parts count half, and are never rarer than the term itself.
2. In a passage a word earns its best term's gain times f / (f + k1 (1 - b + b L / mean L)), with f its occurrences and L the number of terms, those of
   the context counting `CONTEXT_WEIGHT` in both (BM25F); k1 and b as in Anserini, which on short passages did better than 1.2 and 0.75.
   The score is the sum over words, divided by the most that could be earned, so that it lies in [0, 1) and a word that occurs nowhere lowers it.
3. The best of a large library are found among few: the passages that hold the rarest terms, at most `MAX_POSTINGS` of them, are ordered by the sum of
   gains, and the first of them are scored. Common terms are left out of this search only. While a library is small nothing is left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from embeddings import Float32Array, Hit, Int64Array
from qa.library.compounds import relatives_of
from qa.library.word_index import Occurrences, WordIndex, WordTotals
from qa.text.words import PART_WEIGHT, QuestionWord

K1 = 0.9
B = 0.4
CONTEXT_WEIGHT = 0.4
"""What an occurrence in a passage's context counts, beside one in the passage itself."""
MAX_POSTINGS = 20_000
MIN_SCORED = 200
"""How many passages are scored at least, in search of the best few."""


@dataclass(frozen=True)
class WeighedWord:
    """A word of a question, as a library knows it: what each of its terms gains, and the most that it could."""

    gains: Mapping[str, float]
    frequencies: Mapping[str, int]
    most: float


class WordMatches:
    """How the words of one question match the passages of one library, as it is now; it reads three times at most, however many words there are, and once for what is unknown."""

    def __init__(self, index: WordIndex, words: Sequence[QuestionWord]) -> None:
        self._index = index
        self._words = words
        self._relatives = relatives_of({term for word in words for term in word.alternatives}, index)

    @cached_property
    def _totals(self) -> WordTotals:
        return self._index.totals()

    @cached_property
    def _mean_length(self) -> float:
        totals = self._totals
        return (totals.n_own + CONTEXT_WEIGHT * totals.n_context) / max(totals.n_passages, 1)

    @cached_property
    def _weighed(self) -> Sequence[WeighedWord]:
        return [self._weigh_word(word) for word in self._words]

    @property
    def terms(self) -> frozenset[str]:
        """All terms that gain something."""
        return frozenset(term for word in self._weighed for term in word.gains)

    def hits(self, k: int) -> list[Hit]:
        """Return the `k` passages that match best, best first, equal ones in the order of their ids."""
        likely = self.likely(k)
        return best_of(likely, self.scores(likely.tolist()), k)

    def scores(self, passage_ids: Sequence[int]) -> Float32Array:
        """Return the scores of passages, `(n_passages,)` float32; 0 for one that is not there."""
        most = sum(word.most for word in self._weighed)
        gains = _by_term(self._weighed)
        stored = self._index.occurrences(passage_ids, self.terms) if gains else {}
        scores = np.zeros(len(passage_ids), dtype=np.float32)
        for i, passage_id in enumerate(passage_ids):
            if passage_id in stored and (saturated := self._saturated(stored[passage_id])):
                scores[i] = _earned(gains, saturated, len(self._weighed)) / most
        return scores

    def unknown(self) -> tuple[str, ...]:
        """Return the words, as typed, that occur nowhere, neither whole nor as the beginning or the end of a longer one."""
        return tuple(word.text for word in self._words if not any(map(self._occurs, word.alternatives)))

    def _occurs(self, term: str) -> bool:
        return term in self._relatives.frequencies or bool(self._relatives.compounds[term])

    def _weigh_word(self, word: QuestionWord) -> WeighedWord:
        known = self._relatives.frequencies
        frequencies = {term: known[term] for term in word.alternatives if term in known}
        gains = {term: word.alternatives[term] * self._rarity(n) for term, n in frequencies.items()}
        if_absent = 0.0 if gains else self._rarity(1)
        for term, weight in word.alternatives.items():
            related = self._relatives.compounds[term] | self._relatives.parts[term]
            for other, n in related.items():
                gain = PART_WEIGHT * weight * min(self._rarity(known.get(term, 1)), self._rarity(n))
                gains[other] = max(gain, gains.get(other, 0.0))
            frequencies |= related
        return WeighedWord(gains, frequencies, max(if_absent, *gains.values(), 0.0))

    def _rarity(self, n_passages: int) -> float:
        return log(1 + (self._totals.n_passages - n_passages + 0.5) / (n_passages + 0.5))

    def likely(self, k: int) -> Int64Array:
        """Return the passages among which the `k` best are: those whose terms gain most, however often and however long, `(n,)` int64."""
        rare = self._rarest(self._weighed)
        words = [{term: gain for term, gain in word.gains.items() if term in rare} for word in self._weighed]
        return self._index.likely(words, max(MIN_SCORED, k)) if rare else np.zeros(0, dtype=np.int64)

    def _rarest(self, weighed: Sequence[WeighedWord]) -> set[str]:
        """The rarest terms that together have at most `MAX_POSTINGS` passages, but at least one."""
        frequencies = {term: n for word in weighed for term, n in word.frequencies.items()}
        rarest: set[str] = set()
        n_postings = 0
        for term, n in sorted(frequencies.items(), key=lambda pair: (pair[1], pair[0])):
            n_postings += n
            if rarest and n_postings > MAX_POSTINGS:
                break
            rarest.add(term)
        return rarest

    def _saturated(self, passage: Occurrences) -> dict[str, float]:
        own, context = Counter(passage.own), Counter(passage.context)
        length = passage.n_own + CONTEXT_WEIGHT * passage.n_context
        damping = K1 * (1 - B + B * length / self._mean_length)
        counts = {term: own[term] + CONTEXT_WEIGHT * context[term] for term in own | context}
        return {term: count / (count + damping) for term, count in counts.items()}


def best_of(passage_ids: Int64Array, scores: Float32Array, k: int) -> list[Hit]:
    """Return the `k` best of passages, best first, equal ones in the order of their ids, those without any match left out."""
    order = np.lexsort((passage_ids, -scores))[:k]
    return [Hit(int(passage_ids[i]), float(scores[i])) for i in order if scores[i] > 0]


def _by_term(weighed: Sequence[WeighedWord]) -> dict[str, list[tuple[int, float]]]:
    """For every term the numbers of the words that it stands for, and what it gains each."""
    gains: dict[str, list[tuple[int, float]]] = {}
    for i, word in enumerate(weighed):
        for term, gain in word.gains.items():
            gains.setdefault(term, []).append((i, gain))
    return gains


def _earned(gains: Mapping[str, list[tuple[int, float]]], saturated: Mapping[str, float], n_words: int) -> float:
    best = [0.0] * n_words
    for term, share in saturated.items():
        for i, gain in gains[term]:
            best[i] = max(best[i], gain * share)
    return sum(best)
