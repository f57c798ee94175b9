from datetime import date

import pytest

from qa.document import Kind, Metadata, Person
from qa.library import DocumentRecord
from qa.library.filters import Filters, make_filters
from qa.understanding.recognition import Recogniser
from tests.builders import catalogue_of

TODAY = date(2025, 6, 1)


def document(
    document_id: str,
    kind: Kind,
    *,
    official_id: str | None = None,
    dossier: str | None = None,
    date: str = "2024-01-01",
    **people: str,
) -> DocumentRecord:
    asked = [
        Person(name=name, affiliation=party)
        for name, _, party in (one.partition("/") for one in people.get("asked", "").split("; "))
        if name
    ]
    answered = [
        Person(name=name, affiliation=office)
        for name, _, office in (one.partition("/") for one in people.get("answered", "").split("; "))
        if name
    ]
    metadata = Metadata(
        title="Titel",
        kind=kind,
        date=date,
        official_id=official_id,
        dossier=dossier,
        asked_by=tuple(asked),
        answered_by=tuple(answered),
    )
    return DocumentRecord(document_id, metadata, "/x.pdf", "2026-01-01T00:00:00+00:00", 1)  # fmt: skip


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(
        catalogue_of(
            [
                document("a1", Kind.ANSWERS, official_id="ah-tk-20232024-878", asked="Keijzer/BBB; Ceder/ChristenUnie", answered="Hermans/Klimaat en Groene Groei"),
                document("a2", Kind.ANSWERS, asked="Inge van Dijk/CDA; Crijns/PVV; El Abassi/DENK", date="2023-12-31", answered="Van der Burg/Justitie en Veiligheid"),
                document("a3", Kind.NOTICE, date="2021-05-01", asked="Faber-van de Klashorst/PVV; Van Haga/Groep Van Haga; Klaver/GroenLinks-PvdA; Koekkoek/Volt"),
                document("b1", Kind.LETTER, dossier="30573", official_id="kst-30573-185", answered="Heinen/Financiën; Helder/VWS"),
                document("b2", Kind.LETTER, dossier="36410-IV", date="2023-03-15"),
            ]
        )
    )  # fmt: skip


LETTERS = {"kinds": ["Kamerbrief"]}
ANSWERS = {"kinds": ["antwoord op schriftelijke vragen"]}
QUESTIONS = {"kinds": ["antwoord op schriftelijke vragen", "mededeling"]}
IN_2024 = {"date_from": "2024", "date_to": "2024"}
NOTHING: dict[str, object] = {}

APPLIED = [
    ("Wat staat er in de brieven uit 2024 over dijken?", {**LETTERS, **IN_2024}),
    ("Welke Kamerbrieven sinds 2022 gaan over migratie?", {**LETTERS, "date_from": "2022"}),
    ("Wat stond in de Kamerbrief van 29 april 2022?", {**LETTERS, "date_from": "2022-04-29", "date_to": "2022-04-29"}),
    ("Geef de antwoorden van minister Hermans over windmolens", {**ANSWERS, "ministers": ["Hermans"]}),
    (
        "antwoorden van minister Hermans uit maart 2024",
        {**ANSWERS, "ministers": ["Hermans"], "date_from": "2024-03", "date_to": "2024-03"},
    ),
    ("antwoorden van de minister van Financiën", {**ANSWERS, "ministries": ["Financiën"]}),
    ("brieven van de minister van VWS over zorg", {**LETTERS, "ministries": ["Volksgezondheid, Welzijn en Sport"]}),
    ("brieven van staatssecretaris Van der Burg", {**LETTERS, "ministers": ["Van der Burg"]}),
    ("vragen van het lid Keijzer over huizen", {"members": ["Keijzer"]}),
    ("Kamervragen van Keijzer (BBB) uit 2024", {"members": ["Keijzer"], **IN_2024}),
    ("vragen van de leden Keijzer, Ceder en Inge van Dijk", {"members": ["Keijzer", "Ceder", "Inge van Dijk"]}),
    ("vragen van Faber-van de Klashorst", {"members": ["Faber-van de Klashorst"]}),
    ("de vragen die het lid Klaver stelde over Gaza", {"members": ["Klaver"]}),
    ("vragen gesteld door de PVV", {"parties": ["PVV"]}),
    ("vragen van de fractie van GroenLinks-PvdA", {"parties": ["GroenLinks-PvdA"]}),
    ("Wat was het antwoord op de PVV-vragen?", {"parties": ["PVV"]}),
    ("vragen van pvv over asiel", {"parties": ["PVV"]}),
    ("vragen van het lid Keijzer aan minister Hermans uit 2024", {"members": ["Keijzer"], **IN_2024}),
    (
        "antwoorden van minister Hermans op vragen van het lid Keijzer",
        {**ANSWERS, "ministers": ["Hermans"], "members": ["Keijzer"]},
    ),
    ("documenten van voor 2023", {"date_to": "2022-12-31"}),
    ("stukken na 2022", {"date_from": "2023"}),
    ("documenten tussen maart 2021 en 2023", {"date_from": "2021-03", "date_to": "2023"}),
    ("antwoorden van vorig jaar", {**ANSWERS, **IN_2024}),
    ("Wat staat er in Kamerstuk 30 573 over migratie?", {"dossiers": ["30573"]}),
    ("Wat staat er in dossier 36410-IV?", {"dossiers": ["36410-IV"]}),
    ("Wat staat in Kamerstuk 30 573, nr. 185?", {"document_ids": ["b1"]}),
    ("Wat staat in Kamerstuk 30 573, nr. 186?", {"dossiers": ["30573"]}),
    ("Wat staat in Aanhangsel Handelingen 2023/24, nr. 878?", {"document_ids": ["a1"]}),
    ("What do the letters from 2024 say about dikes?", {**LETTERS, **IN_2024}),
    ("letters to parliament since March 2022", {**LETTERS, "date_from": "2022-03"}),
    ("answers by minister Hermans on wind power", {**ANSWERS, "ministers": ["Hermans"]}),
    ("answers given by the Minister of Finance", {**ANSWERS, "ministries": ["Financiën"]}),
    ("Minister Hermans' answers about wind", {**ANSWERS, "ministers": ["Hermans"]}),
    ("questions by MP Keijzer", {"members": ["Keijzer"]}),
    ("Keijzer's questions about housing", {"members": ["Keijzer"]}),
    ("written questions asked by the PVV from 2021 to 2023", {"parties": ["PVV"], "date_from": "2021", "date_to": "2023"}),
    ("questions that member Klaver asked about Gaza", {"members": ["Klaver"]}),
    ("documents before May 2022", {"date_to": "2022-04-30"}),
    ("questions from 2022 onwards", {**QUESTIONS, "date_from": "2022"}),
    ("What is said in parliamentary paper 30573?", {"dossiers": ["30573"]}),
]

SUGGESTED = [
    ("Hoeveel huizen zijn er in 2023 gebouwd?", [{"date_from": "2023", "date_to": "2023"}]),
    ("Hoeveel brieven verstuurde de IND in 2024?", [IN_2024]),
    ("Hoe vaak is dat sinds 2022 gebeurd?", [{"date_from": "2022"}]),
    ("Wat is er tussen 2021 en 2023 veranderd?", [{"date_from": "2021", "date_to": "2023"}]),
    ("Wat zegt minister Hermans over windmolens?", [{"ministers": ["Hermans"]}]),
    ("Wat vindt de minister van Financiën van de begroting?", [{"ministries": ["Financiën"]}]),
    ("Wat vroeg het lid Keijzer?", [{"members": ["Keijzer"]}]),
    ("Wat vindt de PVV van asiel?", [{"parties": ["PVV"]}]),
    ("Wat is gedaan met Kamerstuk 30 573?", [{"dossiers": ["30573"]}]),
    ("Welke toezegging volgt op ah-tk-20232024-878?", [{"document_ids": ["a1"]}]),
    ("vragen van de PVV over 500 huizen in 2023", [{"date_from": "2023", "date_to": "2023"}]),
    ("How many houses were built in March 2023?", [{"date_from": "2023-03", "date_to": "2023-03"}]),
    ("What did MP Keijzer ask?", [{"members": ["Keijzer"]}]),
    ("What does state secretary Van der Burg promise?", [{"ministers": ["Van der Burg"]}]),
    ("Which PVV and Volt members voted since 2022?", [{"date_from": "2022"}, {"parties": ["PVV"]}, {"parties": ["Volt"]}]),
]

NEITHER = [
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Ik denk dat 230 volt te veel is, klopt dat?",  # DENK and Volt are parties
    "Wat kost de begroting voor 2023?",
    "Welke vragen stelde het kabinet zichzelf?",
    "antwoorden op de vraag van burgemeesters",
    "Wat zei het lid Jansen?",  # nobody in the library
    "Wat staat in Kamerstuk 12 345?",  # not in the library
    "Wat staat er in de brief aan de provincies?",
    "vragen van 31 juni 2024",
    "Which questions remain open?",
    "the answer of the municipality",
    "Wat doet de minister?",
    "Wat gebeurde er in 1995?",  # no document is of that year
    "Wat is er sinds 1995 gebeurd?",  # all documents are younger
    "'s-Gravenhage 2024",
    "",
    "?" * 2000,
    "vragen van " * 200,
]


@pytest.mark.parametrize(("question", "filters"), APPLIED, ids=[question for question, _ in APPLIED])
def test_wording_that_names_documents_is_applied(recogniser: Recogniser, question: str, filters: dict[str, object]) -> None:
    assert recogniser.recognise(question, today=TODAY).applied == make_filters(**filters)  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "suggested"), SUGGESTED, ids=[question for question, _ in SUGGESTED])
def test_other_wording_is_only_suggested(recogniser: Recogniser, question: str, suggested: list[dict[str, object]]) -> None:
    expected = [make_filters(**filters) for filters in suggested]  # type: ignore[arg-type]
    assert list(recogniser.recognise(question, today=TODAY).suggested) == expected


@pytest.mark.parametrize("question", [question for question, _ in SUGGESTED if not question.startswith("vragen")])
def test_what_is_suggested_is_not_applied(recogniser: Recogniser, question: str) -> None:
    assert not recogniser.recognise(question, today=TODAY).applied


@pytest.mark.parametrize("question", NEITHER)
def test_a_question_that_names_no_documents_of_the_library_is_left_alone(recogniser: Recogniser, question: str) -> None:
    recognised = recogniser.recognise(question, today=TODAY)
    assert (recognised.applied, recognised.suggested) == (Filters(), ())


def test_a_kind_that_the_library_does_not_hold_is_not_applied() -> None:
    recogniser = Recogniser(catalogue_of([document("a1", Kind.ANSWERS)]))
    assert not recogniser.recognise("Wat staat er in de brieven uit 2024?", today=TODAY).applied
