"""Answers, conversations, exports and feedback as a reader meets them, in a real browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Opener, small_server
from tests.page.reading import (
    APPEARANCES,
    DUTCH,
    ENGLISH,
    NAMES_OF_APPEARANCES,
    PHONE,
    ask,
    open_citation,
    type_question,
    violations,
)
from tests.page.small_engine import HOSTILE, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER

pytestmark = pytest.mark.browser

SLOW = "Een trage vraag over vreemdelingen duurt traag"
HOSTILE_QUESTION = 'gevaar <img src=x onerror=window.__xss=1> ${window.__xss=2} {{window.__xss=3}} <a style="position:fixed;inset:0">x</a> \u202eom'


@pytest.fixture
def fresh(open_page: Opener, request: pytest.FixtureRequest) -> Opener:
    """Opens the page in a profile of this test alone, which has no conversations yet."""

    def open_fresh(address: str = "/", **options: Any) -> Page:
        return open_page(address, **options)

    return open_fresh


def titles(page: Page) -> list[str]:
    return page.locator("#conversations .open bdi").all_inner_texts()


def entry(page: Page, title: str) -> Any:
    return page.locator("#conversations li", has_text=title)


def begin_new(page: Page) -> None:
    page.get_by_role("button", name="Nieuw gesprek").click()


def kept(page: Page) -> dict[str, str]:
    return dict(page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('bronvraag_conversation_'))"))


# --- the answer


def test_who_asked_and_who_answered_stands_below_the_quote(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    expect(page.locator(".people").first).to_have_text(
        "Gevraagd door Van Haga (Groep Van Haga), beantwoord door Van der Burg (Justitie en Veiligheid)"
    )


def test_what_a_relevance_means_opens_by_keyboard(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.locator(".relevance summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".relevance p").first).to_contain_text("Sterk: de passage past goed bij de vraag")


def test_one_other_place_is_named_with_its_own_address(fresh: Opener) -> None:
    page = fresh()
    ask(page, f"{DUTCH} elders")
    page.locator(".also a").click()
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_LETTER)


def test_many_other_places_are_counted_and_folded(fresh: Opener) -> None:
    page = fresh()
    ask(page, f"{DUTCH} overal")
    expect(page.locator(".also summary")).to_have_text("Ook op andere plaatsen: 3")
    expect(page.locator(".also li").first).to_be_hidden()


def test_refusal_names_the_words_that_occur_nowhere(fresh: Opener) -> None:
    page = fresh()
    ask(page, "Wat kost een brood?")
    expect(page.locator(".unknown")).to_have_text("Deze woorden komen nergens in de documenten voor: brood")


def test_refusal_offers_questions_that_can_be_asked(fresh: Opener) -> None:
    page = fresh()
    ask(page, "Wat kost een brood?")
    expect(page.get_by_role("heading", name="Vragen waarop de documenten wel ingaan")).to_be_visible()


def test_suggestion_is_asked_when_it_is_chosen(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Welke organisaties zijn geconsulteerd over de uitvoering van het Global Compact?").click()
    expect(page.locator(".turn").nth(1).locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)


def test_suggestions_stand_below_the_last_answer_only(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    expect(page.locator(".suggestions:visible")).to_have_count(1)


def test_answer_is_said_once_when_it_is_there(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    expect(page.locator("#said")).to_have_text("Antwoord gevonden. Aantal citaten: 2")


def test_only_one_place_of_the_chat_speaks_by_itself(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    live = page.locator("#chat [aria-live], #chat [role=log], #chat [role=alert], #chat [role=status]:not(.thanks)")
    assert live.evaluate_all("found => found.map(element => element.id)") == ["said"]


def test_question_too_long_is_refused_in_the_language_of_the_page(fresh: Opener) -> None:
    page = fresh()
    ask(page, "lang " * 500)
    expect(page.locator(".message")).to_have_text("De vraag is langer dan 2.000 tekens. Stel de vraag in enkele zinnen.")


def test_question_of_a_million_characters_is_refused_and_kept_short(fresh: Opener) -> None:
    page = fresh()
    ask(page, "x" * 1_000_000)
    expect(page.locator(".message")).to_contain_text("langer dan 2.000 tekens")
    assert len(next(iter(kept(page).values()))) < 25_000


def test_newest_question_stands_at_the_top_of_a_long_answer(fresh: Opener) -> None:
    page = fresh(viewport={"width": 1280, "height": 420})
    ask(page, DUTCH)
    ask(page, ENGLISH)
    top = (
        page.locator(".turn")
        .nth(1)
        .evaluate("turn => turn.getBoundingClientRect().top - document.getElementById('chat').getBoundingClientRect().top")
    )
    assert 0 <= top < 40


# --- asking, stopping, trying again


def test_search_can_be_stopped(fresh: Opener) -> None:
    page = fresh()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    expect(page.locator(".message")).to_have_text("Gestopt. Er is niet verder gezocht.")


def test_stopped_question_gets_no_answer_afterwards(fresh: Opener) -> None:
    page = fresh()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    page.wait_for_timeout(1500)
    expect(page.locator("blockquote")).to_have_count(0)


def test_question_can_be_asked_after_a_stop(fresh: Opener) -> None:
    page = fresh()
    type_question(page, SLOW)
    page.get_by_role("button", name="Stoppen").click()
    ask(page, DUTCH)
    expect(page.locator(".turn").nth(1).locator("blockquote")).to_have_count(2)


def test_question_typed_while_another_is_answered_stays_in_the_box(fresh: Opener) -> None:
    page = fresh()
    type_question(page, SLOW)
    type_question(page, DUTCH)
    expect(page.locator("#question textarea")).to_have_value(DUTCH)


def test_retry_replaces_the_last_answer(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Opnieuw zoeken").click()
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_empty_question_asks_nothing(fresh: Opener) -> None:
    page = fresh()
    type_question(page, "   ")
    expect(page.locator("#welcome")).to_be_visible()


# --- conversations


def test_conversation_survives_a_reload(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_conversation_survives_a_switch_of_language(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Copy with sources")).to_be_visible()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_citation_of_a_kept_conversation_opens(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.reload()
    open_citation(page)
    expect(page.locator("#source mark").first).to_have_text(QUOTE_OF_ANSWER_4)


def test_conversation_goes_on_after_a_reload(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.reload()
    expect(page.locator(".actions")).to_be_visible()
    ask(page, ENGLISH)
    assert len(json.loads(next(iter(kept(page).values())))["turns"]) == 2


def test_conversation_is_named_after_its_first_question(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    assert titles(page) == [DUTCH]


def test_empty_conversation_is_not_kept(fresh: Opener) -> None:
    page = fresh()
    begin_new(page)
    assert kept(page) == {}


def test_newest_conversation_stands_first(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    assert titles(page) == [ENGLISH, DUTCH]


def test_another_conversation_can_be_opened(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    entry(page, DUTCH).locator(".open").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_chosen_conversation_keeps_the_focus(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    entry(page, DUTCH).locator(".open").focus()
    page.keyboard.press("Enter")
    expect(entry(page, DUTCH).locator(".open")).to_be_focused()


def test_open_conversation_is_marked(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    begin_new(page)
    ask(page, ENGLISH)
    expect(page.locator("#conversations [aria-current]")).to_contain_text(ENGLISH)


def test_conversation_is_renamed_by_keyboard(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Enter")
    expect(page.locator("#conversations .open bdi")).to_have_text("Migratie")


def test_new_name_stays(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Enter")
    ask(page, ENGLISH)
    page.reload()
    expect(page.locator("#conversations .open bdi")).to_have_text("Migratie")


def test_escape_keeps_the_old_name(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Naam wijzigen").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Migratie")
    page.keyboard.press("Escape")
    expect(page.locator("#conversations .open bdi")).to_have_text(DUTCH)


def test_deleted_conversation_is_gone(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Verwijderen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#welcome")).to_be_visible()
    assert kept(page) == {}


def test_deletion_can_be_undone(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    page.get_by_role("button", name="Verwijderen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


@pytest.mark.parametrize(
    "foreign",
    [
        "no json",
        "null",
        "[]",
        '{"version": 1}',
        '{"version": 2, "id": "00000000000000aa", "title": "", "changed": 1, "turns": []}',
        '{"version": 1, "id": "00000000000000aa", "title": 7, "changed": 1, "turns": [{"question": "?"}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": "x", "turns": [{"question": "?"}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": 1, "turns": [{"question": {}}]}',
        '{"version": 1, "id": "00000000000000aa", "title": "", "changed": 1, "turns": [null]}',
    ],
)
def test_foreign_storage_is_not_shown_and_left_alone(open_page: Opener, foreign: str) -> None:
    page = open_page(profile="foreign storage")
    page.evaluate("value => localStorage.setItem('bronvraag_conversation_00000000000000aa', value)", foreign)
    page.evaluate("sessionStorage.setItem('bronvraag_open', '00000000000000aa')")
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    assert titles(page) == []
    assert kept(page) == {"bronvraag_conversation_00000000000000aa": foreign}


def test_kept_answer_that_is_none_is_told_and_the_others_are_shown(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    ask(page, ENGLISH)
    key, value = next(iter(kept(page).items()))
    conversation = json.loads(value)
    conversation["turns"][0]["answer"]["citations"] = [{"number": "<img src=x onerror=window.__xss=1>"}]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(conversation)])
    page.reload()
    expect(page.locator(".message").first).to_have_text("Bij deze vraag is geen antwoord bewaard. Stel de vraag opnieuw.")
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_LETTER)


def test_kept_markup_is_shown_as_text(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    key, value = next(iter(kept(page).items()))
    conversation = json.loads(value)
    conversation["title"], conversation["turns"][0]["question"] = HOSTILE[:300], HOSTILE
    conversation["turns"][0]["answer"]["citations"][0] |= {
        "quote": HOSTILE,
        "title": HOSTILE,
        "date": HOSTILE,
        "official_id": HOSTILE,
    }
    conversation["turns"][0]["suggestions"] = [HOSTILE]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(conversation)])
    page.reload()
    expect(page.locator("blockquote").first).to_contain_text("<script>window.__xss=1</script>")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None
    assert page.locator("#turns").locator("img, script, svg, [style], [onclick]").count() == 0


def test_oldest_conversation_makes_room(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    key, value = next(iter(kept(page).items()))
    old = json.loads(value) | {"id": "00000000000000aa", "changed": 1, "title": "Oud", "filling": "x" * 3_999_000}
    page.evaluate("value => localStorage.setItem('bronvraag_conversation_00000000000000aa', value)", json.dumps(old))
    ask(page, ENGLISH)
    expect(page.locator("#conversations .notice")).to_contain_text("Het oudste gesprek is daarom verwijderd: Oud")
    assert list(kept(page)) == [key]


def test_page_works_where_nothing_may_be_stored(fresh: Opener) -> None:
    page = fresh()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); }; }")
    ask(page, DUTCH)
    expect(page.locator("#conversations .notice")).to_contain_text("wordt niet bewaard")


def test_other_tab_shows_the_new_conversation(fresh: Opener) -> None:
    first, second = fresh(), fresh()
    ask(first, DUTCH)
    expect(second.locator("#conversations .open bdi")).to_have_text(DUTCH)


def test_side_stays_closed(fresh: Opener) -> None:
    page = fresh()
    page.get_by_role("button", name="Gesprekken en filters").click()
    page.reload()
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("#side")).to_be_hidden()


def test_phone_opens_a_conversation_from_the_sheet(fresh: Opener) -> None:
    page = fresh(**PHONE)
    ask(page, DUTCH)
    begin_new(page)
    page.get_by_role("button", name="Gesprekken en filters", exact=True).click()
    page.locator("#conversations .open").click()
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)


def test_escape_closes_the_sheet_and_returns_to_its_button(fresh: Opener) -> None:
    page = fresh(**PHONE)
    page.get_by_role("button", name="Gesprekken en filters", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(page.locator("#toggle-side")).to_be_focused()


def test_server_may_restart_between_two_questions(chromium: Browser) -> None:
    with small_server() as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(address)
        ask(page, DUTCH)
    with small_server(address.rpartition(":")[2]) as process:
        assert process.stdout is not None
        process.stdout.readline()
        page.reload()
        expect(page.locator("blockquote").first).to_contain_text(QUOTE_OF_ANSWER_4)
        ask(page, ENGLISH)
        page.context.close()


def test_reader_is_told_when_the_server_is_gone(chromium: Browser) -> None:
    with small_server() as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(address)
        expect(page.locator("#question .submit-button[aria-label]")).to_be_visible()
    type_question(page, DUTCH)
    expect(page.locator(".message")).to_contain_text("Bronvraag is niet bereikbaar", timeout=15_000)
    page.context.close()


# --- exports and copies


@pytest.fixture
def export(fresh: Opener, tmp_path: Path) -> Callable[..., Path]:
    def save(name: str, question: str = DUTCH) -> Path:
        page = fresh()
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


def test_copied_answer_keeps_its_citations(fresh: Opener, url: str) -> None:
    page = fresh(permissions=["clipboard-read", "clipboard-write"])
    ask(page, DUTCH)
    page.get_by_role("button", name="Kopiëren met bronnen").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"## {DUTCH}")
    assert f"{url}/#src=0a1b2c." in text


def test_print_view_shows_the_conversation_alone(fresh: Opener) -> None:
    page = fresh()
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


def test_feedback_is_thanked_for(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    judge(page, "Deels goed", about="2", remark="Dit is een vraag.")
    expect(page.locator(".thanks")).to_contain_text("Dank u wel")


def test_feedback_that_cannot_be_kept_says_so(fresh: Opener) -> None:
    page = fresh()
    ask(page, DUTCH)
    judge(page, "Fout", remark="kapot")
    expect(page.locator(".thanks")).to_have_text("Uw oordeel kon niet worden bewaard. Probeer het opnieuw.")


# --- hostile texts, accessibility


def test_hostile_question_executes_nothing_anywhere(fresh: Opener) -> None:
    page = fresh()
    ask(page, HOSTILE_QUESTION)
    page.reload()
    expect(page.locator("blockquote").first).to_be_visible()
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None


def test_hostile_refusal_executes_nothing(fresh: Opener) -> None:
    page = fresh()
    ask(page, "Wat kost <b>kaas</b>?")
    expect(page.locator(".unknown b")).to_have_text("<b>kaas</b>")


STATES = {
    "list open": lambda page: page.locator("#toggle-side").click() if page.locator("#side").is_hidden() else None,
    "renaming": lambda page: (STATES["list open"](page), page.locator(".rename").first.focus(), page.keyboard.press("Enter")),
    "deleted": lambda page: (STATES["list open"](page), page.locator(".delete").first.focus(), page.keyboard.press("Enter")),
    "export menu": lambda page: page.locator("#export summary").click(),
    "everything unfolded": lambda page: page.evaluate(
        "document.querySelectorAll('#chat details').forEach(each => each.open = true)"
    ),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_every_state_is_accessible(fresh: Opener, options: dict[str, Any], state: str) -> None:
    page = fresh(**options)
    ask(page, f"{DUTCH} overal")
    STATES[state](page)
    assert violations(page) == ""


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_refusal_is_accessible(fresh: Opener, options: dict[str, Any]) -> None:
    page = fresh(**options)
    ask(page, "Wat kost een brood?")
    assert violations(page) == ""


@pytest.mark.parametrize("options", APPEARANCES, ids=NAMES_OF_APPEARANCES)
def test_waiting_is_accessible(fresh: Opener, options: dict[str, Any]) -> None:
    page = fresh(**options)
    type_question(page, SLOW)
    expect(page.locator(".waiting")).to_be_visible()
    assert violations(page) == ""


def test_phone_does_not_scroll_sideways_in_a_long_answer(fresh: Opener) -> None:
    page = fresh(**PHONE)
    ask(page, f"{HOSTILE_QUESTION} {'x' * 500} overal")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#chat").evaluate("chat => chat.scrollWidth <= chat.clientWidth")
