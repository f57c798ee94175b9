"""`WordIndex`: what a library has to know about words, so that passages can be found by them; `word_matches.py` says what is made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from embeddings import Int64Array

MAX_COMPOUNDS = 20
"""The most compounds that one term may stand for at each end, the most frequent first."""

Part = tuple[str, int]
"""The beginning or the end of a term, and how many letters the whole has at least."""

PassageTerms = tuple[list[str], list[str]]
"""A passage's own terms and those of its context."""


class Occurrences(NamedTuple):
    """Terms in a passage, as often as they occur: of its own and of its context, and how many terms of any kind it has."""

    own: Sequence[str]
    context: Sequence[str]
    n_own: int
    n_context: int


@dataclass(frozen=True)
class WordTotals:
    """How much is indexed: passages, terms of their own, and terms of their contexts."""

    n_passages: int
    n_own: int
    n_context: int


@dataclass(frozen=True)
class Vocabulary:
    """Terms, each with the number of passages that hold it.

    Attributes:
        frequencies: of those terms that were asked for and occur.
        beginning: for every beginning that was asked for, the `MAX_COMPOUNDS` most frequent terms that are longer and begin so, equal ones by the alphabet.
        ending: for every ending, those that end so, equal ones by their letters from the last to the first.
    """

    frequencies: dict[str, int]
    beginning: Mapping[Part, dict[str, int]]
    ending: Mapping[Part, dict[str, int]]


class WordIndex(Protocol):
    """Which passages hold which terms."""

    def totals(self) -> WordTotals:
        """Return how much is indexed."""

    def look_up(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> Vocabulary:
        """Return which of these terms there are, and which have these beginnings and endings."""

    def likely(self, words: Sequence[Mapping[str, float]], n: int) -> Int64Array:
        """Return the `n` passages whose words gain most, most first, equal ones in the order of their ids, `(at most n,)` int64.

        Args:
            words: of a question, each with what its terms gain; in a passage a word gains what the best of its terms does, however often it occurs.
            n: at most so many.
        """

    def occurrences(self, passage_ids: Sequence[int], terms: Collection[str]) -> dict[int, Occurrences]:
        """Return where these terms occur in each of those passages that exist."""
