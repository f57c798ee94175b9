"""The decisive sentences, with similarities written by hand: one row per token of the question, one column per word of the passage."""

from dataclasses import replace

import numpy as np
import pytest

from embeddings import TokenVectors
from qa.answering.quoting import MAX_SENTENCES, decisive_span
from qa.retrieval.signals import TokenMatches
from qa.text.sentences import sentence_spans

TEXT = "Een begin. Het midden. Een slot."


def matches(similarities: list[list[float]], text: str = TEXT) -> TokenMatches:
    """Return matches with a text whose every word is a token."""
    starts = np.array([i for i in range(len(text)) if text[i] != " " and (i == 0 or text[i - 1] == " ")], dtype=np.int64)
    ends = np.array([start + len(text[start:].split(maxsplit=1)[0]) for start in starts], dtype=np.int64)
    rows = np.array(similarities, dtype=np.float32).reshape(-1, len(starts))
    return TokenMatches(
        TokenVectors(np.zeros((len(starts), 1), dtype=np.float32), starts, ends),
        rows,
        np.ones(len(rows), np.float32) / max(len(rows), 1),
    )


def quote(similarities: list[list[float]], text: str = TEXT) -> str:
    start, end = decisive_span(text, matches(similarities, text))
    return text[start:end]


@pytest.mark.parametrize(
    ("similarities", "decisive"),
    [
        ([[0.9, 0.1, 0.2, 0.2, 0.1, 0.1]], "Een begin."),
        ([[0.1, 0.1, 0.2, 0.9, 0.1, 0.1]], "Het midden."),
        ([[0.1, 0.1, 0.2, 0.2, 0.1, 0.9]], "Een slot."),
        ([[0.9, 0, 0.2, 0, 0, 0], [0.8, 0, 0.7, 0, 0, 0]], "Een begin."),
    ],
)
def test_the_sentence_with_the_best_matches_is_decisive(similarities: list[list[float]], decisive: str) -> None:
    assert quote(similarities) == decisive


def test_of_two_sentences_that_answer_a_follow_up_as_well_the_one_about_what_was_asked_before_is_decisive() -> None:
    new, before = matches([[0.9, 0.0, 0.0, 0.0, 0.0, 0.9]]), matches([[0.0, 0.0, 0.0, 0.8, 0.0, 0.7]])
    start, end = decisive_span(TEXT, replace(new, earlier=before))
    assert TEXT[start:end] == "Het midden. Een slot."


def test_a_neighbour_that_a_token_matches_better_is_added() -> None:
    assert quote([[0.9, 0, 0, 0, 0, 0], [0, 0, 0.5, 0, 0, 0]]) == "Een begin. Het midden."


def test_of_two_neighbours_the_one_that_adds_more_is_taken() -> None:
    assert quote([[0, 0, 0.9, 0, 0, 0], [0.3, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0.5, 0]]) == "Het midden. Een slot."


def test_of_two_neighbours_that_add_as_much_the_earlier_is_taken() -> None:
    assert quote([[0, 0, 0.75, 0, 0, 0], [0.25, 0, 0, 0, 0.25, 0]]) == "Een begin. Het midden."


def test_a_sentence_further_away_is_not_added() -> None:
    assert quote([[0.9, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0.5, 0]]) == "Een begin."


def test_of_equal_sentences_the_first_is_decisive() -> None:
    assert quote([[0.5, 0, 0.5, 0, 0.5, 0]]) == "Een begin."


def test_the_only_sentence_is_decisive() -> None:
    assert quote([[0.1]], text="Ja.") == "Ja."


def test_without_similarities_the_first_sentence_is_decisive() -> None:
    assert quote([]) == "Een begin."


def test_a_token_that_spans_a_sentence_border_counts_for_both() -> None:
    text = "Een. Twee."
    tokens = TokenVectors(np.zeros((1, 1), dtype=np.float32), np.array([2]), np.array([7]))
    rows = np.array([[0.9]], dtype=np.float32)
    assert decisive_span(text, TokenMatches(tokens, rows, np.ones(1, dtype=np.float32))) == (0, 4)


@pytest.mark.parametrize("seed", range(20))
def test_a_quote_is_one_or_two_whole_sentences(seed: int) -> None:
    text = "Een begin. Het midden. Nog wat. En meer. Een slot."
    similarities = np.random.default_rng(seed).random((4, 10)).tolist()
    spans = sentence_spans(text)
    allowed = {(spans[i][0], spans[j][1]) for i in range(len(spans)) for j in range(i, min(i + MAX_SENTENCES, len(spans)))}
    assert decisive_span(text, matches(similarities, text)) in allowed
