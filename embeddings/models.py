"""Which `Embedder` a model gets: the embedded one its own, every other sentence-transformers'."""

from embeddings.embedder import Embedder
from embeddings.packed_embedder import NAME, PackedEmbedder


def load_embedder(name_or_folder: str | None = None) -> Embedder:
    """Return the embedder of a sentence-transformers folder, a name on a model hub, or (without either, or by its own name) the embedded model.

    Raises:
        ModelError: the model cannot be found, reached or read, or what it needs is not installed.
    """
    if name_or_folder is None or name_or_folder == NAME:
        return PackedEmbedder.load()
    from embeddings.sentence_transformer import SentenceTransformerEmbedder  # of use with other models only, which few ask for

    return SentenceTransformerEmbedder.load(name_or_folder)
