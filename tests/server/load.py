"""Many people at once: `python -m tests.server.load --people 50 --minutes 5 --passages 10000` measures a real server on this computer, and nothing else.

The seeds are indexed and grown to a library of the size that is wished. Then people ask, one question after another with a moment to read between them, while
somebody adds and removes documents. Every answer must cite first what it cited before anyone else was there. Memory is that of the server's own process.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from qa.indexing import Indexer
from qa.measuring.large_library import grow
from qa.workspace import open_workspace
from tests.server.test_bounds import component_with

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
READING_S = 2.0
ADDED = "Geachte voorzitter,\n\nHet tarief van veerdienst nummer {n} naar Waddendam bedraagt in 2031 precies {n} euro en {m} cent per overtocht.\n"


@dataclass
class Measured:
    """What was seen while the load lasted."""

    answers_s: list[float] = field(default_factory=list)
    health_s: list[float] = field(default_factory=list)
    memory_mb: list[tuple[float, float]] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    n_added: int = 0
    n_removed: int = 0


@contextlib.asynccontextmanager
async def served(library: Path) -> AsyncIterator[tuple[str, int]]:
    """Run a server over a library; yield where it listens and its process."""
    command = [sys.executable, "-m", "qa.cli", "serve", "--library", str(library), "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    said = ""
    while not (address := re.search(r"answers at (\S+)", said)):
        line = (await process.stderr.readline()).decode()
        assert line, said
        said += line
    drained = asyncio.create_task(process.stderr.read())
    try:
        yield address[1], process.pid
    finally:
        process.terminate()
        await process.wait()
        sys.stdout.write((await drained).decode())


async def first_cited(client: httpx.AsyncClient, question: str) -> str:
    """Return the document of the first citation of an answer, or nothing if there is none."""
    response = await client.post("/api/ask", json={"question": question})
    response.raise_for_status()
    citations = response.json()["citations"]
    for citation in citations:
        assert citation["quote"] in citation["passage"]
    return str(citations[0]["document_id"]) if citations else ""


async def person(
    client: httpx.AsyncClient, expected: dict[str, str], measured: Measured, until: float, luck: random.Random
) -> None:
    """Ask until the time is over."""
    await asyncio.sleep(luck.random() * READING_S)
    while time.monotonic() < until:
        question = luck.choice(sorted(expected))
        begun = time.perf_counter()
        try:
            cited = await first_cited(client, question)
            measured.answers_s.append(time.perf_counter() - begun)
            if cited != expected[question]:
                measured.problems["another document first"] += 1
        except (httpx.HTTPError, AssertionError) as error:
            measured.problems[repr(error)[:100]] += 1
        await asyncio.sleep(luck.random() * 2 * READING_S)


async def librarian(client: httpx.AsyncClient, component: int, measured: Measured, until: float) -> None:
    """Add documents and remove them again until the time is over."""
    n = 0
    while time.monotonic() < until:
        n += 1
        added = await client.put("/uploads", params={"name": f"veer{n}.txt"}, content=ADDED.format(n=n, m=n % 100).encode())
        document_id = added.json().get("document_id")
        measured.n_added += document_id is not None
        body: dict[str, Any] = {"data": {"document_id": document_id, "language": "nl"}, "fn_name": "remove_document"}
        removed = await client.post(
            "/gradio_api/component_server", json={**body, "session_hash": "load", "component_id": component}
        )
        measured.n_removed += "said" in removed.json()
        await asyncio.sleep(1)


async def watch(client: httpx.AsyncClient, pid: int, measured: Measured, until: float) -> None:
    """Ask how the server is, and look at its memory."""
    while time.monotonic() < until:
        begun = time.perf_counter()
        (await client.get("/healthz")).raise_for_status()
        measured.health_s.append(time.perf_counter() - begun)
        status = Path(f"/proc/{pid}/status").read_text()
        measured.memory_mb.append((time.monotonic(), int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000))
        await asyncio.sleep(0.25)


async def measure(library: Path, people: int, minutes: float) -> Measured:
    """Return what is seen while people ask."""
    measured = Measured()
    questions = [json.loads(line) for line in (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    async with served(library) as (url, pid):
        limits = httpx.Limits(max_connections=people + 10)
        async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
            expected = {one["question"]: await first_cited(client, one["question"]) for one in questions if not one["history"]}
            component = component_with((await client.get("/config")).json(), "remove_document")
            until = time.monotonic() + 60 * minutes
            asking = [person(client, expected, measured, until, random.Random(n)) for n in range(people)]  # noqa: S311
            await asyncio.gather(*asking, librarian(client, component, measured, until), watch(client, pid, measured, until))
    return measured


def report(measured: Measured, minutes: float) -> str:
    """Return what was measured, in lines."""
    begun = measured.memory_mb[0][0]
    part = min(60.0, 60 * minutes / 3)
    first = statistics.mean(mb for at, mb in measured.memory_mb if at - begun < part)
    last = statistics.mean(mb for at, mb in measured.memory_mb if at - begun > 60 * minutes - part)
    lines = [
        f"answers {len(measured.answers_s)}, problems {dict(measured.problems) or 'none'}, added {measured.n_added}, removed {measured.n_removed}",
        f"seconds an answer: {_quantiles(measured.answers_s)}",
        f"seconds /healthz:  {_quantiles(measured.health_s)}",
        f"memory in MB, first {part:.0f} s {first:.0f}, last {part:.0f} s {last:.0f}",
        f"load of the computer (1, 5, 15 minutes): {' '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} processors",
    ]
    return "\n".join(lines)


def _quantiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return ", ".join(
        f"{name} {ordered[min(int(share * len(ordered)), len(ordered) - 1)]:.3f}"
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1.0))
    )


def main() -> None:
    """Measure and say it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--passages", type=int, default=10_000)
    wished = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        small = open_workspace(Path(made) / "small", create=True)
        Indexer(small.library, small.embedder).index([SEEDS])
        grown = grow(small.library, Path(made) / "large", wished.passages)
        grown.close()
        sys.stdout.write(report(asyncio.run(measure(Path(made) / "large", wished.people, wished.minutes)), wished.minutes) + "\n")


if __name__ == "__main__":
    main()
