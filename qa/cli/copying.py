"""`bronvraag copy`."""

from typing import Annotated, Any

import typer

from qa import console
from qa.paths import read_place

_PLACE = "A folder, or the address of a database: postgresql://user@host/name."


def copy(
    source: Annotated[Any, typer.Argument(metavar="FROM", parser=read_place, help=f"The library to copy. {_PLACE}")],
    target: Annotated[Any, typer.Argument(metavar="TO", parser=read_place, help=f"Where to. {_PLACE}")],
) -> None:
    """Copy a library into a folder or a database, with uploads, feedback, calibration and adapters; nothing is embedded again.

    A copy that was interrupted goes on when the command is given again. In the end both libraries are read and compared, document by document.
    """
    from qa.cli.progress import counter
    from qa.library import create_library, library_exists, open_library
    from qa.library.copying import copy_library

    opened = open_library(source)
    made = open_library(target) if library_exists(target) else create_library(target, opened.identity)
    n_documents = opened.counts()[0]
    with counter(2 * n_documents, "documents copied and compared", doing="Copying") as count:
        copied = copy_library(
            opened, made, on_progress=lambda what, n_done: count(n_done + (n_documents if what == "compare" else 0))
        )
    for library in (opened, made):
        library.close()
    typer.echo(
        f"Copied {copied.n_documents} documents with {copied.n_passages} passages, {copied.n_uploads} uploads and {copied.n_feedback} lines of "
        f"feedback; {copied.n_there} documents were there already. Both libraries hold the same."
    )
    console.note(f"Library: {made.name}")
