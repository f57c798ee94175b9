"""`bronvraag serve` in a process of its own: the real engine, for tests, pictures and measurements."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def real_server(library: Path, *options: str | Path) -> Iterator[str]:
    """Serve a library on a free port; gives the address of the page."""
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", "0", "--library", library, *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if address := re.search(r"answers at (http\S+)", line):
            return address[1]
    raise RuntimeError(f"The server did not start: {''.join(said)}")
