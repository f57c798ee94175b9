"""`WorkerProcess`: a worker as seen by who started it."""

import json
import math
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Self

from qa.exceptions import BronvraagError
from qa.workers.worker import START, Work

START_SECONDS = 60
END_SECONDS = 5


class WorkerCrashedError(Exception):
    """The worker ended while it worked on a file; the text says how."""


class WorkerTimeoutError(Exception):
    """The worker was ended because a file took too long."""


class WorkerProcess:
    """A running worker."""

    def __init__(self, process: subprocess.Popen[bytes], max_seconds: float) -> None:
        assert process.stdin is not None  # noqa: S101 - for the type checker: it was started with pipes
        assert process.stdout is not None  # noqa: S101
        self._process = process
        self._requests, self._replies = process.stdin, process.stdout
        self._max_seconds = max_seconds
        self._deadline = math.inf
        self._is_late = False
        self.n_requests = 0

    @classmethod
    def start(cls, work: Work) -> Self:
        """Start a worker; it can work once `prepare` is done."""
        return cls(
            subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", START, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ),
            work.limits.max_seconds,
        )

    def prepare(self, work: Work) -> None:
        """Tell it what to do, and wait until it is ready.

        Raises:
            BronvraagError: it does not get ready.
        """
        try:
            self._ask(work, START_SECONDS)
        except (WorkerCrashedError, WorkerTimeoutError) as error:
            raise BronvraagError("workers_do_not_start", reason=error) from error

    def ask(self, request: object) -> bytes:
        """Return the pickled answer to a request.

        Raises:
            WorkerCrashedError: it ended; it cannot be used again.
            WorkerTimeoutError: it took too long and was ended.
        """
        self.n_requests += 1
        return self._ask(request, self._max_seconds)

    def kill_if_late(self) -> None:
        """End it if it has not replied in time; may be called from any thread."""
        if time.monotonic() > self._deadline:
            self._is_late = True
            self.kill()

    def kill(self) -> None:
        """End it at once; may be called from any thread, and more than once."""
        self._process.kill()

    def close(self) -> None:
        """End it and free what it held here; only when no thread talks to it."""
        self.kill()
        self._process.wait()
        for stream in (self._requests, self._replies):
            with suppress(OSError):  # what was not sent any more is lost with the worker
                stream.close()

    def _ask(self, request: object, max_seconds: float) -> bytes:
        self._deadline = time.monotonic() + max_seconds
        try:
            pickle.dump(request, self._requests)
            self._requests.flush()
            reply: bytes = pickle.load(self._replies)  # noqa: S301 - the sender is the program we started
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            if self._is_late:
                raise WorkerTimeoutError(f"no reply in {max_seconds:g} s") from error
            raise WorkerCrashedError(self._ending()) from error
        finally:
            self._deadline = math.inf
        return reply

    def _ending(self) -> str:
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
