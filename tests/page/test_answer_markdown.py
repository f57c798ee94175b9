import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Relevance
from qa.page.answer_markdown import answer_markdown, neutralise
from tests.page.small_engine import HOSTILE, QUOTE_OF_ANSWER_4, SmallEngine

ENGINE = SmallEngine()
DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


def markdown(question: str) -> str:
    return answer_markdown(ENGINE.ask(question))


def facts(question: str, *, number: int) -> str:
    """The plain text of the line below a citation."""
    return html.unescape(markdown(question).split("\n\n")[number].rpartition("\n")[2]).replace("\u00a0", " ")


def test_answer_begins_with_its_message() -> None:
    assert html.unescape(markdown(DUTCH)).startswith("Dit zeggen de documenten hierover:\n\n")


def test_quote_is_a_block_quote() -> None:
    assert f"\n\n> {QUOTE_OF_ANSWER_4}\u00a0[1](" in html.unescape(markdown(DUTCH))


def test_link_holds_the_offsets_of_the_quote() -> None:
    citation = ENGINE.ask(DUTCH).citations[0]
    assert f"[1](#src=0a1b2c.{citation.quote_start}.{citation.quote_end} " in markdown(DUTCH)


def test_facts_of_an_answer_name_title_role_date_page_and_relevance() -> None:
    title = "Het International Migration Review Forum (IMRF) van 17 t/m 20 mei 2022 te New York"
    reference = "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"
    assert (
        facts(DUTCH, number=1) == f"> *{title} · antwoord op vraag 4 · {reference} · 16 mei 2022 · pagina 2 · relevantie: sterk*"
    )


def test_facts_are_in_the_language_of_the_question() -> None:
    assert "29 April 2022 · relevance: strong" in facts("the global compact", number=1)


def test_a_members_question_is_told_from_the_answer() -> None:
    assert "__vraag 4 van een Kamerlid, niet het antwoord van de regering__" in facts(DUTCH, number=2)


def test_refusal_is_its_message_alone() -> None:
    assert html.unescape(markdown("iets anders")) == "Hierover staat niets in de documenten."


@pytest.mark.parametrize("sign", list("<>`$[]()*_{}#|!\\\"'&:/@~.-+="))
def test_signs_that_mean_something_are_encoded(sign: str) -> None:
    assert neutralise(f"a{sign}b") == f"a&#{ord(sign)};b"


def test_direction_controls_are_left_out() -> None:
    assert neutralise("a\u202eb\u2066c") == "abc"


def test_text_stays_on_one_line() -> None:
    assert neutralise("een\n\n> twee\r\n\tdrie") == "een &#62; twee drie"


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])))
def test_neutralised_text_unescapes_to_itself(text: str) -> None:
    assert html.unescape(neutralise(text)) == " ".join(text.split())


@given(st.text())
def test_neutralised_text_holds_no_markup(text: str) -> None:
    assert re.fullmatch(r"(?:[A-Za-z0-9 ,;?]|[^\x00-\x7f]|&#\d+;)*", neutralise(text))


def test_hostile_quote_leaves_no_markup() -> None:
    citation = ENGINE.citation(1, "6a7b8c", HOSTILE, Relevance.STRONG)
    hostile = answer_markdown(Answer(question=HOSTILE, language="nl", refused=False, message=HOSTILE, citations=(citation,)))
    own = hostile.replace(f"[1](#src=6a7b8c.{citation.quote_start}.{citation.quote_end} ", "")
    assert not re.search(r"[<\[`${}|!_]|javascript:|https:", own)


def test_the_formal_reference_stands_below_the_quote() -> None:
    answer = ENGINE.ask(DUTCH)
    published = replace(answer.citations[0], official_id="ah-tk-20232024-878")
    shown = html.unescape(answer_markdown(replace(answer, citations=(published,))))
    assert "antwoord op vraag 4 · Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 4 · " in shown


def with_relevance(*relevances: Relevance) -> str:
    answer = ENGINE.ask(DUTCH)
    citations = [replace(answer.citations[0], number=n, relevance=relevance) for n, relevance in enumerate(relevances, start=1)]
    return html.unescape(answer_markdown(replace(answer, citations=tuple(citations))))


def test_weak_citations_after_the_third_beside_a_strong_one_are_left_out_and_counted() -> None:
    shown = with_relevance(Relevance.STRONG, *[Relevance.WEAK] * 4)
    assert ("[3](" in shown, "[4](" in shown) == (True, False)
    assert shown.endswith("*Passages die minder goed passen zijn weggelaten: 2.*")


def test_weak_citations_are_shown_where_nothing_is_strong() -> None:
    assert "[2](" in with_relevance(Relevance.POSSIBLE, Relevance.WEAK)
