"""A worker: a process that does what it is told to with files, one after another, and ends when nobody talks to it any more.

1. It is started as `python -c START sys.path` and gets its `Work`, then requests, over standard input; each is answered over standard output. All are pickled.
2. What a reader prints or reads itself must not get in between, so the two streams are moved away first.
3. Memory is limited by the system. Time is limited by who started it; the alarm is for when that one was killed while a reader hangs.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from qa.workers.limits import Limits
from qa.workers.reading import Reader, memory_refusal, read_file

START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from qa.workers.worker import main; main()"
ORPHAN_GRACE_SECONDS = 5


class Work(Protocol):
    """What a worker does with every request. It must be importable by its name, as a worker imports it."""

    @property
    def limits(self) -> Limits:
        """What one request may take."""

    def answer(self, request: Any) -> bytes:
        """Return the pickled answer to a request."""


@dataclass(frozen=True)
class Assignment:
    """Reading files: a request is a path, the answer an `Outcome`."""

    reader: Reader
    limits: Limits

    def answer(self, request: Path) -> bytes:
        """Return the pickled `Outcome` for a file."""
        outcome = read_file(request, self.reader, self.limits)
        try:
            return pickle.dumps(outcome)
        except MemoryError:
            return pickle.dumps(memory_refusal(self.limits))


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; who started this one decides
    requests, replies = _private_streams()
    try:
        work: Work = pickle.load(requests)  # noqa: S301 - the sender is the process that started this one
        _limit_memory(work.limits.max_memory_bytes)
        _send(replies, b"ready")
        while True:
            request = pickle.load(requests)  # noqa: S301 - as above
            with _alarm(work.limits.max_seconds + ORPHAN_GRACE_SECONDS):
                _send(replies, work.answer(request))
    except (EOFError, BrokenPipeError):
        sys.exit()


def _send(replies: BinaryIO, reply: bytes) -> None:
    pickle.dump(reply, replies)
    replies.flush()


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, replies


def _limit_memory(max_bytes: int) -> None:
    try:
        import resource  # Windows has none
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):  # macOS refuses; the other limits still hold
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard), hard))


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End this process, whatever it is doing, unless the block is done in time."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
