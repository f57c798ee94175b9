"""`Workspace`: a library and the model that made it, ready to index and to answer."""

from dataclasses import dataclass
from pathlib import Path

from embeddings import Adapter, Embedder, ModelIdentity, load_embedder, shipped_adapter
from qa.answering import Answerer
from qa.exceptions import LibraryError
from qa.library import Library, create_library, library_exists, open_library, require_model
from qa.paths import Place

ADAPTER_FILE = "adapter.safetensors"
"""The library's own adapter, which `bronvraag train` made; without one the model's shipped one is used."""


@dataclass(frozen=True)
class Workspace:
    """An open library with its embedder."""

    library: Library
    embedder: Embedder

    @property
    def adapter(self) -> Adapter | None:
        """The adapter in use: the library's own, or the one that ships for its model, if any."""
        own = _own_adapter(self.library)
        return Adapter.load(own) if own else shipped_adapter(self.library.identity.name)

    @property
    def answerer(self) -> Answerer:
        """What answers questions from the library."""
        return Answerer(self.library, self.embedder)


def _own_adapter(library: Library) -> Path | None:
    return library.state.file(ADAPTER_FILE)


def open_workspace(place: Place, *, create: bool = False, model: str | None = None, rebuild: bool = False) -> Workspace:
    """Return the library at a place with its model.

    Args:
        place: of the library.
        create: make the library if there is none.
        model: a model folder or name; without it the library's own, or the embedded model for a new library.
        rebuild: set an existing library aside and begin anew.

    Raises:
        LibraryError: there is no library, it cannot be used, or it was made with another model than the one asked for.
        ModelError: the model cannot be used.
    """
    if create and (rebuild or not library_exists(place)):
        embedder = load_embedder(model)
        library = _made(place, embedder.identity, in_place_of_another=rebuild)
    else:
        library = open_library(place)
        embedder = load_embedder(model or library.identity.name, adapter_file=_own_adapter(library))
    require_model(library, embedder.identity)
    return Workspace(library, embedder)


def _made(place: Place, identity: ModelIdentity, *, in_place_of_another: bool) -> Library:
    """Return a new library, or the one that another program has made at the same time."""
    try:
        return create_library(place, identity, in_place_of_another=in_place_of_another)
    except LibraryError:
        if in_place_of_another or not library_exists(place):
            raise
        return open_library(place)
