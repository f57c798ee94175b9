"""Texts to vectors to neighbours: strings, ids and float32 arrays, nothing of documents or answers.

What needs NumPy, FAISS or ONNX Runtime is imported when its name is first used (PEP 562): saying how a command ended or describing a library needs less.
"""

import importlib
import typing

from embeddings.exceptions import EmbeddingsError, ModelError, VectorIndexError

if typing.TYPE_CHECKING:
    from embeddings.adapter import Adapter, shipped_adapter
    from embeddings.arrays import BoolArray, Float32Array, FloatArray, Int64Array, unit_rows
    from embeddings.embedder import Embedder, Embeddings, ModelIdentity, TokenVectors
    from embeddings.hit import Hit, nearest_first
    from embeddings.late_interaction import best_matches, max_sim, token_similarities
    from embeddings.models import load_embedder
    from embeddings.packed_embedder import PackedEmbedder
    from embeddings.packing import pack_tokens, unpack_all, unpack_tokens
    from embeddings.vector_index import VectorIndex, sample_size_for

_WHEN_USED = {
    "Adapter": "embeddings.adapter",
    "BoolArray": "embeddings.arrays",
    "Embedder": "embeddings.embedder",
    "Embeddings": "embeddings.embedder",
    "Float32Array": "embeddings.arrays",
    "FloatArray": "embeddings.arrays",
    "Hit": "embeddings.hit",
    "Int64Array": "embeddings.arrays",
    "ModelIdentity": "embeddings.embedder",
    "PackedEmbedder": "embeddings.packed_embedder",
    "TokenVectors": "embeddings.embedder",
    "VectorIndex": "embeddings.vector_index",
    "best_matches": "embeddings.late_interaction",
    "load_embedder": "embeddings.models",
    "max_sim": "embeddings.late_interaction",
    "nearest_first": "embeddings.hit",
    "pack_tokens": "embeddings.packing",
    "sample_size_for": "embeddings.vector_index",
    "shipped_adapter": "embeddings.adapter",
    "token_similarities": "embeddings.late_interaction",
    "unit_rows": "embeddings.arrays",
    "unpack_all": "embeddings.packing",
    "unpack_tokens": "embeddings.packing",
}

__all__ = [
    "Adapter",
    "BoolArray",
    "Embedder",
    "Embeddings",
    "EmbeddingsError",
    "Float32Array",
    "FloatArray",
    "Hit",
    "Int64Array",
    "ModelError",
    "ModelIdentity",
    "PackedEmbedder",
    "TokenVectors",
    "VectorIndex",
    "VectorIndexError",
    "best_matches",
    "load_embedder",
    "max_sim",
    "nearest_first",
    "pack_tokens",
    "sample_size_for",
    "shipped_adapter",
    "token_similarities",
    "unit_rows",
    "unpack_all",
    "unpack_tokens",
]


def __getattr__(name: str) -> typing.Any:
    """Return what is imported only when it is used."""
    if name not in _WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_WHEN_USED[name]), name)
