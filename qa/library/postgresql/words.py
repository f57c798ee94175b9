"""`PostgresqlWordIndex`: which passages hold which terms, by an index of arrays (GIN).

1. A passage's terms (`qa/text/words.py`) are two arrays, its own and those of its context; the index is of both together.
2. `vocabulary` counts, for every term, the passages that hold it, and keeps the terms backwards too, so that compounds are found by their beginnings and ends.
3. `OFFSET 0` keeps the search for a term apart from filters: together they were planned as a reading of all passages for each term, 30 s among a million.
4. What a question needs of the passages that are found for it, where its terms occur in them, comes with them: the nearest are asked for on the same trip.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from embeddings import Float32Array, Int64Array
from qa.library.filters import Filters
from qa.library.postgresql.filtering import AMONG, MATCHING, matching
from qa.library.postgresql.moment import Moment
from qa.library.postgresql.vectors import array_of, halved
from qa.library.word_index import MAX_COMPOUNDS, Occurrences, Part, Vocabulary, WordTotals

MAX_TERM = 400
"""Letters of a term that is kept: an index takes no longer ones, and nobody writes such words."""
EXACT_UP_TO = 40_000
"""Passages of the documents that fit filters: so few are compared one by one, as an index of vectors finds few among many badly."""

_LOOK_UP = """
SELECT 'term', '', 0, term, n_passages FROM vocabulary WHERE term = ANY(%(terms)s::text[])
UNION ALL SELECT 'beginning', part, least, v.term, v.n_passages
FROM unnest(%(beginnings)s::text[], %(beginning_lengths)s::integer[]) asked(part, least) CROSS JOIN LATERAL (
    SELECT term, n_passages FROM vocabulary WHERE term > part COLLATE "C" AND term < (part || chr(1114111)) COLLATE "C" AND length(term) >= least
    ORDER BY n_passages DESC, term LIMIT %(n_most)s
) v
UNION ALL SELECT 'ending', part, least, v.reversed, v.n_passages
FROM unnest(%(endings)s::text[], %(ending_lengths)s::integer[]) asked(part, least) CROSS JOIN LATERAL (
    SELECT reversed, n_passages FROM vocabulary WHERE reversed > part COLLATE "C" AND reversed < (part || chr(1114111)) COLLATE "C" AND length(reversed) >= least
    ORDER BY n_passages DESC, reversed LIMIT %(n_most)s
) v
"""
_OCCURRING = """
    ARRAY(SELECT term FROM unnest(w.own) term WHERE term = ANY(%(terms)s::text[])),
    ARRAY(SELECT term FROM unnest(w.context) term WHERE term = ANY(%(terms)s::text[])), cardinality(w.own), cardinality(w.context)
"""
_LIKELY = f"""
WITH asked AS (SELECT * FROM unnest(%(rare)s::text[], %(words)s::integer[], %(gains)s::double precision[]) a(term, word, gain)),
held AS (
    SELECT h.passage_id, a.word, max(a.gain) AS gain FROM (SELECT DISTINCT term FROM asked) t CROSS JOIN LATERAL (
        SELECT passage_id, document FROM passage_words WHERE own || context @> ARRAY[t.term] COLLATE "C" OFFSET 0
    ) h JOIN asked a ON a.term = t.term WHERE {AMONG} GROUP BY h.passage_id, a.word
),
likely AS (
    SELECT passage_id, round(sum(gain)::numeric, 5) AS gained FROM held GROUP BY passage_id ORDER BY gained DESC, passage_id LIMIT %(n)s
)
SELECT l.passage_id, {_OCCURRING} FROM likely l JOIN passage_words w ON w.passage_id = l.passage_id ORDER BY l.gained DESC, l.passage_id
"""
_OCCURRENCES = f"SELECT w.passage_id, {_OCCURRING} FROM passage_words w WHERE w.passage_id = ANY(%(ids)s::bigint[])"
_NEAREST_OF_ALL = f"""
SELECT e.passage_id, {_OCCURRING}, e.vector FROM (
    SELECT passage_id, vector FROM embeddings WHERE {AMONG} ORDER BY (vector <#> %(query)s) + 0, passage_id LIMIT %(n)s
) e JOIN passage_words w ON w.passage_id = e.passage_id
"""
_NEAREST_BY_INDEX = f"""
SELECT e.passage_id, {_OCCURRING}, e.vector FROM (
    SELECT passage_id, vector FROM embeddings WHERE {AMONG} ORDER BY vector <#> %(query)s LIMIT %(n)s
) e JOIN passage_words w ON w.passage_id = e.passage_id
"""
_NEAREST_OF_SOME = f"""
WITH among AS MATERIALIZED (SELECT d.number, d.n_passages FROM documents d WHERE {MATCHING}),
counted AS MATERIALIZED (SELECT coalesce(sum(n_passages), 0) <= %(exact_up_to)s AS are_few FROM among)
SELECT e.passage_id, {_OCCURRING}, e.vector FROM (
    (SELECT one.passage_id, one.vector FROM among CROSS JOIN LATERAL (
        SELECT passage_id, vector FROM embeddings WHERE document = among.number OFFSET 0
    ) one WHERE (SELECT are_few FROM counted) ORDER BY (one.vector <#> %(query)s) + 0, one.passage_id LIMIT %(n)s)
    UNION ALL (
        SELECT passage_id, vector FROM embeddings WHERE NOT (SELECT are_few FROM counted) AND (document IN (SELECT number FROM among)) IS TRUE
        ORDER BY vector <#> %(query)s LIMIT %(n)s
    )
) e JOIN passage_words w ON w.passage_id = e.passage_id
"""

Near = list[list[tuple[int, Float32Array]]]
"""For every query the passages near it, with their vectors."""


class PostgresqlWordIndex:
    """The words of a library in one moment, in the documents that fit filters; and the passages near vectors, asked for on the same trip."""

    def __init__(self, moment: Moment, filters: Filters) -> None:
        self._moment = moment
        self._among = matching(filters)
        self._is_limited = bool(filters)
        self._occurrences: dict[int, Occurrences] = {}
        self._near: Near = []
        self._n_expected = 0
        self._terms: list[str] = []

    def totals(self) -> WordTotals:
        """Return how much is indexed."""
        facts = self._moment.facts
        return WordTotals(facts.n_passages, facts.n_own, facts.n_context)

    def look_up(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> Vocabulary:
        """Return which of these terms there are, and which have these beginnings and endings; one trip for all, or none if they were expected."""
        key = self.expect(terms, beginnings, endings)
        if self._moment.remembered[key] is None:
            self._moment.together()
        return _vocabulary(self._moment.remembered[key], beginnings, endings)

    def expect(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> Hashable:
        """Let what will be looked up come with the next trip, unless it came before; return what it is remembered by."""
        key = "vocabulary", frozenset(terms), frozenset(beginnings), frozenset(endings)
        remembered = self._moment.remembered
        if key not in remembered:
            remembered[key] = None
            asked: dict[str, Any] = {
                "terms": sorted(terms),
                "beginnings": [part for part, _least in beginnings],
                "beginning_lengths": [least for _part, least in beginnings],
                "endings": [part[::-1] for part, _least in endings],
                "ending_lengths": [least for _part, least in endings],
                "n_most": MAX_COMPOUNDS,
            }
            self._moment.expect(_LOOK_UP, asked, lambda rows: remembered.update({key: rows}))
        return key

    def ask_nearest(self, queries: Float32Array, n: int, terms: Collection[str]) -> None:
        """Let the `n` passages nearest to every query, about, be asked for on the next trip, with where these terms occur in them."""
        self._terms, self._near, self._n_expected = sorted(terms), [], len(queries)
        parameters = {**self._among, "terms": self._terms, "n": n, "exact_up_to": EXACT_UP_TO}
        facts = self._moment.facts
        statement = _NEAREST_OF_ALL if facts.n_passages <= EXACT_UP_TO or not facts.is_indexed else _NEAREST_BY_INDEX
        if statement == _NEAREST_BY_INDEX and self._is_limited:
            statement = _NEAREST_OF_SOME
        for query in queries:
            self._moment.expect(statement, {**parameters, "query": halved(query)}, self._arrive)

    def nearest(self) -> Near:
        """Return the passages that were asked for."""
        if len(self._near) < self._n_expected:
            self._moment.together()
        return self._near

    def likely(self, words: Sequence[Mapping[str, float]], n: int) -> Int64Array:
        """Return the `n` passages whose words gain most, most first, equal ones in the order of their ids, `(at most n,)` int64."""
        gains = [(term, number, gain) for number, word in enumerate(words) for term, gain in word.items()]
        parameters: dict[str, Any] = {
            **self._among,
            "rare": [term for term, _word, _gain in gains],
            "words": [word for _term, word, _gain in gains],
            "gains": [gain for _term, _word, gain in gains],
            "terms": self._terms or sorted({term for term, _word, _gain in gains}),
            "n": n,
        }
        rows = self._moment.all(_LIKELY, parameters)
        self._note(rows)
        return np.array([row[0] for row in rows], dtype=np.int64)

    def occurrences(self, passage_ids: Sequence[int], terms: Collection[str]) -> dict[int, Occurrences]:
        """Return where these terms occur in each of those passages that exist; of those that were asked for before, nothing is read again."""
        if unknown := [one for one in passage_ids if one not in self._occurrences]:
            self._note(self._moment.all(_OCCURRENCES, {"ids": unknown, "terms": sorted(terms)}))
        return {one: self._occurrences[one] for one in passage_ids if one in self._occurrences}

    def _arrive(self, rows: list[Any]) -> None:
        self._near.append([(row[0], array_of(row[5])) for row in rows])
        self._note(rows)

    def _note(self, rows: Sequence[Sequence[Any]]) -> None:
        self._occurrences |= {row[0]: Occurrences(row[1], row[2], row[3], row[4]) for row in rows}


def _vocabulary(rows: Sequence[Sequence[Any]], beginnings: Collection[Part], endings: Collection[Part]) -> Vocabulary:
    found = Vocabulary({}, {part: {} for part in beginnings}, {part: {} for part in endings})
    for what, part, least, term, n_passages in rows:
        if what == "term":
            found.frequencies[term] = n_passages
        elif what == "beginning":
            found.beginning[part, least][term] = n_passages
        else:
            found.ending[part[::-1], least][term[::-1]] = n_passages
    return found
