"""Signals worked out by hand, with token vectors of two dimensions.

The question has the tokens (1, 0) and (0, 1). The answer has, of its context "Vraag?", the token (0, 1), and of its text "Ja. Nee." the tokens (1, 0) and
(0.6, 0.8).
"""

from dataclasses import replace

import numpy as np
import pytest

from embeddings import TokenVectors
from qa.library import PassageRecord
from qa.passage import Passage, Role
from qa.retrieval.signals import SIGNALS, Matches, match


def record(text: str, context: str = "", role: Role = Role.ANSWER) -> PassageRecord:
    return PassageRecord(1, "d", Passage(role=role, start=100, end=100 + len(text), text=text, context=context))


def tokens(vectors: list[list[float]], spans: list[tuple[int, int]]) -> TokenVectors:
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return TokenVectors(np.array(vectors, dtype=np.float32).reshape(-1, 2), starts, ends)


QUESTION = tokens([[1, 0], [0, 1]], [(0, 3), (4, 6)])
NOTHING = tokens([], [])
ANSWER = record("Ja. Nee.", "Vraag?"), tokens([[0, 1], [1, 0], [0.6, 0.8]], [(0, 5), (7, 9), (11, 14)])
OTHER = record("Iets."), tokens([[-1, 0]], [(0, 4)])
EMPTY = record("–"), tokens([], [])


def matches(
    *candidates: tuple[PassageRecord, TokenVectors],
    question: str = "Wat kost het?",
    question_tokens: TokenVectors = QUESTION,
    earlier: TokenVectors = NOTHING,
    words: list[float] | None = None,
) -> Matches:
    word_scores = np.array(words or [0.0] * len(candidates), dtype=np.float32)
    return match(question, question_tokens, earlier, [r for r, _ in candidates], [t for _, t in candidates], word_scores)


def signal(name: str, found: Matches) -> list[float]:
    return [round(float(value), 6) for value in found.signals[:, SIGNALS.index(name)]]


def test_passage_is_the_mean_best_match_in_the_passage_itself() -> None:
    assert signal("passage", matches(ANSWER, OTHER)) == pytest.approx([(1 + 0.8) / 2, (-1 + 0) / 2])


def test_context_is_the_mean_best_match_anywhere_in_what_is_embedded() -> None:
    assert signal("context", matches(ANSWER, OTHER)) == pytest.approx([(1 + 1) / 2, (-1 + 0) / 2])


def test_weakest_is_the_mean_of_the_three_smallest_best_matches() -> None:
    question = tokens([[1, 0], [0, 1], [0, -1], [-1, 0], [0.6, 0.8]], [(i, i + 1) for i in range(5)])
    assert signal("weakest", matches(ANSWER, question_tokens=question)) == pytest.approx([(0 + 0 + 1) / 3])


def test_weakest_of_a_question_of_two_tokens_is_their_mean() -> None:
    assert signal("weakest", matches(ANSWER, OTHER)) == signal("context", matches(ANSWER, OTHER))


def test_a_token_of_the_question_counts_as_much_as_its_weight() -> None:
    weighted = replace(QUESTION, counts=np.array([3, 1], dtype=np.float32))
    found = matches(ANSWER, question_tokens=weighted, earlier=weighted)
    assert signal("passage", found) == pytest.approx([(3 * 1 + 1 * 0.8) / 4])
    assert signal("context", found) == signal("earlier", found) == pytest.approx([1])
    assert signal("weakest", matches(ANSWER)) == signal("weakest", found)


def test_words_are_taken_as_they_are() -> None:
    assert signal("words", matches(ANSWER, OTHER, words=[0.25, 0.5])) == [0.25, 0.5]


def test_earlier_is_the_mean_best_match_of_the_earlier_tokens() -> None:
    earlier = tokens([[0, 1], [-0.6, -0.8]], [(0, 3), (4, 6)])
    assert signal("earlier", matches(ANSWER, OTHER, earlier=earlier)) == pytest.approx([(1 - 0.6) / 2, (0 + 0.6) / 2])


def test_without_earlier_tokens_earlier_is_0() -> None:
    assert signal("earlier", matches(ANSWER, OTHER)) == [0, 0]


def test_introduction_is_1_for_an_introduction_only() -> None:
    introduction = record("Vragen.", role=Role.INTRODUCTION), OTHER[1]
    assert signal("introduction", matches(ANSWER, introduction)) == [0, 1]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Wie heeft deze vragen gesteld?", 1),
        ("WANNEER zijn ze ingezonden?", 1),
        ("Which MP asked this?", 1),
        ("Wat kost het?", 0),
        ("How much does it cost?", 0),
        ("Wat doet een ledenraad?", 0),
    ],
)
def test_an_introduction_is_asked_for_by_who_and_when(question: str, asked: int) -> None:
    introduction = record("Vragen.", role=Role.INTRODUCTION), OTHER[1]
    assert signal("introduction_asked", matches(ANSWER, introduction, question=question)) == [0, asked]


def test_a_candidate_without_tokens_matches_nothing() -> None:
    found = matches(OTHER, EMPTY, ANSWER, earlier=QUESTION)
    assert found.signals[1].tolist() == [0] * len(SIGNALS)


def test_a_candidate_without_tokens_does_not_shift_the_others() -> None:
    np.testing.assert_array_equal(matches(EMPTY, ANSWER, EMPTY).signals[1], matches(ANSWER).signals[0])


def test_a_question_without_tokens_matches_nothing() -> None:
    assert signal("passage", matches(ANSWER, question_tokens=NOTHING)) == [0]
    assert signal("weakest", matches(ANSWER, question_tokens=NOTHING)) == [0]


def test_without_candidates_there_are_no_rows() -> None:
    assert matches().signals.shape == (0, len(SIGNALS))


def test_the_matches_by_token_are_those_of_the_passage_itself() -> None:
    (by_token,) = matches(ANSWER).by_token
    np.testing.assert_allclose(by_token.similarities, [[1, 0.6], [0, 0.8]], atol=1e-7)


def test_positions_by_token_are_characters_of_the_passage() -> None:
    (by_token,) = matches(ANSWER).by_token
    text = ANSWER[0].passage.text
    spans = zip(by_token.tokens.starts, by_token.tokens.ends, strict=True)
    assert [text[start:end] for start, end in spans] == ["Ja", "Nee"]


def test_a_token_across_the_border_with_the_context_begins_at_the_passage() -> None:
    across = record("Ja.", "Vraag?"), tokens([[1, 0]], [(4, 9)])
    (by_token,) = matches(across).by_token
    assert (by_token.tokens.starts.tolist(), by_token.tokens.ends.tolist()) == ([0], [2])


@pytest.mark.parametrize("seed", range(10))
def test_a_candidate_s_signals_do_not_depend_on_the_others(seed: int) -> None:
    random = np.random.default_rng(seed)
    question = tokens(random.normal(size=(4, 2)).tolist(), [(i, i + 1) for i in range(4)])
    candidates = [
        (record("x" * 20, "c" * n), tokens(random.normal(size=(n, 2)).tolist(), [(i, i + 1) for i in range(n)])) for n in range(6)
    ]
    together = matches(*candidates, question_tokens=question).signals
    alone = [matches(one, question_tokens=question).signals[0] for one in candidates]
    np.testing.assert_allclose(together, alone, atol=1e-6)
