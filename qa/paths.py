"""Paths as users write them and as they are shown, and where the library is by default."""

import os
from collections.abc import Iterable
from pathlib import Path

import platformdirs

Place = Path | str
"""Where a library is: a folder, or the address of a database such as `postgresql://user@host/name`."""
_ADDRESSES = ("postgresql://", "postgres://")


def shown_place(place: Place) -> str:
    """Return a place for people: of a database without its password and its settings."""
    if isinstance(place, Path):
        return str(place)
    scheme, _, rest = place.partition("?")[0].partition("://")
    who, at, where = rest.rpartition("@")
    return f"{scheme}://{who.partition(':')[0]}{at}{where}"


def read_place(text: str) -> Place:
    """Return the place of a library that a text names."""
    return text if text.startswith(_ADDRESSES) else Path(text)


def default_folder() -> Path:
    """Return where the library is unless the user says otherwise: in the user's data folder."""
    return platformdirs.user_data_path("bronvraag") / "library"


def absolute_path(path: Path) -> Path:
    """Return the path from the root of the disk; a link in it stays, as it is the name that the user knows the file by."""
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - `resolve` would follow links


def is_below(path: Path, roots: Iterable[Path]) -> bool:
    """Tell whether `path` is one of the roots or in one of them."""
    return any(path == root or root in path.parents for root in roots)


def shown_path(path: Path | str) -> str:
    """Return a path as text; bytes in it that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")
