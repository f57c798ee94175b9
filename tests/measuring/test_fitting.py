"""A calibration fitted to observations that are made up: `passage` and `context` tell right from wrong, `words` is noise.

Of an answerable question one candidate of eight is right. The best candidate of a question about something else is far below, of one close by a little.
"""

from dataclasses import replace

import numpy as np
import pytest

from qa.answer import Language
from qa.calibration import Calibration
from qa.measuring import fit
from qa.measuring.fitting import BINS, MOST_LOST, N_JUDGED, _by_question, _held_out, fit_ranking
from qa.measuring.observations import ContinuationObservation, Observation
from qa.retrieval import SIGNALS
from qa.understanding.continuation import CONTINUATION_SIGNALS

N_DOCUMENTS, N_CANDIDATES = 8, 8
FAR, NEAR = "unanswerable (far)", "unanswerable (near)"
LEVEL = {"content": 0.7, FAR: 0.2, NEAR: 0.5}


def question(name: str, language: Language, kind: str, seed: int, document: str = "") -> list[Observation]:
    random = np.random.default_rng(seed)
    observations = []
    for place in range(N_CANDIDATES):
        right = kind == "content" and place == 3
        level = LEVEL[kind] if right or (kind != "content" and place == 3) else 0.3 * random.random()
        passage = level + random.normal(0, 0.08)
        signals = (passage, passage + random.normal(0, 0.03), passage - 0.2, random.random(), 0.0, float(place == 0), 0.0)
        observations.append(Observation(name, document, language, kind, 6, right, tuple(float(s) for s in signals)))
    return observations


def made_up(languages: tuple[Language, ...] = ("nl", "en")) -> list[Observation]:
    observations = []
    for start, language in enumerate(languages):
        for i in range(3 * N_DOCUMENTS):
            observations += question(f"{language}-{i}", language, "content", 1000 * start + i, f"document {i % N_DOCUMENTS}")
        for i in range(20):
            observations += question(f"{language}-far-{i}", language, FAR, 1000 * start + 200 + i)
            observations += question(f"{language}-near-{i}", language, NEAR, 1000 * start + 300 + i)
    return observations


def continuations() -> list[ContinuationObservation]:
    random = np.random.default_rng(0)
    return [
        ContinuationObservation(
            "nl", "d", i % 2 == 0, (3.0 - 2 * (i % 2 == 0) + random.random(), 6.0, float(i % 2 == 0), 0.0, 0.5)
        )
        for i in range(60)
    ]


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return fit("made-up", made_up(), continuations())


def test_the_model_is_named(fitted: Calibration) -> None:
    assert fitted.model == "made-up"


def test_every_ranking_signal_has_a_weight(fitted: Calibration) -> None:
    assert list(fitted.ranking) == list(SIGNALS)


def test_signals_that_tell_right_from_wrong_outweigh_noise(fitted: Calibration) -> None:
    assert min(fitted.ranking["passage"], fitted.ranking["context"]) > 2 * abs(fitted.ranking["words"])


def test_the_sizes_of_the_weights_of_matching_add_up_to_1(fitted: Calibration) -> None:
    assert sum(abs(fitted.ranking[name]) for name in SIGNALS[:4]) == pytest.approx(1, abs=1e-3)


def test_a_signal_that_is_always_the_same_weighs_nothing(fitted: Calibration) -> None:
    assert fitted.ranking["earlier"] == 0


def test_the_right_candidate_is_ranked_first() -> None:
    ranking = fit_ranking(_by_question(made_up()))
    ranked = [rows for rows in _by_question(made_up()).values() if any(row.right for row in rows)]
    firsts = [max(rows, key=lambda row: float(np.dot(row.signals, ranking))) for rows in ranked]
    assert np.mean([first.right for first in firsts]) >= 0.95


def test_most_questions_about_something_else_are_refused(fitted: Calibration) -> None:
    assert min(language.rates.refused_far for language in fitted.languages.values()) >= 0.8


def test_no_more_of_the_answerable_questions_are_refused_than_allowed(fitted: Calibration) -> None:
    assert max(language.rates.refused_answerable for language in fitted.languages.values()) <= MOST_LOST


def test_questions_about_something_else_are_refused_sooner_than_those_close_by(fitted: Calibration) -> None:
    rates = fitted.languages["nl"].rates
    assert rates.refused_far >= rates.refused_near


def test_the_rates_say_of_how_many_questions_they_are(fitted: Calibration) -> None:
    rates = fitted.languages["en"].rates
    assert (rates.n_answerable, rates.n_far, rates.n_near) == (3 * N_DOCUMENTS, 20, 20)


def test_strong_citations_are_right_more_often_than_weak_ones(fitted: Calibration) -> None:
    for language in fitted.languages.values():
        assert language.rates.strong > 0.7 > 0.1 > language.rates.weak


def test_every_judged_candidate_is_in_one_bin(fitted: Calibration) -> None:
    assert sum(one.n for one in fitted.languages["nl"].reliability) == N_JUDGED * (3 * N_DOCUMENTS + 20 + 20)


def test_bins_stand_in_order_within_their_bounds(fitted: Calibration) -> None:
    said = [one.said for one in fitted.languages["nl"].reliability]
    assert said == sorted(said)
    assert len({int(np.digitize(one, BINS[1:-1])) for one in said}) == len(said)


def test_what_is_said_is_found_on_the_whole(fitted: Calibration) -> None:
    bins = fitted.languages["nl"].reliability
    n = sum(one.n for one in bins)
    assert sum(one.said * one.n for one in bins) / n == pytest.approx(sum(one.right * one.n for one in bins) / n, abs=0.03)


def test_a_question_that_points_back_goes_on(fitted: Calibration) -> None:
    model = fitted.continuation.as_model()
    assert [model.continues((1.5, 6, 1, 0, 0.5)), model.continues((3.5, 6, 0, 0, 0.5))] == [True, False]


def test_the_wording_leaves_out_how_well_it_is_answered_alone(fitted: Calibration) -> None:
    assert list(fitted.wording.weights) == list(CONTINUATION_SIGNALS)
    assert fitted.wording.weights["standalone"] == 0


def test_the_same_observations_give_the_same_calibration(fitted: Calibration) -> None:
    assert fit("made-up", made_up(), continuations()).to_json() == fitted.to_json()


def test_the_order_of_a_question_s_candidates_and_of_questions_hardly_matters(fitted: Calibration) -> None:
    """Only which documents are held out together is decided by their names."""
    turned = fit("made-up", made_up()[::-1], continuations())
    assert turned.ranking == pytest.approx(fitted.ranking, abs=1e-3)


def test_a_fitted_calibration_comes_back_from_its_json(fitted: Calibration) -> None:
    assert Calibration.model_validate_json(fitted.to_json()) == fitted


def test_questions_in_one_language_give_a_calibration_for_that_one() -> None:
    assert set(fit("made-up", made_up(("nl",)), continuations()).languages) == {"nl"}


def test_a_document_s_own_labels_do_not_touch_what_is_said_of_it() -> None:
    observations = made_up(("nl",))
    turned = [replace(one, right=not one.right) if one.document == "document 5" else one for one in observations]
    asked = [one.question for one in observations if one.document == "document 5"]
    before, after = _held_out(_by_question(observations)), _held_out(_by_question(turned))
    for name in asked:
        np.testing.assert_array_equal(before[name].judged[:, 0], after[name].judged[:, 0])
        assert (before[name].answerable, before[name].sure) == (after[name].answerable, after[name].sure)


def test_a_document_s_labels_do_touch_what_is_said_of_others() -> None:
    observations = made_up(("nl",))
    turned = [replace(one, right=not one.right) if one.document == "document 5" else one for one in observations]
    assert not np.array_equal(
        _held_out(_by_question(observations))["nl-0"].judged, _held_out(_by_question(turned))["nl-0"].judged
    )
