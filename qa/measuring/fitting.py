"""Fitting a calibration to observations, with scikit-learn's logistic regression.

1. Ranking: for every question, a right candidate should stand above each wrong one, so the differences of their signals are classified (pairwise learning
   to rank; R. Herbrich et al., 1999; T. Joachims, 2002).
2. Relevance: of the first `N_JUDGED` candidates in that order, which hold the answer, for each language apart.
3. Refusal: the largest of each signal among these, of answerable questions against those about something else only: what is close by cannot be told by
   them (tried), and would blunt the difference. The threshold loses at most `MOST_LOST` of the answerable questions.
4. Rates and the reliability curve come from models fitted without the document in question (cross-validation by document), never from the final one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import floor
from typing import Any, get_args

import numpy as np

from qa.answer import Language
from qa.calibration.calibration import Calibration, ContinuationWeights, ErrorRates, LanguageCalibration, ReliabilityBin
from qa.calibration.relevance import LEAD_OVER, RELEVANCE_SIGNALS, LogisticModel
from qa.measuring.logistic import logistic_regression
from qa.measuring.observations import ContinuationObservation, Observation, matrix
from qa.retrieval import SIGNALS
from qa.understanding.continuation import CONTINUATION_SIGNALS

LANGUAGES: tuple[Language, ...] = get_args(Language)
N_JUDGED = 5
N_FOLDS = 8
MOST_LOST = 0.01
STRONG, POSSIBLE = 0.6, 0.3
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 1.0)

Array = np.ndarray[Any, np.dtype[np.float64]]
Candidates = Mapping[str, Sequence[Observation]]
_RANKING_C, _RELEVANCE_C, _ANSWERABILITY_C = 0.01, 0.3, 3.0
_COLUMNS = [SIGNALS.index(name) for name in RELEVANCE_SIGNALS[:-1]]
_RIGHT = -1
FAR, NEAR = "unanswerable (far)", "unanswerable (near)"


def fit(model: str, observations: Sequence[Observation], continuations: Sequence[ContinuationObservation]) -> Calibration:
    """Return the calibration that fits what was observed.

    Args:
        model: name of the embedding model that the signals come from.
        observations: of candidates, those of a question together or apart.
        continuations: of questions asked after another one.
    """
    by_question = _by_question(observations)
    ranking = fit_ranking(by_question)
    held_out = _held_out(by_question)
    languages: dict[Language, LanguageCalibration] = {}
    for language in LANGUAGES:
        own = {question: rows for question, rows in by_question.items() if rows[0].language == language}
        if own:
            languages[language] = _fit_language(own, ranking, {q: held_out[q] for q in own})
    return Calibration(
        model=model,
        ranking={name: round(float(weight), 4) for name, weight in zip(SIGNALS, ranking, strict=True)},
        continuation=fit_continuation(continuations, CONTINUATION_SIGNALS),
        wording=fit_continuation(continuations, CONTINUATION_SIGNALS[:-1]),
        languages=languages,
        strong=STRONG,
        possible=POSSIBLE,
    )


def fit_ranking(by_question: Candidates) -> Array:
    """Return the weights of the signals, `(n_signals,)`, scaled so that the sizes of the first four add up to 1."""
    differences = [
        row
        for rows in by_question.values()
        if any(o.right for o in rows)
        for signals, right in [(matrix(rows), np.array([o.right for o in rows]))]
        for row in (signals[right][:, None] - signals[~right][None]).reshape(-1, len(SIGNALS))
        / max((~right).sum() * right.sum(), 1)
        * 20.0
    ]
    pairs = np.array(differences)
    model = logistic_regression(C=_RANKING_C, fit_intercept=False, max_iter=1000)
    scale = _spread(pairs)
    model.fit(np.concatenate([pairs, -pairs]) / scale, np.repeat([1, 0], len(pairs)))
    weights: Array = model.coef_[0] / scale
    scaled: Array = weights / np.abs(weights[:4]).sum()
    return scaled


def fit_continuation(observations: Sequence[ContinuationObservation], names: Sequence[str]) -> ContinuationWeights:
    """Return the model over the first signals of `CONTINUATION_SIGNALS`, those in `names`; the others weigh nothing."""
    signals = np.array([observation.signals[: len(names)] for observation in observations])
    scale = _spread(signals)
    model = logistic_regression(C=1.0, class_weight="balanced").fit(signals / scale, [o.continues for o in observations])
    weights = dict.fromkeys(CONTINUATION_SIGNALS, 0.0) | dict(zip(names, (model.coef_[0] / scale).round(4).tolist(), strict=True))
    return ContinuationWeights(intercept=round(float(model.intercept_[0]), 4), weights=weights)


def _fit_language(by_question: Candidates, ranking: Array, held_out: Mapping[str, Array]) -> LanguageCalibration:
    judged = {question: _judged(rows, ranking) for question, rows in by_question.items()}
    refusal = _refusal(by_question, held_out)
    return LanguageCalibration(
        relevance=_fit_relevance(list(judged.values())),
        answerability=_fit_answerability(by_question, judged),
        refusal=refusal,
        reliability=_reliability(np.concatenate(list(held_out.values()))),
        rates=_rates(by_question, held_out, refusal),
    )


def _judged(rows: Sequence[Observation], ranking: Array) -> Array:
    """Return the relevance signals of the first candidates of a question, and in the last column whether each is right."""
    signals = matrix(rows)
    scores = signals @ ranking
    order = np.argsort(-scores, kind="stable")[:N_JUDGED]
    lead = scores[order] - np.sort(scores)[::-1][:LEAD_OVER].mean()
    return np.column_stack([signals[order][:, _COLUMNS], lead, [rows[i].right for i in order]])


def _fit_relevance(judged: Sequence[Array]) -> LogisticModel:
    rows = np.concatenate(list(judged))
    return _logistic(rows[:, :_RIGHT], rows[:, _RIGHT], _RELEVANCE_C)


def _fit_answerability(by_question: Candidates, judged: Mapping[str, Array]) -> LogisticModel:
    told = [question for question, rows in by_question.items() if rows[0].kind != NEAR]
    signals = np.array([judged[question][:, :_RIGHT].max(axis=0) for question in told])
    answerable = np.array([by_question[question][0].kind != FAR for question in told])
    return _logistic(signals, answerable, _ANSWERABILITY_C)


def _logistic(signals: Array, labels: Array, strength: float) -> LogisticModel:
    scale = signals.std(axis=0) + 1e-9
    model = logistic_regression(C=strength, max_iter=1000).fit(signals / scale, labels)
    weights = (model.coef_[0] / scale).round(4).tolist()
    return LogisticModel(
        intercept=round(float(model.intercept_[0]), 4), weights=dict(zip(RELEVANCE_SIGNALS, weights, strict=True))
    )


def _held_out(by_question: Candidates) -> dict[str, Array]:
    """Return what models fitted on other documents say of every question's first candidates.

    Returns:
        By question `(n_judged, 3)`: the probability of relevance, that of answerability, and whether the candidate is right.
    """
    groups = sorted({_group(question, rows) for question, rows in by_question.items()})
    fold_of = {group: place % N_FOLDS for place, group in enumerate(groups)}
    result: dict[str, Array] = {}
    for fold in range(N_FOLDS):
        inside = {q: rows for q, rows in by_question.items() if fold_of[_group(q, rows)] == fold}
        if not inside:  # fewer documents than folds
            continue
        outside = {q: rows for q, rows in by_question.items() if q not in inside}
        ranking = fit_ranking(outside)
        for language in {rows[0].language for rows in inside.values()}:
            own = {q: rows for q, rows in outside.items() if rows[0].language == language}
            judged = {q: _judged(rows, ranking) for q, rows in own.items()}
            relevance, answerability = _fit_relevance(list(judged.values())), _fit_answerability(own, judged)
            for question, rows in inside.items():
                if rows[0].language == language:
                    tested = _judged(rows, ranking)
                    said = relevance.probabilities_of(tested[:, :_RIGHT])
                    about = answerability.probabilities_of(tested[:, :_RIGHT].max(axis=0, keepdims=True))
                    result[question] = np.column_stack([said, np.repeat(about, len(said)), tested[:, _RIGHT]])
    return result


def _group(question: str, rows: Sequence[Observation]) -> str:
    return rows[0].document or question


def _refusal(by_question: Candidates, held_out: Mapping[str, Array]) -> float:
    best = [held_out[q][:, 1].max() for q, rows in by_question.items() if rows[0].kind not in {FAR, NEAR}]
    return floor(float(np.quantile(best, MOST_LOST, method="lower")) * 10_000) / 10_000  # rounded up it would lose one more


def _rates(by_question: Candidates, held_out: Mapping[str, Array], refusal: float) -> ErrorRates:
    best: dict[str, list[float]] = defaultdict(list)
    for question, rows in by_question.items():
        kind = rows[0].kind if rows[0].kind in {FAR, NEAR} else "answerable"
        best[kind].append(float(held_out[question][:, 1].max()))
    refused = {kind: round(float(np.mean(np.array(values) < refusal)), 3) for kind, values in best.items()}
    shown = np.concatenate([judged for judged in held_out.values() if judged[:, 1].max() >= refusal])
    return ErrorRates(
        strong=_precision(shown, STRONG, 1.1),
        possible=_precision(shown, POSSIBLE, STRONG),
        weak=_precision(shown, 0.0, POSSIBLE),
        refused_answerable=refused.get("answerable", 0.0),
        refused_far=refused.get(FAR, 0.0),
        refused_near=refused.get(NEAR, 0.0),
        n_answerable=len(best["answerable"]),
        n_far=len(best[FAR]),
        n_near=len(best[NEAR]),
    )


def _precision(judged: Array, low: float, high: float) -> float:
    inside = judged[(judged[:, 0] >= low) & (judged[:, 0] < high)]
    return round(float(inside[:, _RIGHT].mean()), 3) if len(inside) else 0.0


def _reliability(judged: Array) -> tuple[ReliabilityBin, ...]:
    places = np.digitize(judged[:, 0], BINS[1:-1])
    bins = [judged[places == place] for place in range(len(BINS) - 1)]
    return tuple(
        ReliabilityBin(said=round(float(rows[:, 0].mean()), 3), right=round(float(rows[:, _RIGHT].mean()), 3), n=len(rows))
        for rows in bins
        if len(rows)
    )


def _spread(signals: Array) -> Array:
    """Return the standard deviation of every column, 1 for one that is always the same."""
    deviations: Array = signals.std(axis=0)
    return np.where(deviations > 1e-9, deviations, 1.0)


def _by_question(observations: Sequence[Observation]) -> dict[str, list[Observation]]:
    grouped: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        grouped[observation.question].append(observation)
    return dict(grouped)
