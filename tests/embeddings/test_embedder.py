import numpy as np
import pytest

from embeddings import Embeddings, ModelIdentity, TokenVectors


def tokens_of(*spans: tuple[int, int]) -> TokenVectors:
    pairs = np.array(spans, dtype=np.int64)
    return TokenVectors(np.eye(len(spans), dtype=np.float32), pairs[:, 0], pairs[:, 1])


WORDS = tokens_of((0, 3), (4, 9), (10, 12))
"""Of a text such as `wie groet er`."""


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (0, 12, [0, 1, 2]),
        (4, 9, [1]),
        (3, 10, [1]),
        (5, 6, [1]),
        (2, 5, [0, 1]),
        (9, 10, []),
        (12, 99, []),
    ],
)
def test_between_keeps_tokens_that_lie_wholly_or_partly_inside(start: int, end: int, kept: list[int]) -> None:
    assert WORDS.between(start, end).vectors.argmax(axis=1).tolist() == kept


def test_between_counts_positions_from_its_first_character() -> None:
    part = WORDS.between(4, 12)
    assert list(zip(part.starts, part.ends, strict=True)) == [(0, 5), (6, 8)]


def test_between_begins_a_token_that_is_cut_at_0() -> None:
    assert WORDS.between(6, 12).starts.tolist() == [0, 4]


def test_token_vectors_say_their_number_and_dimension() -> None:
    assert repr(WORDS) == "TokenVectors(n_tokens=3, dim=3)"


def test_embeddings_say_their_number_and_dimension() -> None:
    assert repr(Embeddings(np.eye(2, 7, dtype=np.float32), [WORDS, WORDS])) == "Embeddings(n_texts=2, dim=7)"


def test_identity_reads_as_name_revision_and_dimension() -> None:
    identity = ModelIdentity(name="e5", revision="abc", dim=384, query_prefix="query: ", passage_prefix="passage: ")
    assert str(identity) == "e5 (revision abc, 384 dimensions)"


def test_identities_with_another_prefix_differ() -> None:
    first = ModelIdentity(name="e5", revision="abc", dim=384, query_prefix="query: ", passage_prefix="passage: ")
    assert first != ModelIdentity(name="e5", revision="abc", dim=384, query_prefix="", passage_prefix="passage: ")
