import time

import pytest

from qa.parliament.headings import Heading, heading_end, parse_heading, parse_pointer, parse_unnumbered
from qa.passage import Role


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Vraag 1", (1,)),
        ("Vraag 12", (12,)),
        ("Vraag 104", (104,)),
        ("VRAAG 1", (1,)),
        ("vraag 1:", (1,)),
        ("Vraag 1.", (1,)),
        ("Vragen 1 en 2", (1, 2)),
        ("Vragen 1, 2 en 3", (1, 2, 3)),
        ("Vraag  7", (7,)),
    ],
)
def test_question_headings_carry_their_numbers(line: str, numbers: tuple[int, ...]) -> None:
    assert parse_heading(line) == Heading(Role.QUESTION, numbers)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Antwoord 1", (1,)),
        ("Antwoord 5 en 6", (5, 6)),
        ("Antwoord 9 10 en 11", (9, 10, 11)),
        ("Antwoord 6 en 5", (5, 6)),
        ("Antwoord 1, 3", (1, 3)),
        ("Antwoord 1 t/m 4", (1, 2, 3, 4)),
        ("Antwoord 2-4", (2, 3, 4)),
        ("Antwoord 2 – 4", (2, 3, 4)),
        ("Antwoord 2 tot en met 4", (2, 3, 4)),
        ("Antwoord 1, 3 t/m 5 en 8", (1, 3, 4, 5, 8)),
        ("Antwoorden 5 en 6", (5, 6)),
        ("Antwoord op vraag 4", (4,)),
        ("Antwoord op vraag 3 en 8", (3, 8)),
        ("Antwoord op vragen 4, 5, 6 en 7", (4, 5, 6, 7)),
        ("Antwoord op de vragen 2 en 3", (2, 3)),
        ("Antwoorden op vraag 3, 4, 5, 9 en 10", (3, 4, 5, 9, 10)),
        ("Antwoord op de vragen 2 t/m 4:", (2, 3, 4)),
        ("antwoord 7.", (7,)),
        ("Antwoord 3 en 3", (3,)),
        ("Antwoord op vragen 1, 2, en 3", (1, 2, 3)),
        ("Antwoord vraag 4 t/m 5:", (4, 5)),
        ("Antwoord 3 en 4 en 5", (3, 4, 5)),
        ("Antwoord op de vragen 1 tot en met 3", (1, 2, 3)),
        ("Antwoord op de vragen 2 tot 4.", (2, 3, 4)),
        ("Beantwoording vraag 2", (2,)),
        ("Beantwoording van de vragen 2 & 3", (2, 3)),
        ("Reactie op vraag 2", (2,)),
        ("Antwoord op deelvraag 3", (3,)),
        ("2. Antwoord", (2,)),
    ],
)
def test_answer_headings_carry_their_numbers(line: str, numbers: tuple[int, ...]) -> None:
    assert parse_heading(line) == Heading(Role.ANSWER, numbers)


@pytest.mark.parametrize("line", ["Mededeling", "Mededelingen", "mededeling:", "MEDEDELING."])
def test_a_notice_has_a_heading(line: str) -> None:
    assert parse_heading(line) == Heading(Role.NOTICE)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Vraag",
        "Antwoord",
        "Vraag 1 gaat over de instroom.",
        "Antwoord van Staatssecretaris Van der Burg",
        "In antwoord op vraag 4",
        "Zie het antwoord op vraag 4.",
        "Vraag een",
        "1",
        "Vragen van het lid Van Haga",
        "Mededeling aan de Kamer",
        "Vraagstuk 1",
        "Antwoord 5 van 6",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert parse_heading(line) is None


def test_a_heading_without_a_number_says_what_it_heads() -> None:
    assert [parse_unnumbered(line) for line in ("Antwoord", "Antwoord:", "VRAAG", "Vraag:", "antwoord.", "Antwoord van")] == [
        Role.ANSWER,
        Role.ANSWER,
        Role.QUESTION,
        Role.QUESTION,
        None,
        None,
    ]


def test_a_heading_ends_before_the_sentence_that_shares_its_line() -> None:
    ends = (
        "Vraag 1: Kent u dit?",
        "Antwoord vraag 4 t/m 5. Er varen",
        "Vraag 3. zegt",
        "Antwoord 1 is ja: zo.",
        "zie vraag 1: Dit",
    )
    assert [text[: heading_end(text)] for text in ends] == ["Vraag 1:", "Antwoord vraag 4 t/m 5.", "", "", ""]


@pytest.mark.parametrize("line", ["Vraag 2024", "Antwoord 20232024", "Antwoord 1-2024"])
def test_a_number_of_more_than_three_digits_numbers_no_question(line: str) -> None:
    assert parse_heading(line) is None


def test_a_line_of_many_digits_is_read_at_once() -> None:
    started = time.perf_counter()
    parse_heading("Vraag " + "1" * 25 + " x")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Zie het antwoord op vraag 2.", (2,)),
        ("Zie antwoord 2.", (2,)),
        ("Zie mijn antwoord op de vragen 4 en 5.", (4, 5)),
        ("Hiervoor verwijs ik u naar het antwoord op vraag 3.", (3,)),
        ("Ja, zie ook de antwoorden 4, 5 en 6.", (4, 5, 6)),
        ("In antwoord 3 ben ik ingegaan op de aansluiting van dienstverleners op DigiD Machtigen.", (3,)),
        ("Zie de Kamerbrief van 14 juli 2023.", ()),
        ("Ja.", ()),
        ("Zie het antwoord op vraag 2. " + "Daarnaast geldt nog veel meer. " * 10, ()),
    ],
)
def test_an_answer_that_only_points_to_another_says_to_which(answer: str, numbers: tuple[int, ...]) -> None:
    assert parse_pointer(answer) == numbers
