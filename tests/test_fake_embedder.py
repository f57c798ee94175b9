import pytest

from embeddings import max_sim, token_similarities
from tests.fake_embedder import FakeEmbedder


def test_cosine_of_texts_that_share_one_of_two_words_is_a_half(fake_embedder: FakeEmbedder) -> None:
    vectors = fake_embedder.embed_passages(["brief kamer", "Kamer vraag"]).vectors
    assert vectors[0] @ vectors[1] == pytest.approx(0.5)


def test_maxsim_is_the_share_of_question_words_that_the_passage_holds(fake_embedder: FakeEmbedder) -> None:
    query, passage = fake_embedder.embed_queries(["wie schreef de brief", "De brief."]).tokens
    assert max_sim(token_similarities(query.vectors, passage.vectors), query.weights) == pytest.approx(0.5)
