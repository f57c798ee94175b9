"""`Painter`: draws pages of PDF files in a process of its own, within limits.

The files come from anywhere, and PDFium draws whatever they say. So a page that takes too long, too much memory, or crashes the drawing costs that
picture and nothing else. The process starts with the first picture and stays, since starting takes longer than drawing.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer

from qa.exceptions import BronvraagError, ReadError
from qa.readers.pdf_picture import PagePicture
from qa.workers.limits import Limits
from qa.workers.picturing import PictureRequest, Picturing
from qa.workers.process import START_SECONDS, WorkerCrashedError, WorkerProcess, WorkerTimeoutError

LIMITS = Limits(max_seconds=15, max_memory_bytes=1_000_000_000)
PICTURES_PER_WORKER = 500  # then it is replaced, so that what a library leaks never adds up
_GRACE_SECONDS = 0.1


class Painter:
    """Draws one page at a time; safe to use from several threads."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._work = Picturing(limits)
        self._worker: WorkerProcess | None = None
        self._lock = Lock()

    def draw(self, request: PictureRequest) -> PagePicture:
        """Return the picture.

        Raises:
            FileGoneError: the file is not there any more.
            FileChangedError: it is another file than was indexed.
            ReadError: it cannot be drawn, or not within the limits.
        """
        with self._lock:
            reply = pickle.loads(self._ask(request))  # noqa: S301 - made by a worker
        if isinstance(reply, PagePicture):
            return reply
        raise reply

    def close(self) -> None:
        """End the process, if there is one; the next picture starts another."""
        with self._lock:
            self._discard()

    def _ask(self, request: PictureRequest) -> bytes:
        worker = self._ready_worker()
        try:
            with _watched(worker, self._work.limits.max_seconds):
                return worker.ask(request)
        except WorkerTimeoutError as error:
            self._discard()
            raise ReadError("drawing_too_slow", most=f"{self._work.limits.max_seconds:g}") from error
        except WorkerCrashedError as error:
            self._discard()
            raise ReadError("drawing_crashed", reason=error) from error

    def _ready_worker(self) -> WorkerProcess:
        if self._worker is not None and self._worker.n_requests >= PICTURES_PER_WORKER:
            self._discard()
        if self._worker is None:
            worker = WorkerProcess.start(self._work)
            try:
                with _watched(worker, START_SECONDS):
                    worker.prepare(self._work)
            except BronvraagError:
                worker.close()
                raise
            self._worker = worker
        return self._worker

    def _discard(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self._worker = None


@contextmanager
def _watched(worker: WorkerProcess, max_seconds: float) -> Iterator[None]:
    """End the worker if the block is not done in time."""
    watch = Timer(max_seconds + _GRACE_SECONDS, worker.kill_if_late)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
