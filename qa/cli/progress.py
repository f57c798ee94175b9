"""How far a command is, drawn in the terminal while it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from qa.indexing.report import Progress


@contextmanager
def index_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far a run of `index` is, in files, passages, passages per second and time left; only a terminal shows it."""
    with _progress_bar("files", "{task.fields[passages]}") as bar:
        task = bar.add_task("Indexing", total=None, passages="")

        def show(progress: Progress) -> None:
            seconds = bar.tasks[0].elapsed or 0
            speed = f", {progress.n_passages / seconds:.0f}/s" if seconds >= 1 else ""
            passages = f"{progress.n_passages} passages{speed}"
            bar.update(task, total=progress.n_files, completed=progress.n_files_done, passages=passages)

        yield show


@contextmanager
def counter(total: int, unit: str, *, doing: str = "Asking") -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many of `total` are done; only a terminal shows it."""
    with _progress_bar(unit) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda n_done: bar.update(task, completed=n_done)


def _progress_bar(unit: str, *more: str) -> ProgressBar:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit), *map(TextColumn, more))
    screen = Console(stderr=True)
    return ProgressBar(*columns, TimeRemainingColumn(), console=screen, disable=not screen.is_terminal, transient=True)
