"""The files of a library in its folder: which one counts, and how one is made, opened and replaced.

A library that is made anew becomes the next file, `library-2.sqlite3` after `library.sqlite3`, and the last one counts. No file is ever renamed or written over,
so whoever has the one before open goes on with it until they look again.
"""

import os
import re
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from embeddings import ModelIdentity
from qa.exceptions import LibraryError
from qa.library.sqlite.connections import connect, explained
from qa.library.sqlite.schema import APPLICATION_ID, LAYOUT, OLDEST_LAYOUT, make_tables, upgrade

FIRST_FILE = "library.sqlite3"
_FILE = re.compile(r"library(?:-(?P<number>[1-9][0-9]{0,8}))?\.sqlite3")


def current_file(folder: Path) -> Path | None:
    """Return the file of the library in a folder, or None if there is none."""
    numbered = _numbered(folder)
    return numbered[max(numbered)] if numbered else None


def make_file(folder: Path, identity: ModelIdentity, *, in_place_of_another: bool = False) -> Path:
    """Make an empty library in a folder for the vectors of one model, and return its file.

    Raises:
        LibraryError: the folder cannot be written, or holds a library already.
    """
    taken = LibraryError("library_exists", folder=folder)
    if not in_place_of_another and current_file(folder):
        raise taken
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError("folder_not_made", folder=folder, reason=error.strerror) from error
    draft = folder / f".{secrets.token_hex(8)}.part"
    try:
        with closing(connect(draft)) as connection:
            make_tables(connection, identity)
        return _placed(draft, folder, in_place_of_another=in_place_of_another)
    except sqlite3.Error as error:
        raise explained(draft, error) from error
    except FileExistsError as error:
        raise taken from error
    finally:
        for path in folder.glob(f"{draft.name}*"):
            path.unlink(missing_ok=True)


def _placed(draft: Path, folder: Path, *, in_place_of_another: bool) -> Path:
    """Give a finished file its name; of several programs that make a library at once, one does."""
    numbered = _numbered(folder) if in_place_of_another else {}
    last = max(numbered, default=0)
    path = folder / (f"library-{last + 1}.sqlite3" if last else FIRST_FILE)
    if not last:
        _link(draft, path)
        return path
    with suppress(sqlite3.Error), closing(connect(numbered[last])) as connection:
        connection.execute("BEGIN IMMEDIATE")  # what is being stored in the old file is stored before, or goes to the new one
        _link(draft, path)
    if not path.exists():  # the old file is damaged
        _link(draft, path)
    for number, old in numbered.items():
        if number < last:
            _delete(old)
    return path


def _link(draft: Path, path: Path) -> None:
    """Let a file have another name, unless there is a file of that name."""
    try:
        os.link(draft, path)
    except (NotImplementedError, PermissionError, OSError) as error:
        if isinstance(error, FileExistsError):
            raise
        with path.open("xb") as file:  # a file system without links
            file.write(draft.read_bytes())
            os.fsync(file.fileno())


def check_layout(path: Path) -> None:
    """Bring a file of an older layout up to date.

    Raises:
        LibraryError: it is no library, damaged, of a newer version of the program, or of an older one and cannot be written.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (layout, is_library) = _layout(connection)
    except sqlite3.OperationalError:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            (layout, is_library) = _layout(connection)
    if is_library and OLDEST_LAYOUT <= layout < LAYOUT:
        _upgrade(path)
    elif not is_library or layout != LAYOUT:
        raise LibraryError("library_other_version", folder=path.parent, layout=layout, read=LAYOUT)


def _upgrade(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA legacy_alter_table = ON")  # a table that is renamed leaves what refers to it alone
        connection.execute("BEGIN IMMEDIATE")
        layout, _is_library = _layout(connection)  # another program may have been faster
        upgrade(connection, layout)
        connection.execute("COMMIT")
    for derived in path.parent.glob("vectors-*.faiss"):
        derived.unlink(missing_ok=True)


def _layout(connection: sqlite3.Connection) -> tuple[int, bool]:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    return layout, application_id == APPLICATION_ID


def _numbered(folder: Path) -> dict[int, Path]:
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return {}
    matches = [match for name in names if (match := _FILE.fullmatch(name))]
    return {int(match["number"] or 1): folder / match[0] for match in matches}


def _delete(path: Path) -> None:
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with suppress(OSError):
            part.unlink(missing_ok=True)
