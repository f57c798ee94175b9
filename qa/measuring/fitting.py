"""Fitting a calibration to observations, with scikit-learn's logistic regression.

1. Ranking: for every question, a right candidate should stand above each wrong one, so the differences of their signals are classified (pairwise learning
   to rank; R. Herbrich et al., 1999; T. Joachims, 2002).
2. Relevance: of the first `N_JUDGED` candidates in that order, which hold the answer, for each language apart.
3. Refusal: signals of the whole answer, of answerable questions against those about something else only: what is close by would blunt the difference. The
   threshold loses at most `MOST_LOST` of the answerable questions; follow-ups do not count, since they are never refused.
4. Sureness: the same signals, of questions whose first candidate holds the answer against all others, those close by among them. An answer is *found* from
   where at most `MOST_FOUND_NEAR` of these would be called so, and there is no clear answer below what `UNCLEAR_NEAR` of them reach.
5. Rates and the reliability curve come from models fitted without the document in question (cross-validation by document), never from the final one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, get_args

import numpy as np

from qa.answer import Language
from qa.calibration.calibration import Calibration, ContinuationWeights, ErrorRates, LanguageCalibration, ReliabilityBin
from qa.calibration.relevance import (
    ANSWER_SIGNALS,
    LEAD_OVER,
    LEAST_POSSIBLE,
    RELEVANCE_SIGNALS,
    AnswerModel,
    LogisticModel,
    answer_signals,
)
from qa.measuring.logistic import logistic_regression
from qa.measuring.observations import ContinuationObservation, Observation, matrix
from qa.retrieval import SIGNALS
from qa.understanding.continuation import CONTINUATION_SIGNALS

LANGUAGES: tuple[Language, ...] = get_args(Language)
N_JUDGED = 5
N_FOLDS = 8
MOST_LOST = 0.005
MOST_FOUND_NEAR = 0.04
UNCLEAR_NEAR = 0.7
"""On the safe side of .05 and .60, which are the aims."""
STRONG, POSSIBLE = 0.6, 0.3
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 1.0)

Array = np.ndarray[Any, np.dtype[np.float64]]
Candidates = Mapping[str, Sequence[Observation]]
_RANKING_C, _RELEVANCE_C, _ANSWER_C = 0.01, 0.3, 0.5
_COLUMNS = [SIGNALS.index(name) for name in RELEVANCE_SIGNALS[:-1]]
_RIGHT = -1
FAR, NEAR, FOLLOW_UP = "unanswerable (far)", "unanswerable (near)", "follow-up"


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


def _fit_language(by_question: Candidates, ranking: Array, held_out: Mapping[str, "_HeldOut"]) -> LanguageCalibration:
    refusal, (found, probable) = _refusal(by_question, held_out), _sureness_bounds(by_question, held_out)
    return LanguageCalibration(
        relevance=_fit_relevance([_judged(rows, ranking) for rows in by_question.values()]),
        answerability=_fit_answerability(by_question, ranking),
        sureness=_fit_sureness(by_question, ranking),
        refusal=refusal,
        found=found,
        probable=probable,
        reliability=_reliability(np.concatenate([one.judged for one in held_out.values()])),
        rates=_rates(by_question, held_out, refusal, found, probable),
    )


@dataclass(frozen=True)
class _HeldOut:
    """What models fitted on other documents say of a question.

    Attributes:
        judged: `(n_judged, 2)`, the probability of relevance of its first candidates, and whether each is right.
        answerable: how probably it is about the documents.
        sure: how probably its first candidate is right.
    """

    judged: Array
    answerable: float
    sure: float

    @property
    def is_possible(self) -> bool:
        """Whether the best of its first candidates may be right, without which nothing is found."""
        return bool(self.judged[:, 0].max() >= LEAST_POSSIBLE)


def _of_answer(rows: Sequence[Observation], ranking: Array) -> Array:
    """Return the signals of the whole answer, and in the last column whether its first candidate is right."""
    signals = matrix(rows)
    scores = signals @ ranking
    order = np.argsort(-scores, kind="stable")
    return np.append(answer_signals(signals[order], rows[0].n_words), rows[int(order[0])].right)


def _judged(rows: Sequence[Observation], ranking: Array) -> Array:
    """Return the relevance signals of the first candidates of a question, and in the last column whether each is right."""
    signals = matrix(rows)
    scores = signals @ ranking
    order = np.argsort(-scores, kind="stable")[:N_JUDGED]
    lead = scores[order] - np.sort(scores)[::-1][:LEAD_OVER].mean()
    return np.column_stack([signals[order][:, _COLUMNS], lead, [rows[i].right for i in order]])


def _fit_relevance(judged: Sequence[Array]) -> LogisticModel:
    rows = np.concatenate(list(judged))
    return LogisticModel(**_logistic(rows[:, :_RIGHT], rows[:, _RIGHT], _RELEVANCE_C, RELEVANCE_SIGNALS))


def _fit_answerability(by_question: Candidates, ranking: Array) -> AnswerModel:
    told = [rows for rows in by_question.values() if rows[0].kind != NEAR]
    signals = np.array([_of_answer(rows, ranking)[:_RIGHT] for rows in told])
    fitted = _logistic(signals, np.array([rows[0].kind != FAR for rows in told]), _ANSWER_C, ANSWER_SIGNALS, is_balanced=True)
    return AnswerModel(**fitted)


def _fit_sureness(by_question: Candidates, ranking: Array) -> AnswerModel:
    seen = np.array([_of_answer(rows, ranking) for rows in by_question.values() if rows[0].kind != FAR])
    return AnswerModel(**_logistic(seen[:, :_RIGHT], seen[:, _RIGHT], _ANSWER_C, ANSWER_SIGNALS))


def _logistic(
    signals: Array, labels: Array, strength: float, names: Sequence[str], *, is_balanced: bool = False
) -> dict[str, Any]:
    """Return the intercept and weights of a logistic regression over standardised signals, as a model takes them."""
    scale = signals.std(axis=0) + 1e-9
    kind = "balanced" if is_balanced else None
    model = logistic_regression(C=strength, max_iter=2000, class_weight=kind).fit(signals / scale, labels)
    weights = (model.coef_[0] / scale).round(4).tolist()
    return {"intercept": round(float(model.intercept_[0]), 4), "weights": dict(zip(names, weights, strict=True))}


def _held_out(by_question: Candidates) -> dict[str, _HeldOut]:
    """Return, by question, what models fitted on other documents say of it."""
    groups = sorted({_group(question, rows) for question, rows in by_question.items()})
    fold_of = {group: place % N_FOLDS for place, group in enumerate(groups)}
    result: dict[str, _HeldOut] = {}
    for fold in range(N_FOLDS):
        inside = {q: rows for q, rows in by_question.items() if fold_of[_group(q, rows)] == fold}
        if not inside:  # fewer documents than folds
            continue
        outside = {q: rows for q, rows in by_question.items() if q not in inside}
        ranking = fit_ranking(outside)
        for language in sorted({rows[0].language for rows in inside.values()}):
            own = {q: rows for q, rows in outside.items() if rows[0].language == language}
            relevance = _fit_relevance([_judged(rows, ranking) for rows in own.values()])
            answerability, sureness = _fit_answerability(own, ranking), _fit_sureness(own, ranking)
            for question, rows in inside.items():
                if rows[0].language == language:
                    tested, whole = _judged(rows, ranking), _of_answer(rows, ranking)[None, :_RIGHT]
                    said = relevance.probabilities_of(tested[:, :_RIGHT])
                    result[question] = _HeldOut(
                        np.column_stack([said, tested[:, _RIGHT]]),
                        float(answerability.probabilities_of(whole)[0]),
                        float(sureness.probabilities_of(whole)[0]),
                    )
    return result


def _group(question: str, rows: Sequence[Observation]) -> str:
    return rows[0].document or question


def _refusal(by_question: Candidates, held_out: Mapping[str, _HeldOut]) -> float:
    answerable = [held_out[q].answerable for q, rows in by_question.items() if rows[0].kind not in {FAR, NEAR, FOLLOW_UP}]
    return floor(float(np.quantile(answerable, MOST_LOST, method="lower")) * 10_000) / 10_000  # rounded up it would lose one more


def _sureness_bounds(by_question: Candidates, held_out: Mapping[str, _HeldOut]) -> tuple[float, float]:
    """Return from where an answer is found and from where it is probable; as single passages are called where nothing close by was asked."""
    near = [held_out[q].sure for q, rows in by_question.items() if rows[0].kind == NEAR]
    if not near:
        return STRONG, POSSIBLE
    found = np.quantile(near, 1 - MOST_FOUND_NEAR, method="lower")
    probable = np.quantile(near, UNCLEAR_NEAR, method="higher")
    return ceil(float(found) * 10_000 + 1) / 10_000, ceil(float(probable) * 10_000) / 10_000


def _rates(
    by_question: Candidates, held_out: Mapping[str, _HeldOut], refusal: float, found: float, probable: float
) -> ErrorRates:
    by_kind: dict[str, list[_HeldOut]] = defaultdict(list)
    for question, rows in by_question.items():
        by_kind[rows[0].kind if rows[0].kind in {FAR, NEAR} else "answerable"].append(held_out[question])
    shown = np.concatenate([one.judged for one in held_out.values() if one.answerable >= refusal])

    def share(kind: str, holds: Callable[[_HeldOut], bool]) -> float:
        return round(float(np.mean([holds(one) for one in by_kind[kind]])), 3) if by_kind[kind] else 0.0

    return ErrorRates(
        strong=_precision(shown, STRONG, 1.1),
        possible=_precision(shown, POSSIBLE, STRONG),
        weak=_precision(shown, 0.0, POSSIBLE),
        found=share("answerable", lambda one: one.sure >= found and one.is_possible),
        unclear=share("answerable", lambda one: one.sure < probable),
        found_near=share(NEAR, lambda one: one.sure >= found and one.is_possible),
        unclear_near=share(NEAR, lambda one: one.sure < probable),
        refused_answerable=share("answerable", lambda one: one.answerable < refusal),
        refused_far=share(FAR, lambda one: one.answerable < refusal),
        refused_near=share(NEAR, lambda one: one.answerable < refusal),
        n_answerable=len(by_kind["answerable"]),
        n_far=len(by_kind[FAR]),
        n_near=len(by_kind[NEAR]),
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
