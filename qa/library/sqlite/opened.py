"""`OpenedFile`: one library file with what reads it, writes it and is remembered of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings import BoolArray
from qa.library.counted import CountedCatalogue
from qa.library.register import Register
from qa.library.sqlite.catalogue import SqliteDocumentRows
from qa.library.sqlite.connections import Connections
from qa.library.sqlite.files import check_layout
from qa.library.sqlite.reading import Reader
from qa.library.sqlite.words import SqlWordIndex
from qa.library.sqlite.writer import Writer

if TYPE_CHECKING:
    from qa.library.sqlite.neighbours import Neighbours


class OpenedFile:
    """An open library file; safe to use from several threads."""

    def __init__(self, path: Path, connections: Connections) -> None:
        self.path = path
        self.connections = connections
        self.reader = Reader(connections)
        self.identity = self.reader.identity()
        self._lock = threading.Lock()
        self._remembered: tuple[str, Register, CountedCatalogue] | None = None

    @classmethod
    def open(cls, path: Path) -> "OpenedFile":
        """Open a library file.

        Raises:
            LibraryError: it is damaged or of another version of the program.
        """
        connections = Connections(path)
        with connections.errors():
            check_layout(path)
        return cls(path, connections)

    @cached_property
    def neighbours(self) -> "Neighbours":
        """What finds the nearest passages."""
        from qa.library.sqlite.neighbours import Neighbours  # loads FAISS, which describing a library does not need

        return Neighbours(self.path.parent, self.reader, self.identity.dim)

    def words(self, among: BoolArray | None = None) -> SqlWordIndex:
        """Return the index of words, of all passages or of some: `(n_ids,)` bool, whether each id from 0 on may be found."""
        return SqlWordIndex(self.connections.all, among)

    def remembered(self) -> tuple[Register, CountedCatalogue]:
        """Return what documents are called and the catalogue, as of what this thread reads; the same objects until the library changes."""
        _number, token = self.reader.state()
        with self._lock:
            if self._remembered is None or self._remembered[0] != token:
                register = Register(self.reader.called)
                self._remembered = token, register, CountedCatalogue(SqliteDocumentRows(self.connections.all), register)
            return self._remembered[1:]

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Give a `Writer`; all that it writes is committed together when the block ends, or not at all.

        Raises:
            LibraryError: the file cannot be written.
        """
        with self.connections.writing() as connection:
            yield Writer(connection)
