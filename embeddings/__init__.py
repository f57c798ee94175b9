"""Texts to vectors to neighbours: strings, ids and float32 arrays, nothing of documents or answers."""

from embeddings.arrays import Float32Array, FloatArray, Int64Array, unit_rows
from embeddings.embedder import Embedder, Embeddings, ModelIdentity, TokenVectors
from embeddings.exceptions import EmbeddingsError, ModelError, VectorIndexError
from embeddings.late_interaction import best_matches, max_sim, token_similarities
from embeddings.models import load_embedder
from embeddings.packed_embedder import PackedEmbedder
from embeddings.packing import n_components_of, pack_tokens, unpack_tokens
from embeddings.token_space import TokenSpace
from embeddings.vector_index import Hit, VectorIndex

__all__ = [
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
    "TokenSpace",
    "TokenVectors",
    "VectorIndex",
    "VectorIndexError",
    "best_matches",
    "load_embedder",
    "max_sim",
    "n_components_of",
    "pack_tokens",
    "token_similarities",
    "unit_rows",
    "unpack_tokens",
]
