"""`Intake`: takes uploaded files into the library and takes documents out, one change at a time, while questions are answered."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from qa.exceptions import NotInLibraryError, UploadError
from qa.indexing import Indexer
from qa.intake.uploads import Incoming, UploadFolder, UploadLimits
from qa.library import Library
from qa.wording.sentence import Sentence

MAX_WAITING = 200


class Outcome(StrEnum):
    """What came of an uploaded file."""

    INDEXED = "indexed"
    PRESENT = "present"
    REFUSED = "refused"


@dataclass(frozen=True)
class Received:
    """What came of an uploaded file; `reason` completes the sentence "<file>: ..." where it was refused."""

    outcome: Outcome
    document_id: str | None = None
    reason: Sentence | None = None


class Intake:
    """Changes a library for those who use its page. All changes run one after the other in a thread of its own; the page does not wait for it."""

    def __init__(self, library: Library, indexer: Indexer, *, limits: UploadLimits | None = None) -> None:
        self._library = library
        self._indexer = indexer
        self._folder = UploadFolder(library.state, limits)
        self._folder.clear_unfinished()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._n_waiting = 0
        self._lock = Lock()

    @property
    def limits(self) -> UploadLimits:
        """How much is accepted."""
        return self._folder.limits

    def receive(self) -> Incoming:
        """Return a place for a file that arrives.

        Raises:
            UploadError: there is no room for it, or too many files wait already.
        """
        if self._n_waiting >= MAX_WAITING:
            raise UploadError("too_many_waiting", n=MAX_WAITING)
        return self._folder.receive()

    def add(self, incoming: Incoming, name: str) -> "Future[Received]":
        """Return what will come of a file that has arrived; `name` is what the browser says it is called."""
        with self._lock:
            self._n_waiting += 1
        added = self._thread.submit(self._add, incoming, name)
        added.add_done_callback(self._done)
        added.add_done_callback(lambda done: incoming.discard() if done.cancelled() else None)
        return added

    def remove(self, document_id: str) -> None:
        """Take a document out of the library; an uploaded file is deleted, any other stays on the disk.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        self._thread.submit(self._remove, document_id).result()

    def close(self) -> None:
        """Finish the change that runs; those that wait are not made, and their files are deleted."""
        self._thread.shutdown(cancel_futures=True)

    def _add(self, incoming: Incoming, name: str) -> Received:
        try:
            if self._library.has_document(incoming.document_id):
                return Received(Outcome.PRESENT, incoming.document_id)
            return self._index(self._folder.keep(incoming, name), incoming.document_id)
        except OSError as error:
            return Received(Outcome.REFUSED, reason=Sentence("not_stored", {"reason": error.strerror}))
        finally:
            incoming.discard()

    def _index(self, path: Path, document_id: str) -> Received:
        indexed = False
        try:
            report = self._indexer.index([path])
            indexed = self._library.has_document(document_id)
            reason = report.failures[0].reason if report.failures else Sentence("not_read")
            return Received(Outcome.INDEXED, document_id) if indexed else Received(Outcome.REFUSED, reason=reason)
        finally:
            if not indexed:
                self._folder.delete(path)

    def _remove(self, document_id: str) -> None:
        paths = [file.path for file in self._library.files_of(document_id)]
        if not paths:
            raise NotInLibraryError("no_such_document", document_id=document_id)
        self._library.store(removed_paths=paths)
        self._library.settle(wait=False)
        for path in map(Path, paths):
            if self._folder.holds(path):
                self._folder.delete(path)

    def _done(self, _future: "Future[Received]") -> None:
        with self._lock:
            self._n_waiting -= 1
