import csv
from pathlib import Path

import pytest

from qa.library import Library
from qa.measuring import LabelledQuestion, observe, save_observations
from qa.measuring.observations import ContinuationObservation, Observation, matrix
from qa.retrieval import SIGNALS
from tests.builders import make_library
from tests.calibrations import calibration
from tests.fake_embedder import FakeEmbedder

QUESTIONS = [
    LabelledQuestion(
        id="fietspaden",
        language="nl",
        kind="content",
        question="Hoeveel fietspaden zijn er in het noorden?",
        document="antwoorden",
        evidence=("negentig fietspaden",),
    ),
    LabelledQuestion(
        id="dijken",
        language="nl",
        kind="content",
        question="Wat kostten de dijken?",
        document="brief",
        evidence=("drie miljoen",),
    ),
    LabelledQuestion(
        id="verder",
        language="nl",
        kind="follow-up",
        history=("Hoeveel fietspaden zijn er?",),
        question="En wie betaalt ze?",
        document="antwoorden",
        evidence=("De provincies betalen ze.",),
    ),
    LabelledQuestion(id="zon", language="nl", kind="unanswerable", distance="far", question="Hoe laat gaat de zon onder?"),
]
ROW = Observation("a", "d", "nl", "content", 7, True, tuple(i / 10 for i in range(len(SIGNALS))))

Observed = tuple[list[Observation], list[ContinuationObservation]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("observations"), FakeEmbedder())


@pytest.fixture(scope="module")
def observed(library: Library) -> Observed:
    return observe(library, FakeEmbedder(), QUESTIONS, calibration())


def test_a_candidate_with_the_evidence_is_right(observed: Observed) -> None:
    right = {one.question for one in observed[0] if one.right}
    assert right == {"fietspaden", "dijken", "verder"}


def test_an_unanswerable_question_has_no_right_candidate_and_no_document(observed: Observed) -> None:
    rows = [one for one in observed[0] if one.question == "zon"]
    assert {(one.right, one.document, one.kind) for one in rows} == {(False, "", "unanswerable (far)")}


def test_every_candidate_has_a_value_of_every_signal(observed: Observed) -> None:
    assert matrix(observed[0]).shape == (len(observed[0]), len(SIGNALS))


def test_a_follow_up_goes_on_with_its_own_history(observed: Observed) -> None:
    assert [one.document for one in observed[1] if one.continues] == ["antwoorden"]


def test_a_question_after_one_about_another_document_starts_anew(observed: Observed) -> None:
    assert sorted(one.document for one in observed[1] if not one.continues) == ["antwoorden", "brief"]


def test_progress_counts_the_questions(library: Library) -> None:
    counted: list[int] = []
    observe(library, FakeEmbedder(), QUESTIONS[:2], calibration(), on_progress=counted.append)
    assert counted == [1, 2]


def test_the_same_questions_are_observed_alike(library: Library, observed: Observed) -> None:
    assert observe(library, FakeEmbedder(), QUESTIONS, calibration()) == observed


def test_observations_are_saved_a_row_each_under_the_names_of_their_signals(tmp_path: Path) -> None:
    save_observations([ROW], tmp_path / "seen.csv")
    with (tmp_path / "seen.csv").open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert header == ["question", "document", "language", "kind", "n_words", "right", *SIGNALS]
    assert row == ["a", "d", "nl", "content", "7", "1", *(str(signal) for signal in ROW.signals)]


def test_no_observations_have_no_signals() -> None:
    assert matrix([]).shape == (0, len(SIGNALS))
