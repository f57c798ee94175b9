"""`SqlWordIndex`: which passages hold which terms, in SQLite's FTS5.

1. A passage's terms (`qa/text/words.py`), joined by spaces, are a row under its id: its own, and those of its context. The tokenizer splits at spaces only.
2. `vocabulary` counts, for every term, the passages that hold it. It is written in the transaction that adds or removes the passages, because FTS5's own
   vocabulary table counts anew at every question, and it keeps the terms backwards too, so that compounds are found by their beginnings and ends.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from embeddings import BoolArray, Float32Array, Int64Array
from qa.library.word_index import MAX_COMPOUNDS, Occurrences, Part, PassageTerms, Vocabulary, WordTotals
from qa.passage import Passage
from qa.text.words import terms_of

WORD_TABLES = """
CREATE VIRTUAL TABLE passage_words USING fts5(own, context, tokenize = "ascii tokenchars '-.'");
CREATE TABLE vocabulary (term TEXT PRIMARY KEY, reversed TEXT NOT NULL, n_passages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX vocabulary_reversed ON vocabulary (reversed, n_passages);
CREATE TABLE word_totals (n_passages INTEGER NOT NULL, n_own INTEGER NOT NULL, n_context INTEGER NOT NULL) STRICT;
INSERT INTO word_totals VALUES (0, 0, 0);
"""

_MERGED_PAGES = 200
_LOOK_UP = """
SELECT 'term', '', 0, term, n_passages FROM vocabulary WHERE term IN (SELECT value FROM json_each(?1))
UNION ALL SELECT * FROM (
    SELECT 'beginning', part, min_length, term, n_passages FROM (
        SELECT value ->> 0 AS part, value ->> 1 AS min_length, term, n_passages,
            ROW_NUMBER() OVER (PARTITION BY value ORDER BY n_passages DESC, term) AS place
        FROM json_each(?2) CROSS JOIN vocabulary
        WHERE term > value ->> 0 AND term < (value ->> 0) || char(1114111) AND length(term) >= value ->> 1
    ) WHERE place <= ?4
) UNION ALL SELECT * FROM (
    SELECT 'ending', part, min_length, reversed, n_passages FROM (
        SELECT value ->> 0 AS part, value ->> 1 AS min_length, reversed, n_passages,
            ROW_NUMBER() OVER (PARTITION BY value ORDER BY n_passages DESC, reversed) AS place
        FROM json_each(?3) CROSS JOIN vocabulary INDEXED BY vocabulary_reversed
        WHERE reversed > value ->> 0 AND reversed < (value ->> 0) || char(1114111) AND length(reversed) >= value ->> 1
    ) WHERE place <= ?4
)
"""


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
    """Merge some of what batches wrote apart, which makes searches quicker; it costs little at a time, however large the library is."""
    connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('merge', ?)", (_MERGED_PAGES,))


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


class SqlWordIndex:
    """The words of a library file.

    Args:
        query: runs an SQL query with its parameters and returns all rows.
        among: `(n_ids,)` bool, whether each id from 0 on may be found; without it, all.
    """

    def __init__(self, query: Callable[..., list[Any]], among: BoolArray | None = None) -> None:
        self._query = query
        self._among = among

    def totals(self) -> WordTotals:
        """Return how much is indexed."""
        (row,) = self._query("SELECT n_passages, n_own, n_context FROM word_totals")
        return WordTotals(*row)

    def look_up(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> Vocabulary:
        """Return which of these terms there are, and which have these beginnings and endings; one statement for all."""
        backwards = [(part[::-1], min_length) for part, min_length in endings]
        wanted = (json.dumps(sorted(some)) for some in (terms, beginnings, backwards))
        found = Vocabulary({}, {part: {} for part in beginnings}, {part: {} for part in endings})
        for what, part, min_length, term, n_passages in self._query(_LOOK_UP, *wanted, MAX_COMPOUNDS):
            if what == "term":
                found.frequencies[term] = n_passages
            elif what == "beginning":
                found.beginning[part, min_length][term] = n_passages
            else:
                found.ending[part[::-1], min_length][term[::-1]] = n_passages
        return found

    def likely(self, words: Sequence[Mapping[str, float]], n: int) -> Int64Array:
        """Return the `n` passages whose words gain most, most first, equal ones in the order of their ids, `(at most n,)` int64."""
        sums: Float32Array = np.zeros(1, dtype=np.float32)
        postings = self._passages_with({term for word in words for term in word})
        for word in words:
            best = np.zeros_like(sums)
            for term, gain in word.items():
                ids = postings[term]
                if (n_more := ids.max(initial=0) + 1 - len(best)) > 0:
                    sums, best = np.pad(sums, (0, n_more)), np.pad(best, (0, n_more))
                best[ids] = np.maximum(best[ids], gain)
            sums += best
        if self._among is not None:
            sums[: len(self._among)] *= self._among[: len(sums)]
            sums[len(self._among) :] = 0
        found = np.flatnonzero(sums)
        return found[np.argsort(-sums[found], kind="stable")[:n]]

    def _passages_with(self, terms: Collection[str]) -> dict[str, Int64Array]:
        """Return for each term the ids of the passages that hold it, `(n,)` int64 in rising order; one statement for all."""
        rows = self._query(
            "SELECT value, (SELECT group_concat(rowid) FROM passage_words WHERE passage_words MATCH '\"' || value || '\"') FROM json_each(?)",
            json.dumps(sorted(terms)),
        )
        return {term: np.fromstring(ids or "", dtype=np.int64, sep=",") for term, ids in rows}  # five times as fast as a row each

    def occurrences(self, passage_ids: Sequence[int], terms: Collection[str]) -> dict[int, Occurrences]:
        """Return where these terms occur in each of those passages that exist."""
        rows = self._query(
            "SELECT rowid, own, context FROM passage_words WHERE rowid IN (SELECT value FROM json_each(?))",
            json.dumps(list(passage_ids)),
        )
        return {passage_id: _occurrences(own.split(), context.split(), terms) for passage_id, own, context in rows}


def _occurrences(own: list[str], context: list[str], terms: Collection[str]) -> Occurrences:
    return Occurrences([one for one in own if one in terms], [one for one in context if one in terms], len(own), len(context))
