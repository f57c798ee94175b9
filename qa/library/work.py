"""`Work`: files that are to be indexed, shared out among all the programs that index into one library at the same time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol


class Work(Protocol):
    """Files to index. Each is taken by one program at a time; what a program that ends has taken and not done, others take."""

    def left(self) -> Sequence[str]:
        """Return the paths that nobody has done, once some of them can perhaps be taken; none when all is done."""

    def taken(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield those of these paths that nobody else has taken, as they are taken."""

    def done(self, paths: Iterable[str]) -> None:
        """Say that files are indexed, or cannot be."""


class OwnWork:
    """Files that are shared with nobody."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._left = dict.fromkeys(paths)

    def left(self) -> Sequence[str]:
        """Return the paths that are not done."""
        return list(self._left)

    def taken(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield all of these paths."""
        yield from paths

    def done(self, paths: Iterable[str]) -> None:
        """Say that files are indexed, or cannot be."""
        for path in paths:
            self._left.pop(path, None)
