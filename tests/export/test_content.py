from io import BytesIO
from zipfile import ZipFile

import pytest

from qa.conversation import Conversation, Turn
from qa.export.content import KeptQuote, content_of_quotes
from qa.export.markdown import markdown_of
from qa.export.web_page import web_page_of
from qa.export.word import word_of
from tests.export.conversations import DUTCH, SITE, TODAY, content, conversation, quoting
from tests.page.small_library import QUOTE_OF_ANSWER_4


def test_title_is_the_first_question_unless_one_was_chosen() -> None:
    assert [content(conversation(DUTCH, title=title)).title for title in ("", "Migratie")] == [DUTCH, "Migratie"]


def test_source_is_named_by_its_formal_reference_with_the_official_publication() -> None:
    reference = content(conversation(DUTCH)).sections[0].sources[0].reference
    assert reference.name == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"
    assert reference.address == "https://zoek.officielebekendmakingen.nl/ah-tk-20212022-2856.html"


def test_source_without_reference_is_named_by_its_title() -> None:
    source = content(conversation("Wanneer is het Global Compact aangenomen?")).sections[0].sources[0]
    assert (source.reference.name, source.reference.address) == ("Deelname en inzet Nederland aan het IMRF", None)


def test_hostile_identifier_gets_no_address() -> None:
    assert content(conversation("Welk gevaar dreigt?")).sections[0].sources[0].reference.address is None


def test_facts_say_who_asked_and_who_answered() -> None:
    facts = content(conversation(DUTCH)).sections[0].sources[0].facts
    assert "gevraagd door Van Haga (Groep Van Haga), beantwoord door Van der Burg (Justitie en Veiligheid)" in facts


def test_permalink_is_the_address_of_the_page_with_the_place_of_the_quote() -> None:
    address = content(conversation(DUTCH)).sections[0].sources[0].permalink.address
    assert address is not None
    assert address.startswith("http://127.0.0.1:7860/#src=0a1b2c.")


@pytest.mark.parametrize(
    "site",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a b/",
        'https://x"onclick=',
        "https://user@host/",
        "http://[",
        "//host",
    ],
)
def test_what_is_no_address_of_a_page_gives_no_permalink(site: str) -> None:
    assert content(conversation(DUTCH), site=site).sections[0].sources[0].permalink.address is None


def test_quote_is_verbatim() -> None:
    assert content(conversation(DUTCH)).sections[0].sources[0].quote == QUOTE_OF_ANSWER_4


def test_invisible_characters_are_left_out() -> None:
    assert content(quoting("a\u202eb\u0000c\ud800d\ufffee\n\nf")).sections[0].sources[0].quote == "abcde f"


def test_other_places_are_named() -> None:
    places = content(conversation("Wanneer is het Global Compact aangenomen?")).sections[0].sources[0].also_in
    assert places[0].name == "Deelname en inzet Nederland aan het IMRF (29 april 2022)"


def test_refusal_names_the_words_that_occur_nowhere() -> None:
    assert (
        content(conversation("Wat kost een brood?")).sections[0].sentences[1]
        == "Deze woorden komen nergens in de documenten voor: kost, brood."
    )


def test_question_without_answer_says_why() -> None:
    stopped = Conversation(turns=(Turn(question="Wat?", failure="Gestopt."),))
    assert content(stopped).sections[0].sentences == ("Gestopt.",)


def test_weak_quotes_are_left_out_and_counted_unless_chosen() -> None:
    exported = conversation("Wanneer is het Global Compact aangenomen?")
    section, whole = content(exported).sections[0], content(exported, with_weak=True).sections[0]
    assert ([source.number for source in section.sources], [source.number for source in whole.sources]) == ([1], [1, 2, 3, 4, 5])
    assert section.sentences[-1] == "Passages die minder goed passen zijn weggelaten: 4."


def test_kept_quotes_stand_below_their_question_in_order_with_their_notes() -> None:
    citations = conversation(DUTCH).turns[0].answer.citations  # type: ignore[union-attr]
    kept = [("Tweede vraag", [KeptQuote(citation=citations[1], note="Navragen.")]), (DUTCH, [KeptQuote(citation=citations[0])])]
    made = content_of_quotes(kept, title="Bewaarde citaten", site=SITE, language="nl", today=TODAY)
    assert [(section.question, section.sources[0].number, section.sources[0].note) for section in made.sections] == [
        ("Tweede vraag", 1, "Navragen."),
        (DUTCH, 2, ""),
    ]
    assert "Navragen\\." in markdown_of(made) or "Navragen." in markdown_of(made)
    assert '<p class="note">Navragen.</p>' in web_page_of(made)
    assert b"Navragen." in ZipFile(BytesIO(word_of(made))).read("word/document.xml")
