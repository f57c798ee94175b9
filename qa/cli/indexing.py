"""`bronvraag index`."""

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa import console
from qa.cli.options import Format, FormatOption, LibraryOption, parse_size
from qa.exceptions import BronvraagError
from qa.paths import default_folder
from qa.workers.limits import Limits, n_cores

if TYPE_CHECKING:
    from qa.indexing import IndexReport
    from qa.library import LibraryState
    from qa.workers.pool import Reading
    from qa.workspace import Workspace


def index(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files and folders; folders are searched with all folders in them.")
    ],
    library: LibraryOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A sentence-transformers folder or hub name, for a new library.",
            show_default="the embedded model",
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the library anew; the old one is set aside in its folder.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what is gone even if it is more than a third of the library.")
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, max=256, help="How many files are read at once.", show_default="one a core")
    ] = n_cores(),
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Most time that reading one file may take.")] = 60,
    max_memory: Annotated[
        int, typer.Option(parser=parse_size, metavar="SIZE", help="Most memory that reading one file may take.")
    ] = "2GB",  # type: ignore[assignment]  # typer parses a default, too
    max_size: Annotated[
        int, typer.Option(parser=parse_size, metavar="SIZE", help="Files larger than this are not read.")
    ] = "100MB",  # type: ignore[assignment]
    report_file: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.json", help="Write the report there too, as JSON.", show_default=False),
    ] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Add files and folders to the library, or bring it up to date with them.

    Reads PDF, Word (.docx), ODT, HTML, official XML, text and Markdown. Only what changed since the last time is read again, and files that are gone leave
    the library. A file that cannot be read, or not within the limits, is reported and does not stop the others. It can be interrupted at any time; running it
    again goes on where it was.
    """
    from qa.workers.pool import Reading
    from qa.workspace import open_workspace

    if report_file and not report_file.absolute().parent.is_dir():
        raise BronvraagError("no_folder_for_report", folder=report_file.absolute().parent)
    limits = Limits(max_seconds=max_seconds, max_memory_bytes=max_memory, max_size_bytes=max_size)
    workspace = open_workspace(library or default_folder(), create=True, model=model, rebuild=rebuild)
    wanted = [*paths, *uploads_of(workspace.library.state)] if rebuild else paths
    report = index_paths(workspace, wanted, Reading(n_workers=workers, limits=limits), prune=prune)
    if report_file:
        _write(report, report_file)
    typer.echo(_as_json(report) if output is Format.JSON else console.index_summary(report, workspace.library.name))
    if report.failures and not report.n_read:
        raise typer.Exit(1)


def uploads_of(state: "LibraryState") -> list[Path]:
    """Return the folder of files that were added on the page, if a library has one: nobody else has them, so a new library must not go without."""
    folder = state.all_uploads()
    return [folder] if folder else []


def index_paths(
    workspace: "Workspace", paths: Sequence[Path], reading: "Reading | None" = None, *, prune: bool = False
) -> "IndexReport":
    """Bring the library up to date, and say which files could not be read."""
    from qa.cli.progress import index_progress
    from qa.indexing import Indexer
    from qa.observing import listening

    indexer = Indexer(workspace.library, workspace.embedder, reading=reading)
    try:
        with _interrupted_by_sigterm(), listening(_say_waiting), index_progress() as show:
            report = indexer.index(paths, prune=prune, on_progress=show)
    except KeyboardInterrupt:
        console.note("Interrupted; what was done so far is kept, and the same command goes on from there.")
        raise typer.Exit(130) from None
    for failure in report.failures:
        console.note(f"Not read: {failure.path}: {failure.reason.said('en')}.")
    return report


def _say_waiting(event: str, _details: object) -> None:
    if event == "library_waits":
        console.note("Another program is writing to this library; waiting until it is done ...")


def _as_json(report: "IndexReport") -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2)


def _write(report: "IndexReport", path: Path) -> None:
    try:
        path.write_text(_as_json(report) + "\n", encoding="utf-8")
    except OSError as error:
        raise BronvraagError("report_not_written", path=path, reason=error.strerror) from error


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that no worker is left behind."""
    if threading.current_thread() is not threading.main_thread():  # only that one may set handlers
        yield
        return

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
