from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Language
from qa.document import Kind, Metadata, Person, Speaker, SpeakerRole
from qa.library import DocumentRecord, PassageRecord
from qa.library.register import Called, Register, entries_of
from qa.passage import Passage, Role
from qa.understanding.mentions import documents_mentioned, mentions_of, missing_from, missing_parts, passages_named
from qa.understanding.named_people import people_mentioned
from qa.wording.missing import say_missing, say_missing_parts
from tests.builders import register_of

ONE_DOCUMENT = [
    "ah-tk-20232024-878",
    "AH-TK-20232024-878",
    "ah tk 20232024 878",
    "AH TK 2023-2024 878",
    "ah-tk-2023/24-878",
    "ah\u2011tk\u201120232024\u2011878",
    "ah–tk–20232024–878",
    "Wat staat er in ah-tk-20232024-878?",
    "open ah-tk-20232024-878 a.u.b.",
    "show me ah-tk-20232024-878 please",
    "What is in AH-TK-20232024-878?",
    "https://zoek.officielebekendmakingen.nl/ah-tk-20232024-878.html",
    "Aanhangsel Handelingen II 2023/24, nr. 878",
    "aanhangsel handelingen ii 2023-2024 nr 878",
    "Aanhangsel van de Handelingen 2023–2024, 878",
    "Aanh. Hand. II 2023/24, 878",
    "Aanhangsel nr. 878, vergaderjaar 2023-2024",
    "Appendix to the Proceedings II 2023/24, no. 878",
]
PAPERS = [
    ("kst-30573-153", "kst-30573-153"),
    ("KST 30573 153", "kst-30573-153"),
    ("kst 30 573, nr. 153", "kst-30573-153"),
    ("Kamerstuk 30 573 nr. 153", "kst-30573-153"),
    ("kamerstuk 30573 nummer 153", "kst-30573-153"),
    ("Kamerstuk\u00a030\u00a0573,\u00a0nr.\u00a0153", "kst-30573-153"),
    ("30 573 nr 153", "kst-30573-153"),
    ("30573, nr. 153", "kst-30573-153"),
    ("Kamerstuk 30 573 #153", "kst-30573-153"),
    ("parliamentary paper 30 573, no. 153", "kst-30573-153"),
    ("Paper 30573 number 153", "kst-30573-153"),
    ("kamerstukken ii 2023/24, 36 410 iv, nr. 15", "kst-36410-IV-15"),
    ("kst-36410-iv-15", "kst-36410-IV-15"),
    ("Kamerstuk 21 501-02, nr. 2498", "kst-21501-02-2498"),
    ("Handelingen II 2023/24, nr. 45, item 3", "h-tk-20232024-45-3"),
]
DOSSIERS = [
    ("dossier 30 573", "30573"),
    ("Dossiernummer 30573", "30573"),
    ("Kamerstuk 30.573", "30573"),
    ("dossier nr. 30573", "30573"),
    ("dossier 36 410 iv", "36410-IV"),
    ("Wat staat er in Kamerstuk 30 573 over migratie?", "30573"),
    ("What does parliamentary paper 30573 say?", "30573"),
]
POSSIBLE = [
    ("30573-153", "kst-30573-153"),
    ("30573/153", "kst-30573-153"),
    ("30 573", "30573"),
    ("open 30573", "30573"),
    ("aanhangsel 878", "ah-878"),
    ("2024z07789", "2024Z07789"),
]
NOTHING_NAMED = [
    "Hoeveel vragen zijn er in 2023 gesteld?",
    "Wat gebeurde er in 2023-2024?",
    "Dat kost 30 573 euro",
    "€ 30 573",
    "EUR 30.573",
    "30 573 mensen kwamen",
    "Zijn het er 25 000-30 000?",
    "Wat kost een huis in 2511 AB Den Haag?",
    "bel 070-3624000",
    "artikel 30, nr. 2",
    "in 2023 waren er 5 vragen",
    "What does no. 3 mean?",
    "ah-tk-20232025-878 heeft jaren die niet volgen",
    "",
]
PARTS = [
    ("antwoord 3 van ah-tk-20232024-878", (3,), ()),
    ("Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 3", (3,), ()),
    ("antwoord op vraag 4 in ah-tk-20232024-878", (4,), ()),
    ("Antwoorden op de vragen 3, 4 en 5 uit ah-tk-20232024-878", (3, 4, 5), ()),
    ("answer to question 4 of ah-tk-20232024-878", (4,), ()),
    ("answers 3 to 5 in ah-tk-20232024-878", (3, 4, 5), ()),
    ("ah-tk-20232024-878 answers 2 and 4", (2, 4), ()),
    ("question 3 of ah-tk-20232024-878", (), (3,)),
    ("vraag 4, ah-tk-20232024-878", (), (4,)),
    ("ah-tk-20232024-878 vraag nr. 4", (), (4,)),
    ("de derde vraag van ah-tk-20232024-878", (), (3,)),
    ("the second answer in ah-tk-20232024-878", (2,), ()),
    ("antwoord op de tweede vraag van ah-tk-20232024-878", (2,), ()),
]
NO_PARTS = ["antwoord 2023 in ah-tk-20232024-878", "vraag 10% in ah-tk-20232024-878", "antwoord 30 573 in ah-tk-20232024-878"]


@pytest.mark.parametrize("question", ONE_DOCUMENT)
def test_an_identifier_is_read_however_it_is_typed(question: str) -> None:
    assert mentions_of(question).official_ids == ("ah-tk-20232024-878",)


@pytest.mark.parametrize("question", ONE_DOCUMENT)
def test_a_question_that_is_an_identifier_asks_nothing_else(question: str) -> None:
    assert mentions_of(question).is_only


@pytest.mark.parametrize(("question", "identifier"), PAPERS)
def test_a_paper_is_read_however_it_is_typed(question: str, identifier: str) -> None:
    assert mentions_of(question).official_ids == (identifier,)


@pytest.mark.parametrize(("question", "dossier"), DOSSIERS)
def test_a_dossier_is_read_alone(question: str, dossier: str) -> None:
    assert (mentions_of(question).dossiers, mentions_of(question).official_ids) == ((dossier,), ())


@pytest.mark.parametrize(("question", "identifier"), POSSIBLE)
def test_an_uncertain_number_is_only_possible(question: str, identifier: str) -> None:
    mentions = mentions_of(question)
    assert (mentions.official_ids, mentions.dossiers, mentions.possible) == ((), (), (identifier,))


@pytest.mark.parametrize("question", NOTHING_NAMED)
def test_other_numbers_name_nothing(question: str) -> None:
    assert not mentions_of(question)


@pytest.mark.parametrize("question", NOTHING_NAMED)
def test_a_question_that_names_nothing_is_left_as_it_is(question: str) -> None:
    assert mentions_of(question).rest == question


@pytest.mark.parametrize(("question", "answers", "questions"), PARTS)
def test_answers_and_questions_are_told_apart(question: str, answers: tuple[int, ...], questions: tuple[int, ...]) -> None:
    mentions = mentions_of(question)
    assert (mentions.answers, mentions.questions, mentions.is_only) == (answers, questions, True)


@pytest.mark.parametrize("question", NO_PARTS)
def test_other_numbers_after_answer_are_no_answers(question: str) -> None:
    assert not mentions_of(question).answers
    assert not mentions_of(question).questions


def test_the_rest_is_what_is_asked_about() -> None:
    mentions = mentions_of("Wat zegt AH-TK-20232024-878 over DigiD?")
    assert (mentions.rest, mentions.is_only) == ("Wat zegt over DigiD?", False)


def test_numbers_without_a_document_stay_in_the_question() -> None:
    mentions = mentions_of("Wat is het antwoord op vraag 3?")
    assert (mentions.answers, mentions.rest) == ((3,), "Wat is het antwoord op vraag 3?")


def test_several_documents_are_named_in_order() -> None:
    question = "Vergelijk Kamerstuk 30 573, nrs. 3 en 4 met ah-tk-20232024-878"
    assert mentions_of(question).official_ids == ("ah-tk-20232024-878", "kst-30573-3", "kst-30573-4")


@given(st.text(max_size=80))
def test_any_text_can_be_read(question: str) -> None:
    assert len(mentions_of(question).rest) <= len(question)


@given(st.text(st.characters(exclude_categories=["Nd", "Nl", "No"]), max_size=80))
def test_without_digits_no_document_is_named(question: str) -> None:
    assert not mentions_of(question)


# Documents and passages to find.


def record(
    document_id: str,
    *,
    official_id: str | None = None,
    dossier: str | None = None,
    number: str | None = None,
    date: str | None = "2024-01-01",
    asked: str = "",
    answered: str = "",
) -> DocumentRecord:
    """Return a document; people are written `Keijzer/BBB; Ceder/ChristenUnie`."""
    metadata = Metadata(
        title="Titel",
        kind=Kind.ANSWERS if asked else Kind.LETTER,
        official_id=official_id,
        dossier=dossier,
        number=number,
        date=date,
        asked_by=_people(asked),
        answered_by=_people(answered),
    )
    return DocumentRecord(document_id, metadata, "/x.pdf", "2026-01-01T00:00:00+00:00", 1)


def _people(text: str) -> tuple[Person, ...]:
    written = (one.partition("/") for one in text.split("; ") if one)
    return tuple(Person(name=name, affiliation=affiliation or None) for name, _, affiliation in written)


@pytest.fixture(scope="module")
def register() -> Register:
    return register_of(
        [
            record("a1", official_id="ah-tk-20232024-878", asked="Keijzer/BBB; Ceder/ChristenUnie", answered="De Jonge/BZK", date="2024-03-01"),
            record("a2", official_id="ah-tk-20222023-878", asked="Inge vanDijk/CDA; Kostić/PvdD", answered="Van der Burg/JenV", date="2023-01-01"),
            record("a3", official_id="ah-tk-20232024-12", asked="Faber-van de Klashorst/PVV; Van Haga/Groep Van Haga", answered="Yeşilgöz-Zegerius/JenV", date="2024-06-01"),
            record("a4", official_id="ah-tk-20232024-13", asked="Klaver/GroenLinks-PvdA; Dobbe/SP; Keijzer/BBB", answered="Bruins Slot/BZ; Hermans/KGG", date="2024-07-01"),
            record("a5", official_id="ah-tk-20232024-14", asked="Hermans/VVD; Dijk/SP; El Abassi/DENK", answered="Helder/VWS", date="2021-07-01"),
            record("b1", dossier="30573", number="153", answered="E. van der Burg/JenV", date="2022-05-16"),
            record("b2", official_id="kst-30573-185", dossier="30573", number="185", date="2023-05-16"),
            record("b3", official_id="kst-36410-IV-15", dossier="36410-IV", number="15", date=None),
            record("c1", official_id="kv-tk-2021Z03234", date="2021-02-01", asked="Van Dijk/SP"),
        ]
    )  # fmt: skip


def test_who_moves_or_speaks_is_known_as_who_asks_and_who_answers() -> None:
    debate = Metadata(
        title="Debat",
        kind=Kind.REPORT,
        moved_by=(Person(name="Kostić", affiliation="PvdD"),),
        speakers=(
            Speaker(name="Klaver", role=SpeakerRole.MEMBER, affiliation="GroenLinks-PvdA"),
            Speaker(name="Hermans", role=SpeakerRole.MINISTER),
            Speaker(name="Bosma", role=SpeakerRole.CHAIR),
        ),
    )
    known = Counter((entry.kind, entry.name) for entry in entries_of(debate))
    assert set(known) == {(Called.ASKED, "Kostić"), (Called.ASKED, "Klaver"), (Called.ANSWERED, "Hermans")}


FOUND = [
    ("ah-tk-20232024-878", ["a1"]),
    ("Aanhangsel Handelingen II 2022/23, nr. 878", ["a2"]),
    ("aanhangsel 878", ["a1", "a2"]),
    ("Kamerstuk 30 573, nr. 153", ["b1"]),
    ("kst-30573-185", ["b2"]),
    ("30573-185", ["b2"]),
    ("dossier 30 573", ["b2", "b1"]),
    ("30 573", ["b2", "b1"]),
    ("dossier 36410", ["b3"]),
    ("dossier 36410-IV", ["b3"]),
    ("2021Z03234", ["c1"]),
    ("kv-tk-2021z03234", ["c1"]),
    ("Kamerstuk 30 573, nr. 186", []),
    ("25 000", []),
]


@pytest.mark.parametrize(("question", "document_ids"), FOUND)
def test_the_documents_named_are_found(register: Register, question: str, document_ids: list[str]) -> None:
    assert list(documents_mentioned(mentions_of(question), register)) == document_ids


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("ah-tk-20232024-999", ["ah-tk-20232024-999"]),
        ("Kamerstuk 30 573, nrs. 185 en 186", ["kst-30573-186"]),
        ("dossier 12 345", ["12345"]),
        ("ah-tk-20232024-878", []),
        ("12345-6", []),
        ("2024D49539", []),
    ],
)
def test_only_what_is_certainly_named_is_missing(register: Register, question: str, missing: list[str]) -> None:
    assert list(missing_from(mentions_of(question), register)) == missing


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "De bibliotheek bevat kst-30573-186 niet. Van dossier 30 573 bevat zij wel 2 documenten."),
        ("en", "The library does not hold kst-30573-186. Of dossier 30 573 it holds 2 documents."),
    ],
)
def test_a_missing_paper_is_said_with_what_its_dossier_holds(register: Register, language: Language, sentence: str) -> None:
    assert say_missing(["kst-30573-186"], register, language) == sentence


def test_missing_documents_and_dossiers_are_said_together(register: Register) -> None:
    said = say_missing(["ah-tk-20232024-999", "12345"], register, "nl")
    assert said == "De bibliotheek bevat ah-tk-20232024-999 en dossier 12 345 niet."


def test_a_part_that_a_document_lacks_is_said() -> None:
    said = say_missing_parts("ah-tk-20232024-878", answers=(8, 9), questions=(12,), language="en")
    assert said == "ah-tk-20232024-878 has no answer to question 8 or 9 or question 12."


def passage(passage_id: int, role: Role, *numbers: int) -> PassageRecord:
    return PassageRecord(passage_id, "a1", Passage(role=role, numbers=numbers, start=passage_id, end=passage_id + 1, text="x"))


PASSAGES = [
    passage(1, Role.QUESTION, 1),
    passage(2, Role.INTRODUCTION),
    passage(3, Role.ANSWER, 1),
    passage(4, Role.QUESTION, 2),
    passage(5, Role.QUESTION, 3),
    passage(6, Role.ANSWER, 2, 3),
    passage(7, Role.FOOTNOTE, 1),
]


@pytest.mark.parametrize(
    ("question", "passage_ids"),
    [
        ("ah-tk-20232024-878", [2, 3, 6]),
        ("antwoord 3 van ah-tk-20232024-878", [6]),
        ("vraag 3 van ah-tk-20232024-878", [5]),
        ("answers 1 and 2 of ah-tk-20232024-878", [3, 6]),
        ("antwoord 9 van ah-tk-20232024-878", []),
    ],
)
def test_exactly_the_passages_named_are_shown(question: str, passage_ids: list[int]) -> None:
    assert [record.passage_id for record in passages_named(PASSAGES, mentions_of(question))] == passage_ids


def test_the_numbers_that_a_document_lacks_are_known() -> None:
    assert missing_parts(PASSAGES, mentions_of("antwoorden 3 en 9 en vraag 4 van ah-tk-20232024-878")) == ((9,), (4,))


PEOPLE = [
    ("Keijzer", ["a4", "a1"], True),
    ("keijzer", ["a4", "a1"], True),
    ("KEIJZER", ["a4", "a1"], True),
    ("questions by Keijzer", ["a4", "a1"], True),
    ("Keijzer's questions", ["a4", "a1"], True),
    ("Keijzers vragen", ["a4", "a1"], True),
    ("wat vroeg Keijzer?", ["a4", "a1"], True),
    ("wat vroeg Keijzer over evacués?", ["a4", "a1"], False),
    ("vragen van Keijzer (BBB)", ["a4", "a1"], True),
    ("BBB-lid Keijzer", ["a4", "a1"], True),
    ("vragen van Van Haga", ["a3"], True),
    ("lid van haga", ["a3"], True),
    ("VanHaga", ["a3"], True),
    ("Faber-van de Klashorst", ["a3"], True),
    ("faber – van der klashorst", ["a3"], True),
    ("Faber", ["a3"], True),
    ("Kostic", ["a2"], True),
    ("KOSTIĆ", ["a2"], True),
    ("Yesilgöz", ["a3"], True),
    ("Yeşilgöz-Zegerius", ["a3"], True),
    ("Yesilgoz Zegerius", ["a3"], True),
    ("Van der Burg", ["a2", "b1"], True),
    ("v.d. Burg", ["a2", "b1"], True),
    ("staatssecretaris vd Burg", ["a2", "b1"], True),
    ("E. van den Burg", ["a2", "b1"], True),
    ("Inge van Dijk", ["a2"], True),
    ("van Dijk", ["a2", "c1"], True),
    ("Van Dijk (SP)", ["c1"], True),
    ("Jasper van Dijk", ["c1"], False),
    ("el abassi", ["a5"], True),
    ("minister Hermans", ["a4"], True),
    ("lid Hermans", ["a5"], True),
    ("Hermans", ["a4", "a5"], True),
    ("Hermans' antwoorden", ["a4", "a5"], True),
    ("questions by MP Klaver about Gaza", ["a4"], False),
    ("Wat vroeg Klaver over Gaza?", ["a4"], False),
    ("klaver", ["a4"], True),
    ("vragen van klaver", ["a4"], True),
    ("minister de jonge", ["a1"], True),
    ("Wat zei De Jonge over huizen?", ["a1"], False),
    ("vragen van Keijzer aan De Jonge", ["a1"], True),
    ("vragen van Ceder en Klaver", ["a4", "a1"], True),
    ("de leden Dobbe en klaver over Gaza", ["a4"], False),
    ("minister Bruins Slot", ["a4"], True),
    ("Bruins-Slot", ["a4"], True),
]
NOBODY = [
    "Klaver en gras op zandgrond",
    "klaver in het gras",
    "hoe gaat het met de jonge kinderen?",
    "van dijk tot dijk lopen",
    "een helder verhaal over zorg",
    "Helder uitgelegd: wat is zorg?",
    "De dijk is zwak",
    "wat kost sneller internet?",
    "Slot Loevestein",
    "Wie is Wilders?",
    "The dikes are weak",
    "",
]


@pytest.mark.parametrize(("question", "document_ids", "is_only"), PEOPLE)
def test_a_name_leads_to_the_documents_of_who_bears_it(
    register: Register, question: str, document_ids: list[str], is_only: bool
) -> None:
    found = people_mentioned(question, register)
    assert (list(found.document_ids), found.is_only) == (document_ids, is_only)


@pytest.mark.parametrize("question", NOBODY)
def test_an_ordinary_word_is_no_name(register: Register, question: str) -> None:
    assert people_mentioned(question, register).people == ()


def test_the_rest_has_no_names(register: Register) -> None:
    assert people_mentioned("Wat vroeg Keijzer (BBB) over evacués?", register).rest == "Wat vroeg over evacués?"


def test_members_of_one_name_are_different_people(register: Register) -> None:
    assert [(p.name, p.party) for p in people_mentioned("van Dijk", register).people] == [
        ("Inge vanDijk", "CDA"),
        ("Van Dijk", "SP"),
    ]


def test_a_library_without_documents_knows_nobody() -> None:
    assert not people_mentioned("wat vroeg Keijzer?", register_of([]))


@given(st.permutations(range(5)))
def test_the_order_of_the_records_makes_no_difference(order: list[int]) -> None:
    records = [
        record(f"d{n}", official_id=f"ah-tk-20232024-{n}", asked="Keijzer/BBB", date=f"2024-0{n % 3 + 1}-01") for n in order
    ]
    found = people_mentioned("Keijzer", register_of(records))
    assert found.document_ids == ("d2", "d1", "d4", "d0", "d3")


@given(
    st.lists(
        st.sampled_from(
            ["Keijzer", "van", "de", "Jonge", "jonge", "(BBB)", "lid", "Klaver", ",", "-", ".", "minister", "e\u0301", "🙂"]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_any_question_can_be_searched_for_names(question: str) -> None:
    found = people_mentioned(question, register_of([record("a", asked="Keijzer/BBB; Klaver/GL", answered="De Jonge/BZK")]))
    assert {one.name for one in found.people} <= {"Keijzer", "Klaver", "De Jonge"}
