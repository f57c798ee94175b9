"""Serves a small library and prints the address: `python -m tests.page.program FOLDER [--sources | --files] [--many] [--read-only] [PORT]`.

Without more it holds the small documents; `--sources` adds those to try the source panel with; `--files` makes it of files, which can be added to and removed from.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.exceptions import BronvraagError

ROOT = Path(__file__).parents[2]


@contextmanager
def started(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run this program; its first line is the address of the page."""
    command = [sys.executable, "-m", "tests.page.program", folder, *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
                process.communicate(timeout=60)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Serve a library from a process of its own; gives the address of the page."""
    with started(folder, *options) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().strip()
        assert url, process.stderr.read()
        yield url
        process.terminate()
        assert process.communicate(timeout=60)[1] == "", "a server that is stopped says nothing"
        assert process.returncode == 0


def port_of(url: str) -> str:
    """Return the port of an address, to serve there again."""
    return url.rpartition(":")[2]


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    from qa.server.serving import serve
    from tests.page.file_library import desk_over_files
    from tests.page.small_library import desk_over, make_library
    from tests.page.source_documents import long_document, source_documents

    folder, options = Path(sys.argv[1]), sys.argv[2:]
    if "--files" in options:
        desk = desk_over_files(folder, n_more=126 if "--many" in options else 0, read_only="--read-only" in options)
    else:
        more = [*source_documents(), long_document()] if "--sources" in options else []
        desk = desk_over(make_library(folder / "library", more))
    try:
        serve(desk, host="127.0.0.1", port=next((int(option) for option in options if option.isdigit()), 0), on_ready=_say)
    except BronvraagError as error:
        sys.exit(str(error))
