"""The gate of an adapter: a direction and a threshold that tell, by their vectors, the tokens of passages that are not worth keeping.

Commas, articles and prepositions are a third of all tokens and decide hardly any question (see the journal). Which tokens are the most frequent is counted on
texts; that a token is one of these is then told by linear least squares, so that the gate needs no list of words of any tokenizer.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from embeddings.arrays import Float32Array
from embeddings.embedder import TokenVectors

SHARE = 1 / 3
"""Of all tokens, how many are dropped: half cost two questions in a hundred."""
_RIDGE = 1.0


def frequent_token_gate(texts: Sequence[str], tokens: Sequence[TokenVectors], *, share: float = SHARE) -> dict[str, Float32Array]:
    """Return the tensors of a gate that drops about this share of the tokens of passages, the most frequent ones.

    Args:
        texts: of passages, as they are embedded.
        tokens: of each, as the model gives them.
        share: of the tokens.
    """
    said = [
        text[start:end].casefold()
        for text, one in zip(texts, tokens, strict=True)
        for start, end in zip(one.starts, one.ends, strict=True)
    ]
    wanted, frequent = share * len(said), set[str]()
    for token, n in Counter(said).most_common():
        if wanted <= 0:
            break
        frequent.add(token)
        wanted -= n
    is_frequent = np.array([token in frequent for token in said], dtype=np.float64)
    vectors = np.concatenate([one.vectors for one in tokens]).astype(np.float64)
    rows = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1)
    solved = np.linalg.solve(rows.T @ rows + _RIDGE * np.eye(rows.shape[1]), rows.T @ is_frequent)
    threshold = np.quantile(rows @ solved, 1 - is_frequent.mean())
    return {"passage.gate": solved[:-1].astype(np.float32), "passage.gate_bias": np.array([solved[-1] - threshold], np.float32)}
