"""The decisive sentence or two of a passage: those that the question's tokens find the most in."""

import numpy as np

from embeddings import max_sim
from qa.retrieval.signals import TokenMatches
from qa.table_rows import BETWEEN
from qa.text.sentences import sentence_spans

MAX_SENTENCES = 2
MAX_ROW = 600
"""Characters of the longest row that is quoted as a whole."""


def decisive_span(text: str, matches: TokenMatches) -> tuple[int, int]:
    """Return the span, in characters of the passage, of its decisive sentence, with a neighbour where that adds evidence.

    A sentence scores as a passage does, over its own tokens only. The best one is taken, and the better of its neighbours if the two together score
    higher than the one alone, that is, if some token of the question finds a better match there. A line of a list goes together with the next one, which
    says more about it, not with the one above; the row of a table is quoted alone.
    """
    spans = quotable_spans(text)
    if len(spans) <= 1:
        return 0, len(text)
    best = max(range(len(spans)), key=lambda i: (_score(matches, *spans[i]), -i))
    start, end = spans[best]
    score = _score(matches, start, end)
    for neighbour in (best - 1, best + 1):
        if 0 <= neighbour < len(spans) and _go_together(
            text, *sorted([spans[best], spans[neighbour]]), best_is_first=neighbour > best
        ):
            pair = min(spans[best][0], spans[neighbour][0]), max(spans[best][1], spans[neighbour][1])
            if (pair_score := _score(matches, *pair)) > score:
                (start, end), score = pair, pair_score
    return start, end


def quotable_spans(text: str) -> list[tuple[int, int]]:
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
    inside = np.flatnonzero((matches.tokens.ends > start) & (matches.tokens.starts < end))
    return max_sim(matches.similarities[:, inside], matches.weights)
