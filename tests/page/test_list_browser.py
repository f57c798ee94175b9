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
from tests.page.reading import APPEARANCES, NAMES_OF_APPEARANCES, PHONE, violations
from tests.page.small_engine import HOSTILE, QUOTE_OF_ANSWER_4

pytestmark = pytest.mark.browser

LIST = "1. Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?\n2. Wat kost een brood?\n3. Wanneer is het Global Compact aangenomen?"


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


def test_every_question_gets_its_rows(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    expect(groups(page)).to_have_count(3)


def test_row_shows_the_quote(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    expect(groups(page).first.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_row_shows_the_number_of_its_question(open_list: Opener) -> None:
    page = open_list()
    answer(page, "4. Hoeveel vreemdelingen zijn er?\n7. Wat kost een brood?")
    expect(groups(page).locator("th .label")).to_have_text(["4", "7"])


def test_question_without_an_answer_says_so(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    expect(groups(page).nth(1)).to_contain_text("Hierover is in de documenten niets gevonden.")


def test_end_says_how_many_questions_have_answers(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    expect(page.locator("#lists .count")).to_have_text("2 goed, 0 twijfelachtig, 1 niets gevonden; 3 vragen")


def test_english_reader_gets_english(open_list: Opener) -> None:
    page = open_list(locale="en-GB")
    answer(page)
    expect(page.locator("#lists .count")).to_have_text("2 good, 0 doubtful, 1 nothing found; 3 questions")


def test_number_of_a_quote_opens_its_source(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    groups(page).first.locator("a[href^='#src=']").first.click()
    expect(page.locator("#source mark").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_escape_leads_back_to_the_quote(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    pill = groups(page).first.locator("a[href^='#src=']").first
    pill.click()
    expect(page.locator("#source mark").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(pill).to_be_focused()


def test_keyboard_is_enough(open_list: Opener) -> None:
    page = open_list()
    page.locator("#list-text").focus()
    page.keyboard.type("Hoeveel vreemdelingen zijn er?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#lists blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_progress_is_shown_and_can_be_stopped(open_list: Opener) -> None:
    page = open_list()
    page.locator("#list-text").fill("\n".join(f"{number}. Antwoordt u traag over vreemdelingen?" for number in range(1, 9)))
    page.locator("#lists .primary").click()
    expect(page.locator("#lists .count")).to_have_text(re.compile(r"^[1-7] van 8$"), timeout=10_000)
    page.locator("#lists").get_by_role("button", name="Stoppen").click()
    expect(page.locator("#lists section")).to_have_attribute("data-state", "finished")
    assert groups(page).count() < 8


def test_list_can_be_answered_again(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    answer(page, "Hoeveel vreemdelingen zijn er?")
    expect(groups(page)).to_have_count(1)


def test_empty_list_says_what_to_do(open_list: Opener) -> None:
    page = open_list()
    page.locator("#lists .primary").click()
    expect(page.locator("#lists .problem")).to_have_text(
        "Er staat geen vraag in de lijst. Zet elke vraag op een eigen regel, of nummer de vragen."
    )


def test_too_long_a_list_is_refused(open_list: Opener) -> None:
    page = open_list(locale="en-GB")
    page.locator("#list-text").fill("Hoeveel?\n" * 201)
    page.locator("#lists .primary").click()
    expect(page.locator("#lists .problem")).to_contain_text("The list holds 201 questions, and 200 is the most.")


def test_questions_of_an_uploaded_file_are_shown_first(open_list: Opener, tmp_path: Path) -> None:
    page = open_list()
    path = tmp_path / "set.txt"
    path.write_text(ANSWERS)
    page.locator("#list-file").set_input_files(path)
    expect(page.locator("#list-text")).to_have_value("1. Hoeveel fietspaden zijn er?\n2. Wie betaalt ze?")


def test_file_that_cannot_be_read_is_refused(open_list: Opener, tmp_path: Path) -> None:
    page = open_list()
    path = tmp_path / "lijst.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    page.locator("#list-file").set_input_files(path)
    expect(page.locator("#lists .problem")).to_contain_text("De lijst kan niet worden gelezen:")


def test_csv_holds_the_table(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    text = downloaded(page, "CSV downloaden").path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert (rows[0][1], rows[1][3], rows[3][11]) == ("Vraag", QUOTE_OF_ANSWER_4, "niets gevonden")


def test_csv_links_to_the_quote_on_this_page(open_list: Opener, url: str) -> None:
    page = open_list()
    answer(page)
    text = downloaded(page, "CSV downloaden").path().read_text(encoding="utf-8-sig")
    assert re.search(rf"{url}/#src=0a1b2c\.\d+\.\d+", text)


def test_excel_file_has_a_name_and_is_one(open_list: Opener) -> None:
    page = open_list()
    answer(page)
    download = downloaded(page, "Excel downloaden")
    assert (download.suggested_filename, download.path().read_bytes()[:2]) == ("eerdere-antwoorden.xlsx", b"PK")


def test_hostile_quotes_and_questions_are_shown_as_text(open_list: Opener) -> None:
    page = open_list()
    answer(page, f"1. gevaar <img src=x onerror=window.__xss=11> ${{window.__xss=12}}\n2. gevaar {HOSTILE}")
    assert page.evaluate("window.__xss") is None
    expect(groups(page).first.locator("th")).to_contain_text("<img src=x onerror=window.__xss=11> ${window.__xss=12}")


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_accessible_before_and_after(open_list: Opener, options: dict[str, Any]) -> None:
    page = open_list(**options)
    before = violations(page)
    answer(page)
    assert (before, violations(page)) == ("", "")


def test_problem_is_accessible(open_list: Opener) -> None:
    page = open_list()
    page.locator("#lists .primary").click()
    expect(page.locator("#lists .problem")).not_to_be_empty()
    assert violations(page) == ""


def test_phone_does_not_scroll_sideways(open_list: Opener) -> None:
    page = open_list(**PHONE)
    answer(page)
    assert page.evaluate("document.querySelector('#questions-section').scrollWidth") <= 390
