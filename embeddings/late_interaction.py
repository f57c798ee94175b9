"""MaxSim, the late interaction of ColBERT: O. Khattab and M. Zaharia, SIGIR 2020, equation 3, divided by the number of query tokens."""

from embeddings.arrays import Float32Array


def token_similarities(query: Float32Array, passage: Float32Array) -> Float32Array:
    """Return the cosine of every query token with every passage token.

    Args:
        query: `(n_query_tokens, dim)` float32, unit rows.
        passage: `(n_passage_tokens, dim)` float32, unit rows.

    Returns:
        `(n_query_tokens, n_passage_tokens)` float32.
    """
    return query @ passage.T


def max_sim(similarities: Float32Array) -> float:
    """Return the mean over query tokens of their largest similarity to any passage token; 0 if either side has no tokens.

    Args:
        similarities: `(n_query_tokens, n_passage_tokens)` float32, from `token_similarities`.
    """
    return float(similarities.max(axis=1).mean()) if similarities.size else 0.0
