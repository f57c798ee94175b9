"""What a reader does with the page, and what must hold wherever they are."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
ENGLISH = "When was the Global Compact on Migration adopted?"
SLOW = "Hoeveel vreemdelingen verblijven traag in Nederland?"
SLOWER = "Hoeveel vreemdelingen verblijven traag traag traag in Nederland?"
COMPACT = "Wanneer is het Global Compact aangenomen?"
OF_TWO_DOCUMENTS = "Het Global Compact is aangenomen; hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
NOTHING = "Wat kost een brood?"
HOSTILE_QUESTION = 'Welk gevaar dreigt? <img src=x onerror=window.__xss=1> ${window.__xss=2} {{window.__xss=3}} <a style="position:fixed;inset:0">x</a> \u202eom'
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
APPEARANCES = [{}, {**PHONE, "color_scheme": "dark", "locale": "en-GB"}]  # between them each colour, language and width
NAMES_OF_APPEARANCES = ["light, Dutch, desktop", "dark, English, phone"]


def type_question(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the reply is whole."""
    n_turns = page.locator(".turn").count()
    type_question(page, question)
    expect(page.locator(".turn").nth(n_turns).locator(".actions")).to_be_visible()


def open_citation(page: Page, number: int = 1) -> None:
    pill = page.locator("#chat .pill", has_text=str(number)).first
    pill.wait_for(state="attached")
    closed = pill.locator("xpath=ancestor::details[not(@open)]/summary")
    if closed.count():  # it is among the quotes that are folded away
        closed.click()
    pill.click()
    expect(page.locator("#source mark").first).to_be_focused()


def kept(page: Page) -> dict[str, str]:
    return dict(page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('bronvraag_conversation_'))"))


def violations(page: Page) -> str:
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(_END_ANIMATIONS)  # what fades in has no contrast yet
    return "\n".join(
        f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in Axe().run(page).response["violations"]
    )


_END_ANIMATIONS = """() => {
  for (const animation of document.getAnimations())
    try { animation.finish(); } catch { animation.cancel(); }  // what goes on for ever has no end
}"""


def attacked(page: Page) -> object:
    """Return what hostile text has brought about: None, if it is shown as text."""
    return page.evaluate("window.__xss ?? null")
