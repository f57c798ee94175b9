"""Kills and power cuts: `python -m tests.storage_faults 200 50` shows that what was reported as done is still there afterwards.

A child process stores and removes small documents as fast as it can, now and then compacts the vector index or makes the library anew, and reports every
change after it is done. It is killed at a random moment; a power cut also takes back, from a copy of its files, a random part of what was written after the
last commit that was reported, and leaves rubbish in its place. Then the library must open, pass SQLite's check, hold exactly what was reported, or one change
more, and find each of its documents by its own text.
"""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from qa.document import Document, Kind, Metadata
from qa.indexing import Indexer
from qa.library import Library, create_library, open_library
from qa.library.sqlite import neighbours
from qa.library.sqlite.files import current_file
from qa.passage import Passage, Role
from tests.builders import nearest
from tests.fake_embedder import FakeEmbedder

EMBEDDER = FakeEmbedder()


def text_of(number: int) -> str:
    """Return what a document says; no two say the same."""
    return f"Stuk{number} gaat over onderwerp{number * 7919 % 10007}."


def store(library: Library, number: int) -> None:
    """Store a document."""
    text = text_of(number)
    document = Document(document_id=str(number), source=f"/d/{number}", text=text, metadata=Metadata(title=text, kind=Kind.OTHER))
    Indexer(library, EMBEDDER).add([(document, [Passage(role=Role.PARAGRAPH, start=0, end=len(text), text=text)])])


def work(folder: Path, seed: int) -> None:
    """Change the library until killed, and report every change with the size of the write-ahead log."""
    neighbours.COMPACTED_FROM = 15
    luck, library = random.Random(seed), open_library(folder)  # noqa: S311 - the same each time
    held = [int(record.document_id) for record in library.documents()]
    number = max(held, default=0) + 1
    while True:
        if luck.random() < 0.02:
            library = create_library(folder, EMBEDDER.identity, in_place_of_another=True)
            held = []
            report(folder, "new")
        elif held and luck.random() < 0.3:
            gone = held.pop(luck.randrange(len(held)))
            library.remove_files([f"/d/{gone}"])
            report(folder, f"- {gone}")
        else:
            store(library, number)
            held.append(number)
            report(folder, f"+ {number}")
            number += 1


def report(folder: Path, change: str) -> None:
    """Say what is done, and in which file, and how long its log is."""
    path = current_file(folder)
    log = path.with_name(f"{path.name}-wal") if path else folder
    size = log.stat().st_size if log.exists() else 0
    sys.stdout.write(f"{change} {path.name if path else ''} {size}\n")
    sys.stdout.flush()


def try_once(folder: Path, seed: int, *, power_cut: bool) -> int:
    """Let a child work, end it, and return how many changes it had reported; raises AssertionError if something is lost."""
    before = {int(record.document_id) for record in open_library(folder).documents()}
    command = [sys.executable, "-m", "tests.storage_faults", "work", str(folder), str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    lines = [child.stdout.readline()]
    luck = random.Random(seed)  # noqa: S311
    time.sleep(luck.uniform(0, 0.6))
    child.send_signal(signal.SIGSTOP if power_cut else signal.SIGKILL)
    if power_cut:
        shutil.copytree(folder, folder.with_name("copy"))
        child.kill()
    lines += [line for line in child.communicate()[0].splitlines(keepends=True) if line.endswith("\n")]
    if power_cut:
        shutil.rmtree(folder)
        folder.with_name("copy").rename(folder)
        cut_power(folder, lines[-1], luck)
    expected = before
    for line in filter(None, lines):
        change, *rest = line.split()
        expected = set() if change == "new" else expected | {int(rest[0])} if change == "+" else expected - {int(rest[0])}
    check(folder, expected, lines[-1].split()[-2])
    return len(lines)


def cut_power(folder: Path, last: str, luck: random.Random) -> None:
    """Take back a part of what came after the last commit that was reported."""
    *_change, name, size = last.split()
    log = folder / f"{name}-wal"
    if log.exists() and current_file(folder) == folder / name and (n_unsure := log.stat().st_size - int(size)) > 0:
        content = log.read_bytes()[: int(size) + luck.randrange(n_unsure + 1)]
        log.write_bytes(content + luck.randbytes(luck.choice([0, 0, 1000])))
    for path in folder.glob("*-shm"):
        path.unlink()


def check(folder: Path, expected: set[int], name: str) -> None:
    """Hold the library to what was reported, last of the file of this name; the change that was under way may be there or not."""
    library = open_library(folder)
    path = current_file(folder)
    with closing(sqlite3.connect(str(path))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    held = {int(record.document_id) for record in library.documents()}
    expected = expected if path and path.name == name else set()  # it was being made anew
    assert len(held ^ expected) <= 1, f"{sorted(expected - held)} lost, {sorted(held - expected)} too much"
    for number in sorted(held)[:: max(1, len(held) // 8)]:
        text = text_of(number)
        assert nearest(library, EMBEDDER.embed_queries([text]).vectors, 1)[0][1] == text
    library.close()


def run(n_kills: int, n_power_cuts: int, first_seed: int = 0) -> str:
    """Try so many times, and return what was seen."""
    folder = Path(tempfile.mkdtemp()) / "library"
    create_library(folder, EMBEDDER.identity).close()
    n_changes = sum(try_once(folder, first_seed + n, power_cut=n >= n_kills) for n in range(n_kills + n_power_cuts))
    shutil.rmtree(folder.parent)
    return f"{n_kills} kills and {n_power_cuts} power cuts during {n_changes:,} changes: nothing that was reported was lost"


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(run(*map(int, sys.argv[1:])) + "\n")
