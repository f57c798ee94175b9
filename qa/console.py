"""What the command line shows: answers, reports and progress as text."""

import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tqdm import tqdm

from qa.answer import Answer, Citation, Language, Relevance
from qa.indexing import IndexReport, Progress
from qa.library import Library
from qa.passage import Role

RELEVANCE: dict[Language, dict[Relevance, str]] = {
    "nl": {Relevance.STRONG: "sterk", Relevance.POSSIBLE: "mogelijk", Relevance.WEAK: "zwak"},
    "en": {Relevance.STRONG: "strong", Relevance.POSSIBLE: "possible", Relevance.WEAK: "weak"},
}
PLACE: dict[Language, dict[Role, str]] = {
    "nl": {Role.ANSWER: "antwoord op vraag", Role.QUESTION: "vraag van een Kamerlid", Role.INTRODUCTION: "inleiding", Role.NOTICE: "mededeling"},
    "en": {Role.ANSWER: "answer to question", Role.QUESTION: "question of a member", Role.INTRODUCTION: "introduction", Role.NOTICE: "notice"},
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
        facts = filter(None, [record.metadata.kind, record.metadata.date, record.metadata.official_id, f"{record.n_passages} passages"])
        lines += [record.metadata.title, f"    {', '.join(facts)}", f"    {record.source}"]
    return "\n".join(lines)


class IndexProgress:
    """A progress bar of files and passages on standard error; nothing is drawn where that is not a terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar = tqdm(total=0, unit="file", file=sys.stderr, disable=None, dynamic_ncols=True, desc="Indexing")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.close()

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return time.monotonic() - self._began

    def update(self, progress: Progress) -> None:
        """Show how far the run is."""
        self._bar.total = progress.n_files
        self._bar.n = progress.n_files_done
        self._bar.set_postfix_str(f"{progress.n_passages} passages")


@contextmanager
def counter(total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many of `total` are done."""
    with tqdm(total=total, unit=f" {unit}", file=sys.stderr, disable=None, dynamic_ncols=True) as bar:

        def count(n_done: int) -> None:
            bar.update(n_done - bar.n)

        yield count
