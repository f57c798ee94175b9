"""The whole way, with nothing replaced: the seeds indexed, the installed command's server, the embedded model, a real browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SEEDS

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture(scope="module")
def real_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = [Path(sys.executable).with_name("bronvraag"), "serve", "--port", "0", "--first-index", SEEDS]
    command += ["--library", tmp_path_factory.mktemp("served") / "library"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if address := re.search(r"answers at (\S+)", line):
            break
    else:
        pytest.fail("".join(said))
    yield address[1]
    process.terminate()
    process.communicate(timeout=60)


@pytest.fixture
def page(chromium: Browser, real_url: str) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(real_url)
    yield page
    context.close()


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?", "tussen de ca. 23.000 en ca. 58.000 vreemdelingen"),
        (
            "When was the Global Compact on Migration adopted?",
            "op 19 december 2018 door de Algemene Vergadering van de VN aangenomen",
        ),
    ],
    ids=["Dutch", "English"],
)
def test_a_citation_opens_the_document_at_the_highlighted_quote(page: Page, question: str, quote: str) -> None:
    ask(page, question)
    expect(page.locator("#chat blockquote").first).to_contain_text(quote, timeout=20_000)
    page.locator("#chat a", has_text="1").first.click()
    expect(page.locator("#source mark").first).to_contain_text(quote)
    expect(page.locator("#source mark").first).to_be_in_viewport()


def test_a_question_about_the_sun_gets_no_citation(page: Page) -> None:
    ask(page, "Hoe laat gaat de zon onder?")
    expect(page.locator("#chat")).to_contain_text("Dit lijkt over iets anders te gaan dan de documenten hier", timeout=20_000)
    expect(page.locator("#chat blockquote")).to_have_count(0)
