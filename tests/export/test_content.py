import pytest

from qa.conversation import Conversation, Turn
from tests.export.conversations import DUTCH, content, conversation, quoting
from tests.page.small_engine import QUOTE_OF_ANSWER_4


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
    assert content(conversation("gevaar")).sections[0].sources[0].reference.address is None


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
    places = content(conversation(f"{DUTCH} overal")).sections[0].sources[0].also_in
    assert places[0].name == "Deelname en inzet Nederland aan het IMRF (29 april 2022)"


def test_refusal_names_the_words_that_occur_nowhere() -> None:
    assert (
        content(conversation("Wat kost een brood?")).sections[0].sentences[1]
        == "Deze woorden komen nergens in de documenten voor: brood."
    )


def test_question_without_answer_says_why() -> None:
    stopped = Conversation(turns=(Turn(question="Wat?", failure="Gestopt."),))
    assert content(stopped).sections[0].sentences == ("Gestopt.",)
