from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.exceptions import LibraryError
from qa.library import Library, create_library
from qa.library.filters import Filters
from qa.passage import Role
from qa.retrieval import SIGNALS, Continuation, Retrieval, Retriever
from qa.retrieval.retriever import IN_DOCUMENT, IN_PASSAGE, KEYWORDS, LEAD
from qa.understanding.continuation import CONTINUATION_SIGNALS
from tests.builders import make_library, understood
from tests.calibrations import ALWAYS, NEVER, continuation, ranking
from tests.fake_embedder import FakeEmbedder

ABOUT_CYCLING = "Hoeveel fietspaden zijn er in het noorden?"
ABOUT_DIKES = "Zijn de dijken versterkt?"
WORDING = continuation(-3, pronouns=4, opening=4).as_model()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("retriever"), FakeEmbedder())


def retriever(library: Library, continues: float | Continuation = NEVER, **weights: float) -> Retriever:
    decides = continues if isinstance(continues, Continuation) else continuation(continues).as_model()
    return Retriever(library, FakeEmbedder(), ranking=ranking(**(weights or {"passage": 1})), continuation=decides)


def found(retrieval: Retrieval) -> list[tuple[int, float]]:
    return [(passage.record.passage_id, passage.score) for passage in retrieval.passages]


def signal(retrieval: Retrieval, name: str) -> list[float]:
    return [float(passage.signals[SIGNALS.index(name)]) for passage in retrieval.passages]


def test_the_passage_that_holds_the_words_comes_first(library: Library) -> None:
    first = retriever(library).retrieve(understood("De provincies betalen ze")).passages[0]
    assert first.record.passage.text == "De provincies betalen ze."


def test_passages_stand_in_the_order_of_their_scores(library: Library) -> None:
    scores = [score for _id, score in found(retriever(library).retrieve(understood(ABOUT_CYCLING)))]
    assert scores == sorted(scores, reverse=True)


def test_passages_that_score_the_same_stand_in_the_order_of_the_library(library: Library) -> None:
    retrieval = retriever(library, introduction_asked=1).retrieve(understood(ABOUT_DIKES))
    ids = [passage_id for passage_id, _score in found(retrieval)]
    assert {score for _id, score in found(retrieval)} == {0}
    assert ids == sorted(ids)


def test_the_score_is_the_weighted_sum_of_the_signals(library: Library) -> None:
    weights = {"passage": 0.5, "context": 0.25, "weakest": 0.125, "words": 1, "introduction": -0.5, "introduction_asked": 0.75}
    for passage in retriever(library, **weights).retrieve(understood("Wie stelde vragen over fietspaden?")).passages:
        expected = np.array([weights.get(name, 0) for name in SIGNALS]) @ passage.signals
        assert passage.score == pytest.approx(expected, abs=1e-6)


def test_matching_words_count_more_where_there_are_no_more_than_a_few(library: Library) -> None:
    retrieval = retriever(library, words=0).retrieve(understood("fietspaden noorden"))
    assert [one.score for one in retrieval.passages] == pytest.approx(
        [KEYWORDS * words for words in signal(retrieval, "words")], abs=1e-6
    )
    assert max(signal(retrieval, "words")) > 0
    asked = (
        "fietspaden noorden",
        "Fietspaden, noorden!",
        "Zijn er vragen over de fietspaden?",
        "waar zijn fietspaden",
        "wie stelde vragen over fietspaden",
        "Wat kost <b>kaas</b>?",
        "dijk duin sluis brug",
    )
    assert [understood(one).is_keywords for one in asked] == [True] * 3 + [False] * 4


def test_case_and_the_mark_at_the_end_do_not_change_what_is_found(library: Library) -> None:
    asked = retriever(library)
    assert found(asked.retrieve(understood("HOEVEEL FIETSPADEN?!"))) == found(asked.retrieve(understood("hoeveel fietspaden")))


def test_the_same_question_finds_the_same(library: Library) -> None:
    assert found(retriever(library).retrieve(understood(ABOUT_CYCLING))) == found(
        retriever(library).retrieve(understood(ABOUT_CYCLING))
    )


def test_what_is_asked_of_goes_before_what_matches_as_well(library: Library) -> None:
    asked = retriever(library, introduction_asked=1)
    *_others, last = asked.retrieve(understood(ABOUT_DIKES)).passages
    first, *others = asked.retrieve(understood(ABOUT_DIKES), leads=lambda record: record == last.record).passages
    assert (first.record, first.score) == (last.record, pytest.approx(LEAD))
    assert {one.score for one in others} == {0}


def test_a_follow_up_is_looked_for_first_where_the_question_before_was_answered(library: Library) -> None:
    by_nothing = {"introduction_asked": 1.0}
    before = retriever(library, **by_nothing).retrieve(understood(ABOUT_DIKES)).passages[-1].record
    for continues, (passage, document) in ((ALWAYS, (IN_DOCUMENT + IN_PASSAGE, IN_DOCUMENT)), (NEVER, (0, 0))):
        asked = retriever(library, continues, **by_nothing)
        ranked = asked.retrieve(understood("Zijn ze sterk?", [ABOUT_DIKES]), before=lambda: before).passages
        for one in ranked:
            near = passage if one.record == before else document if one.record.document_id == before.document_id else 0
            assert one.score == pytest.approx(near)


@settings(max_examples=25)
@given(question=st.text(min_size=1, max_size=40))
def test_a_member_s_question_is_never_found(library: Library, question: str) -> None:
    retrieval = retriever(library).retrieve(understood(f"{question} hoeveel fietspaden zijn er, wie betaalt ze"))
    assert Role.QUESTION not in {passage.record.passage.role for passage in retrieval.passages}


def test_no_passage_is_found_twice(library: Library) -> None:
    ids = [passage_id for passage_id, _score in found(retriever(library).retrieve(understood(ABOUT_CYCLING)))]
    assert len(set(ids)) == len(ids)


def test_only_passages_of_documents_that_fit_the_filters_are_found(library: Library) -> None:
    (document_id,) = library.catalogue().documents_matching(Filters(parties=("ABC",)))
    retrieval = retriever(library).retrieve(understood(ABOUT_CYCLING), filters=Filters(document_ids=(document_id,)))
    assert {passage.record.document_id for passage in retrieval.passages} == {document_id}


@pytest.mark.parametrize("question", ["?", "!?.", "…"])
def test_a_question_without_words_is_no_error(library: Library, question: str) -> None:
    assert set(signal(retriever(library).retrieve(understood(question, [question])), "words")) <= {0}


def test_the_content_words_of_the_question_are_told(library: Library) -> None:
    retrieval = retriever(library).retrieve(understood(ABOUT_CYCLING))
    assert [word.text for word in retrieval.words] == ["fietspaden", "noorden"]


def test_without_earlier_questions_nothing_is_decided(library: Library) -> None:
    retrieval = retriever(library, ALWAYS).retrieve(understood(ABOUT_CYCLING))
    assert (retrieval.continues, retrieval.continuation) == (False, ())


@pytest.mark.parametrize("history", [["?"], ["  "], ["...", "!"]])
def test_earlier_questions_without_words_do_not_count(library: Library, history: list[str]) -> None:
    assert found(retriever(library, ALWAYS).retrieve(understood(ABOUT_DIKES, history))) == found(
        retriever(library).retrieve(understood(ABOUT_DIKES))
    )


def test_a_follow_up_takes_the_earlier_question_along(library: Library) -> None:
    """The fake embedder's tokens do not see their neighbours, so only `earlier` tells which passage the earlier question was about."""
    retrieval = retriever(library, WORDING, earlier=1).retrieve(understood("En wie betaalt dat?", [ABOUT_CYCLING]))
    assert retrieval.continues
    assert retrieval.passages[0].record.passage.text == "Er zijn negentig fietspaden in het noorden."


def test_a_new_question_is_read_alone(library: Library) -> None:
    asked = retriever(library, WORDING, passage=1, earlier=1)
    retrieval = asked.retrieve(understood(ABOUT_DIKES, [ABOUT_CYCLING]))
    assert not retrieval.continues
    assert found(retrieval) == found(asked.retrieve(understood(ABOUT_DIKES)))


def test_a_new_question_has_no_earlier_tokens(library: Library) -> None:
    assert set(signal(retriever(library, NEVER).retrieve(understood(ABOUT_DIKES, [ABOUT_CYCLING])), "earlier")) == {0}


def test_a_follow_up_s_own_tokens_are_only_its_own(library: Library) -> None:
    """One-hot tokens are the same in any company, so the signals of the new question do not change."""
    follow_up = retriever(library, ALWAYS).retrieve(understood("Wie betaalt ze?", [ABOUT_DIKES]))
    alone = retriever(library).retrieve(understood("Wie betaalt ze?"))
    assert dict(found(follow_up)) == pytest.approx(dict(found(alone)))


def test_only_the_last_two_earlier_questions_count(library: Library) -> None:
    asked = retriever(library, ALWAYS, earlier=1)
    last = ["En de sluizen?", "Wat kostte dat?"]
    assert found(asked.retrieve(understood("En nu?", [ABOUT_CYCLING, *last]))) == found(
        asked.retrieve(understood("En nu?", last))
    )


def test_it_is_told_by_what_it_was_decided(library: Library) -> None:
    retrieval = retriever(library).retrieve(understood("En wie betaalt dat?", [ABOUT_CYCLING]))
    told = dict(zip(CONTINUATION_SIGNALS, retrieval.continuation, strict=True))
    best = max(
        float(passage.signals[:2].mean()) for passage in retriever(library).retrieve(understood("En wie betaalt dat?")).passages
    )
    assert (told["words"], told["pronouns"], told["opening"]) == (4, 1, 1)
    assert told["standalone"] == pytest.approx(best)


def test_the_matches_by_token_point_into_the_passage(library: Library) -> None:
    for passage in retriever(library).retrieve(understood(ABOUT_CYCLING)).passages:
        tokens = passage.matches.tokens
        words = [passage.record.passage.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
        assert all(word.isalnum() for word in words)


def test_an_empty_library_finds_nothing(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path, fake_embedder.identity)
    assert retriever(library, ALWAYS).retrieve(understood(ABOUT_DIKES, [ABOUT_CYCLING])).passages == []


def test_another_model_than_the_library_s_is_refused(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    identity = type(fake_embedder.identity)(name="other", revision="1", dim=4, query_prefix="", passage_prefix="")
    with pytest.raises(LibraryError, match="--rebuild"):
        retriever(create_library(tmp_path, identity))
