"""`Turns`: how many questions of programs are answered at once. The page has a queue of its own with the same bound."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from qa.exceptions import BronvraagError

Result = TypeVar("Result")


class BusyError(BronvraagError):
    """Too many questions are waiting already."""


class Turns:
    """Lets a few calls run at the same time, each in a thread; the others wait for their turn without taking one."""

    def __init__(self, *, n_at_once: int, max_waiting: int) -> None:
        self._limiter = CapacityLimiter(n_at_once)
        self._max_waiting = max_waiting

    async def take(self, call: Callable[[], Result]) -> Result:
        """Return what `call` returns, when it has had its turn.

        Raises:
            BusyError: too many are waiting.
        """
        if self._limiter.statistics().tasks_waiting >= self._max_waiting:
            raise BusyError("too_many_questions", n=self._max_waiting)
        return await to_thread.run_sync(call, limiter=self._limiter)
