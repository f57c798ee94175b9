from collections.abc import Sequence

import pytest

from qa.answer import Answer, Citation, Relevance
from qa.answering.suggestions import askable_sentence, suggestions
from qa.document import Kind
from qa.passage import Passage, Role

QUESTIONS = {
    1: "Hoeveel fietspaden zijn er in de noordelijke provincies?",
    2: "Wie betaalt het onderhoud van de fietspaden in het noorden?",
    3: "Deelt u deze mening over het onderhoud van de fietspaden?",
    4: "Wanneer komt er een nieuw nationaal plan voor de fiets?",
    5: "Welke gemeenten krijgen geld voor nieuwe fietsenstallingen?",
    6: "Hoeveel ongelukken gebeuren er jaarlijks op fietspaden?",
}


def passage(role: Role, text: str, *numbers: int) -> Passage:
    return Passage(role=role, numbers=numbers, start=sum(numbers) * 1000, end=sum(numbers) * 1000 + len(text), text=text)


def asked_set(**answers: str) -> list[Passage]:
    """A set in which every question has an answer; `answer_2="..."` gives the second another one."""
    questions = [passage(Role.QUESTION, text, number) for number, text in QUESTIONS.items()]
    return questions + [passage(Role.ANSWER, answers.get(f"answer_{number}", "Dat is zo."), number) for number in QUESTIONS]


def answer(*numbers: int, role: Role = Role.ANSWER, question: str = "Wat kost dat?") -> Answer:
    citations = tuple(
        Citation(
            number=place,
            passage_id=place,
            document_id="d",
            title="t",
            source="s",
            official_id=None,
            date=None,
            kind=Kind.ANSWERS,
            role=role,
            numbers=(number,),
            page=None,
            start=0,
            end=1,
            passage="x",
            quote="x",
            quote_start=0,
            quote_end=1,
            relevance=Relevance.STRONG,
            score=1.0,
        )
        for place, number in enumerate(numbers, start=1)
    )
    return Answer(question=question, language="nl", refused=not citations, message="", citations=citations)


def suggested(answered: Answer, *history: str, passages: Sequence[Passage] | None = None) -> list[str]:
    return suggestions(answered, history, lambda _document_id: asked_set() if passages is None else passages)


def test_nearest_questions_of_the_set_are_suggested() -> None:
    assert suggested(answer(5)) == [QUESTIONS[4], QUESTIONS[6], QUESTIONS[2]]


def test_cited_answers_are_not_suggested() -> None:
    assert suggested(answer(5, 4)) == [QUESTIONS[6], QUESTIONS[2], QUESTIONS[1]]


def test_question_that_was_asked_is_not_suggested() -> None:
    assert QUESTIONS[4] not in suggested(answer(5), QUESTIONS[4].lower())


def test_present_question_is_not_suggested() -> None:
    assert QUESTIONS[4] not in suggested(answer(5, question=QUESTIONS[4]))


def test_question_without_an_answer_is_not_suggested() -> None:
    passages = [each for each in asked_set() if not (each.role is Role.ANSWER and each.numbers == (4,))]
    assert QUESTIONS[4] not in suggested(answer(5), passages=passages)


def test_question_whose_answer_only_points_elsewhere_is_not_suggested() -> None:
    assert QUESTIONS[4] not in suggested(answer(5), passages=asked_set(answer_4="Zie het antwoord op vraag 2."))


def test_refusal_suggests_nothing() -> None:
    assert suggested(answer()) == []


def test_letter_suggests_nothing() -> None:
    assert suggested(answer(1, role=Role.PARAGRAPH)) == []


def test_suggestions_are_the_members_own_words() -> None:
    assert set(suggested(answer(1))) <= set(QUESTIONS.values())


@pytest.mark.parametrize(
    "question",
    [
        "Deelt u deze mening over het onderhoud van de fietspaden?",
        "Zo ja, waarom is het onderhoud van fietspaden dan zo duur?",
        "Welke gevolgen heeft dit voor de fietspaden in het noorden?",
        "Wat zijn de gevolgen daarvan voor alle fietspaden in het land?",
        "Om hoeveel fietspaden zou dat dan gaan in het noorden?",
        "Kunt u dit toelichten?",
        "Bent u bekend met het artikel «Fietspaden in verval» in de krant?",
        "Kunt u de vragen één voor één en voor het debat beantwoorden?",
        "Waarom?",
        "Er zijn negentig fietspaden in het noorden van het land.",
        f"Klopt het dat {'heel ' * 40}veel fietspaden slecht zijn?",
    ],
)
def test_question_that_leans_on_something_else_or_asks_nothing_is_left_out(question: str) -> None:
    assert askable_sentence(question) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Het noorden heeft fietspaden. Hoeveel fietspaden zijn er in het noorden? Kunt u dit toelichten?",
            "Hoeveel fietspaden zijn er in het noorden?",
        ),
        ("Zo nee, waarom niet? Wanneer komt er een plan voor de fiets?", "Wanneer komt er een plan voor de fiets?"),
        ("Klopt het dat enkele gemeenten geen fietspaden hebben?", "Klopt het dat enkele gemeenten geen fietspaden hebben?"),
    ],
)
def test_first_sentence_that_stands_by_itself_is_taken(question: str, sentence: str) -> None:
    assert askable_sentence(question) == sentence
