"""`WordIndex`: which passages hold which terms, in SQLite's FTS5. This module, `database.py` and `writer.py` know SQLite.

1. A passage's terms (`qa/text/words.py`), joined by spaces, are a row under its id: its own, and those of its context. The tokenizer splits at spaces only.
2. `vocabulary` counts, for every term, the passages that hold it. It is written in the transaction that adds or removes the passages, because FTS5's own
   vocabulary table counts anew at every question, and it keeps the terms backwards too, so that compounds are found by their beginnings and ends.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from embeddings import Int64Array
from qa.passage import Passage
from qa.text.words import terms_of

WORD_TABLES = """
CREATE VIRTUAL TABLE passage_words USING fts5(own, context, tokenize = "ascii tokenchars '-.'");
CREATE TABLE vocabulary (term TEXT PRIMARY KEY, reversed TEXT NOT NULL, n_passages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX vocabulary_reversed ON vocabulary (reversed, n_passages);
CREATE TABLE word_totals (n_passages INTEGER NOT NULL, n_own INTEGER NOT NULL, n_context INTEGER NOT NULL) STRICT;
INSERT INTO word_totals VALUES (0, 0, 0);
"""

MAX_COMPOUNDS = 20
"""The most compounds that one term may stand for at each end, the most frequent first."""

_LAST = "\U0010ffff"

PassageTerms = tuple[list[str], list[str]]
"""A passage's own terms and those of its context."""


@dataclass(frozen=True)
class WordTotals:
    """How much is indexed: passages, terms of their own, and terms of their contexts."""

    n_passages: int
    n_own: int
    n_context: int


def add_words(connection: sqlite3.Connection, passages: Iterable[tuple[int, Passage]]) -> None:
    """Index the words of new passages, inside the caller's transaction."""
    rows = [(passage_id, terms_of(passage.text), terms_of(passage.context)) for passage_id, passage in passages]
    connection.executemany(
        "INSERT INTO passage_words (rowid, own, context) VALUES (?, ?, ?)",
        [(passage_id, " ".join(own), " ".join(context)) for passage_id, own, context in rows],
    )
    _count(connection, [(own, context) for _id, own, context in rows], 1)


def remove_words(connection: sqlite3.Connection, passage_ids: Sequence[int]) -> None:
    """Forget the words of passages, inside the caller's transaction."""
    wanted = json.dumps(list(passage_ids))
    rows = connection.execute(
        "SELECT own, context FROM passage_words WHERE rowid IN (SELECT value FROM json_each(?))", (wanted,)
    ).fetchall()
    connection.execute("DELETE FROM passage_words WHERE rowid IN (SELECT value FROM json_each(?))", (wanted,))
    _count(connection, [(own.split(), context.split()) for own, context in rows], -1)


def merge_words(connection: sqlite3.Connection) -> None:
    """Merge what batches wrote apart, which more than halves the time of a search: a second for 100,000 passages."""
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")


def _count(connection: sqlite3.Connection, passages: Sequence[PassageTerms], sign: int) -> None:
    counts = Counter(term for own, context in passages for term in {*own, *context})
    connection.executemany(
        "INSERT INTO vocabulary VALUES (?, ?, ?) ON CONFLICT (term) DO UPDATE SET n_passages = n_passages + excluded.n_passages",
        [(term, term[::-1], sign * n) for term, n in sorted(counts.items())],
    )
    if sign < 0:
        connection.executemany("DELETE FROM vocabulary WHERE term = ? AND n_passages = 0", [(term,) for term in counts])
    connection.execute(
        "UPDATE word_totals SET n_passages = n_passages + ?, n_own = n_own + ?, n_context = n_context + ?",
        (sign * len(passages), sign * sum(len(own) for own, _ in passages), sign * sum(len(context) for _, context in passages)),
    )


class WordIndex:
    """The words of a library, read through `query`, which runs an SQL query with its parameters and returns all rows."""

    def __init__(self, query: Callable[..., list[Any]]) -> None:
        self._query = query

    def totals(self) -> WordTotals:
        """Return how much is indexed."""
        (row,) = self._query("SELECT n_passages, n_own, n_context FROM word_totals")
        return WordTotals(*row)

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many passages each of those terms occurs that occur at all."""
        return dict(
            self._query(
                "SELECT term, n_passages FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))",
                json.dumps(sorted(terms)),
            )
        )

    def beginning_with(self, term: str, min_length: int) -> dict[str, int]:
        """Return the most frequent terms of at least `min_length` letters that begin with `term`, each with the number of its passages."""
        return dict(
            self._query(
                "SELECT term, n_passages FROM vocabulary WHERE term > ?1 AND term < ?2 AND length(term) >= ?3 "
                "ORDER BY n_passages DESC, term LIMIT ?4",
                term,
                term + _LAST,
                min_length,
                MAX_COMPOUNDS,
            )
        )

    def ending_in(self, term: str, min_length: int) -> dict[str, int]:
        """Return the most frequent terms of at least `min_length` letters that end in `term`, each with the number of its passages."""
        rows = self._query(
            "SELECT reversed, n_passages FROM vocabulary WHERE reversed > ?1 AND reversed < ?2 AND length(reversed) >= ?3 "
            "ORDER BY n_passages DESC, reversed LIMIT ?4",
            term[::-1],
            term[::-1] + _LAST,
            min_length,
            MAX_COMPOUNDS,
        )
        return {reversed_term[::-1]: n_passages for reversed_term, n_passages in rows}

    def passages_with(self, term: str) -> Int64Array:
        """Return the ids of the passages that hold a term, `(n,)` int64 in rising order."""
        ((ids,),) = self._query("SELECT group_concat(rowid) FROM passage_words WHERE passage_words MATCH ?", f'"{term}"')
        return np.fromstring(ids or "", dtype=np.int64, sep=",")  # five times as fast as a row each

    def terms(self, passage_ids: Sequence[int]) -> dict[int, PassageTerms]:
        """Return the terms of each of those passages that exist."""
        rows = self._query(
            "SELECT rowid, own, context FROM passage_words WHERE rowid IN (SELECT value FROM json_each(?))",
            json.dumps(list(passage_ids)),
        )
        return {passage_id: (own.split(), context.split()) for passage_id, own, context in rows}
