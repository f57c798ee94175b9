"""What a reader does with the documents and the filters."""

from playwright.sync_api import FilePayload, Locator, Page, expect

ENGLISH = {"locale": "en-GB"}
HOUSES = "Hoeveel huizen zijn er gebouwd in het zuiden?"
OF_KEIJZER = "vragen van het lid Keijzer: hoeveel huizen zijn er gebouwd?"


def documents(opened: Page) -> Locator:
    return opened.locator("#documents .document")


def open_documents(opened: Page) -> None:
    opened.locator("#sections [data-view=documents]").click()
    expect(documents(opened).first).to_be_visible()


def open_panel(opened: Page) -> Locator:
    opened.locator(".filter-toggle").click()
    panel = opened.locator("#filter-panel")
    expect(panel.locator(".values input").first).to_be_visible()
    return panel


def chips(opened: Page) -> Locator:
    return opened.locator("#filters .chip")


def text_file(name: str, content: str | bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode() if isinstance(content, str) else content}


def upload(opened: Page, *files: FilePayload) -> Locator:
    """Add files, and return what the page says of each when all are done."""
    n_before = opened.locator(".uploaded li").count()
    opened.locator(".upload input[type=file]").set_input_files(list(files))
    expect(opened.locator(".uploaded li[class]")).to_have_count(n_before + len(files), timeout=30_000)
    return opened.locator(".uploaded li")
