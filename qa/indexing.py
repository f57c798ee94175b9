"""Indexing: files and folders into the library, only what changed.

1. Files are found, and compared with what the library knows by size and time of change: an unchanged one is not opened.
2. Changed and new files are read and segmented. Content that the library holds already, under whatever name, is not embedded again; neither is
   a passage whose embedding text is known.
3. Passages are embedded in batches over documents, and a batch is stored in one transaction: an interrupted run loses at most one batch.
4. Files below the given paths that are gone leave the library. A file that cannot be read is reported, and what it held before stays.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embeddings import Embedder, pack_tokens
from qa.document import Document
from qa.exceptions import BronvraagError, ReadError
from qa.library import EmbeddedDocument, FileRecord, Library, StoredEmbedding, digest_of
from qa.passage import Passage
from qa.readers import SUFFIXES, read
from qa.segmenter import segment

BATCH_PASSAGES = 256


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    path: str
    reason: str


@dataclass
class IndexReport:
    """What a run did, in files; `duplicates` are files whose content the library holds under another name, `skipped` of kinds that are not read."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: int = 0
    skipped: int = 0
    n_passages: int = 0
    n_embedded: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def n_read(self) -> int:
        """How many files of this run are in the library, read now or before."""
        return self.added + self.changed + self.unchanged + self.duplicates


@dataclass(frozen=True)
class Progress:
    """How far a run is: files done of all, and passages so far."""

    n_files: int
    n_files_done: int
    n_passages: int


@dataclass(frozen=True)
class _Prepared:
    """A file that was read, waiting to be stored; `document` is None when the library holds its content already."""

    file: FileRecord
    document: Document | None
    passages: Sequence[Passage]


class Indexer:
    """Brings a library up to date with files."""

    def __init__(self, library: Library, embedder: Embedder, *, batch_passages: int = BATCH_PASSAGES) -> None:
        library.require_model(embedder.identity)
        self._library = library
        self._embedder = embedder
        self._batch_passages = batch_passages

    def index(self, paths: Sequence[Path], *, on_progress: Callable[[Progress], None] = lambda _progress: None) -> IndexReport:
        """Bring the library up to date with these files and folders, and return what was done.

        Raises:
            BronvraagError: a path does not exist; nothing is done then.
        """
        report = IndexReport()
        roots = [_existing(path) for path in paths]
        found = list(_find(roots, report))
        known = {file.path: file for file in self._library.files()}
        self._library.store(removed_paths=self._gone(roots, found, known, report))
        batch: list[_Prepared] = []
        for n_done, path in enumerate(found):
            on_progress(Progress(len(found), n_done, report.n_passages))
            if prepared := self._prepare(path, known, batch, report):
                batch.append(prepared)
            if sum(len(prepared.passages) for prepared in batch) >= self._batch_passages:
                self._store(batch, report)
                batch = []
        self._store(batch, report)
        on_progress(Progress(len(found), len(found), report.n_passages))
        self._library.save_index()
        return report

    def _gone(self, roots: Sequence[Path], found: Sequence[Path], known: dict[str, FileRecord], report: IndexReport) -> list[str]:
        present = set(map(str, found))
        gone = [path for path in known if path not in present and _is_below(Path(path), roots) and not os.path.lexists(path)]
        report.removed = len(gone)
        return gone

    def _prepare(
        self, path: Path, known: dict[str, FileRecord], batch: Sequence[_Prepared], report: IndexReport
    ) -> _Prepared | None:
        """Read a file unless it is unchanged, and note in the report what it is."""
        before = known.get(str(path))
        try:
            stat = path.stat()
            if before and (before.size_bytes, before.modified_ns) == (stat.st_size, stat.st_mtime_ns):
                report.unchanged += 1
                return None
            str(path).encode()
            document = read(path)
        except UnicodeEncodeError:
            report.failures.append(Failure(ascii(str(path)), "its name is not valid text; rename it"))
            return None
        except OSError as error:
            report.failures.append(Failure(str(path), f"it cannot be opened ({error.strerror or error})"))
            return None
        except ReadError as error:
            report.failures.append(Failure(str(path), str(error)))
            return None
        file = FileRecord(str(path), document.document_id, stat.st_size, stat.st_mtime_ns)
        waiting = any(prepared.file.document_id == document.document_id for prepared in batch)
        if waiting or self._library.has_document(document.document_id):
            self._count_known(before, document, report)
            return _Prepared(file, None, ())
        passages = segment(document)
        if before:
            report.changed += 1
        else:
            report.added += 1
        report.n_passages += len(passages)
        return _Prepared(file, document, passages)

    @staticmethod
    def _count_known(before: FileRecord | None, document: Document, report: IndexReport) -> None:
        if before and before.document_id == document.document_id:
            report.unchanged += 1  # saved again with the same content
        else:
            report.duplicates += 1

    def _store(self, batch: Sequence[_Prepared], report: IndexReport) -> None:
        if not batch:
            return
        embeddings = self._embed([passage for prepared in batch for passage in prepared.passages], report)
        documents = [
            EmbeddedDocument(
                prepared.document, prepared.passages, [embeddings[digest_of(passage)] for passage in prepared.passages]
            )
            for prepared in batch
            if prepared.document
        ]
        self._library.store(documents=documents, files=[prepared.file for prepared in batch])

    def _embed(self, passages: Sequence[Passage], report: IndexReport) -> dict[bytes, StoredEmbedding]:
        """Return what is to be stored of every passage, by digest, embedding only what the library does not hold."""
        known = self._library.known_embeddings(passages)
        new = {digest: passage for passage in passages if (digest := digest_of(passage)) not in known}
        report.n_embedded += len(new)
        embedded = self._embedder.embed_passages([passage.embedding_text for passage in new.values()])
        for (digest, passage), vector, tokens in zip(new.items(), embedded.vectors, embedded.tokens, strict=True):
            own = tokens.between(passage.text_offset, sys.maxsize)
            known[digest] = StoredEmbedding(digest, vector, pack_tokens(own))
        return known


def _existing(path: Path) -> Path:
    absolute = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - a link stays the name that the user knows the file by
    if not absolute.exists():
        raise BronvraagError(f"There is no file or folder {path}.")
    return absolute


def _find(roots: Iterable[Path], report: IndexReport) -> Iterator[Path]:
    """Yield every file once; in folders only those of a kind that can be read, sorted, hidden ones and links to folders left out."""
    seen: set[Path] = set()
    for root in roots:
        for path in [root] if root.is_file() else _walk(root):
            if path in seen:
                continue
            seen.add(path)
            if path == root or path.suffix.lower() in SUFFIXES:
                yield path
            else:
                report.skipped += 1


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _is_below(path: Path, roots: Iterable[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)
