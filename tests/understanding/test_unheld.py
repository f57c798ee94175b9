"""Names that a library does not hold are told from those that it does, and from other words with a capital."""

from qa.answer import Certainty, Language
from qa.document import Kind, Metadata, Person
from qa.library import DocumentRecord
from qa.understanding.unheld import HELD, Unheld, names_not_held
from tests.builders import register_of

TEXT = "vragen van het lid keijzer over migratie in nederland en schiphol aan minister jansen van financiën omtzigt vvd"


def _unheld(question: str, language: Language) -> Unheld:
    metadata = Metadata(
        title="Titel",
        kind=Kind.ANSWERS,
        asked_by=(Person(name="Keijzer", affiliation="BBB"),),
        answered_by=(Person(name="Jansen"),),
    )
    register = register_of([DocumentRecord("a", metadata, "/x.pdf", "2026-01-01T00:00:00+00:00", 1)])
    return names_not_held(
        question,
        language,
        register=register,
        parties=("BBB",),
        unknown=lambda words: [word.text for word in words if word.text.casefold() not in TEXT.split()],
    )


def test_names_that_occur_nowhere_are_told_and_nothing_is_found_for_them() -> None:
    nowhere: dict[tuple[str, Language], tuple[str, ...]] = {
        ("Wat zei Pietersen over migratie?", "nl"): ("Pietersen",),
        ("wat zei minister Van der Heuvel over migratie?", "nl"): ("Van der Heuvel",),
        ("What did Geert Wilders say about migration?", "en"): ("Geert Wilders",),
        ("alle vragen van lid Podt over migratie", "nl"): ("Podt",),
        ("Jan Pietersen", "nl"): ("Jan Pietersen",),
    }
    found = {asked: _unheld(*asked) for asked in nowhere}
    assert {asked: one.nowhere for asked, one in found.items()} == nowhere
    assert {one.certainty for one in found.values()} == {Certainty.UNCLEAR}
    assert [asked[0] for asked, one in found.items() if one.is_only] == ["Jan Pietersen"]
    assert found["Jan Pietersen", "nl"].said("nl") == "De naam Jan Pietersen komt in de documenten hier niet voor."


def test_a_place_that_occurs_nowhere_is_told_in_dutch_where_names_are_written_alike() -> None:
    assert (_unheld("En in Groningen?", "nl").nowhere, _unheld("En in Groningen?", "nl").certainty) == (
        ("Groningen",),
        Certainty.PROBABLE,
    )
    assert _unheld("And what about Yemen?", "en") == HELD


def test_people_and_parties_who_only_stand_in_a_text_have_no_documents() -> None:
    for question, name in (("Wat vindt de VVD hiervan?", "VVD"), ("geef me de vragen van Omtzigt", "Omtzigt")):
        assert (_unheld(question, "nl").not_by, _unheld(question, "nl").certainty) == ((name,), Certainty.PROBABLE)
    assert _unheld("what did the VVD ask?", "en").said("en") == "None of the documents here is by VVD."


def test_what_is_held_and_what_is_no_name_is_left_alone() -> None:
    for question in (
        "Wat zei Keijzer over migratie?",
        "wat zei minister Jansen?",
        "Wat vindt de minister van Financiën?",
        "Wat vroeg BBB over Schiphol in Nederland?",
        "WAT ZEI PIETERSEN?",
        "Wie viele Ausländer sind in der Stadt?",
        "Wat kost dat?",
    ):
        assert _unheld(question, "nl") == HELD, question
