import sqlite3
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import BoolArray
from qa.library import Candidate, Library
from qa.library.compounds import relatives_of
from qa.library.sqlite.files import FIRST_FILE
from qa.library.sqlite.words import WORD_TABLES, SqlWordIndex, add_words, merge_words, remove_words
from qa.library.word_matches import CONTEXT_WEIGHT, K1, MIN_SCORED, B, WordMatches
from qa.passage import Passage, Role
from qa.text.words import PART_WEIGHT, QuestionWord, question_words, terms_of
from tests.builders import index, make_library, write_files
from tests.fake_embedder import DIM, FakeEmbedder


def passage(text: str, context: str = "") -> Passage:
    return Passage(role=Role.PARAGRAPH, start=0, end=len(text), text=text, context=context)


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(WORD_TABLES)
    return connection


def index_on(connection: sqlite3.Connection, among: BoolArray | None = None) -> SqlWordIndex:
    return SqlWordIndex(lambda query, *parameters: connection.execute(query, parameters).fetchall(), among)


def index_of(*texts: str | Passage) -> SqlWordIndex:
    """Return an index of passages 1, 2, 3, ..."""
    connection = connect()
    add_words(connection, [(i, passage(text) if isinstance(text, str) else text) for i, text in enumerate(texts, start=1)])
    return index_on(connection)


def compounds_of(term: str, index: SqlWordIndex) -> set[str]:
    return set(relatives_of([term], index).compounds[term])


def parts_of(term: str, index: SqlWordIndex) -> dict[str, int]:
    return relatives_of([term], index).parts[term]


def found(question: str, *texts: str, k: int = 10) -> list[int]:
    return [hit.id for hit in WordMatches(index_of(*texts), question_words(question, "nl")).hits(k)]


def rarity(n_passages: int, n: int) -> float:
    return log(1 + (n_passages - n + 0.5) / (n + 0.5))


def share(count: float, length: float, mean_length: float) -> float:
    return count / (count + K1 * (1 - B + B * length / mean_length))


def test_a_score_is_as_worked_out_by_hand() -> None:
    index = index_of(passage("dijk dijk water", "dijk brug"), passage("weg"), passage("water weg", "brug"))
    lengths = [3 + CONTEXT_WEIGHT * 2, 1, 2 + CONTEXT_WEIGHT]
    mean = sum(lengths) / 3
    words = (QuestionWord("dijk", {"dijk": 1.0}), QuestionWord("road", {"weg": 0.5, "water": 1.0}))
    most = rarity(3, 1) + rarity(3, 2)
    dijk = rarity(3, 1) * share(2 + CONTEXT_WEIGHT, lengths[0], mean)
    water = rarity(3, 2) * share(1, lengths[0], mean), rarity(3, 2) * share(1, lengths[2], mean)
    road = 0.5 * rarity(3, 2) * share(1, 1, mean)
    expected = [(dijk + water[0]) / most, road / most, water[1] / most]  # of water and weg, the third passage counts the better
    np.testing.assert_allclose(WordMatches(index, words).scores([1, 2, 3]), expected, rtol=1e-6)


def test_a_word_that_occurs_nowhere_lowers_every_score() -> None:
    index = index_of("dijk", "weg")
    (alone,), (beside,) = (WordMatches(index, question_words(asked, "nl")).scores([1]) for asked in ("dijk", "dijk zwembad"))
    assert beside == pytest.approx(alone / 2)


def test_a_compound_counts_half_of_the_word_itself() -> None:
    whole, compound = WordMatches(index_of("huurder", "huurdersvereniging"), question_words("huurders", "nl")).scores([1, 2])
    assert compound == pytest.approx(PART_WEIGHT * whole)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("huurders", "De huurdersvereniging sprak."),
        ("huur", "Een huurwoning."),
        ("vereniging", "De huurdersvereniging sprak."),
        ("woningen", "Een huurwoning."),
        ("woonbeleid", "Het wonen en het beleid."),
        ("reële cijfers", "REELE"),
        ("co-ouderschap", "coouderschap"),
        ("zzp'ers", "zzp’er"),
        ("ah-tk-20232024-878", "Zie ah-tk-20232024-878."),
        ("23.000", "Dat zijn er 23 000."),
    ],
)
def test_a_question_finds_its_words_in_another_form(question: str, text: str) -> None:
    assert found(question, text, "iets anders") == [1]


def test_part_of_an_identifier_is_not_the_identifier() -> None:
    assert found("878", "Zie ah-tk-20232024-878.") == []


def test_a_beginning_that_leaves_no_word_is_no_compound() -> None:
    assert compounds_of("kaart", index_of("kaarten", "kaartje", "landkaart", "kaartverkoop")) == {
        "landkaart",
        "kaartverkop",
    }


def test_a_short_word_is_not_looked_for_in_others() -> None:
    assert compounds_of("arm", index_of("armoede", "alarm")) == set()


def test_a_compound_is_split_where_both_parts_are_words_of_the_library() -> None:
    (term,) = terms_of("scholingsfonds")
    assert parts_of(term, index_of("scholing", "fonds")) == {"scholing": 1, "fond": 1}


def test_a_compound_with_an_unknown_part_is_not_split() -> None:
    assert parts_of("waterbeleid", index_of("beleid")) == {}


def test_words_that_occur_nowhere_are_named_as_typed() -> None:
    words = question_words("Huurders, zwembaden en Assen?", "nl")
    assert WordMatches(index_of("De huurdersvereniging in Assen."), words).unknown() == ("zwembaden",)


def test_an_english_word_whose_translation_occurs_is_not_unknown() -> None:
    assert WordMatches(index_of("De huurder."), question_words("tenants of Wimbledon", "en")).unknown() == ("Wimbledon",)


def test_a_compound_whose_parts_occur_apart_occurs_nowhere() -> None:
    assert WordMatches(index_of("kern centrale"), question_words("kerncentrale", "nl")).unknown() == ("kerncentrale",)


def test_equal_matches_come_in_the_order_of_their_ids() -> None:
    assert found("dijk", *["dijk"] * 5) == [1, 2, 3, 4, 5]


def test_only_passages_that_are_asked_for_are_found() -> None:
    among = np.array([False, True, False, True, True])
    connection = connect()
    add_words(connection, [(i, passage(text)) for i, text in enumerate(("dijk", "dijk dijk", "dijk weg"), start=1)])
    hits = WordMatches(index_on(connection, among), question_words("dijk", "nl")).hits(10)
    assert [hit.id for hit in hits] == [1, 3]


def test_a_passage_that_is_not_there_scores_nothing() -> None:
    assert WordMatches(index_of("dijk"), question_words("dijk", "nl")).scores([7]).tolist() == [0.0]


@pytest.mark.parametrize("texts", [(), ("dijk",)], ids=["empty library", "no question"])
def test_nothing_to_match_finds_nothing(texts: tuple[str, ...]) -> None:
    assert found("dijk" if not texts else "", *texts) == []


def test_the_rarest_word_finds_its_passage_among_very_many() -> None:
    texts = ["dijk weg brug"] * 9_000 + ["dijk zeldzaam"] + ["dijk weg"] * 9_000
    assert found("dijk weg brug zeldzaam", *texts, k=1) == [9_001]


WORDS = st.sampled_from("dijk dijken water waterdijk brug weg wegen dijkweg huur huurder huurdersbond".split())
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=1, max_size=12)


@given(texts=TEXTS, question=st.lists(WORDS, min_size=1, max_size=4).map(" ".join), k=st.integers(1, 12))
def test_hits_are_the_best_scores(texts: Sequence[str], question: str, k: int) -> None:
    matches = WordMatches(index_of(*texts), question_words(question, "nl"))
    ids = range(1, len(texts) + 1)
    best = sorted(zip(-matches.scores(ids), ids, strict=True))
    assert len(texts) <= MIN_SCORED
    assert [(hit.id, hit.score) for hit in matches.hits(k)] == [(i, -score) for score, i in best[:k] if score]


@given(texts=TEXTS, question=st.lists(WORDS, max_size=4).map(" ".join))
def test_scores_lie_between_0_and_1(texts: Sequence[str], question: str) -> None:
    scores = WordMatches(index_of(*texts), question_words(question, "nl")).scores(range(1, len(texts) + 1))
    assert np.all((scores >= 0) & (scores < 1))


@given(texts=TEXTS, removed=st.sets(st.integers(1, 12)))
def test_the_vocabulary_counts_what_fts5_itself_counts(texts: Sequence[str], removed: set[int]) -> None:
    connection = connect()
    add_words(connection, [(i, passage(text, "water")) for i, text in enumerate(texts, start=1)])
    remove_words(connection, sorted(removed))
    connection.execute("CREATE VIRTUAL TABLE counted USING fts5vocab(passage_words, row)")
    counted = dict(connection.execute("SELECT term, doc FROM counted").fetchall())
    assert dict(connection.execute("SELECT term, n_passages FROM vocabulary").fetchall()) == counted


@given(texts=TEXTS, removed=st.sets(st.integers(1, 12)))
def test_an_index_after_removal_is_as_if_what_was_removed_had_never_been(texts: Sequence[str], removed: set[int]) -> None:
    rows = [(i, passage(text, "water")) for i, text in enumerate(texts, start=1)]
    changed, fresh = connect(), connect()
    add_words(changed, rows)
    remove_words(changed, sorted(removed))
    add_words(fresh, [row for row in rows if row[0] not in removed])
    assert index_on(changed).totals() == index_on(fresh).totals()
    words = question_words("dijken huurders water", "nl")
    assert WordMatches(index_on(changed), words).hits(12) == WordMatches(index_on(fresh), words).hits(12)


def test_merging_changes_nothing_that_is_found() -> None:
    connection = connect()
    for i in range(1, 40):
        add_words(connection, [(i, passage(f"dijk {i}"))])
    words = question_words("dijk", "nl")
    before = WordMatches(index_on(connection), words).hits(50)
    merge_words(connection)
    assert WordMatches(index_on(connection), words).hits(50) == before


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    return make_library(tmp_path, fake_embedder)


def by_words(library: Library, question: str, k: int = 5) -> list[Candidate]:
    """Return what a library finds by words beside the one passage nearest to a vector, which is put in its place among them."""
    words = question_words(question, "nl")
    (found,) = library.search(np.eye(1, DIM, dtype=np.float32), words, n_nearest=1, n_by_words=k)
    return sorted((one for one in found if one.words), key=lambda one: (-one.words, one.record.passage_id))[:k]


def best_text(library: Library, question: str) -> str | None:
    return next((one.record.passage.text for one in by_words(library, question)), None)


def test_a_library_finds_passages_by_their_words(library: Library) -> None:
    assert best_text(library, "Wanneer volgen de sluizen?") == "De sluizen volgen in 2025."


def test_every_passage_of_a_library_is_indexed_with_its_context(library: Library) -> None:
    with sqlite3.connect(library.folder / FIRST_FILE) as connection:
        rows = {i: (own, context) for i, own, context in connection.execute("SELECT rowid, own, context FROM passage_words")}
    stored = [record for document in library.documents() for record in library.passages_of(document.document_id)]
    assert rows == {r.passage_id: (" ".join(terms_of(r.passage.text)), " ".join(terms_of(r.passage.context))) for r in stored}


def test_a_document_that_is_removed_is_not_found_by_its_words(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    (tmp_path / "files" / "brief.txt").unlink()
    index(library, fake_embedder, tmp_path / "files")
    assert by_words(library, "sluizen") == []
    assert library.unknown_words(question_words("sluizen fietspaden", "nl")) == ("sluizen",)


def test_a_document_that_is_added_is_found_at_once(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    assert library.unknown_words(question_words("zonnepanelen", "nl")) == ("zonnepanelen",)
    index(library, fake_embedder, write_files(tmp_path / "more", {"zon.txt": "Er zijn zonnepanelen."}))
    assert best_text(library, "zonnepanelen") == "Er zijn zonnepanelen."


def test_two_libraries_of_the_same_files_match_alike(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    one, other = (
        by_words(make_library(tmp_path / name, fake_embedder), "dijken versterkt sluizen fietspaden", 20)
        for name in ("one", "other")
    )
    assert Counter(found.words for found in one) == Counter(found.words for found in other)
