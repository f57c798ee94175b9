"""Options that several commands have, and the kinds of values that options take."""

import re
from enum import StrEnum
from typing import Annotated, Any, Optional

import typer

from qa.paths import read_place


class Format(StrEnum):
    """How a command writes what it found."""

    TEXT = "text"
    JSON = "json"


LibraryOption = Annotated[
    Optional[Any],  # noqa: UP045 - typer shows this form best, and takes no `Place`, which is of one of two types
    typer.Option(
        "--library",
        metavar="DIR",
        parser=read_place,
        help="Folder of the library, or the address of a database: postgresql://user@host/name.",
        show_default="in your user data folder",
        envvar="BRONVRAAG_LIBRARY",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Text to read, or JSON for programs.")]
TopK = Annotated[int, typer.Option("--top-k", min=1, max=50, help="Most citations to show.")]

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kMG]?)B?", re.IGNORECASE)
_FACTORS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def parse_size(text: str) -> int:
    """Return the bytes in a size such as `2GB`, `100MB` or `5000`."""
    match = _SIZE.fullmatch(text.strip())
    size_bytes = match and int(float(match["number"]) * _FACTORS[match["unit"].lower()])
    if not size_bytes:
        raise typer.BadParameter(f"{text!r} is not a size such as 2GB or 100MB")
    return size_bytes
