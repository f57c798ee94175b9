"""The token vectors of a library, with a model of 8 dimensions and a space of 3 that is learnt from 10 passages on."""

from pathlib import Path

import numpy as np
import pytest

from embeddings import ModelIdentity, TokenSpace, TokenVectors, n_components_of, pack_tokens, unit_rows, unpack_tokens
from qa.document import Document, Kind, Metadata
from qa.library import EmbeddedDocument, FileRecord, Library, StoredEmbedding, digest_of, token_store
from qa.library.database import Database
from qa.library.library import DATABASE_NAME
from qa.passage import Passage, Role

DIM = 8
N_COMPONENTS = 3
COMPRESSED_FROM = 10
IDENTITY = ModelIdentity(name="tiny", revision="1", dim=DIM, query_prefix="", passage_prefix="")
SENTENCE = "Een zin. "


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "N_COMPONENTS", N_COMPONENTS)
    monkeypatch.setattr(token_store, "COMPRESSED_FROM", COMPRESSED_FROM)
    monkeypatch.setattr(token_store, "_REPACKED_AT_ONCE", 4)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path, IDENTITY)


def tokens_of(number: int, n_tokens: int = 5) -> TokenVectors:
    """Return the token vectors of the passage with this number, around a mean that is not 0, and mostly in 3 directions."""
    random = np.random.default_rng(number)
    vectors = random.normal(size=(n_tokens, DIM)) * np.array([1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1]) + 1
    starts = np.arange(n_tokens, dtype=np.int64)
    return TokenVectors(unit_rows(vectors), starts, starts + 1)


def store(library: Library, name: str, numbers: range, *, damaged: bool = False) -> None:
    """Store a document with the passages of these numbers; a damaged one ends in token vectors that cannot be unpacked."""
    text = SENTENCE * len(numbers)
    document = Document(document_id=name, source=f"/{name}.txt", text=text, metadata=Metadata(title=name, kind=Kind.OTHER))
    spans = [(i * len(SENTENCE), (i + 1) * len(SENTENCE) - 1) for i in range(len(numbers))]
    passages = [
        Passage(role=Role.PARAGRAPH, start=start, end=end, text=text[start:end], context=f"Alinea {number}")
        for number, (start, end) in zip(numbers, spans, strict=True)
    ]
    packed = [pack_tokens(tokens_of(number)) for number in numbers]
    if damaged:
        packed[-1] = packed[-1][:-1]
    vector = unit_rows(np.ones((1, DIM)))[0]
    embeddings = [StoredEmbedding(digest_of(one), vector, tokens) for one, tokens in zip(passages, packed, strict=True)]
    file = FileRecord(document.source, name, 1, 1)
    library.store(documents=[EmbeddedDocument(document, passages, embeddings)], files=[file])


def packed_in(library: Library) -> dict[int, bytes]:
    """Return the packed token vectors as they stand in the file."""
    database = Database.open(library.folder / DATABASE_NAME)
    packed = database.packed_tokens(sorted(database.passage_ids()))
    database.close()
    return packed


def kept_space(library: Library) -> bytes | None:
    database = Database.open(library.folder / DATABASE_NAME)
    space = database.token_space()
    database.close()
    return space


def components_in(library: Library) -> set[int]:
    return set(map(n_components_of, packed_in(library).values()))


def test_a_small_library_keeps_all_dimensions(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM - 1))
    assert (components_in(library), kept_space(library)) == ({DIM}, None)


def test_a_small_library_s_space_is_centred_on_the_mean_of_its_token_vectors(library: Library) -> None:
    store(library, "a", range(6))
    mean = np.concatenate([unpack_tokens(pack_tokens(tokens_of(number))).vectors for number in range(6)]).mean(axis=0)
    np.testing.assert_allclose(library.token_space().mean, mean, atol=1e-6)
    assert library.token_space().components is None


def test_the_sample_is_taken_from_all_over_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "SAMPLE_PASSAGES", 3)
    store(library, "a", range(9))
    sampled = [unpack_tokens(pack_tokens(tokens_of(number))).vectors for number in (0, 3, 6)]
    np.testing.assert_allclose(library.token_space().mean, np.concatenate(sampled).mean(axis=0), atol=1e-6)


def test_the_mean_follows_what_is_added(library: Library) -> None:
    store(library, "a", range(3))
    before = library.token_space().mean
    store(library, "b", range(3, 6))
    assert not np.allclose(library.token_space().mean, before)


def test_token_vectors_are_given_in_the_library_s_space(library: Library) -> None:
    store(library, "a", range(4))
    (tokens,) = library.token_vectors([2])
    original = unpack_tokens(pack_tokens(tokens_of(1)))
    np.testing.assert_allclose(tokens.vectors, library.token_space().place(original.vectors), atol=1e-6)


def test_an_empty_library_has_a_space_of_all_dimensions_around_0(library: Library) -> None:
    assert (library.token_space().mean.tolist(), library.token_space().n_components) == ([0] * DIM, DIM)


def test_with_enough_passages_all_vectors_are_moved_to_fewer_components(library: Library) -> None:
    store(library, "a", range(6))
    store(library, "b", range(6, COMPRESSED_FROM))
    assert (components_in(library), library.token_space().n_components) == ({N_COMPONENTS}, N_COMPONENTS)


def test_the_space_is_learnt_from_the_library_s_own_vectors(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM))
    vectors = np.concatenate([unpack_tokens(pack_tokens(tokens_of(number))).vectors for number in range(COMPRESSED_FROM)])
    assert kept_space(library) == TokenSpace.learn(vectors, N_COMPONENTS).to_bytes()


def test_moved_vectors_stand_where_the_space_places_them(library: Library) -> None:
    """Within what 8 bits a component lose, twice."""
    store(library, "a", range(COMPRESSED_FROM))
    for number, tokens in enumerate(library.token_vectors(range(1, COMPRESSED_FROM + 1))):
        expected = library.token_space().place(tokens_of(number).vectors)
        np.testing.assert_allclose(tokens.vectors, expected, atol=0.02)  # 8 bits, packed twice


def test_moved_vectors_keep_their_positions(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM))
    (tokens,) = library.token_vectors([4])
    assert (tokens.starts.tolist(), tokens.ends.tolist()) == ([0, 1, 2, 3, 4], [1, 2, 3, 4, 5])


def test_vectors_are_moved_in_the_transaction_that_stores_the_last_passage(library: Library) -> None:
    revisions = []
    for name, numbers in (("a", range(6)), ("b", range(6, COMPRESSED_FROM))):
        store(library, name, numbers)
        database = Database.open(library.folder / DATABASE_NAME)
        revisions.append(database.revision)
        database.close()
    assert revisions[1] == revisions[0] + 1


def test_later_documents_are_stored_in_the_space_that_was_learnt(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM))
    space = kept_space(library)
    store(library, "b", range(20, 23))
    assert (components_in(library), kept_space(library)) == ({N_COMPONENTS}, space)
    (tokens,) = library.token_vectors([COMPRESSED_FROM + 1])
    np.testing.assert_allclose(tokens.vectors, library.token_space().place(tokens_of(20).vectors), atol=0.02)


def test_what_is_embedded_already_is_stored_again_as_it_is(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM))
    records = library.passages_of("a")
    known = library.known_embeddings([records[0].passage])
    copy = Document(document_id="c", source="/c.txt", text=SENTENCE, metadata=Metadata(title="c", kind=Kind.OTHER))
    embedded = EmbeddedDocument(copy, [records[0].passage], list(known.values()))
    library.store(documents=[embedded], files=[FileRecord("/c.txt", "c", 1, 1)])
    packed = packed_in(library)
    assert packed[COMPRESSED_FROM + 1] == packed[1]


def test_a_failure_while_vectors_are_moved_leaves_everything_as_it_was(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The damaged passage is the last, outside the sample: others are moved before it fails."""
    monkeypatch.setattr(token_store, "SAMPLE_PASSAGES", 1)
    store(library, "a", range(COMPRESSED_FROM - 1))
    before, space = packed_in(library), library.token_space().to_bytes()
    with pytest.raises(ValueError, match="not a whole number of tokens"):
        store(library, "b", range(20, 21), damaged=True)
    assert (packed_in(library), kept_space(library)) == (before, None)
    assert (library.token_space().to_bytes(), library.counts()) == (space, (1, COMPRESSED_FROM - 1))


def test_a_library_goes_on_after_a_failure(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "SAMPLE_PASSAGES", 1)
    store(library, "a", range(COMPRESSED_FROM - 1))
    with pytest.raises(ValueError, match="not a whole number of tokens"):
        store(library, "b", range(20, 21), damaged=True)
    store(library, "b", range(20, 21))
    assert components_in(library) == {N_COMPONENTS}


def test_a_library_opened_again_has_the_same_space(library: Library) -> None:
    store(library, "a", range(COMPRESSED_FROM))
    (before,) = library.token_vectors([3])
    library.close()
    (after,) = Library.open(library.folder).token_vectors([3])
    assert after.vectors.tolist() == before.vectors.tolist()


def test_an_open_library_sees_that_another_program_moved_the_vectors(library: Library) -> None:
    store(library, "a", range(5))
    other = Library.open(library.folder)
    assert other.token_space().n_components == DIM
    store(library, "b", range(5, COMPRESSED_FROM))
    assert (other.token_space().n_components, other.token_vectors([1])[0].vectors.shape) == (N_COMPONENTS, (5, N_COMPONENTS))


def test_a_model_of_few_dimensions_keeps_them_all(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "N_COMPONENTS", DIM)
    store(library, "a", range(COMPRESSED_FROM + 5))
    assert (components_in(library), kept_space(library)) == ({DIM}, None)


def test_a_passage_without_tokens_is_moved_too(library: Library) -> None:
    passage = Passage(role=Role.PARAGRAPH, start=0, end=1, text="–")
    document = Document(document_id="e", source="/e.txt", text="–", metadata=Metadata(title="e", kind=Kind.OTHER))
    none = StoredEmbedding(digest_of(passage), np.zeros(DIM, dtype=np.float32), pack_tokens(tokens_of(0, n_tokens=0)))
    library.store(documents=[EmbeddedDocument(document, [passage], [none])], files=[FileRecord("/e.txt", "e", 1, 1)])
    store(library, "a", range(COMPRESSED_FROM))
    assert library.token_vectors([1])[0].vectors.shape == (0, N_COMPONENTS)
