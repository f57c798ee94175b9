"""The embedded model through its embedder: golden vectors, and token vectors that slice back to the text."""

from itertools import pairwise

import numpy as np
import pytest

from embeddings import Embeddings, Float32Array, PackedEmbedder, TokenVectors
from embeddings.packed_e5 import open_packed_e5
from tests.embeddings.texts import ODD_TEXTS

pytestmark = pytest.mark.model

QUESTION = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
PASSAGE = "De onderzoekers concludeerden dat de ware omvang tussen de ca. 23.000 en ca. 58.000 ligt."
LONG = " ".join(f"In jaar {year} zijn er besluiten genomen over aanvraag {year * 7}." for year in range(1500, 1565))
"""Some 1,000 tokens: two or three windows."""

# From the packed model's own engine; which computes in 8 bits.
GOLDEN_QUERY = [0.06697, -0.04403, -0.06560, -0.03760, 0.03016, -0.01051, 0.02481, 0.05478]
GOLDEN_PASSAGE = [0.05366, -0.03190, -0.03472, -0.08514, 0.08383, -0.06188, -0.02568, 0.11123]
TOLERANCE = 2e-3


@pytest.fixture(scope="module")
def embedded(embedder: PackedEmbedder) -> Embeddings:
    """Every odd text as a passage."""
    return embedder.embed_passages(ODD_TEXTS)


@pytest.fixture(scope="module")
def long_tokens(embedder: PackedEmbedder) -> TokenVectors:
    return embedder.embed_passages([LONG]).tokens[0]


def words_of(tokens: TokenVectors, text: str) -> list[str]:
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def cosine(left: Float32Array, right: Float32Array) -> float:
    return float(left @ right)


def test_a_query_without_an_adapter_has_its_golden_vector(embedder: PackedEmbedder) -> None:
    plain = PackedEmbedder(open_packed_e5(), embedder.identity)
    np.testing.assert_allclose(plain.embed_queries([QUESTION]).vectors[0, :8], GOLDEN_QUERY, atol=TOLERANCE)


def test_a_passage_has_its_golden_vector(embedder: PackedEmbedder) -> None:
    np.testing.assert_allclose(embedder.embed_passages([PASSAGE]).vectors[0, :8], GOLDEN_PASSAGE, atol=TOLERANCE)


def test_queries_and_passages_are_embedded_differently(embedder: PackedEmbedder) -> None:
    assert cosine(embedder.embed_queries([QUESTION]).vectors[0], embedder.embed_passages([QUESTION]).vectors[0]) < 0.99


def test_the_embedded_model_has_the_prefixes_of_e5(embedder: PackedEmbedder) -> None:
    assert (embedder.identity.query_prefix, embedder.identity.passage_prefix) == ("query: ", "passage: ")


def test_the_embedded_model_has_384_dimensions(embedder: PackedEmbedder) -> None:
    assert embedder.identity.dim == 384


def test_no_texts_give_no_vectors(embedder: PackedEmbedder) -> None:
    assert embedder.embed_passages([]).vectors.shape == (0, 384)


def test_texts_keep_their_order(embedder: PackedEmbedder) -> None:
    texts = ["Ja.", LONG, "Nee, dat klopt niet.", "x" * 50]
    together = embedder.embed_passages(texts).vectors
    alone = np.concatenate([embedder.embed_passages([text]).vectors for text in texts])
    assert np.sum(together * alone, axis=1).min() > 0.999


def test_text_vectors_are_unit_rows(embedded: Embeddings) -> None:
    np.testing.assert_allclose(np.linalg.norm(embedded.vectors, axis=1), 1, atol=1e-5)


def test_arrays_are_float32(embedded: Embeddings) -> None:
    assert {embedded.vectors.dtype, *(tokens.vectors.dtype for tokens in embedded.tokens)} == {np.dtype(np.float32)}


def test_token_vectors_are_unit_rows(embedded: Embeddings) -> None:
    rows = np.concatenate([tokens.vectors for tokens in embedded.tokens])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_every_text_has_token_vectors_of_its_own(embedded: Embeddings) -> None:
    assert len(embedded.tokens) == len(ODD_TEXTS)


def test_token_offsets_slice_to_the_words(embedder: PackedEmbedder) -> None:
    text = "De minister van Justitie antwoordt."
    assert "".join(words_of(embedder.embed_passages([text]).tokens[0], text)).split() == text.split()


@pytest.mark.parametrize("position", range(len(ODD_TEXTS)), ids=lambda i: repr(ODD_TEXTS[i][:15]))
def test_token_offsets_lie_inside_the_text(embedded: Embeddings, position: int) -> None:
    tokens = embedded.tokens[position]
    assert ((tokens.starts >= 0) & (tokens.starts < tokens.ends) & (tokens.ends <= len(ODD_TEXTS[position]))).all()


@pytest.mark.parametrize("position", range(len(ODD_TEXTS)), ids=lambda i: repr(ODD_TEXTS[i][:15]))
def test_token_offsets_go_forward(embedded: Embeddings, position: int) -> None:
    assert (np.diff(embedded.tokens[position].starts) >= 0).all()


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_without_words_has_no_token_vectors(embedder: PackedEmbedder, text: str) -> None:
    assert not "".join(words_of(embedder.embed_passages([text]).tokens[0], text)).strip()


def test_special_tokens_have_no_token_vectors(embedder: PackedEmbedder) -> None:
    assert words_of(embedder.embed_queries(["Ja"]).tokens[0], "Ja") == ["Ja"]


def test_the_prefix_has_no_token_vectors(embedder: PackedEmbedder) -> None:
    text = "query"
    assert "".join(words_of(embedder.embed_queries([text]).tokens[0], text)) == text


def test_a_word_that_matters_is_nearest_to_itself(embedder: PackedEmbedder) -> None:
    question, passage = "terugkeer", "De gesprekken gingen over terugkeer en over onderwijs."
    asked, found = embedder.embed_queries([question]).tokens[0], embedder.embed_passages([passage]).tokens[0]
    best = int((asked.vectors @ found.vectors.T).max(axis=0).argmax())
    assert passage[found.starts[best] : found.ends[best]].strip() in question


def test_the_windows_of_a_long_text_leave_no_character_out(long_tokens: TokenVectors) -> None:
    covered = np.zeros(len(LONG), dtype=bool)
    for start, end in zip(long_tokens.starts, long_tokens.ends, strict=True):
        covered[start:end] = True
    assert not "".join(np.array(list(LONG))[~covered]).strip()


def test_the_windows_of_a_long_text_read_no_character_twice(long_tokens: TokenVectors) -> None:
    spans = list(zip(long_tokens.starts, long_tokens.ends, strict=True))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_the_last_words_of_a_long_text_count(embedder: PackedEmbedder) -> None:
    other_end = LONG[: -len(LONG) // 4] + " De visserij op kabeljauw en haring is gesloten." * 25
    assert cosine(*embedder.embed_passages([LONG, other_end]).vectors) < 0.998  # the same text twice differs by less than 0.0001
