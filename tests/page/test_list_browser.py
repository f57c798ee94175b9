"""A question list as a reader sees it: pasted or uploaded, answered question by question, opened, kept as a file."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.builders import ANSWERS
from tests.page.conftest import Opener
from tests.page.reading import (
    APPEARANCES,
    COMPACT,
    DUTCH,
    HOSTILE_QUESTION,
    NAMES_OF_APPEARANCES,
    NOTHING,
    PHONE,
    SLOW,
    attacked,
    violations,
)
from tests.page.small_library import QUOTE_OF_ANSWER_4

pytestmark = pytest.mark.browser

LIST = f"4. {DUTCH}\n7. {NOTHING}\n9. {COMPACT}"


@pytest.fixture
def open_list(open_page: Opener) -> Opener:
    """Opens the page at the question list, by default as a Dutch reader on a desktop."""

    def open_one(**options: Any) -> Page:
        page = open_page(**options)
        page.locator("#sections [data-view=questions]").click()
        expect(page.locator("#list-text")).to_be_visible()
        return page

    return open_one


def answer(page: Page, questions: str = LIST) -> None:
    page.locator("#list-text").fill(questions)
    page.locator("#lists .primary").click()
    expect(page.locator("#lists section")).to_have_attribute("data-state", "finished", timeout=30_000)


def groups(page: Page) -> Locator:
    return page.locator("#lists tbody")


def downloaded(page: Page, name: str) -> Download:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value


def test_every_question_gets_its_rows_which_lead_to_the_source(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    expect(groups(page)).to_have_count(3)
    expect(groups(page).locator("th .label")).to_have_text(["4", "7", "9"])
    expect(groups(page).first.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
    expect(groups(page).nth(1)).to_contain_text("Hierover is in de documenten niets gevonden.")
    expect(page.locator("#lists .count")).to_have_text("2 goed, 0 twijfelachtig, 1 niets gevonden; 3 vragen")
    pill = groups(page).first.locator("a[href^='#src=']").first
    pill.click()
    expect(page.locator("#source mark").first).to_be_focused()
    expect(page.locator("#source mark").first).to_contain_text(QUOTE_OF_ANSWER_4)
    page.keyboard.press("Escape")
    expect(pill).to_be_focused()
    page.locator("#list-text").fill("")
    page.locator("#list-text").focus()
    page.keyboard.type(DUTCH)  # by keyboard alone, in place of the other list
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(groups(page)).to_have_count(1)
    expect(page.locator("#lists blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_the_table_is_downloaded_with_links_to_this_page(open_list: Opener, url: str) -> None:
    page = open_list()
    answer(page)
    text = downloaded(page, "CSV downloaden").path().read_text(encoding="utf-8-sig")
    rows = {row[0]: row for row in reversed(list(csv.reader(io.StringIO(text), delimiter=";")))}  # the first row of each
    assert (rows["Nr."][1], rows["4"][3], rows["7"][11]) == ("Vraag", QUOTE_OF_ANSWER_4, "niets gevonden")
    assert re.search(rf"{url}/#src=0a1b2c\.\d+\.\d+", text)
    download = downloaded(page, "Excel downloaden")
    assert (download.suggested_filename, download.path().read_bytes()[:2]) == ("eerdere-antwoorden.xlsx", b"PK")


def test_progress_is_shown_and_can_be_stopped(open_list: Opener) -> None:
    page = open_list()
    differing = [f"{number}. {'Nog eens: ' * number}{SLOW}" for number in range(1, 9)]  # one that was asked is not embedded again
    page.locator("#list-text").fill("\n".join(differing))
    page.locator("#lists .primary").click()
    expect(page.locator("#lists .count")).to_have_text(re.compile(r"^[1-7] van 8$"), timeout=10_000)
    page.locator("#lists").get_by_role("button", name="Stoppen").click()
    expect(page.locator("#lists section")).to_have_attribute("data-state", "finished")
    assert groups(page).count() < 8


def test_what_cannot_be_answered_says_why(open_list: Opener, tmp_path: Path) -> None:
    page, problem = open_list(), "#lists .problem"
    page.locator("#lists .primary").click()
    expect(page.locator(problem)).to_have_text(
        "Er staat geen vraag in de lijst. Zet elke vraag op een eigen regel, of nummer de vragen."
    )
    assert violations(page) == ""
    path = tmp_path / "lijst.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    page.locator("#list-file").set_input_files(path)
    expect(page.locator(problem)).to_contain_text("De lijst kan niet worden gelezen:")
    path = tmp_path / "set.txt"
    path.write_text(ANSWERS)
    page.locator("#list-file").set_input_files(path)  # the questions of a file are shown first
    expect(page.locator("#list-text")).to_have_value("1. Hoeveel fietspaden zijn er?\n2. Wie betaalt ze?")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#sections [data-view=questions]").click()
    page.locator("#list-text").fill("Hoeveel?\n" * 201)
    page.locator("#lists .primary").click()
    expect(page.locator(problem)).to_contain_text("The list holds 201 questions, and 200 is the most.")


def test_hostile_quotes_and_questions_are_shown_as_text(open_list: Opener) -> None:
    page = open_list()
    answer(page, f"1. {HOSTILE_QUESTION}")
    expect(groups(page).first.locator("th")).to_contain_text("<img src=x onerror=window.__xss=1> ${window.__xss=2}")
    expect(groups(page).first.locator("blockquote").first).to_contain_text("<script>window.__xss=1</script>")
    assert attacked(page) is None


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_accessible_before_and_after_and_no_wider_than_a_phone(open_list: Opener, options: dict[str, Any]) -> None:
    page = open_list(**options)
    before = violations(page)
    answer(page)
    assert (before, violations(page)) == ("", "")
    if page.viewport_size == PHONE["viewport"]:
        expect(page.locator("#lists .count")).to_have_text("2 good, 0 doubtful, 1 nothing found; 3 questions")
        assert page.evaluate("document.querySelector('#questions-section').scrollWidth") <= 390
