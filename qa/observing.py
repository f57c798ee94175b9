"""`tell` and `stage`: what happens while questions are answered, told to whoever listens, such as the log and `/metrics` of a server.

Nobody listens to the command line, so telling costs nothing there. Listeners are called in the thread in which it happened.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

Listener = Callable[[str, dict[str, Any]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with the name and the details of everything that is told from now on."""
    _listeners.append(listener)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener` with everything that is told in the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def tell(event: str, **details: Any) -> None:
    """Tell those who listen that something has happened."""
    for listener in _listeners:
        listener(event, details)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Tell how many seconds a block, or a function so decorated, takes, as `stage` with `name` and `seconds`."""
    begun = perf_counter()
    try:
        yield
    finally:
        tell("stage", name=name, seconds=perf_counter() - begun)


@contextmanager
def question_asked(question: str) -> Iterator[dict[str, Any]]:
    """Tell how a question was answered and in how many seconds, as `question`; the block fills in `outcome` and what else is known."""
    begun = perf_counter()
    facts: dict[str, Any] = {"outcome": "failed"}
    try:
        yield facts
    finally:
        tell("question", question=question, seconds=perf_counter() - begun, **facts)
