"""`Workspace`: a library and the model that made it, ready to index and to answer."""

from dataclasses import dataclass
from pathlib import Path

from embeddings import Embedder, load_embedder
from qa.answering import Answerer
from qa.library import Library


@dataclass(frozen=True)
class Workspace:
    """An open library with its embedder."""

    library: Library
    embedder: Embedder

    @property
    def answerer(self) -> Answerer:
        """What answers questions from the library."""
        return Answerer(self.library, self.embedder)


def open_workspace(folder: Path, *, create: bool = False, model: str | None = None, rebuild: bool = False) -> Workspace:
    """Return the library in `folder` with its model.

    Args:
        folder: of the library.
        create: make the library if there is none.
        model: a model folder or name; without it the library's own, or the embedded model for a new library.
        rebuild: set an existing library aside, under other names in the same folder, and begin anew.

    Raises:
        LibraryError: there is no library, it cannot be used, or it was made with another model than the one asked for.
        ModelError: the model cannot be used.
    """
    if rebuild:
        Library.retire(folder)
    if create and not Library.exists(folder):
        embedder = load_embedder(model)
        return Workspace(Library.create(folder, embedder.identity), embedder)
    library = Library.open(folder)
    embedder = load_embedder(model or library.identity.name)
    library.require_model(embedder.identity)
    return Workspace(library, embedder)
