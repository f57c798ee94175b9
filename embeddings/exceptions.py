"""The errors of this package, all of them a `EmbeddingsError`.

EmbeddingsError
├── ModelError        a model that cannot be found, read or run
└── VectorIndexError  vectors or ids that an index cannot take, or an index file that cannot be read
"""


class EmbeddingsError(Exception):
    """Base of every error that `embeddings` raises on purpose; its text is one sentence for the user."""


class ModelError(EmbeddingsError):
    """A model cannot be found, read or run."""


class VectorIndexError(EmbeddingsError):
    """An index refuses its input, or an index file cannot be read."""
