"""Measures times in the browser: `python -m tests.page.measure [--passages 10000] [--library DIR]`, with the real engine on the seeds and on a large library.

Last comes a click into a document of 300 pages, of a library of hand-made documents.
Each time runs on the page's own clock, from the key or the click to the moment when what was asked for is drawn on the screen.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from qa.library import library_exists, open_library
from qa.measuring.large_library import grow
from tests.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.conftest import SEEDS
from tests.page.program import served
from tests.page.real_server import real_server
from tests.page.source_reading import LONG

QUESTIONS = [
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Wanneer en waar vindt het International Migration Review Forum plaats?",
    "Welke organisaties zijn geconsulteerd?",
    "Wat doet het kabinet aan terugkeer van uitgeprocedeerden?",
    "Is het migratiepact juridisch bindend?",
    "When was the Global Compact on Migration adopted?",
    "Which countries of origin are mentioned?",
    "Wie neemt er deel namens Nederland?",
    "Hoe vaak wordt de uitvoering besproken?",
    "What is the Dutch position on labour migration?",
]
N_LOADS = 5
N_PEOPLE = 20
PATIENCE_MS = 120_000

# From an event until something new that the selector names is on the screen; two frames later it has been drawn.
_STOPWATCH = """([event, selector]) => {
  window.measured = null;
  const shown = () => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0);
  const before = new Set(shown());
  window.addEventListener(event, () => {
    const start = performance.now();
    const isNew = () => shown().some((one) => !before.has(one));
    const look = () => isNew()
      ? requestAnimationFrame(() => requestAnimationFrame(() => { window.measured = performance.now() - start; }))
      : requestAnimationFrame(look);
    look();
  }, { capture: true, once: true });
}"""


def measure(url: str, browser: Browser) -> list[str]:
    """Return the times on one server, a line each."""
    loads = [_load_ms(browser, url) for _ in range(N_LOADS)]
    page = _opened(browser, url)
    quotes, sources, backs = [], [], []
    for question in QUESTIONS:
        quotes.append(_ask_ms(page, question))
        if page.locator("#chat .turn").last.locator("blockquote a[href^='#src=']").count():
            sources.append(_open_ms(page))
            backs.append(_back_ms(page))
        page.locator("#new-conversation").click()
    page.context.close()
    return [
        _line("page load, nothing cached", loads),
        _line("Enter to first quote", quotes),
        _line("click to highlighted source", sources),
        _line("Back to the source that was closed", backs),
        _line(f"Enter to first quote, {N_PEOPLE} people at once", _crowd_ms(browser, url)),
    ]


def measure_long_document(url: str, browser: Browser) -> str:
    """Return the times from a click to the quote in a document of 300 pages, as a line."""
    page = _opened(browser, url)
    _ask_ms(page, LONG)
    times = [_open_ms(page) for _ in range(N_LOADS)]
    page.context.close()
    return _line("click to source, 300 pages", times)


def _load_ms(browser: Browser, url: str) -> float:
    page = _opened(browser, url)
    ms = float(page.evaluate("performance.now()"))
    page.context.close()
    return ms


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    expect(page.locator("#question .submit-button[aria-label]")).to_be_visible(timeout=PATIENCE_MS)
    return page


def _ask_ms(page: Page, question: str) -> float:
    _press_enter(page, question)
    return _measured_ms(page)


def _press_enter(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.evaluate(_STOPWATCH, ["keydown", "#chat blockquote, #chat .hints"])
    page.locator("#question textarea").press("Enter")


def _open_ms(page: Page) -> float:
    page.wait_for_function("!document.body.classList.contains('asking')")
    page.evaluate(_STOPWATCH, ["click", "#source mark"])
    page.locator("#chat .turn").last.locator("blockquote a[href^='#src=']").first.click()
    ms = _measured_ms(page)
    page.keyboard.press("Escape")
    return ms


def _back_ms(page: Page) -> float:
    """Return how long a closed source takes to be there again by the button of the browser."""
    page.evaluate(_STOPWATCH, ["popstate", "#source mark"])
    page.evaluate("history.back()")
    return _measured_ms(page)


def _measured_ms(page: Page) -> float:
    return float(page.wait_for_function("window.measured", timeout=PATIENCE_MS).json_value())


def _crowd_ms(browser: Browser, url: str) -> list[float]:
    """Return the times of people who ask at once; whoever gets an error never gets a quote, and ends the measuring."""
    pages = [_opened(browser, url) for _ in range(N_PEOPLE)]
    for number, page in enumerate(pages):
        _press_enter(page, QUESTIONS[number % len(QUESTIONS)])
    times = [_measured_ms(page) for page in pages]
    for page in pages:
        page.context.close()
    return times


def _line(what: str, times_ms: Sequence[float]) -> str:
    return f"  {what:<44}{median(times_ms):>8.0f} ms median {max(times_ms):>8.0f} ms most   (n={len(times_ms)})"


def _large_library(folder: Path, seeds: Path, n_passages: int) -> Path:
    if not library_exists(folder):
        grow(open_library(seeds), folder, n_passages)
    return folder


def main() -> None:
    """Measure both libraries and print the times."""
    parser = argparse.ArgumentParser(prog="python -m tests.page.measure", description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000, help="of the large library")
    parser.add_argument("--library", type=Path, help="where the large library is kept or made; otherwise it is thrown away")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        print(f"{os.cpu_count()} cores")  # noqa: T201 - what it is for
        small = Path(work) / "small"
        with real_server(small, "--first-index", SEEDS) as url:
            _report("the seeds", small, measure(url, browser))
        large = _large_library(options.library or Path(work) / "large", small, options.passages)
        with real_server(large) as url:
            _report("grown from the seeds", large, measure(url, browser))
        with served(Path(work) / "long", "--sources") as url:
            print(f"\na document of 300 pages:\n{measure_long_document(url, browser)}", flush=True)  # noqa: T201 - what it is for
        browser.close()


def _report(name: str, folder: Path, lines: Sequence[str]) -> None:
    n_documents, n_passages = open_library(folder).counts()
    print(f"\n{name}: {n_documents} documents, {n_passages} passages\n" + "\n".join(lines), flush=True)  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
