import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from qa.exceptions import BronvraagError
from qa.feedback import MAX_FILE_BYTES, Feedback, FeedbackError, keep_feedback, parse_feedback
from qa.library import StateFolder
from qa.measuring import LabelledQuestion, load_questions
from qa.measuring.feedback import is_feedback, labelled_questions, load_feedback
from qa.page.chat.feedback_request import feedback_from
from tests.page.small_library import QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER, cited, small_desk

DESK = small_desk()


def judged(quote: str) -> dict[str, object]:
    return {"document_id": "d", "start": 0, "end": len(quote), "quote": quote}


def feedback(verdict: str = "right", *quotes: str, **values: object) -> Feedback:
    return parse_feedback(
        {"verdict": verdict, "question": "Wie?", "language": "nl", "quotes": [judged(quote) for quote in quotes], **values}
    )


def link_of(quote: str, document_id: str) -> str:
    citation = cited(document_id, quote)
    return f"#src={document_id}.{citation.quote_start}.{citation.quote_end}"


def labels(*entries: Feedback) -> Sequence[LabelledQuestion]:
    return labelled_questions(entries).questions


# --- the file


def test_entry_reads_back_as_it_was_given(tmp_path: Path) -> None:
    given = feedback("partly", "Jansen.", number=2, history=["Hoeveel?"], remark="“Bijna”\u2028goed")
    keep_feedback(StateFolder(tmp_path), given)
    assert Feedback.model_validate_json((tmp_path / "feedback.jsonl").read_text(encoding="utf-8")) == given


def test_entries_are_appended(tmp_path: Path) -> None:
    for verdict in ("right", "wrong"):
        keep_feedback(StateFolder(tmp_path), feedback(verdict))
    lines = (tmp_path / "feedback.jsonl").read_text().splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["right", "wrong"]


def test_entries_of_many_at_once_stay_whole(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        for number in range(200):
            threads.submit(keep_feedback, StateFolder(tmp_path), feedback(remark=str(number) * 300))
    remarks = [json.loads(line)["remark"] for line in (tmp_path / "feedback.jsonl").read_text().splitlines()]
    assert sorted(remarks) == sorted(str(number) * 300 for number in range(200))


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    keep_feedback(StateFolder(tmp_path), feedback())
    assert (tmp_path / "feedback.jsonl").stat().st_mode & 0o077 == 0


def test_full_file_is_not_written_to(tmp_path: Path) -> None:
    with (tmp_path / "feedback.jsonl").open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    with pytest.raises(FeedbackError, match="move the file elsewhere"):
        keep_feedback(StateFolder(tmp_path), feedback())


def test_folder_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="cannot be written"):
        keep_feedback(StateFolder(tmp_path / "gone"), feedback())


def test_nothing_says_who_gave_it() -> None:
    assert set(Feedback.model_fields) == {"verdict", "question", "history", "language", "number", "quotes", "remark", "given_at"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"verdict": "beautiful"}, "verdict"),
        ({"question": ""}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"remark": "x" * 2001}, "remark"),
        ({"history": ["x"] * 201}, "history"),
        ({"number": 0}, "number"),
        ({"who": "me"}, "who"),
    ],
)
def test_value_that_cannot_be_kept_is_named(values: dict[str, object], field: str) -> None:
    with pytest.raises(FeedbackError, match=f"The feedback cannot be kept: {field}"):
        parse_feedback({"verdict": "right", "question": "Wie?", "language": "nl", **values})


# --- what the browser sends


def sent(**values: Any) -> Feedback:
    return feedback_from(DESK, {"verdict": "right", "question": "Hoeveel zijn er?", **values})


def test_quotes_are_cut_from_the_documents() -> None:
    links = [link_of(QUOTE_OF_ANSWER_4, "0a1b2c"), link_of(QUOTE_OF_LETTER, "3d4e5f")]
    assert [quote.quote for quote in sent(links=links).quotes] == [QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER]


def test_language_is_that_of_the_question() -> None:
    assert sent(question="How many people are there?").language == "en"


def test_time_is_not_the_browsers() -> None:
    assert sent(given_at="1999-01-01T00:00:00Z").given_at.year > 1999


@pytest.mark.parametrize(
    "request_", [None, [], "right", {"links": "x"}, {"links": [None]}, {"links": ["#src=0a1b2c.5.99999"]}, {}]
)
def test_senseless_request_is_refused(request_: object) -> None:
    with pytest.raises(FeedbackError, match="The feedback cannot be kept"):
        feedback_from(DESK, request_)


def test_quote_of_a_document_that_is_gone_is_refused() -> None:
    with pytest.raises(BronvraagError, match="no document 'gone'"):
        sent(links=["#src=gone.1.2"])


# --- feedback as labelled questions


def test_right_citation_labels_a_question_with_its_quote() -> None:
    [question] = labels(feedback("right", "Jansen.", number=1))
    assert (question.kind, question.question, question.evidence) == ("content", "Wie?", ("Jansen.",))


def test_with_earlier_questions_it_is_a_follow_up() -> None:
    [question] = labels(feedback("right", "Jansen.", number=1, history=["Hoeveel?"]))
    assert (question.kind, question.history) == ("follow-up", ("Hoeveel?",))


def test_right_answer_has_all_its_quotes_as_alternatives() -> None:
    assert labels(feedback("right", "Jansen.", "De Vries."))[0].evidence == ("Jansen.", "De Vries.")


def test_right_citation_is_more_exact_than_its_right_answer() -> None:
    assert labels(feedback("right", "Jansen.", "De Vries."), feedback("right", "De Vries.", number=2))[0].evidence == (
        "De Vries.",
    )


def test_right_refusal_labels_an_unanswerable_question() -> None:
    assert labels(feedback("right"))[0].kind == "unanswerable"


def test_wrong_and_partly_label_nothing_and_are_counted() -> None:
    result = labelled_questions([feedback("wrong", "Jansen.", number=1), feedback("partly", "De Vries.", number=2)])
    assert (result.questions, result.skipped) == ([], {"wrong": 1, "partly": 1})


def test_wrong_citation_leaves_the_right_one_standing() -> None:
    result = labelled_questions([feedback("wrong", "Jansen.", number=1), feedback("right", "De Vries.", number=2)])
    assert (result.questions[0].evidence, result.skipped) == (("De Vries.",), {"wrong": 1})


@pytest.mark.parametrize(
    "entries",
    [
        [feedback("right", "Jansen.", number=1), feedback("wrong", "Jansen.", number=1)],
        [feedback("right", "Jansen.", number=1), feedback("right")],
    ],
    ids=["a quote", "whether there is an answer"],
)
def test_contradictions_are_left_out_and_counted(entries: list[Feedback]) -> None:
    result = labelled_questions(entries)
    assert (result.questions, result.skipped) == ([], {"contradicted": 2})


def test_same_question_after_others_is_another_question() -> None:
    assert len(labels(feedback("right", "A."), feedback("right", "B.", history=["Hoeveel?"]))) == 2


def test_file_of_feedback_is_known_by_its_first_line(tmp_path: Path) -> None:
    keep_feedback(StateFolder(tmp_path), feedback("right", "Jansen.", number=1, remark="twee\u2028regels"))
    assert is_feedback(tmp_path / "feedback.jsonl")


def test_labelled_questions_are_no_feedback() -> None:
    assert not is_feedback(Path("seeds/questions.jsonl"))


def test_file_of_feedback_is_read(tmp_path: Path) -> None:
    keep_feedback(StateFolder(tmp_path), feedback("right", "Jansen.", number=1, remark="twee\u2028regels"))
    assert load_feedback(tmp_path / "feedback.jsonl").summary == "Feedback: 1 labelled questions; entries that label none: none."


def test_file_that_labels_nothing_is_refused(tmp_path: Path) -> None:
    keep_feedback(StateFolder(tmp_path), feedback("wrong"))
    with pytest.raises(BronvraagError, match="entries that label none: 1 wrong"):
        load_feedback(tmp_path / "feedback.jsonl")


def test_labelled_questions_can_be_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(question.model_dump_json() for question in labels(feedback("right", "Jansen."))))
    assert load_questions(path)[0].evidence == ("Jansen.",)
