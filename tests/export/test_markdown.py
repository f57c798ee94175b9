import html
import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.export import markdown_of
from qa.export.markdown import escape
from qa.text.visible_text import visible_text
from tests.export.conversations import DUTCH, content, conversation, quoting
from tests.page.small_library import HOSTILE, HOSTILE_TITLE, QUOTE_OF_ANSWER_4

COMMONMARK = MarkdownIt("commonmark", {"html": True})
DIALECT = MarkdownIt("js-default", {"html": True})


def plain(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).strip()


def test_quote_stands_with_its_number() -> None:
    assert f"> {escape(QUOTE_OF_ANSWER_4)} \\[1\\]" in markdown_of(content(conversation(DUTCH)))


def test_reference_leads_to_the_official_publication() -> None:
    assert "[Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4](<https://zoek.officielebekendmakingen.nl/" in markdown_of(
        content(conversation(DUTCH))
    )


def test_every_question_is_a_heading() -> None:
    shown = COMMONMARK.render(markdown_of(content(conversation(DUTCH, "gevaar"))))
    assert [plain(heading) for heading in re.findall(r"<h2>.*?</h2>", shown)] == [DUTCH, "gevaar"]


@given(st.text())
@example("1. een")
@example("- een")
@example("+ een")
@example("    code")
@example("# kop")
@example("===")
@example("~~~")
@example("[a]: b")
@example("http://outside.example www.outside.example")
@example("&amp; &#60;")
@example("einde\\")
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    text = visible_text(text)
    assert plain(COMMONMARK.render(escape(text))) == text.strip()


@given(st.text())
@example(HOSTILE)
def test_escaped_text_is_no_markup_in_any_dialect(text: str) -> None:
    assert not re.search(r"<(?!/?p>)", DIALECT.render(escape(visible_text(text))))


def test_hostile_quote_and_title_make_no_link_and_no_element() -> None:
    shown = COMMONMARK.render(markdown_of(content(quoting(HOSTILE, title=HOSTILE_TITLE))))
    assert set(re.findall(r"<([a-z0-9]+)", shown)) == {"h1", "h2", "p", "em", "blockquote", "strong", "a"}
    assert all(
        address.startswith(("http://127.0.0.1:7860/#src=", "https://zoek.officielebekendmakingen.nl/"))
        for address in re.findall(r'href="([^"]*)"', shown)
    )
