import os
import pty
import subprocess
import sys

PROGRAM = """
import time
from qa.cli.progress import index_progress
from qa.indexing import Progress

with index_progress() as show:
    for n in range(12):
        show(Progress(n_files=40, n_files_done=2 * n, n_passages=100 * n))
        time.sleep(0.15)
"""


def test_progress_shows_files_passages_speed_and_time_left_in_a_terminal() -> None:
    shown = in_terminal(PROGRAM)
    assert "22/40 files 1100 passages, " in shown
    assert "/s 0:00:0" in shown


def test_progress_is_silent_where_standard_error_is_no_terminal() -> None:
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("", "")


def in_terminal(program: str) -> str:
    """Return what a program writes to a terminal as its standard error."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen([sys.executable, "-c", program], stderr=theirs, env=environment):
        os.close(theirs)
        written = b"".join(iter(lambda: read_some(ours), b""))
    os.close(ours)
    return written.decode()


def read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 10_000)
    except OSError:  # how Linux says that the other side is closed
        return b""
