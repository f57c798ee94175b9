"""What the command line shows: answers, reports and progress as text."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from qa.answer import Answer, Citation, Language, Relevance
from qa.indexing import IndexReport, Progress
from qa.library import Library
from qa.passage import Role

RELEVANCE: dict[Language, dict[Relevance, str]] = {
    "nl": {Relevance.STRONG: "sterk", Relevance.POSSIBLE: "mogelijk", Relevance.WEAK: "zwak"},
    "en": {Relevance.STRONG: "strong", Relevance.POSSIBLE: "possible", Relevance.WEAK: "weak"},
}
PLACE: dict[Language, dict[Role, str]] = {
    "nl": {
        Role.ANSWER: "antwoord op vraag",
        Role.QUESTION: "vraag van een Kamerlid",
        Role.INTRODUCTION: "inleiding",
        Role.NOTICE: "mededeling",
    },
    "en": {
        Role.ANSWER: "answer to question",
        Role.QUESTION: "question of a member",
        Role.INTRODUCTION: "introduction",
        Role.NOTICE: "notice",
    },
}


def note(message: str) -> None:
    """Write a line to standard error."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the one place that writes there


def answer_text(answer: Answer) -> str:
    """Return an answer for people to read in a terminal."""
    width = min(shutil.get_terminal_size().columns, 100)
    blocks = [answer.message if answer.citations else textwrap.fill(answer.message, width)]
    blocks += [_citation_text(citation, answer.language, width) for citation in answer.citations]
    return "\n\n".join(blocks)


def _citation_text(citation: Citation, language: Language, width: int) -> str:
    label = f"[{citation.number}] "
    indent = " " * len(label)
    quote = textwrap.fill(f"“{citation.quote}”", width, initial_indent=label, subsequent_indent=indent)
    place = f"{PLACE[language].get(citation.role, citation.kind)} {', '.join(map(str, citation.numbers))}".strip()
    relevance = f"{'relevantie' if language == 'nl' else 'relevance'}: {RELEVANCE[language][citation.relevance]}"
    lines = [
        *textwrap.wrap(citation.title, width - len(indent)),
        " · ".join(filter(None, [place, citation.date, relevance])),
        citation.official_id or citation.source,
    ]
    return "\n".join([quote, *(indent + line for line in lines)])


def index_summary(report: IndexReport, folder: Path, *, seconds: float) -> str:
    """Return what a run of `index` did, in two or three lines."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "with content already in the library": report.duplicates,
        "not readable": len(report.failures),
        "of other kinds, skipped": report.skipped,
    }
    files = ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "none found"
    return f"Files: {files}.\nPassages: {report.n_passages} new, {report.n_embedded} embedded, in {seconds:.1f} s.\nLibrary: {folder}"


def library_info(library: Library) -> str:
    """Return what is in a library and what it was made with."""
    n_documents, n_passages = library.counts()
    identity = library.identity
    lines = [
        f"Library    {library.folder}",
        f"Holds      {n_documents} documents, {n_passages} passages, {library.size_bytes() / 1e6:.1f} MB",
        f"Model      {identity}",
        f"Prefixes   query {identity.query_prefix!r}, passage {identity.passage_prefix!r}",
        "",
    ]
    for record in library.documents():
        facts = filter(
            None, [record.metadata.kind, record.metadata.date, record.metadata.official_id, f"{record.n_passages} passages"]
        )
        lines += [record.metadata.title, f"    {', '.join(facts)}", f"    {record.source}"]
    return "\n".join(lines)


@contextmanager
def index_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far a run of `index` is, in files, passages and time left; only a terminal shows it."""
    with _progress_bar("files", "{task.fields[n_passages]} passages") as bar:
        task = bar.add_task("Indexing", total=None, n_passages=0)

        def show(progress: Progress) -> None:
            bar.update(task, total=progress.n_files, completed=progress.n_files_done, n_passages=progress.n_passages)

        yield show


@contextmanager
def counter(total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many of `total` are done; only a terminal shows it."""
    with _progress_bar(unit) as bar:
        task = bar.add_task("Asking", total=total)
        yield lambda n_done: bar.update(task, completed=n_done)


def _progress_bar(unit: str, *more: str) -> ProgressBar:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit), *map(TextColumn, more))
    screen = Console(stderr=True)
    return ProgressBar(*columns, TimeRemainingColumn(), console=screen, disable=not screen.is_terminal, transient=True)
