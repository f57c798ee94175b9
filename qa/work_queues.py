"""`WorkQueues`: the queues in which people wait for what takes a while, one for each kind of work, so that none takes the place of another."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qa.fair_queue import FairQueue

N_AT_ONCE = max(2, (os.cpu_count() or 2) // 2)
"""Questions that are answered at the same time; each keeps about two cores busy."""
MAX_WAITING = 64
"""Pieces in a queue; one more is told to come back."""
MAX_WAITING_EACH = 48
"""Pieces that one person may have waiting, so that nobody fills the queue alone; a proxy that names no visitors makes all of them one person."""


def _questions() -> FairQueue:
    return FairQueue("questions", n_at_once=N_AT_ONCE, max_waiting=MAX_WAITING, max_waiting_each=MAX_WAITING_EACH)


def _lists() -> FairQueue:
    """Return the queue of lists: they may be long, and whoever asks one question should not wait for them."""
    return FairQueue("lists", n_at_once=max(1, N_AT_ONCE // 2), max_waiting=MAX_WAITING, max_waiting_each=MAX_WAITING_EACH)


def _pictures() -> FairQueue:
    """Return the queue of pictures of pages: one process draws them, one after the other."""
    return FairQueue("pictures", n_at_once=1, max_waiting=MAX_WAITING, max_waiting_each=MAX_WAITING_EACH)


@dataclass(frozen=True)
class WorkQueues:
    """The queues of a server. Uploads and removals have theirs in `Intake`, since they change the library one after the other."""

    questions: FairQueue = field(default_factory=_questions)
    lists: FairQueue = field(default_factory=_lists)
    pictures: FairQueue = field(default_factory=_pictures)

    def __iter__(self) -> Iterator[FairQueue]:
        """Iterate over the queues."""
        return iter((self.questions, self.lists, self.pictures))


def person_of(request: Any) -> str:
    """Return who made a request, as far as the server knows: an account at an address, or an address."""
    address = request.client.host if request.client else ""
    return f"{getattr(request.state, 'account', '')}@{address}"
