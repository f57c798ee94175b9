from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.document import Document, Footnote, Kind, Metadata
from qa.parliament.headings import parse_heading
from qa.passage import Passage, Role
from qa.readers.text import read_text
from qa.segmenter import MAX_CHARACTERS, n_words_outside, segment

TITLE = "Vragen van het lid Van Haga over het IMRF"


def document(*paragraphs: str, footnotes: tuple[Footnote, ...] = ()) -> Document:
    return Document(
        document_id="0123456789abcdef",
        source="/brief.txt",
        text="\n\n".join(paragraphs),
        metadata=Metadata(title=TITLE, kind=Kind.OTHER),
        footnotes=footnotes,
    )


def passages(*paragraphs: str) -> list[Passage]:
    return segment(document(*paragraphs))


def outline(found: list[Passage]) -> list[tuple[Role, tuple[int, ...], str]]:
    return [(passage.role, passage.numbers, passage.text) for passage in found]


def the_answer(found: list[Passage]) -> Passage:
    [answer] = [passage for passage in found if passage.role is Role.ANSWER]
    return answer


def test_questions_and_answers_are_paired_by_number() -> None:
    assert outline(passages("Vraag 1", "Klopt dat?", "Antwoord 1", "Ja.")) == [
        (Role.QUESTION, (1,), "Klopt dat?"),
        (Role.ANSWER, (1,), "Ja."),
    ]


def test_what_stands_before_the_first_heading_is_the_introduction() -> None:
    assert passages("Vragen van het lid X.", "Vraag 1", "Klopt dat?")[0].role is Role.INTRODUCTION


def test_an_answer_has_its_question_as_context() -> None:
    assert the_answer(passages("Vraag 1", "Klopt dat?", "Antwoord 1", "Ja.")).context == f"{TITLE}\nKlopt dat?"


def test_answers_out_of_order_have_their_own_questions_as_context() -> None:
    found = passages("Vraag 1", "Een?", "Vraag 2", "Twee?", "Antwoord 2", "B.", "Antwoord 1", "A.")
    assert [(passage.text, passage.context) for passage in found if passage.role is Role.ANSWER] == [
        ("B.", f"{TITLE}\nTwee?"),
        ("A.", f"{TITLE}\nEen?"),
    ]


def test_an_answer_before_its_question_has_it_as_context() -> None:
    assert the_answer(passages("Antwoord 1", "Ja.", "Vraag 1", "Klopt dat?")).context == f"{TITLE}\nKlopt dat?"


def test_a_grouped_answer_has_all_its_questions_as_context() -> None:
    found = passages("Vraag 3", "Drie?", "Vraag 8", "Acht?", "Antwoord op vraag 3 en 8", "Ja.")
    assert the_answer(found).context == f"{TITLE}\nDrie?\nAcht?"


def test_a_grouped_answer_carries_all_its_numbers() -> None:
    assert the_answer(passages("Vraag 3", "Drie?", "Antwoord op vraag 3, 4 en 8", "Ja.")).numbers == (3, 4, 8)


def test_a_grouped_question_stands_once_in_the_context() -> None:
    assert the_answer(passages("Vragen 1 en 2", "Beide?", "Antwoord 1 en 2", "Ja.")).context == f"{TITLE}\nBeide?"


def test_every_paragraph_of_an_answer_carries_its_number() -> None:
    found = passages("Vraag 1", "Klopt dat?", "Antwoord 1", "Ja.", "En meer.")
    assert [passage.numbers for passage in found if passage.role is Role.ANSWER] == [(1,), (1,)]


def test_every_paragraph_of_a_question_is_in_the_answers_context() -> None:
    found = passages("Vraag 1", "Klopt dat?", "Zo nee?", "Antwoord 1", "Ja.")
    assert the_answer(found).context == f"{TITLE}\nKlopt dat? Zo nee?"


def test_a_question_without_an_answer_stays_a_question() -> None:
    found = passages("Vraag 1", "Een?", "Vraag 2", "Twee?", "Antwoord 2", "Ja.")
    assert (found[0].role, the_answer(found).numbers) == (Role.QUESTION, (2,))


def test_an_answer_without_its_question_has_the_title_as_context() -> None:
    assert the_answer(passages("Vraag 1", "Een?", "Antwoord 9", "Ja.")).context == TITLE


def test_a_question_has_the_title_as_context() -> None:
    assert passages("Vraag 1", "Een?")[0].context == TITLE


def test_an_introduction_has_no_context() -> None:
    assert passages("Vragen van het lid X.", "Vraag 1", "Een?")[0].context == ""


def test_a_delay_notice_is_a_notice() -> None:
    found = passages("Vraag 1", "Een?", "Mededeling", "De antwoorden volgen later.")
    assert outline(found)[-1] == (Role.NOTICE, (), "De antwoorden volgen later.")


def test_the_head_of_the_publication_is_no_passage() -> None:
    head = "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden"
    assert [passage.text for passage in passages("1481", head, "Vraag 1", "Een?")] == ["Een?"]


@pytest.mark.parametrize(
    "signature",
    [
        "De Staatssecretaris van Justitie en Veiligheid, E. van der Burg",
        "De Minister van Buitenlandse Zaken, W.B. Hoekstra",
        "De Minister-President, Minister van Algemene Zaken, M. Rutte",
        "De minister voor Klimaat en Energie, R.A.A. Jetten",
        "Mede namens de Minister van Financiën,",
    ],
)
def test_a_signature_is_no_evidence(signature: str) -> None:
    [*_, last] = passages("Met deze brief informeer ik u.", signature)
    assert (last.role, last.role.is_evidence) == (Role.SIGNATURE, False)


@pytest.mark.parametrize(
    "text",
    [
        "De Minister van Financiën heeft dat toegezegd.",
        "De Staatssecretaris van Justitie en Veiligheid, E. van der Burg, heeft dat toegezegd.",
        "De voorzitter sluit de vergadering. Daarna is er koffie.",
    ],
)
def test_a_sentence_about_a_minister_is_evidence(text: str) -> None:
    assert passages("Met deze brief informeer ik u.", text)[-1].role is Role.PARAGRAPH


def test_a_footnote_is_one_with_its_number() -> None:
    body = "Het GCM."
    found = segment(document(body, "1 Kamerstuk", footnotes=(Footnote(number=1, anchor=7, start=10, end=21),)))
    assert outline(found)[-1] == (Role.FOOTNOTE, (1,), "1 Kamerstuk")


def test_a_footnote_after_the_last_answer_is_not_that_answer() -> None:
    text = ("Vraag 1", "Een?", "Antwoord 1", "Ja.", "1 Kamerstuk")
    start = len("\n\n".join(text[:-1])) + 2
    found = segment(document(*text, footnotes=(Footnote(number=1, anchor=None, start=start, end=start + 11),)))
    assert found[-1].role is Role.FOOTNOTE


def test_a_section_heading_is_context_of_what_follows() -> None:
    assert [(passage.text, passage.context) for passage in passages("Het begin.", "Opvolging GCM", "Het vervolg.")] == [
        ("Het begin.", TITLE),
        ("Het vervolg.", f"{TITLE}\nOpvolging GCM"),
    ]


def test_the_roles_that_are_evidence() -> None:
    assert {role for role in Role if role.is_evidence} == {Role.ANSWER, Role.PARAGRAPH, Role.NOTICE, Role.INTRODUCTION}


def test_embedding_text_is_the_context_and_the_passage() -> None:
    answer = the_answer(passages("Vraag 1", "Klopt dat?", "Antwoord 1", "Ja."))
    assert answer.embedding_text == f"{TITLE}\nKlopt dat?\nJa."


def test_text_offset_slices_the_passage_from_the_embedding_text() -> None:
    for passage in passages("Vragen van X.", "Vraag 1", "Klopt dat?", "Antwoord 1", "Ja."):
        assert passage.embedding_text[passage.text_offset :] == passage.text


LONG = " ".join(f"Zin {number} van deze lange alinea gaat over de uitvoering van beleid." for number in range(60))


def test_a_long_paragraph_is_divided_into_parts_that_fit() -> None:
    assert all(len(passage.text) <= MAX_CHARACTERS for passage in passages(LONG))


def test_a_long_paragraph_is_divided_into_parts_of_about_the_same_length() -> None:
    lengths = [len(passage.text) for passage in passages(LONG)]
    assert min(lengths) > 0.7 * max(lengths)


def test_a_long_paragraph_is_divided_at_sentence_borders() -> None:
    assert " ".join(passage.text for passage in passages(LONG)) == LONG


def test_parts_of_a_long_answer_all_carry_its_number_and_questions() -> None:
    found = [passage for passage in passages("Vraag 1", "Een?", "Antwoord 1", LONG) if passage.role is Role.ANSWER]
    assert {(passage.numbers, passage.context) for passage in found} == {((1,), f"{TITLE}\nEen?")}


def test_a_long_sentence_is_not_divided() -> None:
    sentence = "woord " * 500 + "einde."
    assert [passage.text for passage in passages(sentence)] == [sentence]


def test_a_paragraph_of_the_greatest_length_is_not_divided() -> None:
    assert len(passages("x" * (MAX_CHARACTERS - 1) + ".")) == 1


PARAGRAPHS = st.lists(
    st.one_of(
        st.sampled_from(["Vraag 1", "Vragen 2 en 3", "Antwoord 1", "Antwoord op vraag 3 en 2", "Mededeling", "Inleiding", LONG]),
        st.sampled_from(
            [
                "Klopt dat?",
                "Ja.",
                "De Minister van Financiën, W. Kok",
                "1481",
                "- een punt;",
                "x",
                "Besluit: aangehouden",
                "2.1 Dijken",
                "De lijst:",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
)


@given(paragraphs=PARAGRAPHS)
def test_every_passage_is_exactly_its_span_of_the_document(paragraphs: list[str]) -> None:
    made = document(*paragraphs)
    assert all(made.text[passage.start : passage.end] == passage.text for passage in segment(made))


@given(paragraphs=PARAGRAPHS)
def test_passages_are_in_order_and_disjoint(paragraphs: list[str]) -> None:
    assert all(left.end <= right.start for left, right in pairwise(passages(*paragraphs)))


@given(paragraphs=PARAGRAPHS)
def test_every_word_is_in_a_passage_or_its_context(paragraphs: list[str]) -> None:
    """A number before the first question is that of the publication, and a heading of a question is kept as its number."""
    made = document(*paragraphs)
    numbers = paragraphs.count("1481") if any(map(parse_heading, paragraphs)) else 0
    assert n_words_outside(made, segment(made)) <= numbers


@given(paragraphs=PARAGRAPHS)
def test_no_passage_is_empty(paragraphs: list[str]) -> None:
    assert all(passage.text.strip() for passage in passages(*paragraphs))


def roles(read: Document) -> Counter[Role]:
    return Counter(passage.role for passage in segment(read))


def answer_to(number: int, read: Document) -> str:
    return " ".join(p.text for p in segment(read) if p.role is Role.ANSWER and number in p.numbers)


def test_the_letter_has_its_passages(letter: Document) -> None:
    assert roles(letter) == {Role.PARAGRAPH: 14, Role.SIGNATURE: 1, Role.FOOTNOTE: 5}


def test_the_answers_have_their_passages(answers: Document) -> None:
    assert roles(answers) == {Role.INTRODUCTION: 2, Role.QUESTION: 7, Role.ANSWER: 7, Role.FOOTNOTE: 3}


def test_the_answer_to_question_4_holds_its_numbers(answers: Document) -> None:
    assert "tussen de ca. 23.000 en ca. 58.000 vreemdelingen" in answer_to(4, answers)


def test_the_answer_to_question_4_holds_the_whole_address(answers: Document) -> None:
    assert "https://www.dienstterugkeerenvertrek.nl/over-dtv/cijfers." in answer_to(4, answers)


def test_the_answer_to_question_5_goes_on_overleaf(answers: Document) -> None:
    assert "Samenwerking om effectieve terugkeer te bevorderen" in answer_to(5, answers)


def test_the_answer_to_question_7_is_yes(answers: Document) -> None:
    assert answer_to(7, answers) == "Ja."


def test_every_answer_has_its_own_question_as_context(answers: Document) -> None:
    found = segment(answers)
    asked = {passage.numbers: passage.text for passage in found if passage.role is Role.QUESTION}
    assert all(p.context.split("\n")[1:] == [asked[p.numbers]] for p in found if p.role is Role.ANSWER)


@pytest.mark.parametrize("name", ["letter", "answers"])
def test_every_passage_of_the_seeds_is_exactly_its_span(name: str, request: pytest.FixtureRequest) -> None:
    read: Document = request.getfixturevalue(name)
    assert all(read.text[passage.start : passage.end] == passage.text for passage in segment(read))


@pytest.mark.parametrize(
    ("heading", "beginning"),
    [
        ("Inleiding", "Het Global Compact on Migration (GCM) is op"),
        ("Nederlandse inzet IMRF", "Het kabinet wilt meer grip"),
        ("Opvolging GCM", "Lidstaten zijn verzocht"),
        ("Conclusie", "Het IMRF biedt de gelegenheid om het gesprek"),
    ],
)
def test_a_section_of_the_letter_is_context_of_its_first_paragraph(letter: Document, heading: str, beginning: str) -> None:
    [first] = [passage for passage in segment(letter) if passage.text.startswith(beginning)]
    assert first.context.endswith(f"\n{heading}")


def test_the_clauses_of_a_motion_are_one_passage() -> None:
    clauses = [
        "De Kamer,",
        "gehoord de beraadslaging,",
        "constaterende dat het collegegeld is gestegen;",
        "verzoekt de regering de stijging te beperken,",
    ]
    document = read_text(
        "\n\n".join([*clauses, "en gaat over tot de orde van de dag.", "Beckerman"]).encode(), Path("motie.txt"), "m"
    )
    texts = [passage.text for passage in segment(document)]
    assert "\n\n".join([*clauses, "en gaat over tot de orde van de dag."]) in texts
