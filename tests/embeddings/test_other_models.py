"""Models that the user brings: tiny ones with random weights, in folders."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings import Embeddings, ModelError
from embeddings.sentence_transformer import SentenceTransformerEmbedder
from tests.embeddings.tiny_models import MAX_TOKENS, build_bert, build_static

TEXT = "De minister antwoordt de Kamer."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_bert(tmp_path_factory.mktemp("models") / "own", prompts={"query": "vraag: ", "document": "brief: "})


@pytest.fixture(scope="module")
def bert(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(str(folder))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    """The same weights without prompts."""
    return SentenceTransformerEmbedder.load(str(build_bert(tmp_path_factory.mktemp("models") / "plain")))


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(str(build_static(tmp_path_factory.mktemp("models") / "static")))


def spans_of(embeddings: Embeddings, position: int = 0) -> list[tuple[int, int]]:
    tokens = embeddings.tokens[position]
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def test_a_models_own_prompts_are_its_prefixes(bert: SentenceTransformerEmbedder) -> None:
    assert (bert.identity.query_prefix, bert.identity.passage_prefix) == ("vraag: ", "brief: ")


def test_a_model_without_prompts_has_no_prefixes(plain: SentenceTransformerEmbedder) -> None:
    assert (plain.identity.query_prefix, plain.identity.passage_prefix) == ("", "")


def test_a_prompt_for_passages_is_a_passage_prefix(tmp_path: Path) -> None:
    model = build_bert(tmp_path / "m", prompts={"query": "q: ", "passage": "p: "})
    assert SentenceTransformerEmbedder.load(str(model)).identity.passage_prefix == "p: "


def test_an_e5_model_without_prompts_gets_the_prefixes_of_e5(tmp_path: Path) -> None:
    identity = SentenceTransformerEmbedder.load(str(build_bert(tmp_path / "my-e5"))).identity
    assert (identity.query_prefix, identity.passage_prefix) == ("query: ", "passage: ")


def test_an_e5_instruct_model_without_prompts_gets_no_prefixes(tmp_path: Path) -> None:
    identity = SentenceTransformerEmbedder.load(str(build_bert(tmp_path / "e5-instruct"))).identity
    assert (identity.query_prefix, identity.passage_prefix) == ("", "")


def test_the_query_prefix_is_put_before_queries(bert: SentenceTransformerEmbedder, plain: SentenceTransformerEmbedder) -> None:
    expected = plain.embed_queries([f"vraag: {TEXT}"]).vectors
    np.testing.assert_allclose(bert.embed_queries([TEXT]).vectors, expected, atol=1e-2)


def test_the_passage_prefix_is_put_before_passages(bert: SentenceTransformerEmbedder, plain: SentenceTransformerEmbedder) -> None:
    expected = plain.embed_passages([f"brief: {TEXT}"]).vectors
    np.testing.assert_allclose(bert.embed_passages([TEXT]).vectors, expected, atol=1e-2)


def test_the_dimension_is_the_models_own(bert: SentenceTransformerEmbedder) -> None:
    assert (bert.identity.dim, bert.embed_queries([TEXT]).vectors.shape) == (8, (1, 8))


def test_the_name_of_a_model_in_a_folder_is_the_folder(bert: SentenceTransformerEmbedder, folder: Path) -> None:
    assert bert.identity.name == str(folder)


def test_the_revision_changes_with_the_weights(bert: SentenceTransformerEmbedder, static: SentenceTransformerEmbedder) -> None:
    assert bert.identity.revision != static.identity.revision


def test_the_revision_is_the_same_for_the_same_weights(
    bert: SentenceTransformerEmbedder, plain: SentenceTransformerEmbedder
) -> None:
    assert bert.identity.revision == plain.identity.revision


def test_token_offsets_of_another_model_are_its_words(bert: SentenceTransformerEmbedder) -> None:
    words = [TEXT[start:end] for start, end in spans_of(bert.embed_passages([TEXT]))]
    assert words == ["De", "minister", "antwoordt", "de", "Kamer", "."]


@pytest.mark.parametrize("n_words", [MAX_TOKENS - 6, MAX_TOKENS - 5, MAX_TOKENS - 4, MAX_TOKENS - 3, MAX_TOKENS, 200])
def test_every_word_has_one_token_vector_around_the_longest_window(bert: SentenceTransformerEmbedder, n_words: int) -> None:
    spans = spans_of(bert.embed_passages(["brief " * n_words]))
    assert spans == [(6 * i, 6 * i + 5) for i in range(n_words)]


def test_windows_of_one_text_stay_apart_from_those_of_another(bert: SentenceTransformerEmbedder) -> None:
    embedded = bert.embed_passages(["brief " * 100, TEXT, "kamer " * 50])
    assert [len(tokens) for tokens in embedded.tokens] == [100, 6, 50]


def test_text_vectors_of_another_model_are_unit_rows(bert: SentenceTransformerEmbedder) -> None:
    vectors = bert.embed_passages([TEXT, "brief " * 100]).vectors
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_tokens_of_a_static_model_are_words(static: SentenceTransformerEmbedder) -> None:
    assert spans_of(static.embed_passages([TEXT])) == [(0, 2), (3, 11), (12, 21), (22, 24), (25, 31)]


def test_a_words_token_vector_in_a_static_model_is_the_vector_of_the_word(static: SentenceTransformerEmbedder) -> None:
    token = static.embed_passages(["de brief"]).tokens[0].vectors[1]
    word = static.embed_passages(["brief"]).vectors[0]
    np.testing.assert_allclose(token, word / np.linalg.norm(word), atol=1e-6)


def test_text_vectors_of_a_static_model_are_unit_rows(static: SentenceTransformerEmbedder) -> None:
    np.testing.assert_allclose(np.linalg.norm(static.embed_passages([TEXT]).vectors, axis=1), 1, atol=1e-5)


def test_an_empty_text_has_no_token_vectors_in_a_static_model(static: SentenceTransformerEmbedder) -> None:
    assert spans_of(static.embed_passages([TEXT, ""]), 1) == []


def test_a_model_that_cannot_be_reached_is_named() -> None:
    with pytest.raises(ModelError, match="The model 'nowhere/no-such-model' is not a folder here"):
        SentenceTransformerEmbedder.load("nowhere/no-such-model")


def test_an_unreachable_model_gives_one_line_without_a_traceback() -> None:
    with pytest.raises(ModelError) as caught:
        SentenceTransformerEmbedder.load("nowhere/no-such-model")
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Geachte voorzitter,")
    with pytest.raises(ModelError, match=f"The model folder {tmp_path} cannot be read"):
        SentenceTransformerEmbedder.load(str(tmp_path))


@pytest.mark.parametrize("damaged", ["config.json", "model.safetensors", "modules.json", "tokenizer.json"])
def test_a_model_with_a_damaged_file_is_named(folder: Path, tmp_path: Path, damaged: str) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / damaged).write_bytes((copy / damaged).read_bytes()[:20])
    with pytest.raises(ModelError, match=f"The model folder {copy} cannot be read"):
        SentenceTransformerEmbedder.load(str(copy))


def test_without_sentence_transformers_another_model_is_refused_with_what_to_install(folder: Path) -> None:
    program = (
        "import sys; sys.modules['sentence_transformers'] = None\n"
        "from embeddings import ModelError, load_embedder\n"
        "try: load_embedder(sys.argv[1])\n"
        "except ModelError as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True).stdout
    assert str(folder) in said
    assert "pip install --constraint requirements.lock '.[models]'" in said
