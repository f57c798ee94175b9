"""What the paragraphs of a set of questions are, where headings tell it in part or not at all."""

import pytest

from qa.parliament.parts import divide
from qa.passage import Role

ASKED = "Antwoorden van de Minister van Voorbeeldzaken op vragen van het lid Proefman (ABC) over bruggen"


def _told(*paragraphs: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the role and numbers of every paragraph that is no heading and no introduction."""
    return [
        (part.role.value, part.numbers)
        for part in divide(paragraphs)
        if not part.is_heading and part.role is not Role.INTRODUCTION
    ]


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (
            (ASKED, "Vraag 1", "Is de brug open?", "Antwoord 1", "Ja.", "Vraag 2", "Hoelang nog?", "Tot mei.", "Daarna niet."),
            [("question", (1,)), ("answer", (1,)), ("question", (2,)), ("answer", (2,)), ("answer", (2,))],
        ),
        (
            (ASKED, "1. Is de brug open?", "Ja.", "2. Hoelang nog?", "En daarna?", "Tot mei."),
            [("question", (1,)), ("answer", (1,)), ("question", (2,)), ("question", (2,)), ("answer", (2,))],
        ),
        (
            (ASKED, "1. Is de brug open?", "Antwoord", "Ja.", "2. Hoelang nog?", "Antwoord:", "Tot mei."),
            [("question", (1,)), ("answer", (1,)), ("question", (2,)), ("answer", (2,))],
        ),
        (
            (ASKED, "Is de brug open?", "Antwoord", "Ja.", "Hoelang nog?", "Antwoord", "Tot mei."),
            [("question", (1,)), ("answer", (1,)), ("question", (2,)), ("answer", (2,))],
        ),
        (
            (ASKED, "Vraag 1", "Is hij open?", "Vraag 2", "Hoelang nog?", "Antwoord", "Ja, tot mei."),
            [("question", (1,)), ("question", (2,)), ("answer", (1, 2))],
        ),
        (
            (ASKED, "V1", "Is de brug open?", "A1", "Ja."),
            [("question", (1,)), ("answer", (1,))],
        ),
        (
            (ASKED, "Vraag 1", "Is de brug open?", "A1", "Ja."),
            [("question", (1,)), ("answer", (1,))],
        ),
    ],
)
def test_answers_are_paired_whatever_is_headed(paragraphs: tuple[str, ...], told: list[tuple[str, tuple[int, ...]]]) -> None:
    assert _told(*paragraphs) == told


@pytest.mark.parametrize(
    "paragraphs",
    [
        # answered together further on
        (ASKED, "Vraag 1", "Is hij open?", "Graag een toelichting.", "Vraag 2", "Hoelang?", "Antwoord 1 en 2", "Ja."),
        # nobody answers
        ("Vragen van het lid Proefman (ABC) over bruggen", "Vraag 1", "Is hij open?", "Graag een toelichting."),
        ("Vragen van het lid Proefman (ABC) over bruggen", "1. Is hij open?", "Graag een toelichting."),
        # nothing is asked
        (ASKED, "Vraag 1", "Kunt u deze vragen apart beantwoorden.", "Graag een toelichting."),
    ],
)
def test_a_members_words_are_never_an_answer(paragraphs: tuple[str, ...]) -> None:
    roles = {text: part.role for text, part in zip(paragraphs, divide(paragraphs), strict=True)}
    assert roles.get("Graag een toelichting.") is Role.QUESTION


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Wegenplan", "De A2 en de A4 worden breder.", "A2", "Bij Abcoude komt een strook."),
        ("Notitie", "1. Waarom bruggen?", "Bruggen verbinden.", "2. Waarom niet?", "Zij kosten geld."),
        ("Brief", "1. Een punt", "2. Nog een punt"),
    ],
)
def test_other_documents_have_no_questions(paragraphs: tuple[str, ...]) -> None:
    assert {part.role for part in divide(paragraphs)} == {Role.PARAGRAPH}


def test_who_answers_is_told_after_the_questions_too() -> None:
    paragraphs = (
        "Vragen van het lid Proefman (ABC) aan de minister van Wegen over bruggen (ingezonden 3 maart 2031)",
        "1. Is de brug open?",
        "Antwoord van minister Testman (Wegen) (ontvangen 1 april 2031)",
    )
    assert [part.role for part in divide(paragraphs)] == [Role.INTRODUCTION, Role.QUESTION, Role.INTRODUCTION]
