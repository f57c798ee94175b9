"""An adapter with numbers drawn at random, against the same computed one number at a time, and in a model of one layer."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from embeddings import Adapter, Embeddings, Float32Array, ModelError, TokenVectors, unit_rows
from embeddings.adapter import SHIPPED
from embeddings.sentence_transformer import SentenceTransformerEmbedder
from tests.embeddings.tiny_models import build_bert

DIM, N_COMPONENTS, RANK = 8, 3, 2
WEIGHT = "encoder.layer.0.intermediate.dense.weight"
TEXT = "De minister antwoordt de Kamer."


def random_tensors(seed: int = 0, sides: tuple[str, ...] = ("question", "passage")) -> dict[str, Float32Array]:
    """Return an adapter's tensors in numbers that float16 holds exactly; `sides` have an update of one weight, `(16, 8)`."""
    random = np.random.default_rng(seed)

    def numbers(*shape: int) -> Float32Array:
        return random.integers(-16, 17, shape).astype(np.float32) / 16

    tensors = {"question.token_weight": numbers(DIM), "question.token_bias": numbers(1)}
    for side in ("question", "passage"):
        tensors |= {f"{side}.projection": numbers(DIM, N_COMPONENTS), f"{side}.bias": numbers(N_COMPONENTS)}
    for side in sides:
        tensors |= {f"{side}.{WEIGHT}.a": numbers(RANK, DIM), f"{side}.{WEIGHT}.b": numbers(2 * DIM, RANK)}
    return tensors


@pytest.fixture
def adapter() -> Adapter:
    return Adapter("tiny", random_tensors())


def test_an_adapter_comes_back_from_its_file(adapter: Adapter, tmp_path: Path) -> None:
    adapter.save(tmp_path / "a.safetensors")
    loaded = Adapter.load(tmp_path / "a.safetensors")
    assert (loaded.model, loaded.dim, loaded.n_components) == ("tiny", DIM, N_COMPONENTS)
    assert {name: values.tolist() for name, values in loaded.tensors.items()} == {
        name: values.tolist() for name, values in adapter.tensors.items()
    }
    assert (loaded.passage_revision, loaded.question_revision) == (adapter.passage_revision, adapter.question_revision)


def test_each_side_s_revision_changes_with_every_tensor_of_its_own_only(adapter: Adapter) -> None:
    for name, values in adapter.tensors.items():
        other = Adapter("tiny", {**adapter.tensors, name: values + 0.5})
        changed = other.passage_revision != adapter.passage_revision, other.question_revision != adapter.question_revision
        assert changed == (name.startswith("passage."), name.startswith("question.")), name


def test_in_two_bits_similarities_stay_and_the_passages_revision_changes(adapter: Adapter, tmp_path: Path) -> None:
    vectors = unit_rows(np.random.default_rng(1).normal(size=(4, DIM)))
    places = np.arange(4, dtype=np.int64)
    embedded = Embeddings(np.ones((1, DIM), np.float32), [TokenVectors(vectors, places, places + 1)])
    adapter.in_two_bits().save(tmp_path / "a.safetensors")
    turned = Adapter.load(tmp_path / "a.safetensors")
    assert turned.bits == turned.passages(embedded).tokens[0].bits == 2
    assert turned.passage_revision not in {adapter.passage_revision, replace(turned, bits=4).passage_revision}
    before, after = (
        one.questions(embedded).tokens[0].vectors @ one.passages(embedded).tokens[0].vectors.T for one in (adapter, turned)
    )
    np.testing.assert_allclose(after, before, atol=2e-3)  # float16 in the file


def test_tokens_are_projected_and_counted_as_worked_out_by_hand(adapter: Adapter) -> None:
    vectors = unit_rows(np.random.default_rng(1).normal(size=(4, DIM)))
    places = np.arange(4, dtype=np.int64)
    embedded = Embeddings(np.ones((1, DIM), np.float32), [TokenVectors(vectors, places, places + 1)])
    for side, adapted in (("question", adapter.questions(embedded)), ("passage", adapter.passages(embedded))):
        (tokens,) = adapted.tokens
        expected = [
            [float(row @ adapter.tensors[f"{side}.projection"][:, i] + adapter.tensors[f"{side}.bias"][i]) for i in range(3)]
            for row in vectors
        ]
        np.testing.assert_allclose(tokens.vectors, unit_rows(np.array(expected)), atol=1e-6)
        assert (tokens.starts.tolist(), tokens.ends.tolist()) == ([0, 1, 2, 3], [1, 2, 3, 4])
        assert adapted.vectors is embedded.vectors
    counts = np.log1p(np.exp(vectors @ adapter.tensors["question.token_weight"] + adapter.tensors["question.token_bias"]))
    (asked,), (found,) = adapter.questions(embedded).tokens, adapter.passages(embedded).tokens
    np.testing.assert_allclose(asked.weights, counts / counts.sum(), atol=1e-6)
    np.testing.assert_allclose(asked.between(1, 3).weights, counts[1:3] / counts[1:3].sum(), atol=1e-6)
    np.testing.assert_allclose(found.weights, [0.25] * 4)


def test_the_updates_of_a_side_are_its_own(adapter: Adapter) -> None:
    ((name, (a, b)),) = adapter.updates("passage").items()
    assert name == WEIGHT
    assert (a.tolist(), b.tolist()) == (
        adapter.tensors[f"passage.{WEIGHT}.a"].tolist(),
        adapter.tensors[f"passage.{WEIGHT}.b"].tolist(),
    )


def test_a_file_that_is_no_whole_adapter_is_refused(adapter: Adapter, tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    with pytest.raises(ModelError, match="cannot be read"):
        Adapter.load(path)
    adapter.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="cannot be read"):
        Adapter.load(path)
    save_file({"x": np.ones(1, np.float32)}, path)
    with pytest.raises(ModelError, match="not an adapter of this version"):
        Adapter.load(path)
    replace(adapter, bits=3).save(path)
    with pytest.raises(ModelError, match="not an adapter of this version"):
        Adapter.load(path)
    for name, values in adapter.tensors.items():
        for damaged in ({name: values * np.nan}, {name: np.concatenate([values, values])}):
            if name.endswith((".a", ".b")) and not np.isnan(next(iter(damaged.values()))).any():
                continue  # whether an update fits is seen when it is merged
            Adapter("tiny", {**adapter.tensors, **damaged}).save(path)
            with pytest.raises(ModelError, match="damaged"):
                Adapter.load(path)


def test_an_encoder_with_an_adapter_is_the_encoder_with_the_updates_added(tmp_path: Path) -> None:
    """The same model with the update written into its file gives the same vectors, on either side."""
    folder = build_bert(tmp_path / "m")
    adapter = Adapter(str(folder), random_tensors())
    adapter.save(tmp_path / "a.safetensors")
    adapted = SentenceTransformerEmbedder.load(str(folder), adapter_file=tmp_path / "a.safetensors")
    plain = SentenceTransformerEmbedder.load(str(folder)).embed_queries([TEXT])
    sides = {"question": adapted.embed_queries([TEXT]), "passage": adapted.embed_passages([TEXT])}
    for side, got in sides.items():
        weights = merged_folder(folder, tmp_path / side, adapter, side)
        expected = SentenceTransformerEmbedder.load(str(weights)).embed_queries([TEXT])
        np.testing.assert_allclose(got.vectors, expected.vectors, atol=1e-2)  # bfloat16 where the processor has it
        projected = adapter.questions(expected) if side == "question" else adapter.passages(expected)
        np.testing.assert_allclose(got.tokens[0].vectors, projected.tokens[0].vectors, atol=5e-2)
        assert not np.allclose(got.vectors, plain.vectors, atol=1e-2)


def merged_folder(folder: Path, target: Path, adapter: Adapter, side: str) -> Path:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    weight = model[0].auto_model.encoder.layer[0].intermediate.dense.weight.data
    weight += type(weight)(adapter.tensors[f"{side}.{WEIGHT}.b"] @ adapter.tensors[f"{side}.{WEIGHT}.a"])
    model.save(str(target))
    return target


def test_only_the_passages_part_is_in_the_identity(tmp_path: Path) -> None:
    folder = build_bert(tmp_path / "m")
    tensors, other = random_tensors(), random_tensors(seed=1)
    questions = {name: other[name] if name.startswith("question.") else values for name, values in tensors.items()}
    identities = []
    for place, one in enumerate([tensors, questions, other]):
        Adapter("tiny", one).save(tmp_path / f"{place}.safetensors")
        identities.append(SentenceTransformerEmbedder.load(str(folder), adapter_file=tmp_path / f"{place}.safetensors").identity)
    assert identities[0] == identities[1] != identities[2]
    assert SentenceTransformerEmbedder.load(str(folder)).identity.adapter == ""


def test_an_adapter_of_a_larger_model_is_refused(tmp_path: Path) -> None:
    folder = build_bert(tmp_path / "m", dim=4)
    Adapter("tiny", random_tensors()).save(tmp_path / "a.safetensors")
    with pytest.raises(ModelError, match=r"8 dimensions.*has 4"):
        SentenceTransformerEmbedder.load(str(folder), adapter_file=tmp_path / "a.safetensors")


def test_the_adapters_that_ship_are_whole_small_and_described() -> None:
    paths = list(SHIPPED.glob("*.safetensors"))
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert [path.stem for path in paths] == ["multilingual-e5-small"]
    for path in paths:
        adapter = Adapter.load(path)
        assert (adapter.model, adapter.dim) == (path.stem, 384)
        assert path.stat().st_size < 8_000_000
        assert adapter.passage_revision in card
        assert adapter.question_revision in card
