"""Follow-ups that are answered from what a document says about itself, and conversations as clients send them."""

import pytest

from qa.answer import Relevance
from qa.answering import Answerer
from qa.conversation import EarlierQuestion
from qa.library import Library
from qa.passage import Role
from tests.builders import make_library
from tests.calibrations import calibration
from tests.fake_embedder import FakeEmbedder

ANSWERS = """Vragen van het lid De Vries (ABC) aan de Minister van Infrastructuur en Waterstaat over fietspaden (ingezonden 1 maart 2023).

Antwoord van Minister Jansen (Infrastructuur en Waterstaat) (ontvangen 4 april 2023).

Vraag 1
Hoeveel fietspaden zijn er in het noorden?

Antwoord 1
Er zijn negentig fietspaden in het noorden. Die fietspaden telde het CBS vorig jaar.

Vraag 2
Klopt het dat de provincies de fietspaden betalen?

Antwoord 2
Ja, dit klopt.

Vraag 3
Zijn er genoeg fietspaden in het noorden, en hoeveel?

Antwoord 3
Zie het antwoord op vraag 1.
"""
LETTER = """Met deze brief informeer ik uw Kamer over de dijken.

Inleiding

De dijken zijn in 2021 versterkt. Dat kostte drie miljoen euro.

De Minister van Infrastructuur en Waterstaat,
J. Jansen
"""
HOW_MANY = "Hoeveel fietspaden zijn er in het noorden?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("conversation"), FakeEmbedder(), {"antwoorden.txt": ANSWERS, "brief.txt": LETTER})


@pytest.fixture(scope="module")
def answerer(library: Library) -> Answerer:
    return Answerer(library, FakeEmbedder(), calibration=calibration())


def test_a_follow_up_about_the_source_is_answered_by_what_the_document_says_of_itself(answerer: Answerer) -> None:
    said = {
        question: answerer.ask(question, [HOW_MANY])
        for question in ["Wie zei dat?", "Wie vroeg dat?", "Wanneer was dat?", "Who said that?"]
    }
    assert [answer.message for answer in said.values()] == [
        "Dat antwoordde Jansen (Infrastructuur en Waterstaat).",
        "Dat vroeg De Vries (ABC).",
        "Het antwoord is van 4 april 2023. De vragen zijn ingezonden op 1 maart 2023.",
        "That was the answer of Jansen (Infrastructuur en Waterstaat).",
    ]
    assert "Jansen" in said["Wie zei dat?"].citations[0].quote
    assert "De Vries" in said["Wie vroeg dat?"].citations[0].quote
    assert "4 april 2023" in said["Wanneer was dat?"].citations[0].quote
    assert all(answer.citations[0].role is Role.INTRODUCTION for answer in said.values())


def test_it_is_about_what_the_client_says_was_cited(library: Library, answerer: Answerer) -> None:
    letter = next(
        record
        for record in library.documents()
        if record.metadata.title and record.document_id and "dijken" in library.document(record.document_id).text
    )
    cited = next(one for one in library.passages_of(letter.document_id) if "versterkt" in one.passage.text)
    answer = answerer.ask("Wie schreef dat?", [EarlierQuestion(question=HOW_MANY, passage_ids=(cited.passage_id,))])
    assert "J. Jansen" in answer.citations[0].quote
    assert answer.citations[0].document_id == letter.document_id


def test_a_question_about_the_source_of_a_question_about_the_source_is_about_the_same_document(answerer: Answerer) -> None:
    assert "4 april 2023" in answerer.ask("En wanneer was dat?", [HOW_MANY, "Wie zei dat?"]).message
    assert "4 april 2023" in answerer.ask("en wanneer?", [HOW_MANY, "Wie zei dat?"]).message
    assert "asked by De Vries" in answerer.ask("and which party?", [HOW_MANY, "Wie vroeg dat?", "en wanneer?"]).message


def test_of_two_questions_the_one_about_somebody_who_is_not_there_says_so_and_the_other_is_answered(answerer: Answerer) -> None:
    answer = answerer.ask("Wat zei minister Harbers over privéjets en hoeveel fietspaden zijn er in het noorden?")
    assert answer.message.startswith(
        "De naam Harbers komt in de documenten hier niet voor. Op “Wat zei minister Harbers over privéjets” is"
    )
    assert answer.citations[0].quote.startswith("Er zijn negentig")
    assert answer.citations[0].part.startswith("hoeveel fietspaden")
    assert (
        answerer.ask("alle vragen van lid Podt over fietspaden").message == "De naam Podt komt in de documenten hier niet voor."
    )
    assert answerer.ask("Jan Pietersen").refused


def test_without_an_earlier_question_it_is_asked_of_the_documents(answerer: Answerer) -> None:
    assert "Dat antwoordde" not in answerer.ask("Wie zei dat?").message


def test_an_answer_carries_the_questions_that_it_answers(answerer: Answerer) -> None:
    citations = answerer.ask(HOW_MANY, top_k=10).citations
    counted = next(one for one in citations if one.quote.startswith("Er zijn negentig"))
    assert [(one.number, one.text) for one in counted.answers_questions] == [
        (1, "Hoeveel fietspaden zijn er in het noorden?"),
        (3, "Zijn er genoeg fietspaden in het noorden, en hoeveel?"),
    ]
    confirmed = next(one for one in citations if one.quote == "Ja, dit klopt.")
    assert confirmed.answers_questions[0].text == "Klopt het dat de provincies de fietspaden betalen?"


def test_an_answer_that_only_points_to_another_is_followed_and_not_shown(answerer: Answerer) -> None:
    quotes = [one.quote for one in answerer.ask("Zijn er genoeg fietspaden in het noorden, en hoeveel?", top_k=10).citations]
    assert any(quote.startswith("Er zijn negentig") for quote in quotes)
    assert not any("Zie het antwoord" in quote for quote in quotes)


def test_the_file_of_the_tests_is_read_as_a_set_of_questions(library: Library) -> None:
    roles = {one.passage.role for record in library.documents() for one in library.passages_of(record.document_id)}
    assert {Role.QUESTION, Role.ANSWER, Role.INTRODUCTION, Role.SIGNATURE} <= roles


def test_a_greeting_is_nothing_to_go_on_with(answerer: Answerer) -> None:
    alone = answerer.ask("Wie zei dat?")
    assert answerer.ask("Wie zei dat?", ["hoi", "dank je wel"]).citations == alone.citations
    assert "4 april 2023" in answerer.ask("Wanneer was dat?", ["hallo", HOW_MANY, "dank je"]).message


def test_weak_quotes_stand_folded_below_better_ones(answerer: Answerer) -> None:
    answer = answerer.ask(HOW_MANY, top_k=10)
    better = [one for one in answer.citations if one.relevance is not Relevance.WEAK]
    assert 1 <= answer.n_open <= max(len(better), 1) < len(answer.citations)
