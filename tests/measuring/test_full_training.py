"""Training a whole adapter of a model of one layer with random weights, on a folder of a few documents."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings import Adapter, load_embedder, max_sim
from embeddings.full_training import FullSettings, first_adapter
from qa.exceptions import BronvraagError
from qa.measuring.full_training import train_fully
from qa.measuring.training_data import TrainingData, half_of, load_training_data, near_duplicates
from tests.embeddings.tiny_models import build_bert

SETTINGS = FullSettings(
    components={6: 0.5, 4: 0.5}, rank=2, n_layers=1, n_steps=24, n_questions=6, n_sentences=2,
    encoder_rate=0.03, projection_rate=0.1, count_rate=0.01,
)  # fmt: skip
TEXTS = [
    "De minister antwoordt de kamer. De brief.",
    "De brief. De kamer. De kamer.",
    "De vraag. De vraag antwoordt de minister.",
    "De kamer antwoordt. De brief de brief.",
]
DOCS = [doc for doc in (f"d{number}" for number in range(60)) if half_of(doc, "written") == "train"][: len(TEXTS)]
LOOKED_AT = next(doc for doc in (f"e{number}" for number in range(60)) if half_of(doc, "written") == "development")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name in ("documents", "questions", "parallel"):
        (folder / name).mkdir()
    documents = [
        {"doc": doc, "title": "brief", "passages": [{"id": f"{doc}-1", "question": "", "text": text}]}
        for doc, text in zip([*DOCS, LOOKED_AT], [*TEXTS, "De vraag. De brief."], strict=True)
    ]
    (folder / "documents" / "written.json").write_text(json.dumps(documents))
    questions = [
        {"doc": doc, "language": "nl", "kind": "content", "question": text.partition(".")[0], "passages": [f"{doc}-1"], "evidence": text.partition(".")[0]}
        for doc, text in zip([*DOCS, LOOKED_AT], [*TEXTS, "De vraag."], strict=True)
    ]  # fmt: skip
    questions.append({"doc": DOCS[0], "language": "nl", "kind": "unanswerable", "question": "De kamer de kamer?"})
    (folder / "questions" / "written.jsonl").write_text("\n".join(map(json.dumps, questions)))
    pairs = [("minister kamer brief", "de minister kamer brief"), ("vraag antwoordt de kamer", "de vraag antwoordt kamer")]
    (folder / "parallel" / "some.tsv").write_text("\n".join("\t".join(pair) for pair in [*pairs, ("short", "kort")]))
    (folder / "parallel" / "flores200.tsv").write_text("a sentence for testing only\teen zin alleen om te meten")
    return folder


@pytest.fixture(scope="module")
def data(folder: Path) -> TrainingData:
    return load_training_data(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_bert(tmp_path_factory.mktemp("models") / "tiny"))


def n_first(model: str, adapter_file: Path) -> int:
    """Return how many questions score highest with the passage that answers them."""
    embedder = load_embedder(model, adapter_file=adapter_file)
    passages = embedder.embed_passages([f"brief\n{text}" for text in TEXTS]).tokens
    asked = embedder.embed_queries([text.partition(".")[0].lower() for text in TEXTS]).tokens
    scores = [[max_sim(one.vectors @ passage.vectors.T, one.weights) for passage in passages] for one in asked]
    return sum(int(np.argmax(row)) == place for place, row in enumerate(scores))


def test_data_are_read_and_divided_by_document(data: TrainingData, tmp_path: Path) -> None:
    assert [one.doc for one in data.of("train")] == [*DOCS, DOCS[0]]
    assert [one.doc for one in data.of("development")] == [LOOKED_AT]
    assert not data.of("report")
    assert len({one.doc for one in data.of("train", share=0.5)}) < len(DOCS)
    assert len(data.pairs) == 2
    assert data.passages[0].evidence("De brief") == [1]
    assert data.passages[0].evidence("Dit staat er niet") == []
    with pytest.raises(BronvraagError, match=r"should hold documents/\*\.json"):
        load_training_data(tmp_path)


def test_three_in_four_stretches_in_common_are_a_near_duplicate(data: TrainingData) -> None:
    text = "de minister antwoordt op de vraag van de kamer over de brief"
    texts = [text, text.replace("brief", "nota"), "de kamer vraagt de minister om een brief over iets anders"]
    assert near_duplicates([replace(data.passages[0], text=one) for one in texts]) == [{1}, {0}, set()]


def test_training_begins_with_the_directions_in_which_tokens_differ_most() -> None:
    rows = np.random.default_rng(0).normal(size=(500, 5)).astype(np.float32) * [1, 5, 1, 9, 1] + 3
    projection = first_adapter("tiny", [rows], [rows], n_components=2).tensors["passage.projection"]
    assert np.abs(projection)[[3, 1], [0, 1]] == pytest.approx(1, abs=0.01)


def test_a_model_with_random_weights_gets_an_adapter_that_finds_and_stopping_changes_nothing(
    data: TrainingData, model: str, tmp_path: Path
) -> None:
    class StoppedError(Exception):
        pass

    def stop(step: str) -> None:
        if step.startswith("12\t"):
            raise StoppedError

    with pytest.raises(StoppedError):
        train_fully(data, tmp_path / "stopped", model=model, settings=SETTINGS, stage=6, report=stop)
    resumed = train_fully(data, tmp_path / "stopped", model=model, settings=SETTINGS, stage=6)
    whole = train_fully(data, tmp_path / "whole", model=model, settings=SETTINGS, stage=6)
    for name, values in whole.tensors.items():
        np.testing.assert_array_equal(values, resumed.tensors[name], err_msg=name)
    whole.save(tmp_path / "trained.safetensors")
    Adapter.plain(model, 8).save(tmp_path / "plain.safetensors")
    assert n_first(model, tmp_path / "trained.safetensors") > n_first(model, tmp_path / "plain.safetensors")
    head, *rows = (tmp_path / "whole" / "curve.tsv").read_text().splitlines()
    assert [row.split("\t")[0] for row in rows] == ["6", "12", "18", "24"]
    assert all(len(row.split("\t")) == len(head.split("\t")) for row in rows)
    losses = [float(row.split("\t")[1]) for row in rows]
    assert losses[-1] < losses[0] / 2
