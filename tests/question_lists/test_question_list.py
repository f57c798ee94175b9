from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question_lists.question_file import MAX_SIZE_BYTES, read_question_list
from qa.question_lists.question_list import (
    MAX_QUESTIONS,
    ListedQuestion,
    QuestionListError,
    list_text,
    questions_in_text,
)
from tests.builders import ANSWERS, LETTER
from tests.conftest import SEEDS
from tests.readers.excel_builder import workbook
from tests.readers.files import docx, paragraph, run
from tests.readers.pdf_builder import PdfPage, build_pdf


def listed(text: str) -> list[tuple[str, str]]:
    return pairs(questions_in_text(text))


def pairs(questions: Sequence[ListedQuestion]) -> list[tuple[str, str]]:
    return [(question.label, question.text) for question in questions]


def problem_of(text: str) -> str:
    with pytest.raises(QuestionListError) as caught:
        questions_in_text(text)
    return caught.value.sentence.code


def test_each_line_is_a_question_and_its_place_the_label() -> None:
    assert listed("Hoeveel fietspaden zijn er?\nWie betaalt ze?") == [
        ("1", "Hoeveel fietspaden zijn er?"),
        ("2", "Wie betaalt ze?"),
    ]


def test_blank_lines_do_not_count() -> None:
    assert listed("\n\nHoeveel?\n\n\nWaarom?\n") == [("1", "Hoeveel?"), ("2", "Waarom?")]


def test_line_that_ends_in_the_middle_of_a_sentence_goes_on_below() -> None:
    assert listed("Wat kost\nhet onderhoud?\nWie betaalt?") == [("1", "Wat kost het onderhoud?"), ("2", "Wie betaalt?")]


def test_lines_without_any_sentence_are_questions_each() -> None:
    assert listed("kosten fietspaden\nonderhoud fietspaden") == [("1", "kosten fietspaden"), ("2", "onderhoud fietspaden")]


def test_title_above_the_questions_is_left_out() -> None:
    assert listed("Vragenlijst fietspaden\nHoeveel?\nWaarom?") == [("1", "Hoeveel?"), ("2", "Waarom?")]


@pytest.mark.parametrize("mark", ["{}.", "{})", "({})", "Vraag {}:", "vraag {}."])
def test_numbers_set_questions_apart(mark: str) -> None:
    assert listed(f"{mark.format(1)} Hoeveel?\n{mark.format(2)} Waarom?") == [("1", "Hoeveel?"), ("2", "Waarom?")]


def test_number_may_stand_alone_on_its_line() -> None:
    assert listed("1\nBent u bekend met het bericht?\n\n2\nKlopt het?") == [
        ("1", "Bent u bekend met het bericht?"),
        ("2", "Klopt het?"),
    ]


def test_numbered_question_goes_on_over_lines() -> None:
    assert listed("1. Klopt het?\nZo ja, waarom?\n2. En dan?") == [("1", "Klopt het? Zo ja, waarom?"), ("2", "En dan?")]


def test_numbers_of_a_list_that_was_cut_stay() -> None:
    assert listed("3. Hoeveel?\n5. Waarom?") == [("3", "Hoeveel?"), ("5", "Waarom?")]


def test_questions_under_one_number_keep_their_numbers() -> None:
    assert listed("1. Hoeveel?\n2, 3 en 4. Waarom?\n5. Wie?") == [("1", "Hoeveel?"), ("2, 3 en 4", "Waarom?"), ("5", "Wie?")]


def test_year_at_the_start_of_a_line_is_no_number() -> None:
    assert listed("1. Klopt de raming van\n2024. Of niet?\n2. En dan?") == [
        ("1", "Klopt de raming van 2024. Of niet?"),
        ("2", "En dan?"),
    ]


def test_number_far_above_the_last_is_no_number() -> None:
    assert listed("1. Geldt het boven de\n65. Of niet?\n2. En dan?") == [
        ("1", "Geldt het boven de 65. Of niet?"),
        ("2", "En dan?"),
    ]


def test_two_lists_in_one_are_counted_anew() -> None:
    assert [label for label, _ in listed("1. A?\n2. B?\n1. C?")] == ["1", "2", "3"]


def test_what_stands_above_the_first_number_is_left_out() -> None:
    assert listed("Beantwoord graag:\n1. Hoeveel?") == [("1", "Hoeveel?")]


def test_question_above_the_first_number_is_kept() -> None:
    assert [text for _, text in listed("Klopt dit?\n1. Hoeveel?")] == ["Klopt dit?", "Hoeveel?"]


@pytest.mark.parametrize("bullet", ["-", "•", "*", "–"])
def test_bullets_set_questions_apart(bullet: str) -> None:
    assert listed(f"{bullet} Hoeveel?\n{bullet} Waarom\n  niet?") == [("1", "Hoeveel?"), ("2", "Waarom niet?")]


def test_headings_set_questions_of_several_lines_apart() -> None:
    assert listed("Vraag 1\nZijn er voor-\nzieningen?\nEn welke?\n\nVraag 2\nWaarom?") == [
        ("1", "Zijn er voorzieningen? En welke?"),
        ("2", "Waarom?"),
    ]


def test_answers_of_a_pasted_set_are_no_questions() -> None:
    assert listed(ANSWERS) == [("1", "Hoeveel fietspaden zijn er?"), ("2", "Wie betaalt ze?")]


@pytest.mark.parametrize("text", ["", " \n\t\n", "1.\n2.", "???"])
def test_list_without_questions_is_refused(text: str) -> None:
    assert problem_of(text) == "list_empty"


def test_too_many_questions_are_refused_with_their_number() -> None:
    with pytest.raises(QuestionListError, match="holds 201 questions, and 200 is the most"):
        questions_in_text("Hoeveel?\n" * (MAX_QUESTIONS + 1))


def test_too_long_a_question_is_refused_with_its_label() -> None:
    with pytest.raises(QuestionListError, match="Question 2 is longer than 2,000 characters"):
        questions_in_text(f"1. Hoeveel?\n2. {'x' * 2001}?")


def test_too_long_a_text_is_refused() -> None:
    assert problem_of("x" * 1_000_000) == "list_unreadable"


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40), max_size=12))
def test_a_list_that_was_read_reads_the_same_again(lines: list[str]) -> None:
    try:
        questions = questions_in_text("\n".join(lines))
    except QuestionListError:
        return
    assert [question.text for question in questions_in_text(list_text(questions))] == [question.text for question in questions]


def test_set_in_a_text_file_gives_the_members_questions() -> None:
    labels = [question.label for question in read_question_list(SEEDS / "001_22b0354069afef56.txt")]
    assert labels == ["1", "2", "3", "4", "5", "6", "7"]


def test_word_file_is_read_by_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "vragen.docx"
    path.write_bytes(docx("".join(paragraph(run(text)) for text in ("Vragen over fietspaden", "Hoeveel?", "Waarom?"))))
    assert pairs(read_question_list(path)) == [("1", "Hoeveel?"), ("2", "Waarom?")]


def test_unreadable_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "vragen.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(QuestionListError, match="The list cannot be read: "):
        read_question_list(path)


def test_damaged_excel_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "vragen.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(QuestionListError, match="damaged or incomplete"):
        read_question_list(path)


def test_excel_file_is_read_by_the_heads_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "vragen.xlsx"
    path.write_bytes(workbook([["Nr.", "Fractie", "Vraag"], [7, "ABC", "Hoeveel?"], [9, None, "Waarom?"]]))
    assert pairs(read_question_list(path)) == [("7", "Hoeveel?"), ("9", "Waarom?")]


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionListError, match="cannot be opened"):
        read_question_list(tmp_path / "vragen.txt")


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vragen.txt"
    path.write_bytes(b"x" * (MAX_SIZE_BYTES + 1))
    with pytest.raises(QuestionListError, match="is the most"):
        read_question_list(path)


def in_csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    path = tmp_path / "vragen.csv"
    path.write_bytes(text.encode(encoding))
    return pairs(read_question_list(path))


def test_csv_is_read_by_the_heads_of_its_columns(tmp_path: Path) -> None:
    text = 'Nr;Fractie;Vraag\n7;ABC;"Hoeveel; en waarom?"\n9;DEF;Wie betaalt?\n'
    assert in_csv(tmp_path, text) == [("7", "Hoeveel; en waarom?"), ("9", "Wie betaalt?")]


def test_csv_without_heads_is_read_by_its_longest_column(tmp_path: Path) -> None:
    assert in_csv(tmp_path, "a,Hoeveel fietspaden zijn er?\nb,Wie betaalt ze?\n") == [
        ("1", "Hoeveel fietspaden zijn er?"),
        ("2", "Wie betaalt ze?"),
    ]


def test_csv_of_excel_in_western_encoding_is_read(tmp_path: Path) -> None:
    assert in_csv(tmp_path, "Vraag\nWat zijn de financiële gevolgen?\n", "cp1252") == [("1", "Wat zijn de financiële gevolgen?")]


def test_csv_of_one_column_keeps_its_commas_in_quotation_marks(tmp_path: Path) -> None:
    assert in_csv(tmp_path, 'Vraag\n"Hoeveel, en waarom?"\n') == [("1", "Hoeveel, en waarom?")]


def test_letter_is_listed_by_its_paragraphs() -> None:
    assert len(questions_in_text(LETTER)) > 1


def test_pdf_with_numbered_questions_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vragen.pdf"
    path.write_bytes(build_pdf(PdfPage(["1. Hoeveel fietspaden zijn er?", "", "2. Wie betaalt ze?"]), official_id=None))
    assert pairs(read_question_list(path)) == [("1", "Hoeveel fietspaden zijn er?"), ("2", "Wie betaalt ze?")]
