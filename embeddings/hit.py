"""`Hit`: a neighbour that was found, and the order of such. Leaf module: who ranks by words needs it without FAISS."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A neighbour: its id and its score, the inner product with the query (the cosine, for unit vectors). Higher is nearer."""

    id: int
    score: float


def nearest_first(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in order of their scores, equal ones by id."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))
