"""What every kind of library makes of the nearest passages and of those whose words match: candidates, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings import Int64Array
from qa.library.records import Candidate, PassageRecord
from qa.library.word_matches import WordMatches, best_of


@dataclass(frozen=True)
class Chosen:
    """The passages that a search has chosen, for every query, and how well the words of each match."""

    ids: Sequence[Sequence[int]]
    words: Mapping[int, float]

    @classmethod
    def of(cls, nearest: Sequence[Sequence[int]], likely: Int64Array, matches: WordMatches, n_by_words: int) -> "Chosen":
        """Return the nearest passages, and after these the others of `likely` whose words match best, at most `n_by_words`."""
        wanted = list(dict.fromkeys([*likely.tolist(), *(passage_id for ids in nearest for passage_id in ids)]))
        words = dict(zip(wanted, matches.scores(wanted).tolist(), strict=True))
        scores = np.array([words[passage_id] for passage_id in likely.tolist()], np.float32)
        by_words = [hit.id for hit in best_of(likely, scores, n_by_words)]
        return cls([list(dict.fromkeys([*ids, *by_words])) for ids in nearest], words)

    @property
    def passage_ids(self) -> list[int]:
        """Every passage once."""
        return list(dict.fromkeys(passage_id for ids in self.ids for passage_id in ids))

    def candidates(self, stored: Mapping[int, tuple[PassageRecord, bytes]]) -> list[list[Candidate]]:
        """Return the candidates for every query, of the passages and their packed token vectors."""
        made = {
            passage_id: Candidate(record, packed, self.words.get(passage_id, 0.0))
            for passage_id, (record, packed) in stored.items()
        }
        return [[made[passage_id] for passage_id in ids if passage_id in made] for ids in self.ids]
