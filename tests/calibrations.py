"""Calibrations written by hand, so that every probability can be worked out."""

from qa.answer import Language
from qa.calibration import AnswerModel, Calibration, ErrorRates, LogisticModel
from qa.calibration.calibration import ContinuationWeights, LanguageCalibration
from qa.calibration.relevance import ANSWER_SIGNALS, RELEVANCE_SIGNALS
from qa.retrieval import SIGNALS
from qa.understanding.continuation import CONTINUATION_SIGNALS

NO_RATES = ErrorRates(
    strong=0, possible=0, weak=0, refused_answerable=0, refused_far=0, refused_near=0, n_answerable=0, n_far=0, n_near=0
)
NEVER, ALWAYS = -50.0, 50.0
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def ranking(**weights: float) -> dict[str, float]:
    """Return weights of the ranking signals, 0 for those not given."""
    return dict.fromkeys(SIGNALS, 0.0) | weights


def logistic_model(intercept: float, **weights: float) -> LogisticModel:
    """Return a model of relevance or answerability, 0 for the weights not given."""
    return LogisticModel(intercept=intercept, weights=dict.fromkeys(RELEVANCE_SIGNALS, 0.0) | weights)


def continuation(intercept: float, **weights: float) -> ContinuationWeights:
    """Return a continuation model, 0 for the weights not given."""
    return ContinuationWeights(intercept=intercept, weights=dict.fromkeys(CONTINUATION_SIGNALS, 0.0) | weights)


def calibration(*, refusal: float = 0.1, continues: float = NEVER, model: str = "fake") -> Calibration:
    """Return a calibration by the `passage` signal alone: the probability is 1 / (1 + exp(-10 (passage - 0.5)))."""
    by_passage = logistic_model(-5, passage=10)
    by_best = AnswerModel(intercept=-5, weights=dict.fromkeys(ANSWER_SIGNALS, 0.0) | {"best_passage": 10.0})
    fitted = LanguageCalibration(
        relevance=by_passage,
        answerability=by_best,
        sureness=by_best,
        refusal=refusal,
        found=0.9,
        probable=0.5,
        reliability=(),
        rates=NO_RATES,
    )
    return Calibration(
        model=model,
        ranking=ranking(passage=1),
        continuation=continuation(continues),
        wording=continuation(continues),
        languages=dict.fromkeys(LANGUAGES, fitted),
        strong=0.9,
        possible=0.5,
    )
