"""Training the questions' side of a model of one layer with random weights, on passages of random tokens."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings import Adapter, TokenVectors, max_sim, unit_rows
from embeddings.model_source import open_model
from embeddings.question_encoder import AskedText, QuestionEncoder
from embeddings.sentence_transformer import SentenceTransformerEmbedder
from embeddings.training import QuestionTrainer, StoredPassage, TrainingQuestion, TrainingSettings
from tests.embeddings.tiny_models import build_bert

SETTINGS = TrainingSettings(rank=2, n_epochs=60, batch_size=3, encoder_rate=0.01, head_rate=0.05)
TEXTS = ["de minister", "de kamer", "de brief", "vraag de minister", "antwoordt de kamer", "minister brief kamer"]


def passage(seed: int) -> StoredPassage:
    starts = np.arange(6, dtype=np.int64) * 5
    vectors = unit_rows(np.random.default_rng(seed).normal(size=(6, 8)))
    return StoredPassage(TokenVectors(vectors, starts, starts + 4), 10, ((10, 20), (20, 30)))


PASSAGES = [passage(seed) for seed in range(len(TEXTS))]
QUESTIONS = [
    TrainingQuestion(
        text=text, right=[place], wrong=[other for other in range(len(TEXTS)) if other != place], evidence=[place % 2]
    )
    for place, text in enumerate(TEXTS)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_bert(tmp_path_factory.mktemp("models") / "tiny")


def trained(folder: Path, settings: TrainingSettings = SETTINGS, checkpoint: Path | None = None) -> Adapter:
    trainer = QuestionTrainer(open_model(str(folder))[0], Adapter.plain("tiny", 8), query_prefix="", settings=settings)
    return trainer.train(QUESTIONS, PASSAGES, checkpoint=checkpoint)


@pytest.fixture(scope="module")
def adapter(folder: Path) -> Adapter:
    return trained(folder)


def n_first(folder: Path, adapter: Adapter, file: Path) -> int:
    """Return how many questions score highest with the passage that answers them, in the embedder that questions are asked with."""
    adapter.save(file)
    asked = SentenceTransformerEmbedder.load(str(folder), adapter_file=file).embed_queries(TEXTS).tokens
    scores = [[max_sim(one.vectors @ stored.tokens.vectors.T, one.weights) for stored in PASSAGES] for one in asked]
    return sum(int(np.argmax(row)) == place for place, row in enumerate(scores))


def test_training_lets_questions_find_their_passages(folder: Path, adapter: Adapter, tmp_path: Path) -> None:
    before = n_first(folder, Adapter.plain("tiny", 8), tmp_path / "before.safetensors")
    assert n_first(folder, adapter, tmp_path / "after.safetensors") == len(TEXTS) > before


def test_only_the_questions_side_is_trained(adapter: Adapter) -> None:
    assert adapter.passage_revision == ""
    assert not [name for name in adapter.tensors if name.startswith("passage.")]
    assert set(adapter.updates("question")) == {
        f"encoder.layer.0.{part}.weight"
        for part in (
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense",
        )
    }


def test_the_passages_part_of_an_adapter_is_kept_as_it_is(folder: Path) -> None:
    before = Adapter.plain("tiny", 8)
    kept = {"passage.projection": np.eye(8, dtype=np.float32), "passage.bias": np.ones(8, np.float32)}
    start = Adapter("tiny", {**before.tensors, **kept})
    trainer = QuestionTrainer(open_model(str(folder))[0], start, query_prefix="", settings=replace(SETTINGS, n_epochs=1))
    after = trainer.train(QUESTIONS, PASSAGES)
    assert (after.passage_revision, after.question_revision != start.question_revision) == (start.passage_revision, True)


def test_the_same_seed_gives_the_same_adapter_and_another_seed_another(folder: Path, adapter: Adapter) -> None:
    assert trained(folder).question_revision == adapter.question_revision
    assert trained(folder, replace(SETTINGS, seed=1)).question_revision != adapter.question_revision


def test_training_that_was_stopped_goes_on_where_it_was(folder: Path, adapter: Adapter, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(n_done: int, _loss: float) -> None:
        if n_done == 5:
            raise StoppedError

    checkpoint, done = tmp_path / "state.pt", []
    trainer = QuestionTrainer(open_model(str(folder))[0], Adapter.plain("tiny", 8), query_prefix="", settings=SETTINGS)
    with pytest.raises(StoppedError):
        trainer.train(QUESTIONS, PASSAGES, checkpoint=checkpoint, on_epoch=stop)
    trainer = QuestionTrainer(open_model(str(folder))[0], Adapter.plain("tiny", 8), query_prefix="", settings=SETTINGS)
    resumed = trainer.train(QUESTIONS, PASSAGES, checkpoint=checkpoint, on_epoch=lambda n_done, _loss: done.append(n_done))
    assert (done, resumed.question_revision) == (list(range(6, 61)), adapter.question_revision)


def test_what_is_to_be_ignored_changes_nothing(folder: Path) -> None:
    """Passage 5 is ignored by the only question, and seen because another copy of the question names it as wrong but does not count itself."""
    losses: list[float] = []
    for ignored in ([], [5]):
        question = TrainingQuestion(text=TEXTS[0], right=[0], wrong=[1, 5], ignored=ignored)
        trainer = QuestionTrainer(
            open_model(str(folder))[0], Adapter.plain("tiny", 8), query_prefix="", settings=replace(SETTINGS, n_epochs=1)
        )
        trainer.train([question], PASSAGES, on_epoch=lambda _n_done, loss: losses.append(loss))
    question = TrainingQuestion(text=TEXTS[0], right=[0], wrong=[1])
    trainer = QuestionTrainer(
        open_model(str(folder))[0], Adapter.plain("tiny", 8), query_prefix="", settings=replace(SETTINGS, n_epochs=1)
    )
    trainer.train([question], PASSAGES, on_epoch=lambda _n_done, loss: losses.append(loss))
    assert losses[0] > losses[1] == pytest.approx(losses[2])


def test_of_a_follow_up_only_the_new_question_scores(folder: Path) -> None:
    encoder = QuestionEncoder(open_model(str(folder))[0], Adapter.plain("tiny", 8), prefix="vraag: ", rank=2, n_layers=1)
    (whole,) = encoder([AskedText("de minister kamer")])
    (new,) = encoder([AskedText("de minister kamer", 12)])
    assert (len(whole.tokens), len(new.tokens)) == (3, 1)
    np.testing.assert_allclose(new.tokens.detach().numpy()[0], 3 * whole.tokens.detach().numpy()[2], atol=1e-6)
