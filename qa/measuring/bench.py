"""`Bench`: what a question, a start and a passage cost in libraries of several sizes, of this version of the program and of another in turn.

1. A large library is grown from the real passages of a small one (see `large_library`), by each version for itself, as versions keep passages differently.
2. Every version is asked in a process of its own (`bench_probe`). Each question goes to all of them, one after the other, before the next: so both
   meet the same minutes of a busy computer. The first questions are asked once before, uncounted.
3. Questions are the library's own: the first questions of sets, and sentences.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from qa.exceptions import BronvraagError
from qa.library import Library
from qa.measuring import bench_probe
from qa.measuring.self_labels import first_question, sample_documents, sentences

N_UNCOUNTED = 3
N_EMBEDDED = 64
_HERE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Version:
    """A version of the program: what it is called, the Python that runs it, the folder of its modules if it is not installed there, and its small library."""

    name: str
    python: Path
    checkout: Path | None
    small: Path

    def run(self, *arguments: str | Path) -> list[str]:
        """Return the command that runs its Python."""
        return [str(self.python), *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        """The environment that its Python finds it in."""
        others = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return others | ({"PYTHONPATH": str(self.checkout)} if self.checkout else {})


@dataclass(frozen=True)
class Measured:
    """What one version needed in a library of one size.

    Attributes:
        version: its name.
        n_passages: of the library.
        bytes_a_passage: of everything on disk.
        nearest: how nearest passages are found.
        start_s: from nothing to the first answer, by the clock.
        questions_s: of every question asked, by the clock.
        processor_s: of every question asked, of the processor.
        stages_s: by name, of every question asked.
        citations: of every question asked, in order.
        passages_a_second: embedded.
        peak_bytes: memory of the process.
    """

    version: str
    n_passages: int
    bytes_a_passage: float
    nearest: str
    start_s: float
    questions_s: Sequence[float]
    processor_s: Sequence[float]
    stages_s: Mapping[str, Sequence[float]]
    citations: Sequence[Sequence[str]]
    passages_a_second: float
    peak_bytes: int


def this_version(small: Path) -> Version:
    """Return this version, with a library that it made."""
    return Version("this", Path(sys.executable), _HERE, small)


def other_version(place: Path, library: Library, folder: Path) -> Version:
    """Return the version in a checkout, or the one that a Python has installed, with a small library that it makes of the same files.

    Raises:
        BronvraagError: there is none, or it cannot make the library.
    """
    if place.is_dir() and (place / "qa" / "workspace.py").is_file():
        version = Version(place.name, Path(sys.executable), place.absolute(), folder)
    elif place.is_file() and os.access(place, os.X_OK):
        version = Version(place.name, place.absolute(), None, folder)
    else:
        raise BronvraagError("no_other_version", place=place)
    if not folder.exists():
        paths = [file.path for file in library.files()]
        command = version.run("-m", "qa.cli", "index", *paths, "--library", folder)
        done = subprocess.run(command, env=version.environment, cwd=version.checkout, capture_output=True, text=True, check=False)  # noqa: S603 - a Python that the user names
        if done.returncode:
            raise BronvraagError("other_version_cannot_index", place=place, reason=done.stderr.strip().rpartition("\n")[2])
    return version


def questions_of(library: Library, n: int) -> list[str]:
    """Return up to `n` questions made of a library's own text, those of sets and sentences by turns, always the same ones."""
    sampled = sample_documents(library, n)
    by_kind = ([label.query for one in sampled for label in draw(one)] for draw in (first_question, sentences))
    return list(islice(filter(None, chain.from_iterable(zip_longest(*by_kind))), n))


def texts_of(library: Library, n: int) -> list[str]:
    """Return what is embedded of some passages of a library, always the same ones."""
    passages = (passage for one in sample_documents(library, n) for passage in one.passages)
    return [passage.embedding_text for passage in islice(passages, n)]


def measure(
    versions: Sequence[Version],
    folder: Path,
    n_passages: int,
    questions: Sequence[str],
    *,
    texts: Sequence[str],
    passages_a_document: int = 0,
    report: Callable[[str], None] = lambda _step: None,
) -> list[Measured]:
    """Return what each version needs in a library of about `n_passages`; libraries that are in `folder` already are used as they are."""
    name = f"{n_passages}-long" if passages_a_document else str(n_passages)
    libraries = [folder / f"{name}-{number}" for number, _version in enumerate(versions)]
    for version, library in zip(versions, libraries, strict=True):
        if not library.exists():
            report(f"Making a library of {n_passages:,} passages ({version.name}) ...")
            with _Running.of(version) as running:
                running.told(
                    "grow", source=version.small, folder=library, n_passages=n_passages, passages_a_document=passages_a_document
                )
    report(f"Asking {len(questions)} questions at {n_passages:,} passages ...")
    with ExitStack() as stack:
        runs = []
        for version, library in zip(versions, libraries, strict=True):
            began = time.perf_counter()
            running = stack.enter_context(_Running.of(version))
            opened = running.told("open", folder=library)
            running.told("ask", question=questions[0])
            runs.append((running, opened, time.perf_counter() - began))
        for question in questions[:N_UNCOUNTED]:
            for running, _opened, _start in runs:
                running.told("ask", question=question)
        asked = [[running.told("ask", question=question) for running, _opened, _start in runs] for question in questions]
        embedded = [running.told("embed", texts=texts)["seconds"] for running, _opened, _start in runs]
        peaks = [running.told("memory")["peak_bytes"] for running, _opened, _start in runs]
    return [
        _measured(version, runs[i][1], runs[i][2], [row[i] for row in asked], len(texts) / embedded[i], peaks[i])
        for i, version in enumerate(versions)
    ]


def _measured(
    version: Version,
    opened: Mapping[str, Any],
    start_s: float,
    asked: Sequence[Mapping[str, Any]],
    passages_a_second: float,
    peak_bytes: int,
) -> Measured:
    stages = list(dict.fromkeys(name for one in asked for name in one["stages"]))
    return Measured(
        version=version.name,
        n_passages=opened["n_passages"],
        bytes_a_passage=opened["size_bytes"] / max(opened["n_passages"], 1),
        nearest=opened["nearest"],
        start_s=start_s,
        questions_s=[one["seconds"] for one in asked],
        processor_s=[one["processor_seconds"] for one in asked],
        stages_s={name: [one["stages"].get(name, 0.0) for one in asked] for name in stages},
        citations=[one["citations"] for one in asked],
        passages_a_second=passages_a_second,
        peak_bytes=peak_bytes,
    )


class _Running:
    """A probe that runs."""

    def __init__(self, version: Version, process: subprocess.Popen[str]) -> None:
        self._version = version
        self._process = process

    @classmethod
    @contextmanager
    def of(cls, version: Version) -> Iterator["_Running"]:
        """Run a version's probe until the block ends."""
        command = version.run("-P", bench_probe.__file__)  # -P: what stands beside the probe is of this version
        with subprocess.Popen(  # noqa: S603 - a Python that the user names
            command, env=version.environment, cwd=version.checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield cls(version, process)
            finally:
                process.kill()

    def told(self, do: str, **details: Any) -> dict[str, Any]:
        """Have it do something, and return its answer.

        Raises:
            BronvraagError: it ended instead.
        """
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps({"do": do, **details}, default=str) + "\n")
            self._process.stdin.flush()
        if not (line := self._process.stdout.readline()):
            raise BronvraagError("version_ended", version=self._version.name)
        return dict(json.loads(line))
