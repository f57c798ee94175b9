"""`FairQueue`: work of one kind, a few pieces at a time in threads of its own, in a fair order among the people who ask for it.

Whoever asks for much waits for themselves: the next piece is always of the person who was served longest ago. The loop that all requests share never
waits for the work, and no kind of work takes the threads of another.
"""

import asyncio
import contextvars
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from qa.exceptions import BusyError

Result = TypeVar("Result")


class FairQueue:
    """Runs calls of people in threads; belongs to one event loop."""

    def __init__(self, name: str, *, n_at_once: int, max_waiting: int, max_waiting_each: int | None = None) -> None:
        self.name = name
        self.n_running = 0
        self.n_turned_away = 0
        self._is_closed = False
        self._n_at_once = n_at_once
        self._max_waiting = max_waiting
        self._max_waiting_each = max_waiting_each or max_waiting
        self._threads = ThreadPoolExecutor(n_at_once, thread_name_prefix=name)
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        """By person, whoever is next first; nobody without something that waits, except who was served last and may be asked again."""

    def __repr__(self) -> str:
        return f"FairQueue({self.name!r}, n_running={self.n_running}, n_waiting={self.n_waiting})"

    @property
    def is_done(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self.n_running and not self._waiting

    @property
    def n_waiting(self) -> int:
        """How many pieces wait."""
        return sum(map(len, self._waiting.values()))

    def close(self) -> None:
        """Let nobody begin to wait any more; those who wait are served."""
        self._is_closed = True

    async def run(self, person: str, call: Callable[[], Result]) -> Result:
        """Return what `call` returns, when it is its turn. Whoever stops waiting gives up the place; work that has begun is finished.

        Raises:
            BusyError: too many wait already, or too many of this person, or nobody may begin any more.
        """
        await self._wait(person)
        loop = asyncio.get_running_loop()
        context: contextvars.Context = contextvars.copy_context()
        work = self._threads.submit(context.run, call)
        work.add_done_callback(lambda _work: _tell(loop, self._done))
        return await asyncio.wrap_future(work)

    async def _wait(self, person: str) -> None:
        """Wait until a piece of this person may begin, which is then counted as running."""
        if self._is_closed:
            raise BusyError("server_stopping")
        if self.n_running < self._n_at_once and not self.n_waiting:
            self.n_running += 1
            return
        if self.n_waiting >= self._max_waiting or len(self._waiting.get(person, ())) >= self._max_waiting_each:
            self.n_turned_away += 1
            raise BusyError("queue_full", n=self.n_waiting)
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(person, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._done()
            else:
                self._forget(person, place)
            raise

    def _done(self) -> None:
        self.n_running -= 1
        while self._waiting and self.n_running < self._n_at_once:
            person, places = self._waiting.popitem(last=False)
            place = places.popleft()
            if places:
                self._waiting[person] = places
            if not place.done():
                self.n_running += 1
                place.set_result(None)

    def _forget(self, person: str, place: "asyncio.Future[None]") -> None:
        places = self._waiting.get(person, deque())
        if place in places:
            places.remove(place)
        if not places:
            self._waiting.pop(person, None)


def _tell(loop: asyncio.AbstractEventLoop, done: Callable[[], Any]) -> None:
    """Call in a loop from a thread; a loop that has ended needs no telling."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(done)
