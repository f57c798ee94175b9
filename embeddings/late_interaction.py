"""MaxSim, the late interaction of ColBERT: O. Khattab and M. Zaharia, SIGIR 2020, equation 3, one row per query token."""

from collections.abc import Sequence

import numpy as np

from embeddings.arrays import Float32Array, Int64Array


def token_similarities(query: Float32Array, passage: Float32Array) -> Float32Array:
    """Return the cosine of every query token with every passage token.

    Args:
        query: `(n_query_tokens, dim)` float32, unit rows.
        passage: `(n_passage_tokens, dim)` float32, unit rows.

    Returns:
        `(n_query_tokens, n_passage_tokens)` float32.
    """
    return query @ passage.T


def best_matches(similarities: Float32Array, lengths: Sequence[int] | Int64Array) -> Float32Array:
    """Return, for every query token, its largest similarity to a token of each of several stretches of tokens.

    Args:
        similarities: `(n_query_tokens, n_tokens)` float32, the stretches side by side.
        lengths: of the stretches, in tokens; they add up to `n_tokens`.

    Returns:
        `(n_query_tokens, n_stretches)` float32; 0 for a stretch without tokens.
    """
    lengths = np.asarray(lengths, dtype=np.int64)
    matches = np.zeros((len(similarities), len(lengths)), dtype=np.float32)
    filled = lengths > 0
    if len(similarities) and filled.any():
        starts = np.cumsum(lengths) - lengths
        matches[:, filled] = np.maximum.reduceat(similarities, starts[filled], axis=1)
    return matches


def max_sim(similarities: Float32Array, weights: Float32Array) -> float:
    """Return the weighted sum over query tokens of their largest similarity to any passage token; 0 if either side has no tokens.

    Args:
        similarities: `(n_query_tokens, n_passage_tokens)` float32, from `token_similarities`.
        weights: `(n_query_tokens,)` float32, of the query tokens; with a sum of 1 the result is a mean.
    """
    return float(weights @ similarities.max(axis=1)) if similarities.size else 0.0
