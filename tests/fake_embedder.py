"""`FakeEmbedder`: an `Embedder` whose scores can be worked out by hand.

Every lower-cased word has a dimension of its own: the CRC-32 of its UTF-8 bytes modulo `DIM`. A word's token vector is one-hot there; a text's vector
counts its words and is scaled to length 1. So MaxSim is the share of the question's words that a passage holds, and the cosine of "a b" and "b c" is 1/2.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings import Embeddings, ModelIdentity, TokenVectors, unit_rows

DIM = 512
_WORD = re.compile(r"\w+")


class FakeEmbedder:
    """Embeds texts as counts of their words; queries and passages alike."""

    identity = ModelIdentity(name="fake", revision="1", dim=DIM, query_prefix="", passage_prefix="")

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        return self._embed(queries)

    def embed_passages(self, passages: Sequence[str]) -> Embeddings:
        return self._embed(passages)

    def _embed(self, texts: Sequence[str]) -> Embeddings:
        tokens = [_token_vectors(text) for text in texts]
        sums = [token.vectors.sum(axis=0) for token in tokens]
        return Embeddings(unit_rows(np.array(sums, dtype=np.float32).reshape(-1, DIM)), tokens)


def _token_vectors(text: str) -> TokenVectors:
    words = list(_WORD.finditer(text))
    dimensions = [zlib.crc32(word.group().lower().encode()) % DIM for word in words]
    spans = np.array([word.span() for word in words], dtype=np.int64).reshape(-1, 2)
    return TokenVectors(np.eye(DIM, dtype=np.float32)[dimensions].reshape(-1, DIM), spans[:, 0], spans[:, 1])
