"""`Indexer`: brings a library up to date with files.

1. Files are found, and compared with what the library knows by size and time of change: an unchanged one is not opened.
2. Changed and new files are read and segmented by workers, while this process embeds. Content that the library holds already, under whatever name, is not
   embedded again; neither is a passage whose embedding text is known.
3. Passages are embedded in batches over documents, and a batch is stored in one transaction: an interrupted run loses at most one batch.
4. Where a library is shared by many machines, each takes files that no other has taken (`qa/library/work.py`).
5. Files below the given paths that are gone leave the library, a large part of it only when that is asked for. A file that cannot be read is reported, and what it held before stays.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings import Embedder, pack_tokens
from qa.document import Document
from qa.exceptions import BronvraagError
from qa.indexing.files import FoundFiles, existing_path, find_files, is_gone
from qa.indexing.report import Doubtful, Failure, IndexReport, Progress
from qa.library import EmbeddedDocument, FileRecord, Library, StoredEmbedding, digest_of, require_model
from qa.library.work import Work
from qa.passage import Passage
from qa.paths import shown_path
from qa.wording.sentence import Sentence
from qa.workers.pool import FileToRead, ReaderPool, Reading
from qa.workers.reading import ReadFile, Refused

BATCH_PASSAGES = 256
LARGE_PART = 1 / 3
"""Of the files that a library knows: if more are gone, a drive may be missing, so it is asked first."""
MANY_GONE = 10
"""Fewer files are taken to be gone on purpose, as long as one of them is still there."""


@dataclass(frozen=True)
class _Prepared:
    """A file that was read, waiting to be stored; `document` is None when the library holds its content already."""

    file: FileRecord
    document: Document | None
    passages: Sequence[Passage]


class Indexer:
    """Brings a library up to date with files."""

    def __init__(
        self, library: Library, embedder: Embedder, *, batch_passages: int = BATCH_PASSAGES, reading: Reading | None = None
    ) -> None:
        require_model(library, embedder.identity)
        self._library = library
        self._embedder = embedder
        self._batch_passages = batch_passages
        self._reading = reading or Reading()

    def index(
        self, paths: Sequence[Path], *, prune: bool = False, on_progress: Callable[[Progress], None] = lambda _progress: None
    ) -> IndexReport:
        """Bring the library up to date with these files and folders, and return what was done.

        Args:
            paths: of files and folders.
            prune: remove what is gone even if it is a large part of what the library knows.
            on_progress: told how far it is.

        Raises:
            BronvraagError: a path does not exist, or so much is gone that a drive may be missing; nothing is done then.
        """
        began = time.monotonic()
        roots = [existing_path(path) for path in paths]
        found = find_files(roots)
        report = IndexReport(skipped_by_kind=found.skipped_by_kind, failures=found.failures)
        known = {file.path: file for file in self._library.files([str(root) for root in roots])}
        self._forget_gone(known, report, prune=prune)
        changed = _changed(found, known, report)
        n_files, n_settled = len(found.paths), len(found.paths) - len(changed)
        self._add(
            changed, known, report, on_read=lambda n_read: on_progress(Progress(n_files, n_settled + n_read, report.n_passages))
        )
        self._library.settle()
        report.seconds = time.monotonic() - began
        return report

    def add(self, documents: Sequence[tuple[Document, Sequence[Passage]]]) -> None:
        """Embed and store documents that are read and segmented already, each under the path that it was read from."""
        report = IndexReport()
        batch: list[_Prepared] = []
        for document, passages in documents:
            batch.append(_Prepared(FileRecord(document.source, document.document_id, 0, 0), document, passages))
            if self._is_full(batch):
                self._store(batch, report)
                batch = []
        self._store(batch, report)
        self._library.settle()

    def _forget_gone(self, known: Mapping[str, FileRecord], report: IndexReport, *, prune: bool) -> None:
        gone = [path for path in known if is_gone(path)]
        if gone and not prune and (len(gone) >= MANY_GONE or len(gone) == len(known)):
            n_all = len(self._library.files())
            if len(gone) > n_all * LARGE_PART:
                raise BronvraagError("many_files_gone", n=len(gone), n_all=n_all, example=shown_path(gone[0]))
        self._library.store(removed_paths=gone)
        report.removed = len(gone)

    def _add(
        self,
        files: Sequence[FileToRead],
        known: Mapping[str, FileRecord],
        report: IndexReport,
        *,
        on_read: Callable[[int], None],
    ) -> None:
        """Read, embed and store the files; `on_read` is told how many are read."""
        by_path = {str(file.path): file for file in files}
        n_read = 0
        with ReaderPool(self._reading) as pool, self._library.sharing(list(by_path)) as work:
            while left := work.left():
                batch: list[_Prepared] = []
                for path, outcome in pool.read(by_path[path] for path in work.taken(left)):
                    on_read(n_read)
                    n_read += 1
                    if isinstance(outcome, Refused):
                        report.failures.append(Failure(str(path), outcome.reason))
                        work.done([str(path)])
                        continue
                    batch.append(self._prepare(path, outcome, known.get(str(path)), batch, report))
                    if self._is_full(batch):
                        self._store_and_say(batch, report, work)
                        batch = []
                self._store_and_say(batch, report, work)
        report.by_others = len(files) - n_read
        on_read(len(files))

    def _store_and_say(self, batch: Sequence[_Prepared], report: IndexReport, work: Work) -> None:
        self._store(batch, report)
        work.done([prepared.file.path for prepared in batch])

    def _is_full(self, batch: Sequence[_Prepared]) -> bool:
        """Tell whether to store the batch; files without new passages count too, there may be very many of them."""
        return len(batch) >= self._batch_passages or sum(len(prepared.passages) for prepared in batch) >= self._batch_passages

    def _prepare(
        self, path: Path, read: ReadFile, before: FileRecord | None, batch: Sequence[_Prepared], report: IndexReport
    ) -> _Prepared:
        """Return what is to be stored of a file, and note in the report what it is."""
        document_id = read.document.document_id
        file = FileRecord(str(path), document_id, read.size_bytes, read.modified_ns)
        if before and before.document_id == document_id:
            report.unchanged += 1  # saved again with the same content
            return _Prepared(file, None, ())
        waiting = any(prepared.file.document_id == document_id for prepared in batch)
        if waiting or self._library.has_document(document_id):
            report.duplicates += 1
            return _Prepared(file, None, ())
        if before:
            report.changed += 1
        else:
            report.added += 1
        report.n_passages += len(read.passages)
        report.doubtful += [Doubtful(str(path), doubt) for doubt in read.document.doubts]
        return _Prepared(file, read.document, read.passages)

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
        for start in range(0, len(new), BATCH_PASSAGES):  # the token vectors of a long document need not be in memory all at once
            part = list(new.items())[start : start + BATCH_PASSAGES]
            embedded = self._embedder.embed_passages([passage.embedding_text for _digest, passage in part])
            for (digest, _passage), vector, tokens in zip(part, embedded.vectors, embedded.tokens, strict=True):
                known[digest] = StoredEmbedding(digest, vector, pack_tokens(tokens))
        return known


def _changed(found: FoundFiles, known: Mapping[str, FileRecord], report: IndexReport) -> list[FileToRead]:
    """Return the files that are new or look changed, and count the others."""
    changed = []
    for path in found.paths:
        try:
            str(path).encode()
            status = path.stat()
        except UnicodeEncodeError:
            report.failures.append(Failure(shown_path(path), Sentence("name_no_text")))
            continue
        except OSError:
            changed.append(FileToRead(path, 0))  # its reader says what is wrong
            continue
        before = known.get(str(path))
        if before and (before.size_bytes, before.modified_ns) == (status.st_size, status.st_mtime_ns):
            report.unchanged += 1
        else:
            changed.append(FileToRead(path, status.st_size))
    return changed
