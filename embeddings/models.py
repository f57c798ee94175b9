"""Which `Embedder` a model gets: the embedded one its own, every other sentence-transformers'."""

from pathlib import Path

from embeddings.embedder import Embedder
from embeddings.packed_embedder import NAME, PackedEmbedder


def load_embedder(name_or_folder: str | None = None, *, adapter_file: Path | None = None) -> Embedder:
    """Return the embedder of a sentence-transformers folder, a name on a model hub, or (without either, or by its own name) the embedded model.

    Args:
        name_or_folder: of the model.
        adapter_file: of an adapter; without it the one that ships for the model, if any.

    Raises:
        ModelError: the model cannot be found, reached or read, or what it needs is not installed.
    """
    if name_or_folder is None or name_or_folder == NAME:
        return PackedEmbedder.load(adapter_file=adapter_file)
    from embeddings.sentence_transformer import SentenceTransformerEmbedder  # of use with other models only, which few ask for

    return SentenceTransformerEmbedder.load(name_or_folder, adapter_file=adapter_file)
