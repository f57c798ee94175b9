import re

from qa.export.web_page import web_page_of
from tests.export.conversations import DUTCH, content, conversation, quoting
from tests.page.small_library import HOSTILE, HOSTILE_TITLE, QUOTE_OF_ANSWER_4


def test_page_allows_no_script_and_no_outside_host() -> None:
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in web_page_of(content(conversation(DUTCH)))


def test_quote_is_in_the_page() -> None:
    assert QUOTE_OF_ANSWER_4 in web_page_of(content(conversation(DUTCH)))


def test_quote_is_marked_as_dutch() -> None:
    assert f'<p lang="nl">{QUOTE_OF_ANSWER_4}' in web_page_of(content(conversation(DUTCH)))


def test_links_are_those_of_the_source_alone() -> None:
    addresses = re.findall(r'href="([^"]*)"', web_page_of(content(quoting(HOSTILE, title=HOSTILE_TITLE))))
    assert {address.partition("#src=")[0] for address in addresses} == {
        "https://zoek.officielebekendmakingen.nl/ah-tk-20212022-2856.html",
        "http://127.0.0.1:7860/",
    }


def test_hostile_text_makes_no_element() -> None:
    shown = web_page_of(content(quoting(HOSTILE, title=HOSTILE_TITLE)))
    assert not set(re.findall(r"<([a-z]+)", shown)) & {"script", "img", "svg", "b", "iframe", "form"}
