import html
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answer import Answer, Citation, LibraryLink, Relevance
from qa.conversation import Turn
from qa.document import Person
from qa.page.chat.turn_html import turn_blocks
from qa.templates import isolated
from qa.text.visible_text import visible_text
from tests.page.small_library import HOSTILE, HOSTILE_TITLE, QUESTION_4, QUOTE_OF_ANSWER_4, answered, cited

DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
OF_TWO_DOCUMENTS = "Het Global Compact is aangenomen; hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
FIRST = cited("0a1b2c", QUOTE_OF_ANSWER_4)
SECOND = replace(cited("0a1b2c", QUESTION_4), number=2, relevance=Relevance.POSSIBLE)


def blocks(answer: Answer) -> list[str]:
    return turn_blocks(Turn(question=DUTCH, answer=answer), "nl")


def plain(shown: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", shown)).replace("\u00a0", " ").split())


def elements(shown: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element of a piece of HTML with the names of its attributes, in order, as a parser sees them."""
    found: list[tuple[str, tuple[str, ...]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(name for name, _ in attrs)))

    Parser().feed(shown)
    return found


def answering(*citations: Citation, language: str = "nl") -> Answer:
    return replace(answered(DUTCH), citations=citations, language=language, n_open=3)


def drawn(answer: Answer) -> str:
    return "".join(blocks(answer))


def with_relevance(*relevances: Relevance) -> str:
    return drawn(answering(*[replace(FIRST, number=n, relevance=relevance) for n, relevance in enumerate(relevances, start=1)]))


def test_quotes_of_one_document_stand_below_what_it_is_once() -> None:
    message, group, actions = blocks(answering(FIRST, SECOND))
    assert plain(message) == "Dit zeggen de documenten hierover:"
    assert re.findall(r'data-number="(\d)"', group) == ["1", "2"]
    head = group[: group.index("</header>")]
    assert plain(head).endswith(
        "Aanhangsel Handelingen II 2021/22, nr. 2856 · 16 mei 2022Gevraagd door Van Haga (Groep Van Haga), "
        "beantwoord door Van der Burg (Justitie en Veiligheid)"
    )
    assert group.count("Het International Migration Review Forum (IMRF) van 17 t/m 20 mei 2022 te New York</bdi>") == 1
    assert "Kopiëren met bronnen" in actions


def test_only_the_first_group_holds_the_quote_that_decides() -> None:
    groups = blocks(answered(OF_TWO_DOCUMENTS))[1:-1]
    assert [block.count('class="group lead"') for block in groups] == [1, 0, 0]


def test_each_quote_says_what_it_is_where_it_stands_and_how_well_it_fits() -> None:
    group = blocks(answering(FIRST, SECOND))[1]
    first, second = (plain(part) for part in re.findall(r'<span class="place">.*?</details>', group, re.DOTALL))
    assert first.startswith("antwoord op vraag 4 · pagina 2 sterk")
    assert second.startswith("vraag 4 van een Kamerlid, niet het antwoord van de regering · pagina 2 mogelijk")
    assert f'href="#src=0a1b2c.{FIRST.quote_start}.{FIRST.quote_end}"' in group


def test_a_quote_can_be_widened_to_its_passage_in_place() -> None:
    shown = re.search(r"<blockquote.*?</blockquote>", drawn(answering(FIRST)), re.DOTALL)
    assert shown is not None
    assert plain(shown[0]).removesuffix(" 1") == " ".join(FIRST.passage.split())


def test_facts_are_in_the_language_of_the_answer_and_buttons_in_that_of_the_page() -> None:
    answer = answered("When was the Global Compact on Migration adopted?")
    shown = turn_blocks(Turn(question="", answer=answer), "nl")
    assert '<div role="group" class="group lead" lang="en"' in shown[1]
    assert "29 April 2022" in plain(shown[1])
    assert "Kopiëren met bronnen" in shown[-1]


def test_words_of_a_quote_are_explained_to_who_asks_in_english_only() -> None:
    english, dutch = drawn(answering(FIRST, language="en")), drawn(answering(FIRST))
    assert '<abbr title="alien, foreigner">vreemdelingen</abbr>' in english or '<abbr title="' in english
    assert "not a translation" in plain(english)
    assert "<abbr" not in dutch
    said = re.search(r'<span class="said">(.*?)</span>', english)
    assert said is not None
    assert plain(said[1]) == FIRST.quote


def test_citations_after_the_third_are_folded_and_counted() -> None:
    shown, _, folded = with_relevance(Relevance.STRONG, *[Relevance.WEAK] * 4).partition('<details class="left-out"')
    assert 'data-number="3"' in shown
    assert "Nog 2 passages die minder goed passen" in folded
    assert 'data-number="4"' in folded


def hostile(text: str) -> Answer:
    """An answer of which every text is `text`."""
    citation = cited("6a7b8c", HOSTILE)
    person = Person(name=text, affiliation=text)
    other = answered("Wanneer is het Global Compact aangenomen?").citations[0].also_in[0]
    attacked = replace(
        citation,
        title=text,
        date=text,
        reference=text,
        passage=text * 3,
        quote=text,
        quote_start=citation.start + len(text),
        quote_end=citation.start + 2 * len(text),
        asked_by=(person,),
        answered_by=(person,),
        also_in=(replace(other, title=text, date=text, official_id=text),),
    )
    return replace(answering(attacked, language="en"), message=text)


@given(st.text(min_size=1).map(lambda text: f"x{text}x".replace("\n", " ")))
@settings(max_examples=60)
def test_foreign_text_is_never_html(text: str) -> None:
    shown = drawn(hostile(text))
    harmless = drawn(hostile("x"))
    without_help = [element for element in elements(shown) if element[0] != "abbr"]
    assert [tag for tag, _ in without_help if tag not in {"span", "p", "bdi"}] == [
        tag for tag, _ in elements(harmless) if tag not in {"span", "p", "bdi"}
    ]
    assert html.unescape(str(isolated(text))) == f"<bdi>{visible_text(text)}</bdi>"


def test_what_attacks_the_page_makes_no_element_of_its_own() -> None:
    for text in (HOSTILE, HOSTILE_TITLE):
        names = {(tag, name) for tag, attributes in elements(drawn(hostile(text))) for name in attributes}
        assert names <= {(tag, name) for tag, attributes in elements(drawn(hostile("vreemdelingen"))) for name in attributes}


def test_lists_parts_and_examples_of_an_answer_are_drawn() -> None:
    parts = (replace(FIRST, part="Hoeveel?"), replace(SECOND, part="Waarom <b>?"))
    links = (LibraryLink(label="Kamerbrieven <b>", filters={"kinds": ["kamerbrief"]}, n_documents=1200),)
    shown = drawn(replace(answering(*parts), links=links, examples=("Wat <i>?",)))
    assert re.findall(r'<h3 class="part" lang="nl"><bdi>(.*?)</bdi>', shown) == ["Hoeveel?", "Waarom &lt;b&gt;?"]
    assert (shown.count('<h4 class="title"'), drawn(answering(*parts[:1])).count('<h3 class="title"')) == (2, 0)  # below its part
    assert drawn(answering(FIRST)).count('<h3 class="title" lang="nl">') == 1
    assert 'data-filters="{&#34;kinds&#34;: [&#34;kamerbrief&#34;]}">Kamerbrieven &lt;b&gt; <span class="n">1.200</span>' in shown
    assert '<button type="button" data-act="ask">Wat &lt;i&gt;?</button>' in shown


def test_as_many_quotes_stand_open_as_are_worth_reading_at_once() -> None:
    shown, _, folded = drawn(replace(answering(FIRST, SECOND), n_open=1)).partition('<details class="left-out"')
    assert ('data-number="1"' in shown, 'data-number="2"' in folded) == (True, True)
