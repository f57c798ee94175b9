"""The encoder's graph, on a model of two layers with random weights, against the same network written out in NumPy."""

import math

import numpy as np
import pytest

from embeddings import Float32Array, ModelError
from embeddings.encoder import Encoder
from embeddings.encoder_graph import LowRank, build_encoder_graph
from embeddings.packed_e5 import Architecture, PackedE5, Q4Tensor

SIZE = Architecture(
    hidden_size=32, n_layers=2, n_heads=2, feed_forward_size=64, vocabulary_size=4, n_positions=16, n_token_types=1, epsilon=1e-6
)
RANDOM = np.random.default_rng(14)
UPDATED = "encoder.layer.1.attention.self.query.weight", "encoder.layer.0.output.dense.weight"


def q4(n_out: int, n_in: int) -> Q4Tensor:
    blocks = np.zeros(n_out * n_in // 32, dtype=[("scale", "<f2"), ("halves", "u1", 16)])
    blocks["scale"] = RANDOM.uniform(0.01, 0.03, len(blocks))
    blocks["halves"] = RANDOM.integers(0, 256, (len(blocks), 16))
    return Q4Tensor(memoryview(blocks.tobytes()))


def vector(size: int, middle: float = 0) -> Float32Array:
    return (middle + RANDOM.normal(0, 0.2, size)).astype(np.float32)


def tensors() -> dict[str, Float32Array | Q4Tensor]:
    dim, wide = SIZE.hidden_size, SIZE.feed_forward_size
    made: dict[str, Float32Array | Q4Tensor] = {"emb.ln.w": vector(dim, 1), "emb.ln.b": vector(dim)}
    for layer in range(SIZE.n_layers):
        for part, n_out, n_in in [*((part, dim, dim) for part in ("q", "k", "v", "ao")), ("fi", wide, dim), ("fo", dim, wide)]:
            made[f"l{layer}.{part}.w"], made[f"l{layer}.{part}.b"] = q4(n_out, n_in), vector(n_out)
        for norm in ("aln", "oln"):
            made[f"l{layer}.{norm}.w"], made[f"l{layer}.{norm}.b"] = vector(dim, 1), vector(dim)
    return made


PACKED = PackedE5(
    architecture=SIZE, pieces=[], scores=[], bos_id=0, eos_id=1, pad_id=2, unk_id=3, normalization={}, tensors=tensors()
)


def normalized(rows: np.ndarray, norm: str) -> np.ndarray:
    centred = rows - rows.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + SIZE.epsilon) * weights(f"{norm}.w") + weights(f"{norm}.b")


def weights(name: str) -> np.ndarray:
    return PACKED.weights(name).astype(np.float64)


def encoded_exactly(rows: np.ndarray, updates: dict[str, LowRank]) -> np.ndarray:
    """Encode the tokens of one text, `(n_tokens, dim)`, in float64, with updates merged into the matrices."""

    def linear(rows: np.ndarray, layer: int, part: str, name: str) -> np.ndarray:
        matrix = weights(f"l{layer}.{part}.w").reshape(-1, rows.shape[1])
        if (full := f"encoder.layer.{layer}.{name}.weight") in updates:
            a, b = updates[full]
            matrix = matrix + b.astype(np.float64) @ a
        return rows @ matrix.T + weights(f"l{layer}.{part}.b")

    hidden = normalized(rows.astype(np.float64), "emb.ln")
    for layer in range(SIZE.n_layers):
        query, key, value = (
            linear(hidden, layer, name[0], f"attention.self.{name}").reshape(len(rows), SIZE.n_heads, -1).swapaxes(0, 1)
            for name in ("query", "key", "value")
        )
        scores = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(SIZE.hidden_size / SIZE.n_heads))
        attended = (scores / scores.sum(-1, keepdims=True) @ value).swapaxes(0, 1).reshape(len(rows), -1)
        hidden = normalized(linear(attended, layer, "ao", "attention.output.dense") + hidden, f"l{layer}.aln")
        wide = linear(hidden, layer, "fi", "intermediate.dense")
        wide = wide * (1 + np.vectorize(math.erf)(wide / math.sqrt(2))) / 2
        hidden = normalized(linear(wide, layer, "fo", "output.dense") + hidden, f"l{layer}.oln")
    return hidden


def updates_of(names: tuple[str, ...]) -> dict[str, LowRank]:
    sizes = {"query": (32, 32), "output": (64, 32)}
    return {
        name: (RANDOM.normal(0, 0.3, (4, n_in)).astype(np.float32), RANDOM.normal(0, 0.3, (n_out, 4)).astype(np.float32))
        for name in names
        for n_in, n_out in [sizes["query" if "query" in name else "output"]]
    }


@pytest.mark.parametrize("updated", [(), UPDATED], ids=["plain", "updated"])
def test_hidden_states_are_those_of_the_network_written_out(updated: tuple[str, ...]) -> None:
    updates = updates_of(updated)
    texts = [RANDOM.normal(0, 1, (n_tokens, 32)).astype(np.float32) for n_tokens in (5, 3)]
    embedded = np.zeros((2, 5, 32), np.float32)
    embedded[0], embedded[1, :3] = texts
    hidden = Encoder.load(build_encoder_graph(PACKED, updates)).encode(embedded, np.array([5, 3]))
    np.testing.assert_allclose(hidden[0], encoded_exactly(texts[0], updates), atol=1e-4)
    np.testing.assert_allclose(hidden[1, :3], encoded_exactly(texts[1], updates), atol=1e-4)


def test_an_update_changes_what_is_encoded() -> None:
    rows = RANDOM.normal(0, 1, (4, 32)).astype(np.float32)
    assert np.abs(encoded_exactly(rows, {}) - encoded_exactly(rows, updates_of(UPDATED))).max() > 0.01


def test_an_update_of_no_matrix_is_refused_by_name() -> None:
    unknown = "encoder.layer.2.attention.self.query.weight"
    with pytest.raises(ModelError, match=unknown):
        build_encoder_graph(PACKED, updates_of((unknown,)))


def test_a_model_without_a_tensor_is_refused_by_its_name() -> None:
    lacking = PackedE5(
        **{**vars(PACKED), "tensors": {name: values for name, values in PACKED.tensors.items() if name != "l1.fi.w"}}
    )
    with pytest.raises(ModelError, match=r"l1\.fi\.w"):
        build_encoder_graph(lacking, {})
