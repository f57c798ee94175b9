"""Conversations as a reader keeps, exports and judges them, in a real browser; each journey holds several facts in the order in which they are met."""

import json
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Opener
from tests.page.file_library import letter
from tests.page.library_reading import HOUSES, text_file
from tests.page.program import port_of, served, started
from tests.page.reading import (
    COMPACT,
    DUTCH,
    ENGLISH,
    HOSTILE_QUESTION,
    PHONE,
    ask,
    attacked,
    kept,
    open_citation,
    type_question,
    violations,
)
from tests.page.small_library import HOSTILE, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    return page.locator("#conversations .open bdi").all_inner_texts()


def entry(page: Page, title: str) -> Any:
    return page.locator("#conversations [data-id]", has_text=title)


def begin_new(page: Page) -> None:
    page.get_by_role("button", name="Nieuw gesprek").click()


def rename(page: Page, name: str, last_key: str) -> None:
    page.get_by_role("button", name="Naam wijzigen").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(name)
    page.keyboard.press(last_key)


# --- keeping


def test_a_conversation_survives_a_reload_and_a_switch_of_language_and_goes_on(open_page: Opener) -> None:
    page = open_page()
    begin_new(page)
    assert kept(page) == {}  # an empty one is not kept
    ask(page, DUTCH)
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
    open_citation(page)
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_ANSWER_4)
    page.keyboard.press("Escape")
    expect(page.locator(".actions")).to_be_visible()
    ask(page, ENGLISH)
    assert len(json.loads(next(iter(kept(page).values())))["turns"]) == 2
    assert titles(page) == [DUTCH]  # named after its first question
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Copy with sources").first).to_be_visible()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_conversations_are_opened_renamed_deleted_and_brought_back(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    assert titles(page) == [ENGLISH, DUTCH]  # the newest first
    expect(page.locator("#conversations [aria-current]")).to_contain_text(ENGLISH)
    entry(page, DUTCH).locator(".open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
    expect(entry(page, DUTCH).locator(".open")).to_be_focused()

    rename(page, "Migratie", "Escape")
    expect(page.locator("#conversations .open bdi").first).to_have_text(ENGLISH)
    rename(page, "Migratie", "Enter")
    expect(page.locator("#conversations .open bdi").first).to_have_text("Migratie")
    entry(page, "Migratie").locator(".open").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    ask(page, COMPACT)
    page.reload()
    expect(page.locator("#conversations .open bdi").first).to_have_text("Migratie")  # the name stays

    entry(page, "Migratie").locator(".delete").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#welcome")).to_be_visible()
    assert len(kept(page)) == 1
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    assert len(kept(page)) == 2


def test_foreign_storage_is_not_shown_and_left_alone(open_page: Opener) -> None:
    page = open_page()
    key, whole = "bronvraag_conversation_00000000000000aa", '{"version": 1, "id": "00000000000000aa"'
    for foreign in (
        "no json",
        "null",
        "[]",
        '{"version": 1}',
        '{"version": 2, "id": "00000000000000aa", "title": "", "changed": 1, "turns": []}',
        f'{whole}, "title": 7, "changed": 1, "turns": [{{"question": "?"}}]}}',
        f'{whole}, "title": "", "changed": "x", "turns": [{{"question": "?"}}]}}',
        f'{whole}, "title": "", "changed": 1, "turns": [{{"question": {{}}}}]}}',
        f'{whole}, "title": "", "changed": 1, "turns": [null]}}',
    ):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, foreign])
        page.evaluate("sessionStorage.setItem('bronvraag_open', '00000000000000aa')")
        page.reload()
        expect(page.locator("#welcome")).to_be_visible()
        assert titles(page) == [], foreign
        assert kept(page) == {key: foreign}


def test_what_was_kept_is_checked_and_shown_as_text(open_page: Opener) -> None:
    page = open_page()
    for question in (DUTCH, ENGLISH, COMPACT):
        ask(page, question)
    key, value = next(iter(kept(page).items()))
    conversation = json.loads(value)
    conversation["title"], conversation["turns"][0]["question"] = HOSTILE[:300], HOSTILE
    conversation["turns"][0]["answer"]["citations"][0] |= dict.fromkeys(("quote", "title", "date", "official_id"), HOSTILE)
    conversation["turns"][0]["suggestions"] = [HOSTILE]
    conversation["turns"][1]["answer"]["citations"] = [{"number": "<img src=x onerror=window.__xss=1>"}]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(conversation)])
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text("<script>window.__xss=1</script>")
    expect(page.locator(".turn").nth(1).locator(".message")).to_have_text(
        "Bij deze vraag is geen antwoord bewaard. Stel de vraag opnieuw."
    )
    expect(page.locator(".turn").nth(2).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)
    assert page.locator("#turns").locator("img, script, svg, [style], [onclick]").count() == 0
    assert attacked(page) is None


def test_the_oldest_makes_room_and_where_nothing_may_be_stored_it_is_said(open_page: Opener) -> None:
    page = open_page()
    ask(page, DUTCH)
    key, value = next(iter(kept(page).items()))
    old = json.loads(value) | {"id": "00000000000000aa", "changed": 1, "title": "Oud", "filling": "x" * 3_999_000}
    page.evaluate("value => localStorage.setItem('bronvraag_conversation_00000000000000aa', value)", json.dumps(old))
    ask(page, ENGLISH)
    expect(page.locator("#conversations .notice")).to_contain_text("Het oudste gesprek is daarom verwijderd: Oud")
    assert list(kept(page)) == [key]
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); }; }")
    ask(page, COMPACT)
    expect(page.locator("#conversations .notice")).to_contain_text("wordt niet bewaard")


def test_another_tab_shows_the_new_conversation_and_the_side_stays_closed(open_page: Opener) -> None:
    first, second = open_page(), open_page()
    ask(first, DUTCH)
    expect(second.locator("#conversations .open bdi")).to_have_text(DUTCH)
    second.get_by_role("button", name="Gesprekken en filters").click()
    second.reload()
    expect(second.locator("#question textarea")).to_be_visible()
    expect(second.locator("#side")).to_be_hidden()


def test_on_a_phone_the_side_is_a_sheet(open_page: Opener) -> None:
    page = open_page(**PHONE)
    side = page.get_by_role("button", name="Gesprekken en filters", exact=True)
    side.click()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#toggle-side")).to_be_focused()
    ask(page, DUTCH)
    begin_new(page)
    side.click()
    page.locator("#conversations .open").click()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_what_a_reader_does_while_the_server_is_away_is_said_kept_and_done_when_it_is_back(
    chromium: Browser, tmp_path: Path
) -> None:
    with started(tmp_path, "--files") as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(address)
        ask(page, HOUSES)
        page.locator("#sections [data-view=documents]").click()
        expect(page.locator(".upload input[type=file]")).to_be_attached()
        server.send_signal(signal.SIGSTOP)  # it takes in nothing more, and is killed while a file is on its way
        page.locator(".upload input[type=file]").set_input_files([text_file("half.txt", letter("halve bestanden", "Half."))])
        expect(page.locator(".uploaded .state")).to_have_text(re.compile("wordt verstuurd|wordt gelezen"))
        server.kill()
        expect(page.locator(".uploaded .state")).to_have_text(
            "niet toegevoegd: de server is niet bereikbaar of weigerde het bestand"
        )
    page.locator("#sections [data-view=chat]").click()
    page.locator("#chat .pill").first.click()
    expect(page.locator("#source .apology")).to_contain_text("kan nu niet worden geopend")
    expect(page.locator("#connection")).to_contain_text("even niet bereikbaar")
    type_question(page, "Hoeveel fietspaden zijn er in het noorden?")
    expect(page.locator(".turn").last).to_contain_text("Deze vraag is bewaard")
    page.locator("#question textarea").fill("Nog niet verstuurd")
    assert "undefined" not in page.locator("body").inner_text()
    with served(tmp_path, "--files", port_of(address)):
        expect(page.locator(".turn").last.locator("blockquote").first).to_contain_text("negentig fietspaden", timeout=30_000)
        expect(page.locator("#source mark").first).to_be_visible()
        expect(page.locator("#question textarea")).to_have_value("Nog niet verstuurd")
        page.reload()  # the server is another one now
        expect(page.locator("blockquote").first).to_contain_text("tachtig huizen")
        assert not list(tmp_path.rglob("uploads/*"))
        ask(page, HOUSES)
        page.context.close()


# --- exports, copies and feedback


def export(page: Page, name: str, folder: Path) -> Path:
    page.get_by_text("Exporteren").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_conversation_is_exported_copied_and_printed(open_page: Opener, chromium: Browser, url: str, tmp_path: Path) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, DUTCH)
    page.get_by_role("button", name="Kopiëren met bronnen").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"## {DUTCH}")
    assert f"{url}/#src=0a1b2c." in text

    written = export(page, "Markdown", tmp_path)
    assert written.name.startswith("bronvraag-hoeveel-vreemdelingen-verblijven-onrechtmatig-in-nederland-")
    assert "ca. 23.000 en ca. 58.000 vreemdelingen ligt. \\[1\\]" in written.read_text()
    assert f"[in Bronvraag](<{url}/#src=0a1b2c." in written.read_text()
    assert export(page, "Word", tmp_path).read_bytes().startswith(b"PK")

    ask(page, HOSTILE_QUESTION)
    exported = chromium.new_page()
    exported.goto(export(page, "Webpagina", tmp_path).as_uri())
    expect(exported.locator("blockquote").last).to_contain_text("<script>window.__xss=1</script>")
    assert violations(exported) == ""
    assert attacked(exported) is None
    exported.close()

    page.emulate_media(media="print")
    expect(page.locator("blockquote").first).to_be_visible()
    for hidden in ("#top", "#side", "#question", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()


def judge(page: Page, verdict: str, *, about: str = "", remark: str = "") -> None:
    page.locator(".feedback summary").last.click()
    form = page.locator(".feedback form").last
    form.get_by_label(verdict, exact=True).check()
    form.get_by_label("Waarover").select_option(about)
    form.get_by_label("Opmerking").fill(remark)
    form.get_by_role("button", name="Versturen").click()


def test_feedback_is_thanked_for_or_it_is_said_that_it_could_not_be_kept(open_page: Opener, library: Path) -> None:
    page, file = open_page(), library / "library" / "feedback.jsonl"
    ask(page, DUTCH)
    judge(page, "Deels goed", about="2", remark="Dit is een vraag.")
    expect(page.locator(".thanks")).to_contain_text("Dank u wel")
    assert "Dit is een vraag." in file.read_text()
    file.unlink()
    file.mkdir()  # a folder cannot be written to
    ask(page, ENGLISH)
    judge(page, "Fout")
    expect(page.locator(".thanks").last).to_have_text("Uw oordeel kon niet worden bewaard. Probeer het opnieuw.")
    file.rmdir()
