"""The decisive sentence or two of a passage: those that the question's tokens find the most in."""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from embeddings import max_sim
from qa.retrieval.signals import TokenMatches
from qa.table_rows import BETWEEN
from qa.text.sentences import sentence_spans
from qa.text.words import QuestionWord, terms_of
from qa.understanding.asked_for import AskedFor, shows

MAX_SENTENCES = 2
EXPECTED = 0.03
"""Added to the score of a sentence that has what the question asks for, such as a name."""
WORDS = 0.06
"""Added to the score of a sentence that has every word of the question; less for fewer."""
EARLIER = 0.03
"""How much of its match with the earlier questions counts for a sentence, where a question goes on with them."""
MAX_ROW = 600
"""Characters of the longest row that is quoted as a whole."""


def decisive_span(
    text: str, matches: TokenMatches, wanted: AskedFor | None = None, words: Sequence[QuestionWord] = ()
) -> tuple[int, int]:
    """Return the span, in characters of the passage, of its decisive sentence, with a neighbour where that adds evidence.

    A sentence scores as a passage does, over its own tokens only, and a little more if it has the question's words, and what is wanted: a name, a time, a number, a reason; and a little for
    the earlier questions, where this one goes on with them.
    The best one is taken, and the better of its neighbours if the two together score higher than the one alone, that is, if some token of the
    question finds a better match there, or if only the neighbour has what is wanted. A line of a list goes together with the next one, which
    says more about it, not with the one above; the row of a table is quoted alone.
    """
    spans = quotable_spans(text)
    if len(spans) <= 1:
        return 0, len(text)

    @cache
    def score_of(start: int, end: int) -> float:
        has_wanted = wanted is not None and shows(text[start:end], wanted)
        earlier = _score(matches.earlier, start, end) if matches.earlier else 0.0
        return _score(matches, start, end) + EXPECTED * has_wanted + WORDS * _share_of(words, text[start:end]) + EARLIER * earlier

    best = max(range(len(spans)), key=lambda i: (score_of(*spans[i]), -i))
    start, end = spans[best]
    score = score_of(start, end)
    for neighbour in (best - 1, best + 1):
        if 0 <= neighbour < len(spans) and _go_together(
            text, *sorted([spans[best], spans[neighbour]]), best_is_first=neighbour > best
        ):
            pair = min(spans[best][0], spans[neighbour][0]), max(spans[best][1], spans[neighbour][1])
            if (pair_score := score_of(*pair)) > score:
                (start, end), score = pair, pair_score
    return start, end


def _share_of(words: Sequence[QuestionWord], sentence: str) -> float:
    """Return how much of a question's words a sentence has, 0 to 1, each by the best of its terms."""
    if not words:
        return 0
    terms = _terms_of(sentence)
    found = (word.alternatives.keys() & terms for word in words)
    return sum(max(map(word.alternatives.__getitem__, some)) for word, some in zip(words, found, strict=True) if some) / len(
        words
    )


@lru_cache(maxsize=2**13)  # the sentences of a library's most likely passages come back question after question
def _terms_of(sentence: str) -> frozenset[str]:
    return frozenset(terms_of(sentence))


@lru_cache(maxsize=2**12)  # as above
def quotable_spans(text: str) -> Sequence[tuple[int, int]]:
    """Return the spans of the sentences of a passage; the row of a table is one, whatever stands in its cells."""
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n\n"):
        is_row = BETWEEN in paragraph and len(paragraph) <= MAX_ROW
        own = [(0, len(paragraph))] if is_row else sentence_spans(paragraph)
        spans += [(start + first, start + last) for first, last in own]
        start += len(paragraph) + 2
    return spans


def _go_together(text: str, first: tuple[int, int], second: tuple[int, int], *, best_is_first: bool) -> bool:
    """Return whether two neighbouring sentences may be one quote."""
    if "\n" not in text[first[1] : second[0]]:
        return True
    return best_is_first and BETWEEN not in text[first[0] : second[1]]


def _score(matches: TokenMatches, start: int, end: int) -> float:
    tokens = matches.tokens  # they stand in the order of the text
    first, last = np.searchsorted(tokens.ends, start, side="right"), np.searchsorted(tokens.starts, end)
    return max_sim(matches.similarities[:, first:last], matches.weights)
