"""Ten thousand open connections: `python -m tests.server.crowd [10000]` opens so many that say nothing, and asks the server all the while.

What is shown: how many connections there were, and how long others waited for `/healthz` and for an answer before, while they were opened, and with all of them open.
"""

import contextlib
import resource
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.server.conftest import served


@contextmanager
def measured(url: str) -> Iterator[list[tuple[float, float]]]:
    """Ask for the health and a question, over and over until the block ends, and keep how many seconds each took."""
    times: list[tuple[float, float]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            begun = time.perf_counter()
            httpx.get(f"{url}/healthz", timeout=60).raise_for_status()
            between = time.perf_counter()
            httpx.post(f"{url}/api/ask", json={"question": "vreemdelingen"}, timeout=60).raise_for_status()
            times.append((between - begun, time.perf_counter() - between))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield times
    finally:
        done.set()
        thread.join()


def said(name: str, times: list[tuple[float, float]]) -> str:
    healths, answers = (sorted(one) for one in zip(*times, strict=True))
    return f"{name}: {len(times)} times, /healthz {healths[len(healths) // 2]:.3f} s (worst {healths[-1]:.3f}), an answer {answers[len(answers) // 2]:.3f} s (worst {answers[-1]:.3f})\n"


def main() -> None:
    n = int(sys.argv[1]) if sys.argv[1:] else 10_000
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with served() as server, contextlib.ExitStack() as opened:
        address = "127.0.0.1", int(server.url.rpartition(":")[2])
        with measured(server.url) as times:
            time.sleep(3)
        sys.stdout.write(said("alone", times))
        begun = time.perf_counter()
        with measured(server.url) as times:
            for _ in range(n):
                opened.enter_context(socket.create_connection(address, timeout=60))
        sys.stdout.write(said(f"while {n:,} connections were opened, in {time.perf_counter() - begun:.1f} s", times))
        with measured(server.url) as times:
            time.sleep(3)
        n_open = len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
        sys.stdout.write(said(f"with them ({n_open:,} files open in the server)", times))
        memory = next(line for line in Path(f"/proc/{server.pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
        sys.stdout.write(f"memory of the server at most: {int(memory.split()[1]) // 1024} MB\n")


if __name__ == "__main__":
    main()
