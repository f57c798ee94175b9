"""`Limits`: how much time and memory a file may take."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may take; beyond it, the file is reported and not read.

    Attributes:
        max_seconds: for reading it, by the clock.
        max_memory_bytes: address space of the process that reads it, where the system can limit that (not on Windows).
        max_size_bytes: on disk.
    """

    max_seconds: float = 60
    max_memory_bytes: int = 2_000_000_000
    max_size_bytes: int = 100_000_000


def n_cores() -> int:
    """Return how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def size_text(size_bytes: int) -> str:
    """Return a size for people, such as `2 GB`."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.3g} {unit}"
    return f"{size_bytes} bytes"
