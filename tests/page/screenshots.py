"""Makes pictures of the page: `python -m tests.page.screenshots OUT_DIR [NAME ...]`, with the real engine on the seeds; without names those of the README.

The seeds are text files; one of them is set as a PDF file first, in the way that parliament sets its publications, so that there is a page to show.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from qa.document import Document
from qa.parliament.headings import parse_heading
from qa.readers import read
from tests.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.conftest import SEEDS
from tests.page.real_server import real_server
from tests.readers.pdf_builder import PdfPage, build_pdf, set_text

QUESTION = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
ENGLISH_QUESTION = "When was the Global Compact on Migration adopted?"
LIST = "\n".join(
    [
        "1. Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
        "2. Welke organisaties zijn geconsulteerd over het Global Compact on Migration?",
        "3. Wanneer wordt de strategische visie op de hogesnelheidslijn naar de Kamer gestuurd?",
    ]
)
SET = "001_22b0354069afef56.txt"
LINES_A_PAGE = 52
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "nl-NL", "device_scale_factor": 1}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "nl-NL", "is_mobile": True, "has_touch": True}
SETTLED_MS = 700  # colours fade and panels slide in


def ask(page: Page, question: str = QUESTION) -> None:
    """Ask, and wait for the whole answer."""
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#chat blockquote").first).to_be_visible(timeout=30_000)
    expect(page.locator("body")).not_to_have_class(re.compile(r"\basking\b"), timeout=30_000)


def start(page: Page) -> None:
    """The empty page, with its questions."""
    expect(page.locator("#welcome .example").first).to_be_visible(timeout=30_000)


def answer(page: Page) -> None:
    """An answer."""
    ask(page)


def source(page: Page) -> None:
    """An answer with its source."""
    ask(page)
    page.locator("#chat blockquote a[href^='#src=']").first.click()
    expect(page.locator("#source mark").first).to_be_visible()


def printed_page(page: Page) -> None:
    """The source as its printed page."""
    source(page)
    page.locator("#source [role=tab][data-view=page]").click()
    expect(page.locator("#source .desk .box").first).to_be_visible(timeout=30_000)


def filters(page: Page) -> None:
    """The filters."""
    ask(page)
    page.locator("#filters .filter-toggle").click()
    expect(page.locator("#filter-panel")).to_be_visible()


def library(page: Page) -> None:
    """The documents."""
    page.locator("#sections [data-view=documents]").click()
    expect(page.locator("#documents-section").get_by_text("Migration").first).to_be_visible()


def question_list(page: Page) -> None:
    """A question list with its table."""
    page.locator("#sections [data-view=questions]").click()
    page.locator("#list-text").fill(LIST)
    page.locator("#lists .primary").click()
    expect(page.locator("#lists section")).to_have_attribute("data-state", "finished", timeout=30_000)


def dark(page: Page) -> None:
    """An English answer in the dark, with its source."""
    ask(page, ENGLISH_QUESTION)
    page.locator("#chat blockquote a[href^='#src=']").first.click()
    expect(page.locator("#source mark").first).to_be_visible()


def widened(page: Page) -> None:
    """A quote in its passage, in place."""
    ask(page)
    page.locator("[data-act=widen]").first.click()


def refused(page: Page) -> None:
    """A question about something else."""
    page.locator("#question textarea").fill("Hoe bak ik een appeltaart?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .actions")).to_be_visible(timeout=30_000)


def contents(page: Page) -> None:
    """The contents of a set of questions."""
    source(page)
    page.locator("#source .contents summary").click()


def searched_document(page: Page) -> None:
    """A word that is searched in the document."""
    source(page)
    page.locator("#source .search-document").click()
    page.locator("#source .in-document input").fill("migratie")
    expect(page.locator("#source .n-found")).to_contain_text("1")


def facts(page: Page) -> None:
    """What a document says about itself."""
    source(page)
    page.locator("#source .facts summary").click()


def searched_library(page: Page) -> None:
    """Words that are searched in titles and texts."""
    library(page)
    page.locator("#documents [name=words]").fill("herkomstlanden")
    expect(page.locator(".in-texts")).not_to_be_empty(timeout=30_000)


def uploaded(page: Page) -> None:
    """Files that were added."""
    library(page)
    files = [
        {
            "name": "brief.txt",
            "mimeType": "text/plain",
            "buffer": b"Met deze brief informeer ik uw Kamer over de sluizen.\n\nDe sluizen zijn klaar.",
        },
        {"name": "leeg.txt", "mimeType": "text/plain", "buffer": b""},
    ]
    page.locator(".upload input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator(".uploaded li[class]")).to_have_count(2, timeout=60_000)


def collected(page: Page) -> None:
    """Quotes that were kept."""
    ask(page)
    page.locator("details.left-out > summary").first.click()
    for place in range(2):
        page.locator("[data-act=collect]").nth(place).click()
    page.locator("#sections [data-view=collected]").click()
    page.locator("#collected textarea").first.fill("Navragen")


def english(page: Page) -> None:
    """An answer to who asks in English."""
    ask(page, ENGLISH_QUESTION)


def away(page: Page) -> None:
    """A server that is away for a moment."""
    ask(page)
    page.context.set_offline(True)
    page.evaluate("bronvraag.look()")
    expect(page.locator("#connection")).not_to_be_empty()


LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "locale": "nl-NL", "device_scale_factor": 1}
README = ("start", "answer", "source", "page", "filters", "library", "list", "phone", "dark")
"""Those that the README shows."""
PICTURES: Sequence[tuple[str, Callable[[Page], None], dict[str, Any]]] = [
    ("start", start, DESKTOP),
    ("answer", answer, DESKTOP),
    ("source", source, DESKTOP),
    ("page", printed_page, DESKTOP),
    ("filters", filters, DESKTOP),
    ("library", library, DESKTOP),
    ("list", question_list, DESKTOP),
    ("phone", answer, PHONE),
    ("dark", dark, {**DESKTOP, "color_scheme": "dark", "locale": "en-GB"}),
    ("start-phone", start, PHONE),
    ("widened", widened, LAPTOP),
    ("refused", refused, LAPTOP),
    ("contents", contents, LAPTOP),
    ("searched", searched_document, LAPTOP),
    ("facts", facts, LAPTOP),
    ("in-texts", searched_library, DESKTOP),
    ("uploaded", uploaded, DESKTOP),
    ("collected", collected, DESKTOP),
    ("english", english, {**DESKTOP, "locale": "en-GB"}),
    ("source-phone", source, PHONE),
    ("page-phone", printed_page, PHONE),
    ("list-phone", question_list, PHONE),
    ("away", away, DESKTOP),
]


def make_pictures(folder: Path, names: Sequence[str] = ()) -> list[str]:
    """Make the pictures of these names in `folder`, or every one, and return what went wrong, a line for each that could not be made."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        documents = _documents(Path(work) / "documents")
        with real_server(Path(work) / "library", "--first-index", documents) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
            problems = []
            for name, prepare, options in PICTURES:
                if names and name not in names:
                    continue
                page = browser.new_context(**options, reduced_motion="reduce").new_page()
                page.goto(url)
                expect(page.locator("#question .submit-button[aria-label]")).to_be_visible(timeout=30_000)
                try:
                    prepare(page)
                except AssertionError as error:
                    problems.append(f"{name}: {str(error).splitlines()[0]}")
                page.wait_for_timeout(SETTLED_MS)
                page.screenshot(path=folder / f"{name}.png", caret="hide")
                page.context.close()
            browser.close()
    return problems


def _documents(folder: Path) -> Path:
    """Return a folder with the seeds, the set of questions as a PDF file."""
    folder.mkdir()
    for seed in SEEDS.glob("*.txt"):
        if seed.name == SET:
            (folder / "ah-tk-20212022-2856.pdf").write_bytes(_as_pdf(read(seed)))
        else:
            shutil.copy(seed, folder)
    return folder


def _as_pdf(document: Document) -> bytes:
    lines: list[str] = []
    end = min((footnote.start for footnote in document.footnotes), default=len(document.text))
    for paragraph in document.text[:end].split("\n\n"):
        lines += [*set_text(paragraph), *([] if parse_heading(paragraph) else [""])]
    pages = [PdfPage(lines[first : first + LINES_A_PAGE]) for first in range(0, len(lines), LINES_A_PAGE)]
    return build_pdf(*pages, official_id="ah-tk-20212022-2856")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.page.screenshots OUT_DIR [NAME ...]")
    sys.exit("\n".join(make_pictures(Path(sys.argv[1]), sys.argv[2:] or README)) or 0)
