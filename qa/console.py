"""What the command line shows: answers and reports as text."""

import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Citation, Language
from qa.document import Document, DoubtCode
from qa.parliament.formal_reference import reference_of
from qa.passage import Passage
from qa.paths import Place
from qa.wording.answers import explained
from qa.wording.documents import say_date, say_questions, say_relevance, say_role, say_speaker
from qa.wording.doubts import say_doubt
from qa.wording.interface import TEXTS

if TYPE_CHECKING:  # what they import is not needed to say how a command ended
    from qa.indexing import Doubtful, IndexReport
    from qa.library import Catalogue, DocumentRecord, Library, NearestReport


def note(message: str) -> None:
    """Write a line to standard error."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the one place that writes there


def answer_text(answer: Answer, *, with_all: bool = False) -> str:
    """Return an answer for people to read in a terminal; passages that fit less well are counted, unless they are asked for too."""
    width = min(shutil.get_terminal_size().columns, 100)
    shown = answer.citations if with_all else answer.citations[: answer.n_open]
    blocks = [textwrap.fill(answer.message if answer.citations else explained(answer), width)]
    blocks += [_citation_text(citation, answer.language, width) for citation in shown]
    if n_left_out := len(answer.citations) - len(shown):
        texts = TEXTS[answer.language]
        blocks.append(f"{(texts.left_out_one if n_left_out == 1 else texts.left_out_n).format(n=n_left_out)} (--all)")
    return "\n\n".join(blocks)


def _citation_text(citation: Citation, language: Language, width: int) -> str:
    label = f"[{citation.number}] "
    indent = " " * len(label)
    heads = " | ".join(citation.table.heads) if citation.table else ""
    quote = "\n".join(
        textwrap.fill(line, width, initial_indent=label if number == 0 else indent, subsequent_indent=indent)
        for number, line in enumerate(filter(None, [heads, f"“{citation.quote}”"]))
    )
    facts = [
        say_role(citation.role, citation.numbers, citation.kind, language),
        say_speaker(citation.speaker, language) if citation.speaker else "",
        say_date(citation.date, language) if citation.date else "",
        say_relevance(citation.relevance, language),
    ]
    answered = say_questions(citation.answers_questions[:1], language)
    lines = [
        *textwrap.wrap(textwrap.shorten(answered, 2 * width, placeholder=" …"), width - len(indent)),
        *textwrap.wrap(citation.title, width - len(indent)),
        " · ".join(filter(None, facts)),
        reference_of(citation) or citation.source,
    ]
    return "\n".join([quote, *(indent + line for line in lines)])


def index_summary(report: "IndexReport", library_name: Place) -> str:
    """Return what a run of `index` did, in three or four lines."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "with content already in the library": report.duplicates,
        "indexed by others meanwhile": report.by_others,
        "not readable": len(report.failures),
        "of other kinds, skipped": report.skipped,
    }
    files = ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "none found"
    most_first = sorted(report.skipped_by_kind.items(), key=lambda kind: (-kind[1], kind[0]))
    skipped = ", ".join(f"{n} {kind or 'without an ending'}" for kind, n in most_first)
    lines = [
        f"Files: {files}.",
        f"Skipped: {skipped}." if skipped else "",
        *_doubtful_lines(report),
        f"Passages: {report.n_passages} new, {report.n_embedded} embedded, in {report.seconds:.1f} s.",
        f"Library: {library_name}",
    ]
    return "\n".join(filter(None, lines))


def _doubtful_lines(report: "IndexReport") -> list[str]:
    """Return a line for each kind of doubt: how many files, which ones first, and what is said of the first."""
    by_code: dict[DoubtCode, list[Doubtful]] = {}
    for doubtful in report.doubtful:
        by_code.setdefault(doubtful.doubt.code, []).append(doubtful)
    return [
        f"Doubtful: {_counted(len(found), 'file')}: {Path(found[0].path).name}"
        f"{' and others' if len(found) > 1 else ''}: {say_doubt(found[0].doubt, 'en')}"
        for found in by_code.values()
    ]


def library_info(library: "Library") -> str:
    """Return what is in a library and what it was made with."""
    n_documents, n_passages = library.counts()
    identity = library.identity
    lines = [
        f"Library    {library.name}",
        f"Nearest    {_nearest_text(library.nearest_report())}",
        f"Holds      {n_documents} documents, {n_passages} passages, {library.size_bytes() / 1e6:.1f} MB",
        f"Model      {identity}",
        f"Made with  {', '.join(f'{name} {version}' for name, version in library.versions.items())}",
        f"Prefixes   query {identity.query_prefix!r}, passage {identity.passage_prefix!r}",
        *_catalogue_lines(library.catalogue()),
    ]
    return "\n".join(lines)


def _catalogue_lines(catalogue: "Catalogue") -> list[str]:
    """Return the kinds of documents, the period that they are of, and the newest; `bronvraag list` shows them all."""
    if not len(catalogue):
        return []
    kinds, period = catalogue.facets().counts["kinds"], catalogue.period()
    [newest] = catalogue.listing(n_most=1).records
    return [
        f"Kinds      {', '.join(f'{count.value} {count.n_documents}' for count in kinds)}",
        f"Period     {f'{period[0]} to {period[1]}' if period else 'no document states a date'}",
        f"Newest     {newest.metadata.title} ({newest.document_id})",
    ]


def _nearest_text(report: "NearestReport") -> str:
    if report.is_exact:
        return "every passage is compared"
    return f"the likeliest parts are compared, which finds {report.recall:.3f} of what comparing every passage does"


def document_lines(record: "DocumentRecord") -> str:
    """Return a document's title, then its kind, date, identifiers and number of passages, then its file."""
    metadata = record.metadata
    facts = filter(
        None, [metadata.kind, metadata.date, metadata.official_id, record.document_id, f"{record.n_passages} passages"]
    )
    doubts = [f"    Doubtful: {say_doubt(doubt, 'en')}" for doubt in record.doubts]
    return "\n".join([metadata.title, f"    {', '.join(facts)}", f"    {record.source}", *doubts])


def document_text(record: "DocumentRecord", document: Document, passages: Sequence[Passage], files: Sequence[str]) -> str:
    """Return what a document says about itself, and its passages with their roles and numbers, for people to read in a terminal."""
    facts = {
        "document": record.document_id,
        **{name.replace("_", " "): _fact_text(value) for name, value in asdict(record.metadata).items()},
        "files": "; ".join(files),
        "indexed at": record.indexed_at,
        "doubtful": " ".join(say_doubt(doubt, "en") for doubt in record.doubts),
    }
    lines = [f"{name:<14} {fact}" for name, fact in facts.items() if fact]
    return "\n".join(lines) + "".join("\n\n" + _passage_text(passage, document) for passage in passages)


def _fact_text(fact: Any) -> str:
    if isinstance(fact, dict):
        return f"{fact['name']} ({fact['affiliation']})" if fact["affiliation"] else fact["name"]
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        return "; ".join(map(_fact_text, fact))
    return "" if fact is None else str(fact)


def _passage_text(passage: Passage, document: Document) -> str:
    page = document.page_at(passage.start)
    head = " ".join(filter(None, [passage.role, ", ".join(map(str, passage.numbers)), f"(page {page})" if page else ""]))
    width = min(shutil.get_terminal_size().columns, 100)
    return f"{head}\n" + textwrap.fill(passage.text, width, initial_indent="    ", subsequent_indent="    ")


def removal_text(paths: Sequence[str], documents: "Sequence[DocumentRecord]") -> str:
    """Return which files and documents left the library."""
    counts = f"{_counted(len(paths), 'file')}, {_counted(len(documents), 'document')}"
    head = f"Removed from the library: {counts}. The files on disk are still there."
    return "\n".join([head, *(f"    {path}" for path in paths)])


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
