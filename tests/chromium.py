"""The browser of this computer, started once for all tests of a process: Playwright cannot be started in it a second time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

FOREIGN = "foreign.example"  # leads to this computer, as in DNS rebinding
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM_ARGUMENTS += ["--disable-component-update", "--disable-sync", f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1"]

expect.set_options(timeout=15_000)  # a busy computer is not a wrong page


def chromium_path() -> str | None:
    """Return the browser of this computer, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def started_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
