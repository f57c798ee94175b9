"""Which processes run, by Linux's /proc."""

import time
from pathlib import Path


def children_of(pid: int) -> list[int]:
    """Return the ids of the processes that `pid` started and that still run."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for children in lists for child in map(int, children.read_text().split()) if runs(child)]


def runs(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_ended(pid: int, *, seconds: float) -> None:
    """Wait until a process runs no more.

    Raises:
        AssertionError: it still runs after `seconds`.
    """
    end = time.monotonic() + seconds
    while runs(pid):
        assert time.monotonic() < end, f"process {pid} still runs"
        time.sleep(0.05)
