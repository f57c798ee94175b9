"""`PostgresqlWordIndex`: which passages hold which terms, by an index of arrays (GIN).

1. A passage's terms (`qa/text/words.py`) are two arrays, its own and those of its context; the index is of both together.
2. `vocabulary` counts, for every term, the passages that hold it, and keeps the terms backwards too, so that compounds are found by their beginnings and ends.
3. What a question needs of the passages that are found for it, where its terms occur in them, comes with them: the nearest are asked for on the same trip.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from embeddings import Float32Array, Int64Array
from qa.library.filters import Filters
from qa.library.postgresql.connections import Asked, Moment
from qa.library.postgresql.filtering import AMONG, MATCHING, matching
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
_N_AMONG = f"SELECT coalesce(sum(d.n_passages), 0)::bigint FROM documents d WHERE {MATCHING}"
_OCCURRING = """
    ARRAY(SELECT term FROM unnest(w.own) term WHERE term = ANY(%(terms)s::text[])),
    ARRAY(SELECT term FROM unnest(w.context) term WHERE term = ANY(%(terms)s::text[])), cardinality(w.own), cardinality(w.context)
"""
_LIKELY = f"""
WITH asked AS (SELECT * FROM unnest(%(rare)s::text[], %(words)s::integer[], %(gains)s::double precision[]) a(term, word, gain)),
held AS (
    SELECT h.passage_id, a.word, max(a.gain) AS gain FROM (SELECT DISTINCT term FROM asked) t CROSS JOIN LATERAL (
        SELECT passage_id FROM passage_words WHERE own || context @> ARRAY[t.term] COLLATE "C" AND {AMONG}
    ) h JOIN asked a ON a.term = t.term GROUP BY h.passage_id, a.word
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

Near = list[list[tuple[int, Float32Array]]]
"""For every query the passages near it, with their vectors."""


class PostgresqlWordIndex:
    """The words of a library in one moment, in the documents that fit filters; and the passages near vectors, asked for on the same trip."""

    def __init__(self, moment: Moment, filters: Filters) -> None:
        self._moment = moment
        self._among = matching(filters)
        self._n_among: int | None = None if filters else moment.facts.n_passages
        self._occurrences: dict[int, Occurrences] = {}
        self._near: Near = []
        self._near_asked: list[Asked] = []

    def totals(self) -> WordTotals:
        """Return how much is indexed."""
        facts = self._moment.facts
        return WordTotals(facts.n_passages, facts.n_own, facts.n_context)

    def look_up(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> Vocabulary:
        """Return which of these terms there are, and which have these beginnings and endings; one trip for all."""
        key = "vocabulary", frozenset(terms), frozenset(beginnings), frozenset(endings)
        rows = self._moment.remembered.get(key)
        if rows is None:
            rows = self._moment.remembered[key] = self._looked_up(terms, beginnings, endings)
        found = Vocabulary({}, {part: {} for part in beginnings}, {part: {} for part in endings})
        for what, part, least, term, n_passages in rows:
            if what == "term":
                found.frequencies[term] = n_passages
            elif what == "beginning":
                found.beginning[part, least][term] = n_passages
            else:
                found.ending[part[::-1], least][term[::-1]] = n_passages
        return found

    def _looked_up(self, terms: Collection[str], beginnings: Collection[Part], endings: Collection[Part]) -> list[Any]:
        asked: dict[str, Any] = {
            "terms": sorted(terms),
            "beginnings": [part for part, _least in beginnings],
            "beginning_lengths": [least for _part, least in beginnings],
            "endings": [part[::-1] for part, _least in endings],
            "ending_lengths": [least for _part, least in endings],
            "n_most": MAX_COMPOUNDS,
        }
        if self._n_among is not None:
            return self._moment.all(_LOOK_UP, asked)
        rows, ((self._n_among,),) = self._moment.together((_LOOK_UP, asked), (_N_AMONG, self._among))
        return rows

    def ask_nearest(self, queries: Float32Array, n: int, terms: Collection[str]) -> None:
        """Let the `n` passages nearest to every query, about, be asked for on the next trip, with where these terms occur in them."""
        if self._n_among is None:
            self._n_among = int(self._moment.one(_N_AMONG, self._among)[0])
        by_index = self._moment.facts.is_indexed and self._n_among > EXACT_UP_TO
        statement = _NEAREST_BY_INDEX if by_index else _NEAREST_OF_ALL
        parameters = {**self._among, "terms": sorted(terms), "n": n}
        self._near_asked = [(statement, {**parameters, "query": halved(query)}) for query in queries]

    def nearest(self) -> Near:
        """Return the passages that were asked for."""
        if self._near_asked:
            self._arrive(self._moment.together(*self._near_asked))
        return self._near

    def likely(self, words: Sequence[Mapping[str, float]], n: int) -> Int64Array:
        """Return the `n` passages whose words gain most, most first, equal ones in the order of their ids, `(at most n,)` int64."""
        gains = [(term, number, gain) for number, word in enumerate(words) for term, gain in word.items()]
        parameters: dict[str, Any] = {
            **self._among,
            "rare": [term for term, _word, _gain in gains],
            "words": [word for _term, word, _gain in gains],
            "gains": [gain for _term, _word, gain in gains],
            "terms": self._near_asked[0][1]["terms"] if self._near_asked else sorted({term for term, _word, _gain in gains}),
            "n": n,
        }
        rows, *near = self._moment.together((_LIKELY, parameters), *self._near_asked)
        self._arrive(near)
        self._note(rows)
        return np.array([row[0] for row in rows], dtype=np.int64)

    def occurrences(self, passage_ids: Sequence[int], terms: Collection[str]) -> dict[int, Occurrences]:
        """Return where these terms occur in each of those passages that exist; of those that were asked for before, nothing is read again."""
        if unknown := [one for one in passage_ids if one not in self._occurrences]:
            self._note(self._moment.all(_OCCURRENCES, {"ids": unknown, "terms": sorted(terms)}))
        return {one: self._occurrences[one] for one in passage_ids if one in self._occurrences}

    def _arrive(self, answers: Sequence[list[Any]]) -> None:
        self._near = [[(row[0], array_of(row[5])) for row in rows] for rows in answers]
        self._near_asked = []
        for rows in answers:
            self._note(rows)

    def _note(self, rows: Sequence[Sequence[Any]]) -> None:
        self._occurrences |= {row[0]: Occurrences(row[1], row[2], row[3], row[4]) for row in rows}
