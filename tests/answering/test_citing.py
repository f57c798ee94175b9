"""Citations of passages of a small library: two letters that give the same answer, and one that gives another."""

from pathlib import Path

import numpy as np
import pytest

from embeddings import TokenVectors
from qa.answer import Citation, Relevance
from qa.answering.citing import JudgedPassage, cite
from qa.document import Document, Kind, Metadata
from qa.indexing import Indexer
from qa.library import Library, PassageRecord, create_library
from qa.passage import Passage, Role
from qa.retrieval import SIGNALS, ScoredPassage
from qa.retrieval.signals import TokenMatches
from tests.fake_embedder import FakeEmbedder

HEAD = "Antwoord 1\n"
SAME = "De provincies betalen in totaal negentig nieuwe fietspaden en ook alle bruggen in het noorden van het land."
OTHER = "De gemeente onderhoudt de sluizen. Dat gebeurt elk jaar. Meer is er niet over bekend."
TEXTS = {"oud": (SAME, "2021-01-31"), "nieuw": (SAME, "2023-06-01"), "anders": (OTHER, None)}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    embedder = FakeEmbedder()
    library = create_library(tmp_path_factory.mktemp("citing"), embedder.identity)
    Indexer(library, embedder).add([written(name, *values) for name, values in TEXTS.items()])
    return library


def written(name: str, answer: str, date: str | None) -> tuple[Document, list[Passage]]:
    text = HEAD + answer
    metadata = Metadata(title=f"Brief {name}", kind=Kind.OTHER, date=date, official_id=f"kst-{name}")
    passage = Passage(role=Role.ANSWER, numbers=(1,), start=len(HEAD), end=len(text), text=answer)
    return Document(document_id=name, source=str(Path("/") / name), text=text, metadata=metadata), [passage]


def judged(library: Library, name: str, score: float = 0.75, words: tuple[str, ...] = ()) -> JudgedPassage:
    """Return a judged passage of which exactly these words match."""
    (record,) = library.passages_of(name)
    return JudgedPassage(
        ScoredPassage(record, score, np.zeros(len(SIGNALS), np.float32), matches(record, words)), score, Relevance.POSSIBLE
    )


def matches(record: PassageRecord, words: tuple[str, ...]) -> TokenMatches:
    starts = np.array([record.passage.text.index(word) for word in words], dtype=np.int64)
    tokens = TokenVectors(np.zeros((len(words), 1), np.float32), starts, starts + 1)
    return TokenMatches(tokens, np.ones((1, len(words)), np.float32), np.ones(1, np.float32))


def only(citations: tuple[Citation, ...]) -> Citation:
    (citation,) = citations
    return citation


def test_nothing_judged_is_nothing_cited(library: Library) -> None:
    assert cite(library, [], 5) == ()


def test_the_passage_is_a_slice_of_the_document(library: Library) -> None:
    citation = only(cite(library, [judged(library, "anders")], 5))
    assert library.document("anders").text[citation.start : citation.end] == citation.passage == OTHER


@pytest.mark.parametrize(
    ("word", "quote"),
    [
        ("gemeente", "De gemeente onderhoudt de sluizen."),
        ("elk jaar", "Dat gebeurt elk jaar."),
        ("Meer", "Meer is er niet over bekend."),
    ],
)
def test_the_quote_is_the_sentence_that_matches(library: Library, word: str, quote: str) -> None:
    citation = only(cite(library, [judged(library, "anders", words=(word,))], 5))
    assert library.document("anders").text[citation.quote_start : citation.quote_end] == citation.quote == quote


def test_what_the_document_says_of_itself_is_cited(library: Library) -> None:
    citation = only(cite(library, [judged(library, "oud")], 5))
    assert (citation.title, citation.official_id, citation.date, citation.kind) == (
        "Brief oud",
        "kst-oud",
        "2021-01-31",
        Kind.OTHER,
    )


def test_what_the_passage_is_in_its_document_is_cited(library: Library) -> None:
    citation = only(cite(library, [judged(library, "oud")], 5))
    assert (citation.document_id, citation.role, citation.numbers, citation.page) == ("oud", Role.ANSWER, (1,), None)


def test_the_score_has_four_decimals(library: Library) -> None:
    assert only(cite(library, [judged(library, "anders", score=0.123456)], 5)).score == 0.1235


def test_citations_are_numbered_from_1_in_the_order_given(library: Library) -> None:
    citations = cite(library, [judged(library, "anders", 0.9), judged(library, "oud", 0.5)], 5)
    assert [(citation.number, citation.document_id) for citation in citations] == [(1, "anders"), (2, "oud")]


def test_no_more_are_cited_than_asked_for(library: Library) -> None:
    citations = cite(library, [judged(library, "anders", 0.9), judged(library, "oud", 0.5)], 1)
    assert [citation.document_id for citation in citations] == ["anders"]


def test_of_passages_that_say_the_same_the_newest_is_cited(library: Library) -> None:
    citation = only(cite(library, [judged(library, "oud", 0.9), judged(library, "nieuw", 0.8)], 5))
    assert citation.document_id == "nieuw"


def test_the_others_that_say_the_same_stand_under_it(library: Library) -> None:
    citation = only(cite(library, [judged(library, "oud", 0.9), judged(library, "nieuw", 0.8)], 5))
    (place,) = citation.also_in
    assert (place.document_id, place.title, place.official_id, place.date) == ("oud", "Brief oud", "kst-oud", "2021-01-31")


def test_the_quote_of_another_place_is_a_slice_of_its_document(library: Library) -> None:
    citation = only(cite(library, [judged(library, "oud", 0.9), judged(library, "nieuw", 0.8)], 5))
    (place,) = citation.also_in
    assert library.document("oud").text[place.quote_start : place.quote_end] == SAME


def test_folded_passages_leave_room_for_others(library: Library) -> None:
    three = [judged(library, "oud", 0.9), judged(library, "nieuw", 0.8), judged(library, "anders", 0.7)]
    assert [(citation.number, citation.document_id) for citation in cite(library, three, 2)] == [(1, "nieuw"), (2, "anders")]


def test_a_passage_alone_is_nowhere_else(library: Library) -> None:
    assert only(cite(library, [judged(library, "anders")], 5)).also_in == ()
