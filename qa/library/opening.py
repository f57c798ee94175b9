"""How a library is made and opened. The kinds of libraries are told apart here and nowhere else."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings import ModelIdentity
from qa.exceptions import LibraryError
from qa.library.library import Library
from qa.library.sqlite.library import SqliteLibrary
from qa.paths import Place

if TYPE_CHECKING:
    from qa.library.postgresql.library import PostgresqlLibrary


REPLICA = "BRONVRAAG_READ_LIBRARY"
"""The variable with the address of a replica to read from."""


def library_exists(place: Place) -> bool:
    """Tell whether there is a library at a place.

    Raises:
        LibraryError: its database cannot be reached.
    """
    return SqliteLibrary.exists(place) if isinstance(place, Path) else _in_database().exists(place)


def open_library(place: Place) -> Library:
    """Open the library at a place; one in a database is read from its replica, if the environment names one in `BRONVRAAG_READ_LIBRARY`.

    Raises:
        LibraryError: there is none, it is damaged, or it is of another version of the program.
    """
    return SqliteLibrary.open(place) if isinstance(place, Path) else _in_database().open(place, os.environ.get(REPLICA))


def create_library(place: Place, identity: ModelIdentity, *, in_place_of_another: bool = False) -> Library:
    """Make an empty library at a place, for the vectors of one model; one that is there already may be set aside.

    Raises:
        LibraryError: the place cannot be written, or holds a library already.
    """
    if isinstance(place, Path):
        return SqliteLibrary.create(place, identity, in_place_of_another=in_place_of_another)
    return _in_database().create(place, identity, in_place_of_another=in_place_of_another)


def _in_database() -> "type[PostgresqlLibrary]":
    try:  # only who uses a database needs what it takes
        from qa.library.postgresql.library import PostgresqlLibrary
    except ImportError as error:
        raise LibraryError("postgresql_needs_more") from error
    return PostgresqlLibrary
