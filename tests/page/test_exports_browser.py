"""Exports, copies and feedback as a reader meets them, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Opener
from tests.page.reading import DUTCH, HOSTILE_QUESTION, ask, violations

pytestmark = pytest.mark.browser


# --- exports and copies


@pytest.fixture
def export(open_page: Opener, tmp_path: Path) -> Callable[..., Path]:
    def save(name: str, question: str = DUTCH) -> Path:
        page = open_page()
        ask(page, question)
        page.get_by_text("Exporteren").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return save


def test_export_is_named_after_the_conversation(export: Any) -> None:
    assert export("Markdown").name.startswith("bronvraag-hoeveel-vreemdelingen-verblijven-onrechtmatig-in-nederland-")


def test_markdown_holds_the_quote_and_its_permalink(export: Any, url: str) -> None:
    text = export("Markdown").read_text()
    assert "ca. 23.000 en ca. 58.000 vreemdelingen ligt. \\[1\\]" in text
    assert f"[in Bronvraag](<{url}/#src=0a1b2c." in text


def test_exported_web_page_opens_and_runs_nothing(export: Any, chromium: Browser) -> None:
    path = export("Webpagina", HOSTILE_QUESTION)
    page = chromium.new_page()
    page.goto(path.as_uri())
    expect(page.locator("blockquote").first).to_contain_text("<script>window.__xss=1</script>")
    assert page.evaluate("window.__xss") is None
    page.close()


def test_exported_web_page_is_accessible(export: Any, chromium: Browser) -> None:
    path = export("Webpagina")
    page = chromium.new_page()
    page.goto(path.as_uri())
    assert violations(page) == ""
    page.close()


def test_word_file_is_a_zip_archive(export: Any) -> None:
    assert export("Word").read_bytes().startswith(b"PK")


def test_copied_answer_keeps_its_citations(open_page: Opener, url: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, DUTCH)
    page.get_by_role("button", name="Kopiëren met bronnen").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"## {DUTCH}")
    assert f"{url}/#src=0a1b2c." in text


def test_print_view_shows_the_conversation_alone(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.emulate_media(media="print")
    expect(page.locator("blockquote").first).to_be_visible()
    for hidden in ("#top", "#side", "#question", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()


# --- feedback


def judge(page: Page, verdict: str, *, about: str = "", remark: str = "") -> None:
    page.locator(".feedback summary").last.click()
    form = page.locator(".feedback form").last
    form.get_by_label(verdict, exact=True).check()
    form.get_by_label("Waarover").select_option(about)
    form.get_by_label("Opmerking").fill(remark)
    form.get_by_role("button", name="Versturen").click()


def test_feedback_is_thanked_for(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    judge(page, "Deels goed", about="2", remark="Dit is een vraag.")
    expect(page.locator(".thanks")).to_contain_text("Dank u wel")


def test_feedback_that_cannot_be_kept_says_so(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    judge(page, "Fout", remark="kapot")
    expect(page.locator(".thanks")).to_have_text("Uw oordeel kon niet worden bewaard. Probeer het opnieuw.")
