import pytest

from qa.readers.questions import Numbering


@pytest.mark.parametrize(
    ("word", "text", "heading"),
    [
        ("vraag", "1", "Vraag 1"),
        ("vraag", "Vraag 12", "Vraag 12"),
        ("antwoord", "2.", "Antwoord 2"),
        ("antwoord", "3, 4 en 6", "Antwoord 3, 4 en 6"),
        ("antwoord", "Antwoord op vragen 4 t/m 7", "Antwoord op vragen 4 t/m 7"),
        ("antwoord", "Vraag 1", "Antwoord 1"),
        ("antwoord", "Vragen 2 en 3", "Antwoord 2 en 3"),
        ("vraag", "Antwoord op vraag 4", "Vraag 4"),
        ("kamervraagopmerking", "Mededeling", "Mededeling"),
    ],
)
def test_the_heading_is_what_the_markup_says(word: str, text: str, heading: str) -> None:
    assert Numbering().heading_of(word, text) == (heading, True)


@pytest.mark.parametrize("text", ["", "Kunt u dat?", "In 2022 is dat gebeurd", "2 van de 3 lidstaten deden dat", "Zie 1"])
def test_a_sentence_is_no_heading(text: str) -> None:
    assert Numbering().heading_of("vraag", text) == ("Vraag 1", False)


def test_without_a_number_a_question_counts_from_the_last_one() -> None:
    numbering = Numbering()
    numbering.heading_of("vraag", "Vraag 4")
    assert numbering.heading_of("vraag", "Kunt u dat?") == ("Vraag 5", False)


def test_without_a_number_an_answer_answers_the_last_question() -> None:
    numbering = Numbering()
    numbering.heading_of("vraag", "Vraag 4")
    assert numbering.heading_of("antwoord", "Ja.") == ("Antwoord 4", False)


def test_a_notice_without_a_heading_gets_one() -> None:
    assert Numbering().heading_of("kamervraagopmerking", "De vragen kosten meer tijd.") == ("Mededeling", False)
