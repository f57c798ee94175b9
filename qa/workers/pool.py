"""`ReaderPool`: many files read at once by workers, in order, within limits.

1. Each worker is a process with a thread here that talks to it, so that deadlines hold while the main thread embeds.
2. A worker that takes too long is killed and its file reported. One that crashes may have been harmed by the files it read before: the file gets one more
   chance, in a new worker. Other files are touched by neither.
3. Outcomes come in the order of the files, whatever the workers do, so that the same files make the same library. What was read and waits stays
   pickled, and only so many files and bytes are ahead of who consumes them.
"""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Self

from qa.exceptions import BronvraagError
from qa.readers import read
from qa.wording.sentence import Sentence
from qa.workers.limits import Limits, n_cores
from qa.workers.process import WorkerCrashedError, WorkerProcess, WorkerTimeoutError
from qa.workers.reading import Outcome, Reader, Refused
from qa.workers.worker import Assignment

MAX_AHEAD_BYTES = 64_000_000
FILES_AHEAD_PER_WORKER = 32
WATCH_SECONDS = 0.05
FILES_PER_WORKER = 1_000  # then it is replaced, so that what a library leaks never adds up to the limit


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How files are read."""

    n_workers: int = field(default_factory=n_cores)
    limits: Limits = field(default_factory=Limits)
    reader: Reader = read


@dataclass(frozen=True)
class FileToRead:
    """A file and its size, by which the memory for files that are read ahead is bounded."""

    path: Path
    size_bytes: int


class ReaderPool:
    """Workers that read files; a context manager, none is left when it ends. They start when there is something to read."""

    def __init__(self, reading: Reading) -> None:
        self._limits = reading.limits
        self._assignment = Assignment(reading.reader, reading.limits)
        self._max_ahead = FILES_AHEAD_PER_WORKER * reading.n_workers
        self._threads = ThreadPoolExecutor(reading.n_workers, thread_name_prefix="reader")
        self._lock = Lock()
        self._workers: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._closed = False
        self._ended = Event()
        self._watcher = Thread(target=self._watch, name="reader-watcher", daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.kill()
        self._ended.set()
        self._threads.shutdown(cancel_futures=True)
        self._watcher.join()
        for worker in self._workers:
            worker.close()

    def read(self, files: Iterable[FileToRead]) -> Iterator[tuple[Path, Outcome]]:
        """Yield what came of every file, in order; files after it are read meanwhile."""
        ahead: deque[tuple[FileToRead, Future[bytes | Refused]]] = deque()
        n_bytes = 0
        for file in files:
            while ahead and (len(ahead) >= self._max_ahead or n_bytes + file.size_bytes > MAX_AHEAD_BYTES):
                n_bytes -= ahead[0][0].size_bytes
                yield _next(ahead)
            ahead.append((file, self._threads.submit(self._read, file.path)))
            n_bytes += file.size_bytes
        while ahead:
            yield _next(ahead)

    def _watch(self) -> None:
        """Hold all workers to their deadlines; a timer for every file would cost more than reading a small one."""
        while not self._ended.wait(WATCH_SECONDS):
            with self._lock:
                workers = list(self._workers)
            for worker in workers:
                worker.kill_if_late()

    def _read(self, path: Path) -> bytes | Refused:
        try:
            return self._read_with(self._idle_or_new(), path)
        except WorkerCrashedError:
            pass  # perhaps of what it read before
        try:
            return self._read_with(self._new(), path)
        except WorkerCrashedError as error:
            return Refused(Sentence("reader_crashed", {"reason": error}))

    def _read_with(self, worker: WorkerProcess, path: Path) -> bytes | Refused:
        try:
            reply = worker.ask(path)
        except WorkerTimeoutError:
            self._discard(worker)
            return Refused(Sentence("reading_too_slow", {"most": f"{self._limits.max_seconds:g}"}))
        except WorkerCrashedError:
            self._discard(worker)
            raise
        if worker.n_requests >= FILES_PER_WORKER:
            self._discard(worker)
        else:
            self._idle.append(worker)
        return reply

    def _idle_or_new(self) -> WorkerProcess:
        try:
            return self._idle.pop()
        except IndexError:
            return self._new()

    def _new(self) -> WorkerProcess:
        with self._lock:
            if self._closed:
                raise BronvraagError("run_ended")
            worker = WorkerProcess.start(self._assignment)
            self._workers.add(worker)
        worker.prepare(self._assignment)
        return worker

    def _discard(self, worker: WorkerProcess) -> None:
        worker.close()
        with self._lock:
            self._workers.discard(worker)


def _next(ahead: deque[tuple[FileToRead, Future[bytes | Refused]]]) -> tuple[Path, Outcome]:
    file, future = ahead.popleft()
    reply = future.result()
    if isinstance(reply, Refused):
        return file.path, reply
    outcome: Outcome = pickle.loads(reply)  # noqa: S301 - made by a worker
    return file.path, outcome
