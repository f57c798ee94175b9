"""The measured side of `bronvraag bench`: a process of one version of the program, which does what it is told line by line, and says what it cost.

It is run by its path, under whichever version is measured, so it uses only what versions have in common. A line is `{"do": ..., ...}`, an answer one line of JSON.
"""

import inspect
import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any


def peak_bytes() -> int:
    """Return how much memory this process has taken at most; 0 where the system does not say.

    On Linux `getrusage` would count what the process that started this one had taken then.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    try:
        import resource  # Windows has none
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Probe:
    """What a version can be told to do."""

    def __init__(self) -> None:
        self._workspace: Any = None
        self._answerer: Any = None
        self._stages: dict[str, float] = defaultdict(float)

    def open(self, folder: str) -> dict[str, Any]:
        """Open a library with its model, as `bronvraag ask` does."""
        from qa.workspace import open_workspace

        older: dict[str, Any] = {"report": lambda _step: None} if "report" in inspect.signature(open_workspace).parameters else {}
        self._workspace = open_workspace(Path(folder), **older)
        self._answerer = self._workspace.answerer
        self._listen()
        n_documents, n_passages = self._workspace.library.counts()
        size = sum(path.stat().st_size for path in Path(folder).iterdir() if path.is_file())
        return {"n_documents": n_documents, "n_passages": n_passages, "size_bytes": size, "nearest": self._nearest()}

    def _listen(self) -> None:
        try:
            from qa.observing import listen
        except ImportError:  # a version that says nothing about its stages
            return

        def add(event: str, details: dict[str, Any]) -> None:
            if event == "stage":
                self._stages[details["name"]] += details["seconds"]

        listen(add)

    def _nearest(self) -> str:
        report = getattr(self._workspace.library, "nearest_report", None)
        if report is None or report().is_exact:
            return "exact"
        return f"approximate, recall {report().recall:.3f}"

    def ask(self, question: str) -> dict[str, Any]:
        """Answer a question."""
        self._stages.clear()
        processor, began = time.process_time(), time.perf_counter()
        answer = self._answerer.ask(question)
        seconds, busy = time.perf_counter() - began, time.process_time() - processor
        places = [f"{citation.document_id}:{citation.start}" for citation in answer.citations]
        return {"seconds": seconds, "processor_seconds": busy, "stages": dict(self._stages), "citations": places}

    def embed(self, texts: list[str]) -> dict[str, Any]:
        """Embed passages, as indexing does."""
        began = time.perf_counter()
        self._workspace.embedder.embed_passages(texts)
        return {"seconds": time.perf_counter() - began}

    def memory(self) -> dict[str, Any]:
        """Say how much memory this process has taken at most."""
        return {"peak_bytes": peak_bytes()}

    def grow(self, source: str, folder: str, n_passages: int, passages_a_document: int) -> dict[str, Any]:
        """Make a large library from a small one of this version."""
        try:
            from qa.measuring.large_library import grow
        except ImportError:  # where it stood before
            from tests.large_library import grow  # type: ignore[import-not-found, no-redef]
        self.open(source)
        more = {"passages_a_document": passages_a_document} if passages_a_document else {}
        began = time.perf_counter()
        grow(self._workspace.library, Path(folder), n_passages, **more)
        return {"seconds": time.perf_counter() - began}


def main() -> None:
    """Do what the lines of standard input say until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    probe = Probe()
    for line in sys.stdin:
        wanted = json.loads(line)
        answers.write(json.dumps(getattr(probe, wanted.pop("do"))(**wanted)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
