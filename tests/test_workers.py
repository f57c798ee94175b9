import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from qa.exceptions import BronvraagError
from qa.readers import read
from qa.workers.limits import Limits, size_text
from qa.workers.pool import FileToRead, ReaderPool, Reading
from qa.workers.reading import Outcome, Reader, ReadFile, Refused, read_file
from tests.builders import write_files
from tests.hostile_readers import crash_on_second, read_or_misbehave
from tests.processes import children_of, wait_until_ended

LIMITS = Limits(max_seconds=60, max_memory_bytes=300_000_000)
"""Far more time than any of these files takes: what is refused for its time must hang."""


def outcomes(
    folder: Path,
    names: list[str],
    *,
    reader: Reader = read_or_misbehave,
    n_workers: int = 2,
    max_seconds: float = LIMITS.max_seconds,
) -> dict[str, Outcome]:
    """Return what came of files with these names, by name."""
    write_files(folder, {name: f"Brief {name} over dijken." for name in names})
    files = [FileToRead(folder / name, 100) for name in names]
    with ReaderPool(Reading(n_workers=n_workers, limits=replace(LIMITS, max_seconds=max_seconds), reader=reader)) as pool:
        return {path.name: outcome for path, outcome in pool.read(files)}


def among_good_ones(names: Iterable[str]) -> list[str]:
    """Return the names, each followed by those of two files that can be read."""
    return [each for n, name in enumerate(names) for each in (name, f"{n}a.txt", f"{n}b.txt")]


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused)
    return outcome.reason.said("en")


def test_files_that_harm_their_reader_are_refused_in_a_sentence_and_cost_no_good_one(tmp_path: Path) -> None:
    bad = {
        "crashes.txt": "its reader crashed (SIGSEGV); the file may be damaged",
        "crashes2.txt": "its reader crashed (SIGSEGV); the file may be damaged",
        "exits.txt": "its reader crashed (exit code 3); the file may be damaged",
        "exits2.txt": "its reader crashed (exit code 3); the file may be damaged",
        "eats.txt": "reading it takes more than 300 MB of memory, the limit (--max-memory)",
        "eats_slowly.txt": "reading it takes more than 300 MB of memory, the limit (--max-memory)",
        "fails.txt": "its reader failed (ZeroDivisionError: een deling door nul)",
        "deletes.txt": "it was deleted before it could be read",
        "grows.txt": "it changed each time it was being read; index it again when nothing writes to it",
        "surrogate.txt": "its text holds characters that do not exist (halves of a UTF-16 pair)",
        "nul.txt": "its text holds NUL characters",
    }
    found = outcomes(tmp_path, among_good_ones(bad))
    assert {name: reason(outcome) for name, outcome in found.items() if isinstance(outcome, Refused)} == bad


def test_a_file_that_takes_too_long_is_refused_in_a_sentence_and_the_others_are_read(tmp_path: Path) -> None:
    said = "reading it takes more than 3 s, the limit (--max-seconds)"
    found = outcomes(tmp_path, among_good_ones(["hangs.txt", "loops.txt"]), max_seconds=3)
    assert {name: reason(outcome) for name, outcome in found.items() if isinstance(outcome, Refused)} == {
        "hangs.txt": said,
        "loops.txt": said,
    }


def test_a_file_that_changes_once_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    outcome = outcomes(tmp_path, ["grows_once.txt"])["grows_once.txt"]
    assert isinstance(outcome, ReadFile)
    assert (outcome.document.text, outcome.size_bytes) == ("De tekst van later.", 19)


def test_a_file_that_was_half_written_when_it_was_read_is_read_again(tmp_path: Path) -> None:
    path = write_files(tmp_path, {"half_written.txt": "De te"}) / "half_written.txt"
    outcome = read_file(path, read_or_misbehave, LIMITS)
    assert isinstance(outcome, ReadFile)
    assert outcome.document.text == "De tekst is nu af en heel."


def test_what_a_reader_prints_or_reads_does_not_disturb_its_worker(tmp_path: Path) -> None:
    assert all(isinstance(outcome, ReadFile) for outcome in outcomes(tmp_path, ["prints.txt", "b.txt"], n_workers=1).values())


def test_a_crash_that_earlier_files_caused_is_not_blamed_on_a_file(tmp_path: Path) -> None:
    found = outcomes(tmp_path, [f"{i}.txt" for i in range(6)], reader=crash_on_second, n_workers=1)
    assert all(isinstance(outcome, ReadFile) for outcome in found.values())


def test_outcomes_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    names = ["hangs.txt", *(f"{i:03}.txt" for i in range(200))]
    assert list(outcomes(tmp_path, names, max_seconds=1)) == names


def test_more_bytes_than_may_wait_are_read_too(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i}.txt": f"Brief {i}." for i in range(5)})
    with ReaderPool(Reading(n_workers=2)) as pool:
        assert len(list(pool.read([FileToRead(tmp_path / f"{i}.txt", 10**9) for i in range(5)]))) == 5


def test_a_file_larger_than_the_limit_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "groot.txt").open("wb") as file:
        file.truncate(300_000_000)
    assert reason(read_file(tmp_path / "groot.txt", read, Limits())) == "it is 300 MB and the limit is 100 MB (--max-size)"


def test_a_named_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.txt")
    assert reason(read_file(tmp_path / "pijp.txt", read, Limits())) == "it is a named pipe, not an ordinary file"


def test_a_device_is_never_opened() -> None:
    assert reason(read_file(Path("/dev/zero"), read, Limits())) == "it is a device, not an ordinary file"


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rond.txt").symlink_to(tmp_path / "rond.txt")
    assert reason(read_file(tmp_path / "rond.txt", read, Limits())) == "it cannot be opened (Too many levels of symbolic links)"


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weg.txt").symlink_to(tmp_path / "nergens.txt")
    assert reason(read_file(tmp_path / "weg.txt", read, Limits())) == "it is a link to something that does not exist"


def test_no_worker_is_left_when_a_run_breaks_off(tmp_path: Path) -> None:
    write_files(tmp_path, {"hangs1.txt": "x", "hangs2.txt": "x", "a.txt": "Brief."})
    files = [FileToRead(tmp_path / name, 1) for name in ("a.txt", "hangs1.txt", "hangs2.txt")]
    before = set(children_of(os.getpid()))
    with ReaderPool(Reading(n_workers=2, reader=read_or_misbehave)) as pool:
        next(iter(pool.read(files)))
        assert set(children_of(os.getpid())) - before
    assert not set(children_of(os.getpid())) - before


def test_a_worker_that_hangs_ends_by_itself_when_who_started_it_was_killed(tmp_path: Path) -> None:
    write_files(tmp_path, {"loops.txt": "x"})
    program = (
        "import sys; from pathlib import Path; from tests.hostile_readers import read_or_misbehave\n"
        "from qa.workers.pool import *; from qa.workers.limits import Limits\n"
        "with ReaderPool(Reading(n_workers=1, limits=Limits(max_seconds=0.5), reader=read_or_misbehave)) as pool:\n"
        "    worker = pool._new(); print(worker._process.pid, flush=True); worker.read(Path(sys.argv[1]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "loops.txt")], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
    wait_until_ended(worker, seconds=8)


def test_a_program_that_cannot_start_workers_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    files = [FileToRead(tmp_path / "a.txt", 1)]
    with (
        pytest.raises(BronvraagError, match="The processes that read files do not start"),
        ReaderPool(Reading(n_workers=1)) as pool,
    ):
        list(pool.read(files))


def test_a_worker_loads_neither_the_model_nor_the_page() -> None:
    program = (
        "import qa.workers.worker, qa.readers, sys; print({'torch', 'faiss', 'gradio', 'typer', 'rich'} & sys.modules.keys())"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("size_bytes", "text"), [(999, "999 bytes"), (1000, "1 kB"), (2_000_000_000, "2 GB"), (314_572_800, "315 MB")]
)
def test_sizes_are_written_for_people(size_bytes: int, text: str) -> None:
    assert size_text(size_bytes) == text
