"""`Calibration`: everything that was fitted for an embedding model, with how well it holds, in one JSON file.

The file of the embedded model ships with the program, beside the signals that it was fitted on; `bronvraag calibrate` writes both. A library's own file,
`calibration.json` in its folder, comes first.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from qa.answer import Language, Relevance
from qa.calibration.relevance import AnswerModel, LogisticModel, require_weights
from qa.exceptions import LibraryError
from qa.retrieval import SIGNALS, Continuation
from qa.understanding.continuation import CONTINUATION_SIGNALS

FILE_NAME = "calibration.json"
EMBEDDED = "multilingual-e5-small"


class ReliabilityBin(BaseModel):
    """Citations whose probability was said to be about `said`: so many, of which the share `right` held the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: float
    right: float
    n: int


class ErrorRates(BaseModel):
    """How the calibration does on the questions that it was fitted on, each judged by a model fitted without its document.

    Attributes:
        strong, possible, weak: the shares of citations so called that hold the answer.
        found, unclear: the shares of the answerable questions whose answer is called so.
        found_near, unclear_near: the same of those close by that have no answer.
        refused_answerable: share of the questions with an answer that are refused.
        refused_far, refused_near: shares of the questions without one that are refused, about something else and close by.
        n_answerable, n_far, n_near: how many questions these are shares of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    strong: float
    possible: float
    weak: float
    found: float = 0.0
    unclear: float = 0.0
    found_near: float = 0.0
    unclear_near: float = 0.0
    refused_answerable: float
    refused_far: float
    refused_near: float
    n_answerable: int
    n_far: int
    n_near: int


class LanguageCalibration(BaseModel):
    """What holds for questions in one language.

    Attributes:
        relevance: how probable it is that a passage holds the answer.
        answerability: how probable it is that the question is about the documents at all.
        sureness: how probable it is that the first passage answers it.
        refusal: with less answerability than this, the question is certainly about something else.
        found, probable: from which sureness on an answer is called so; with less there is no clear answer.
        reliability: the curve of said against found.
        rates: what goes wrong.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    relevance: LogisticModel
    answerability: AnswerModel
    sureness: AnswerModel
    refusal: float
    found: float
    probable: float
    reliability: tuple[ReliabilityBin, ...]
    rates: ErrorRates


class ContinuationWeights(BaseModel):
    """A fitted `Continuation` as it stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]

    @field_validator("weights")
    @classmethod
    def _weighs_every_signal(cls, weights: dict[str, float]) -> dict[str, float]:
        require_weights(weights, CONTINUATION_SIGNALS)
        return weights

    def as_model(self) -> Continuation:
        """Return the model that decides."""
        return Continuation(self.weights, self.intercept)


class Calibration(BaseModel):
    """What was fitted for one embedding model.

    Attributes:
        model: its name.
        ranking: the weight of each of `qa.retrieval.SIGNALS`.
        continuation: decides whether a question goes on with the conversation.
        wording: the same from the wording of the question alone, for models without a calibration.
        languages: by the language of the question; empty for a model without a calibration.
        strong, possible: from which probability on a citation is called so.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    ranking: dict[str, float]
    continuation: ContinuationWeights
    wording: ContinuationWeights
    languages: dict[Language, LanguageCalibration]
    strong: float
    possible: float

    @field_validator("ranking")
    @classmethod
    def _ranks_by_every_signal(cls, ranking: dict[str, float]) -> dict[str, float]:
        require_weights(ranking, SIGNALS)
        return ranking

    def in_words(self, probability: float) -> Relevance:
        """Return a probability as a word."""
        if probability >= self.strong:
            return Relevance.STRONG
        return Relevance.POSSIBLE if probability >= self.possible else Relevance.WEAK

    def to_json(self) -> str:
        """Return the file's text."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False) + "\n"


def calibration_of(model_name: str, own: Path | None = None) -> Calibration:
    """Return the calibration for a model: the library's own in the file `own` if it is for that model, else the one that ships with the program.

    A model that none is for is ranked as the embedded one, never refused, and nothing is said of its certainty.

    Raises:
        LibraryError: the library's own file cannot be read.
    """
    if own and (fitted := _read(own)).model == model_name:
        return fitted
    shipped = _shipped()
    if model_name == shipped.model:
        return shipped
    return shipped.model_copy(update={"model": model_name, "languages": {}, "continuation": shipped.wording})


@cache
def _shipped() -> Calibration:
    return Calibration.model_validate_json(files("qa.calibration").joinpath(f"{EMBEDDED}.json").read_text(encoding="utf-8"))


def _read(path: Path) -> Calibration:
    try:
        return Calibration.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise LibraryError("calibration_unreadable", path=path, reason=str(error).splitlines()[0]) from error
