"""Whole journeys through the page, as people make them; each holds several facts in the order in which they are met."""

import re

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opener
from tests.page.reading import APPEARANCES, DUTCH, ENGLISH, NOTHING, OF_TWO_DOCUMENTS, ask, open_citation, violations
from tests.page.source_documents import CHANGED_QUOTE, PDF_QUOTE
from tests.page.source_reading import PDF

pytestmark = pytest.mark.browser

LIST = f"1. {DUTCH}\n2. {PDF}\n3. {NOTHING}"


def test_every_state_has_an_address_that_back_forward_and_a_reload_restore(open_page: Opener) -> None:
    page = open_page()
    expect(page).to_have_title("Bronvraag")
    ask(page, OF_TWO_DOCUMENTS)
    expect(page).to_have_title(f"{OF_TWO_DOCUMENTS} – Bronvraag")
    open_citation(page, 1)
    first = page.url
    expect(page).to_have_title(re.compile("International Migration Review Forum"))
    page.locator("#source .next-citation").click()
    page.locator("#source .next-citation").click()
    expect(page.locator("#source .place").first).to_have_text("3 van 5")
    third = page.url
    page.locator("#sections [data-view=documents]").click()
    expect(page).to_have_url(re.compile("view=documents"))
    page.go_back()
    expect(page).to_have_url(third)
    page.reload()
    expect(page.locator("#source .place").first).to_have_text("3 van 5")
    expect(page.locator("#chat blockquote").first).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator("#source .place").first).to_have_text("1 van 5")
    page.go_back()
    expect(page.locator("#source")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#source mark").first).to_be_visible()
    page.locator("#toggle-side").click()  # a sheet, beside the source
    page.locator("#conversations [data-id]").hover()
    page.locator("#conversations [data-act=delete]").click()
    expect(page.locator("#source")).to_be_hidden()  # its conversation is gone
    page.locator("#conversations [data-act=undo]").click()
    expect(page.locator("#chat blockquote").first).to_be_visible()


def test_an_answer_is_read_widened_and_its_quotes_collected_into_a_file(open_page: Opener) -> None:
    page = open_page()
    ask(page, OF_TWO_DOCUMENTS)
    expect(page.locator(".turn .group.lead header")).to_have_count(1)
    lead, second = page.locator("#chat blockquote p").nth(0), page.locator("#chat blockquote p").nth(1)
    sizes = [float(quote.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")) for quote in (lead, second)]
    assert sizes[0] > 1.15 * sizes[1]
    widen = page.locator("[data-act=widen]").first
    widen.click()
    expect(lead).to_contain_text("Het kabinet kan geen precieze aantallen geven.")
    expect(widen).to_have_attribute("aria-expanded", "true")
    page.locator("#question textarea").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#chat .pill").first).to_be_focused()
    for place in (1, 0):
        page.locator("[data-act=collect]").nth(place).click()
    expect(page.locator("[data-act=collect]").first).to_have_text("Bewaard")
    page.locator("#sections [data-view=collected]").click()
    expect(page.locator("#collected li")).to_have_count(2)
    expect(page.locator("#collected li").first).to_contain_text(re.compile("29 april 2022|16 mei 2022"))
    page.locator("#collected textarea").first.fill("Navragen bij DJZ")
    page.locator("#collected [data-act=down]").first.click()
    page.reload()
    expect(page.locator("#collected textarea").nth(1)).to_have_value("Navragen bij DJZ")
    with page.expect_download() as saved:
        page.locator("#collected [data-format=md]").click()
    written = saved.value.path().read_text(encoding="utf-8")
    assert "De onderzoekers concludeerden" in written
    assert "Aanhangsel Handelingen II 2021/22, nr. 2856" in written
    assert "Navragen bij DJZ" in written
    assert violations(page) == ""
    page.locator("#collected [data-act=remove]").first.click()
    page.locator("#collected [data-act=undo]").click()
    expect(page.locator("#collected li")).to_have_count(2)


def test_a_document_is_searched_and_its_contents_lead_through_it(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    open_citation(page)
    page.locator("#source .contents summary").click()
    expect(page.locator("#source .contents li")).to_have_count(2)
    expect(page.locator("#source .contents li.cited")).to_contain_text("4. Klopt het")
    page.locator("#source .contents a").first.click()
    expect(page.locator("#source p.question").first).to_be_focused()
    page.locator("#source .search-document").click()
    page.locator("#source .in-document input").fill("uitvoeringsorganisaties")
    expect(page.locator("#source .n-found")).to_have_text("1 van 19")
    page.keyboard.press("Enter")
    expect(page.locator("#source .n-found")).to_have_text("2 van 19")
    page.locator("#source .in-document input").fill("zeppelin")
    expect(page.locator("#source .n-found")).to_have_text("Komt niet voor")
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(page.locator("#source .in-document")).to_be_hidden()
    expect(page.locator("#source mark").first).to_be_attached()


def test_a_question_list_is_kept_over_a_reload_and_struck_quotes_stay_out_of_the_file(open_page: Opener) -> None:
    for appearance in APPEARANCES:
        page = open_page(**appearance)
        page.locator("#sections [data-view=questions]").click()
        page.locator("#list-text").fill(LIST)
        page.locator("#lists .primary").click()
        expect(page.locator("#lists section")).to_have_attribute("data-state", "finished")
        english = page.evaluate("document.documentElement.lang") == "en"
        count = (
            "2 good, 0 doubtful, 1 nothing found; 3 questions"
            if english
            else "2 goed, 0 twijfelachtig, 1 niets gevonden; 3 vragen"
        )
        expect(page.locator("#lists .count")).to_have_text(count)
        page.locator("#list-name").fill("Set migratie")
        page.locator("#lists tr", has_text=CHANGED_QUOTE).locator(".keep input").uncheck()
        page.reload()
        expect(page.locator("#lists .count")).to_have_text(count)
        expect(page.locator("#list-name")).to_have_value("Set migratie")
        expect(page.locator("#lists tr", has_text=CHANGED_QUOTE).locator(".keep input")).not_to_be_checked()
        with page.expect_download() as saved:
            page.locator("#lists [data-act=csv]").click()
        written = saved.value.path().read_text(encoding="utf-8-sig")
        assert (PDF_QUOTE in written, CHANGED_QUOTE in written) == (True, False)
        assert "Van Haga (Groep Van Haga)" in written
        assert violations(page) == ""
        page.locator("#lists [data-act=new]").click()
        expect(page.locator("#list-text")).to_have_value("")
        expect(page.locator("#list-chosen option")).to_have_text(["New list" if english else "Nieuwe lijst", "Set migratie"])


def test_conversations_are_grouped_by_day_searched_and_pinned(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((name) => name.startsWith("bronvraag_conversation_"));
          const kept = JSON.parse(localStorage.getItem(key));
          for (let n = 0; n < 7; n += 1) {
            const id = n.toString(16).padStart(16, "0");
            const turns = [{ ...kept.turns[0], question: `Vraag over onderwerp ${n}` }];
            localStorage.setItem(`bronvraag_conversation_${id}`, JSON.stringify({ ...kept, id, turns, changed: Date.now() - n * 86400000 }));
          }
        }"""
    )
    page.reload()
    expect(page.locator("#conversations h3")).to_have_text(["Vandaag", "Gisteren", "Afgelopen week"])
    page.locator("#conversations [data-id]").last.hover()
    page.locator("#conversations [data-act=pin]").last.click()
    expect(page.locator("#conversations h3").first).to_have_text("Vastgezet")
    page.locator("#conversations .search").fill("onderwerp 5")
    expect(page.locator("#conversations .open")).to_have_count(1)
    assert violations(page) == ""


def test_a_page_of_an_older_version_is_loaded_anew_with_what_was_typed(open_page: Opener) -> None:
    page = open_page()
    page.locator("#question textarea").fill("Nog niet verstuurd")
    page.route("**/page/version", lambda route: route.fulfill(body="another"))
    page.evaluate("bronvraag.look()")
    expect(page.locator("#connection")).to_contain_text("vernieuwd")
    page.unroute("**/page/version")
    expect(page.locator("#connection")).to_have_count(0)
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    expect(page.locator("#question textarea")).to_have_value("Nog niet verstuurd")


def test_first_screen_tells_in_one_language_what_is_here(open_page: Opener) -> None:
    page = open_page()
    expect(page.locator("#welcome h2")).to_have_text("Wat staat er in de Kamerstukken?")
    expect(page.locator("#welcome .holdings")).to_contain_text(
        "9 documenten, van 29 april 2022 tot en met 1 mei 2024, 2 zonder datum"
    )
    expect(page.locator("#welcome .newest li")).to_have_count(3)
    page.keyboard.press("Tab")
    expect(page.locator("#welcome .examples button").first).to_have_text(DUTCH)
    newest = page.locator("#welcome .newest a").last
    title = newest.inner_text()
    newest.click()
    expect(page.locator("#source-title")).to_have_text(title)
    english = open_page("/", locale="en-GB")
    expect(english.locator("#welcome h2")).to_have_text("What do the documents say?")
    ask(english, ENGLISH)
    expect(english.locator(".reading-help").first).to_contain_text("not a translation")
