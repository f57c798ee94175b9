"""How a library is made and opened. The kinds of libraries are told apart here and nowhere else."""

from pathlib import Path

from embeddings import ModelIdentity
from qa.library.library import Library
from qa.library.sqlite.library import SqliteLibrary


def library_exists(folder: Path) -> bool:
    """Tell whether there is a library in `folder`."""
    return SqliteLibrary.exists(folder)


def open_library(folder: Path) -> Library:
    """Open the library in `folder`.

    Raises:
        LibraryError: there is none, it is damaged, or it is of another version of the program.
    """
    return SqliteLibrary.open(folder)


def create_library(folder: Path, identity: ModelIdentity, *, in_place_of_another: bool = False) -> Library:
    """Make an empty library in `folder`, for the vectors of one model; one that is there already may be set aside.

    Raises:
        LibraryError: the folder cannot be written, or holds a library already.
    """
    return SqliteLibrary.create(folder, identity, in_place_of_another=in_place_of_another)
