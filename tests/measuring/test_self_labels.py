from pathlib import Path

import pytest

from qa.answer import OtherPlace
from qa.document import Document, Footnote, Kind, Metadata
from qa.measuring.self_labels import (
    SelfLabel,
    StoredDocument,
    first_question,
    footnotes,
    own_answers,
    sample_documents,
    sentences,
)
from qa.passage import Role
from qa.readers import read
from qa.segmenter import segment
from tests.builders import LETTER, make_library, write_files
from tests.fake_embedder import FakeEmbedder
from tests.measuring.outcomes import citation
from tests.measuring.sets import SET


@pytest.fixture
def stored(tmp_path: Path) -> StoredDocument:
    document = read(write_files(tmp_path, {"set.txt": SET}) / "set.txt")
    return StoredDocument(document, segment(document))


def texts(stored: StoredDocument, label: SelfLabel) -> list[str]:
    return [stored.document.text[start:end] for start, end in label.spans]


def noted(*bodies: str) -> StoredDocument:
    """Return a document that is nothing but footnotes."""
    text = "\n\n".join(bodies)
    notes = [Footnote(number=i, anchor=None, start=text.index(b), end=text.index(b) + len(b)) for i, b in enumerate(bodies, 1)]
    document = Document(
        document_id="d", source="s", text=text, metadata=Metadata(title="t", kind=Kind.OTHER), footnotes=tuple(notes)
    )
    return StoredDocument(document, ())


def test_a_question_belongs_to_the_answer_with_its_number(stored: StoredDocument) -> None:
    label = next(own_answers(stored))
    assert label.query == "Hoeveel rode fietspaden liggen langs onze noordelijke kanalen?"
    assert texts(stored, label) == [
        "Negentig rode fietspaden liggen langs onze noordelijke kanalen, verspreid door twaalf gemeenten."
    ]


def test_answers_that_say_little_or_only_point_to_another_are_no_label(stored: StoredDocument) -> None:
    assert [label.query.split()[0] for label in own_answers(stored)] == ["Hoeveel", "Wie", "Klopt"]


def test_the_first_question_belongs_to_its_document(stored: StoredDocument) -> None:
    (label,) = first_question(stored)
    assert (label.query.split()[0], texts(stored, label)) == ("Hoeveel", [stored.document.text])


def test_a_document_without_questions_has_no_first_question() -> None:
    assert list(first_question(noted("Noot."))) == []


def test_a_sentence_belongs_to_where_it_stands(stored: StoredDocument) -> None:
    drawn = list(sentences(stored))
    assert [texts(stored, label) for label in drawn] == [[label.query] for label in drawn]


def test_sentences_are_of_passages_that_are_evidence(stored: StoredDocument) -> None:
    asked = " ".join(passage.text for passage in stored.passages if passage.role is Role.QUESTION)
    assert not [label.query for label in sentences(stored) if label.query in asked]


def test_a_footnote_is_asked_without_its_web_address() -> None:
    (label,) = footnotes(
        noted("NOS, 1 maart 2024, «Kritiek op besluit over beleid in de provincie Friesland» (https://nos.nl/1)")
    )
    assert label.query == "NOS, 1 maart 2024, «Kritiek op besluit over beleid in de provincie Friesland»"


@pytest.mark.parametrize(
    "body",
    [
        "Zie hierboven.",
        "https://www.voorbeeld.nl/een/lang/adres/van/acht/delen",
        "Kamerstuk 30 573, nr. 153 over een lange lijst van acht zaken",
    ],
    ids=["few words", "only an address", "another publication"],
)
def test_footnotes_that_tell_nothing_are_no_label(body: str) -> None:
    assert list(footnotes(noted(body))) == []


def label(**changes: str) -> SelfLabel:
    return SelfLabel("q", "d", ((10, 20),), **changes)


@pytest.mark.parametrize(
    ("document_id", "start", "end", "is_hit"), [("d", 0, 11, True), ("d", 19, 30, True), ("d", 0, 10, False), ("e", 0, 30, False)]
)
def test_a_hit_overlaps_the_place_of_the_answer(document_id: str, start: int, end: int, is_hit: bool) -> None:
    assert label().is_hit(citation(1, "x", "x", document_id=document_id, start=start, end=end)) is is_hit


def test_a_passage_that_says_the_same_elsewhere_is_a_hit() -> None:
    assert label(text="Dat is zo.").is_hit(citation(1, "Ja. Dat is zo.", "Ja.", document_id="e"))


def test_a_passage_that_was_folded_into_another_is_a_hit() -> None:
    folded = OtherPlace(
        passage_id=2,
        document_id="d",
        title="t",
        official_id=None,
        date=None,
        kind=Kind.OTHER,
        role=Role.ANSWER,
        numbers=(1,),
        quote_start=12,
        quote_end=18,
    )
    assert label().is_hit(citation(1, "x", "x", document_id="e", also_in=(folded,)))


@pytest.mark.parametrize("n", [1, 2, 9])
def test_a_sample_is_always_the_same_and_never_larger_than_the_library(
    n: int, tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    library = make_library(tmp_path, fake_embedder, {"a.txt": SET, "b.txt": LETTER, "c.txt": LETTER + "\n\nNog iets."})
    sampled = sample_documents(library, n)
    assert len({stored.document.document_id for stored in sampled}) == min(n, 3)
    assert sampled == sample_documents(library, n)
