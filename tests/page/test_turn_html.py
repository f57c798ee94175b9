import html
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Relevance
from qa.conversation import Turn
from qa.page.chat.citation_html import citation_html, escaped
from qa.page.chat.turn_html import turn_blocks
from qa.text.visible_text import visible_text
from tests.page.small_engine import HOSTILE, HOSTILE_TITLE, SmallEngine

ENGINE = SmallEngine()
ELEMENTS = {
    "a": {"class", "href", "title", "aria-label"},
    "article": {"class", "data-number", "aria-label"},
    "bdi": set(),
    "blockquote": {"lang"},
    "details": {"class"},
    "div": {"class"},
    "p": {"class"},
    "span": {"class"},
    "summary": {"title"},
}
"""What a citation is made of: every element, with every attribute that it has anywhere."""
DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


def blocks(question: str) -> list[str]:
    return turn_blocks(Turn(question=question, answer=ENGINE.ask(question)), "nl")


def plain(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", shown)).replace("\u00a0", " ")


def elements(shown: str) -> dict[str, set[str]]:
    """Every element of a piece of HTML, with every attribute that it has anywhere, as a parser sees them."""
    found: dict[str, set[str]] = {}

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.setdefault(tag, set()).update(name for name, _ in attrs)

    Parser().feed(shown)
    return found


def with_relevance(*relevances: Relevance) -> str:
    answer = ENGINE.ask(DUTCH)
    citations = [replace(answer.citations[0], number=n, relevance=relevance) for n, relevance in enumerate(relevances, start=1)]
    return "".join(turn_blocks(Turn(question=DUTCH, answer=replace(answer, citations=tuple(citations))), "nl"))


def test_reply_is_message_citations_and_what_can_be_done() -> None:
    assert len(blocks(DUTCH)) == 4


def test_facts_name_reference_role_date_and_page() -> None:
    facts = re.search(r'<p class="facts">(.*?)</p>', blocks(DUTCH)[1])
    assert facts is not None
    assert (
        plain(facts[1])
        == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4 · antwoord op vraag 4 · 16 mei 2022 · pagina 2"
    )


def test_facts_are_in_the_language_of_the_answer() -> None:
    shown = blocks("When was the Global Compact on Migration adopted?")[1]
    assert "29 April 2022" in plain(shown)
    assert shown.startswith('<div lang="en">')


def test_buttons_are_in_the_language_of_the_page() -> None:
    answer = ENGINE.ask(DUTCH)
    assert "Copy with sources" in turn_blocks(Turn(question=DUTCH, answer=answer), "en")[-1]


def test_members_question_is_told_from_the_answer() -> None:
    assert (
        '<strong class="not-the-answer">vraag 4 van een Kamerlid, niet het antwoord van de regering</strong>' in blocks(DUTCH)[2]
    )


def test_link_holds_the_offsets_of_the_quote() -> None:
    citation = ENGINE.ask(DUTCH).citations[0]
    assert f'href="#src=0a1b2c.{citation.quote_start}.{citation.quote_end}"' in blocks(DUTCH)[1]


def test_weak_citations_after_the_third_beside_a_strong_one_are_folded_and_counted() -> None:
    shown, _, folded = with_relevance(Relevance.STRONG, *[Relevance.WEAK] * 4).partition('<details class="left-out">')
    assert 'data-number="3"' in shown
    assert "Passages die minder goed passen: 2" in folded
    assert 'data-number="4"' in folded


def test_weak_citations_are_shown_where_nothing_is_strong() -> None:
    assert "left-out" not in with_relevance(Relevance.POSSIBLE, *[Relevance.WEAK] * 4)


def test_hostile_texts_make_no_element_of_their_own() -> None:
    citation = replace(
        ENGINE.citation(1, "6a7b8c", HOSTILE, Relevance.STRONG), title=HOSTILE_TITLE, date=HOSTILE, reference=HOSTILE
    )
    assert elements(citation_html(citation, "nl")) == ELEMENTS


@given(st.text())
def test_escaped_text_holds_no_markup_and_loses_nothing_visible(text: str) -> None:
    assert not re.search(r"[<>\"'\n]", escaped(text))
    assert html.unescape(escaped(text)) == visible_text(text)
