"""What is asked of Gradio beyond its documented options: these tests say when a newer version does otherwise."""

import inspect
import subprocess
import sys

from gradio.queueing import Queue

from qa.page.shell.layout import IDLE_SECONDS

WATCHED = """
import sys

def refuse(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".pyi"):
        raise SystemExit(f"opened {arguments[0]}")

sys.addaudithook(refuse)
"""
BUILT = """
import qa.page.shell.mounting
from qa.page.shell.layout import build_page
from qa.work_queues import WorkQueues
from tests.page.small_library import small_desk

queue = build_page(small_desk(), WorkQueues())._queue
print((queue.sleep_when_free, queue.progress_update_sleep_when_free))
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_building_the_page_writes_no_stub_files_and_an_idle_page_seldom_looks_for_events() -> None:
    built = run(WATCHED + BUILT)
    assert (built.returncode, built.stdout.strip()) == (0, str(IDLE_SECONDS))
    assert "opened" in run(WATCHED + "open('x.pyi')").stderr  # the watch sees a file
    assert "asyncio.sleep(self.sleep_when_free)" in inspect.getsource(Queue.start_processing)
    assert "asyncio.sleep(self.progress_update_sleep_when_free)" in inspect.getsource(Queue.start_progress_updates)
