"""The documents as a reader sees them: listed, searched, added, removed; each journey holds several facts in the order in which they are met."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Opener
from tests.page.file_library import MAX_FILE_BYTES, letter
from tests.page.library_reading import ENGLISH, HOUSES, chips, documents, open_documents, open_panel, text_file, upload
from tests.page.program import served
from tests.page.reading import APPEARANCES, NAMES_OF_APPEARANCES, PHONE, ask, attacked, type_question, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(files_url: str) -> str:
    return files_url


@pytest.fixture
def page(open_page: Opener) -> Page:
    """The documents as a Dutch reader on a desktop sees them."""
    opened = open_page()
    open_documents(opened)
    return opened


# --- the list


def test_documents_are_listed_with_what_they_say_found_by_it_and_opened(page: Page) -> None:
    facts = documents(page).filter(has_text="huizen.txt").locator(".facts")
    for fact in ["antwoord op schriftelijke vragen", "4 april 2024", "huizen.txt", "4 passages", "toegevoegd "]:
        expect(facts).to_contain_text(fact)
    search = page.get_by_label("Zoek in de documenten")
    for words in ("keijzer", "BBB huizen", "hermans", "huizen.txt"):
        search.fill(words)
        expect(documents(page)).to_have_count(1)
        expect(documents(page)).to_contain_text("Vragen van het lid Keijzer (BBB) over huizen")
    search.fill("onvindbaar")
    expect(page.locator(".listing .none")).to_contain_text("Geen document past hierbij.")
    search.fill("")
    page.get_by_role("link", name="Kamerbrief over de dijken").click()
    expect(page.locator("#source article")).to_contain_text("De dijken zijn versterkt")
    expect(documents(page).first).to_be_visible()


def test_a_question_can_be_asked_of_the_documents_of_a_filter_or_of_one(page: Page) -> None:
    page.locator(".library-body").get_by_label("Kamerbrief").check()
    expect(page.locator("#documents .chip")).to_have_text(["Kamerbrief"])
    expect(documents(page).filter(has_text="antwoord op schriftelijke vragen")).to_have_count(0)
    page.get_by_role("button", name="Vraag stellen over deze documenten").click()
    expect(chips(page)).to_have_text(["Kamerbrief"])
    expect(page.locator("#question textarea")).to_be_focused()
    page.get_by_role("button", name="Filter weghalen: Kamerbrief").click()
    open_documents(page)
    documents(page).filter(has_text="fietspaden.txt").get_by_role("button", name="Vraag stellen over dit document").click()
    expect(chips(page)).to_contain_text("Document: Vragen van het lid De Vries (ABC) over fietspaden")
    ask(page, HOUSES)
    expect(page.locator(".turn").last.locator(".citation", has_text="tachtig huizen")).to_have_count(0)


def test_hostile_titles_and_names_are_only_text(open_page: Opener) -> None:
    page = open_page()
    open_panel(page).locator("summary", has_text="Fractie").click()
    page.locator("#filter-panel").get_by_role("checkbox", name="<b onclick=window.__xss=5>P</b>", exact=False).last.check()
    expect(chips(page)).to_have_text(["Fractie: <b onclick=window.__xss=5>P</b>"])
    page.keyboard.press("Escape")
    open_documents(page)
    documents(page).filter(has_text="gevaar.txt").get_by_role("button", name="Vraag stellen over dit document").click()
    expect(chips(page)).to_have_count(1)
    type_question(page, "vragen van <b onclick=window.__xss=5>P</b> over gevaar")
    expect(page.locator(".turn .actions")).to_be_visible()
    open_documents(page)
    name = '<img src=x onerror="window.__xss=1">${window.__xss=2}.txt'
    rows = upload(page, text_file(name, letter("een naam", "Dit bestand heeft een vreemde naam.")))
    expect(rows.first.locator("bdi")).to_have_text(name)
    page.locator("#documents .chip button").click()
    expect(documents(page).filter(has_text="_img src_x onerror__window")).to_be_visible()
    assert page.locator("#filters b, #documents img, #documents b, #filters img").count() == 0
    assert attacked(page) is None


# --- adding and removing


def test_each_file_says_what_came_of_it(page: Page) -> None:
    content = letter("resultaten", "Er zijn vier resultaten.")
    rows = upload(
        page,
        text_file("nieuw.txt", content),
        text_file("kopie.txt", content),
        text_file("leeg.txt", ""),
        text_file("groot.txt", b"a" * (MAX_FILE_BYTES + 1)),
    )
    said = ["niet toegevoegd: het is leeg", "groter dan 200 kB", "toegevoegd, ", "stond al in de bibliotheek"]  # failures first
    for row, sentence in enumerate(said):
        expect(rows.nth(row).locator(".state")).to_contain_text(sentence)
    page.locator(".upload [data-show=refused]").click()
    expect(rows.filter(visible=True)).to_have_count(2)
    expect(page.locator(".upload .summary")).to_have_text("1 toegevoegd, 1 al aanwezig, 2 niet toegevoegd.")


def test_files_can_be_dropped_anywhere(open_page: Opener) -> None:
    page = open_page()
    drop = """([name, content, place]) => {
      const files = new DataTransfer();
      files.items.add(new File([content], name, { type: "text/plain" }));
      const drops = ["dragenter", "dragover", "drop"].map((type) =>
        document.querySelector(place).dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true })));
      return !drops[2];  // the browser does not open the file in place of the page
    }"""
    assert page.evaluate(drop, ["gesleept.txt", letter("slepen", "Dit bestand is gesleept."), "#chat-section"])
    expect(page.locator(".uploaded li").first.locator(".state")).to_contain_text("toegevoegd", timeout=30_000)
    page.locator(".uploaded li a").first.click()
    expect(page.locator("#source-title")).to_contain_text("slepen")
    assert page.evaluate(drop, ["x.txt", "", "body"])


def test_an_upload_is_in_the_answers_until_it_is_removed_everywhere(page: Page, files_folder: Path) -> None:
    upload(page, text_file("kassen.txt", letter("kassen", "Er staan zes kassen in het westland.")))
    expect(documents(page).filter(has_text="kassen.txt")).to_be_visible()
    page.locator("#sections [data-view=chat]").click()
    ask(page, "Hoeveel kassen staan in het westland?")
    expect(page.locator(".citation").first).to_contain_text("zes kassen")
    open_documents(page)
    kassen = documents(page).filter(has_text="kassen.txt")
    kassen.get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_role("dialog")).to_contain_text("het toegevoegde bestand wordt gewist")
    expect(page.get_by_role("dialog").get_by_role("button", name="Annuleren")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    open_documents(page)
    expect(kassen).to_be_visible()  # it was not confirmed
    kassen.get_by_role("button", name="Verwijderen").click()
    page.get_by_role("dialog").get_by_role("button", name="Verwijderen").click()
    expect(page.locator("#documents .notice")).to_contain_text("Verwijderd: Kamerbrief over kassen")
    expect(kassen).to_have_count(0)
    assert not list((files_folder / "library" / "uploads").glob("*kassen*"))
    page.locator("#sections [data-view=chat]").click()
    ask(page, "Hoeveel kassen staan in het westland?")
    expect(page.locator(".turn").last.locator(".citation", has_text="zes kassen")).to_have_count(0)


# --- everywhere


@pytest.mark.parametrize("appearance", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_the_documents_have_no_accessibility_violations(open_page: Opener, appearance: dict[str, Any]) -> None:
    page = open_page(**appearance)
    open_documents(page)
    upload(page, text_file("leeg.txt", ""))
    assert violations(page) == ""
    page.get_by_role("search").get_by_role("searchbox").fill("keijzer")
    expect(documents(page)).to_have_count(1)
    documents(page).locator(".remove").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == ""


def test_nothing_is_wider_than_a_phone_and_english_readers_read_english(open_page: Opener) -> None:
    page = open_page(**PHONE, **ENGLISH)
    open_panel(page)
    page.keyboard.press("Escape")
    open_documents(page)
    expect(page.locator("#documents")).to_contain_text("Ask about this document")
    expect(page.locator("#documents .upload")).to_contain_text("Drop files here or")
    page.locator(".facets-fold summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#documents-section").evaluate("section => section.scrollWidth") <= 390


REMOVE = """async (document_id) => {
  const component_id = window.gradio_config.components.find(({ props }) => props.elem_id === "documents").id;
  const response = await fetch("gradio_api/component_server", {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ session_hash: "x", component_id, fn_name: "remove_document", data: { document_id, language: "nl" } }),
  });
  return response.json();
}"""


def test_what_is_no_document_cannot_be_removed(page: Page) -> None:
    for document_id in ("unknown", "../../etc/passwd", None, 5, {"a": 1}, ["x"], "x" * 100_000):
        assert page.evaluate(REMOVE, document_id)["error"] == "Het document kan niet worden verwijderd.", document_id


def test_a_library_that_can_only_be_read_offers_no_change_accepts_none_and_is_shown_in_parts(
    chromium: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, "--files", "--many", "--read-only") as url, chromium.new_page(locale="nl-NL", base_url=url) as page:
        page.goto("/")
        open_documents(page)
        expect(page.locator("#documents .closed")).to_contain_text("kan alleen worden gelezen")
        expect(page.locator("#documents .upload, #documents .remove")).to_have_count(0)
        document_id = documents(page).first.get_attribute("data-document")
        assert "alleen worden gelezen" in page.evaluate(REMOVE, document_id)["error"]
        put = page.request.put("/uploads", params={"name": "x.txt", "language": "nl"}, data="Een tekst.")
        assert (put.status, set(tmp_path.rglob("uploads/*"))) == (403, set())
        assert "alleen worden gelezen" in put.json()["detail"]
        page.reload()
        open_documents(page)
        expect(page.locator(f"[data-document='{document_id}']")).to_be_visible()
        expect(page.locator(".pages span")).to_have_text("1 tot en met 50 van 130")
        expect(page.get_by_role("button", name="Vorige")).to_be_disabled()
        page.get_by_role("button", name="Volgende").click()
        expect(page.locator(".pages span")).to_have_text("51 tot en met 100 van 130")
        expect(page.locator("#documents h2").first).to_be_focused()
