"""Fits `MessageModel` and `FarOff`: `python -m qa.measuring.message_kinds QUESTIONS.jsonl... MORE.txt`.

1. The messages in `message_kinds.txt`, and the questions in MORE, one a line, as content, fit `qa/understanding/message-kinds.json`. MORE may be any
   questions about parliamentary papers: the more kinds of documents they are about, the fewer questions of a new kind are taken for something else.
2. The labelled questions, some of them about something else (`distance` far), fit how that is joined with what a library answers, `qa/calibration/far-off.json`.
   They must be those that `bronvraag calibrate` observed, and none of MORE. None that the documents answer is refused.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings import Embedder, Float32Array, FloatArray, load_embedder
from qa.calibration import Calibration, calibration_of
from qa.calibration.calibration import EMBEDDED
from qa.calibration.far_off import FILE as FAR_OFF_FILE
from qa.calibration.far_off import FarOff
from qa.calibration.relevance import answer_signals
from qa.measuring.logistic import logistic_regression
from qa.measuring.observations import Observation, load_observations, matrix
from qa.measuring.questions import LabelledQuestion, load_questions
from qa.retrieval import SIGNALS
from qa.retrieval.retriever import question_text
from qa.understanding.message_model import CONTENT, FILE, MessageModel

MESSAGES = Path(__file__).with_name("message_kinds.txt")
LEAST = -1.0
"""Logit of being elsewhere below which nothing is refused, whatever the library answers."""
_WEIGHT_OF_MORE = 0.5
"""Of a question in MORE, of which there are many, beside a message."""
_STRENGTH = 10.0
_BATCH = 32


def load_messages(path: Path = MESSAGES) -> list[tuple[str, str]]:
    """Return messages with their kinds."""
    messages, kind = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            kind = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            messages.append((line, kind))
    return messages


def fit_kinds(embedder: Embedder, messages: Sequence[tuple[str, str]], more: Sequence[str]) -> MessageModel:
    """Return the model of messages and of more questions about content."""
    texts, kinds = [message for message, _kind in messages], [kind for _message, kind in messages]
    vectors = _vectors(embedder, [*texts, *more])
    weights = np.repeat([1.0, _WEIGHT_OF_MORE], [len(texts), len(more)])
    model = logistic_regression(C=_STRENGTH, max_iter=5000)
    model.fit(vectors, [*kinds, *[CONTENT] * len(more)], sample_weight=weights)
    return MessageModel(tuple(model.classes_), model.coef_.astype(np.float32), model.intercept_.astype(np.float32))


def fit_far_off(
    embedder: Embedder, messages: MessageModel, asked: Sequence[LabelledQuestion], observations: Sequence[Observation]
) -> FarOff:
    """Return how what messages say and what a library answers are joined.

    Args:
        embedder: that the messages were fitted with.
        messages: the model of messages.
        asked: labelled questions, some of them about something else; follow-ups, which are never refused, do not count.
        observations: of their candidates, those that the calibration was fitted on.
    """
    calibration = calibration_of(embedder.identity.name)
    ranking = np.array([calibration.ranking[name] for name in SIGNALS])
    seen: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        seen[one.question].append(one)
    fresh = [question for question in asked if not question.history and question.id in seen]
    elsewhere = [messages.elsewhere(vector) for vector in _vectors(embedder, [one.question for one in fresh])]
    answers = [_answerability(calibration, ranking, seen[one.id]) for one in fresh]
    signals: FloatArray = np.column_stack([_logit(np.array(answers)), elsewhere])
    far = [one.distance == "far" for one in fresh]
    both = logistic_regression(C=_STRENGTH, class_weight="balanced").fit(signals, far)
    answerable = np.array([one.is_answerable for one in fresh]) & (signals[:, 1] > LEAST)
    lost = both.decision_function(signals)[answerable]
    return FarOff(
        messages,
        least=LEAST,
        answerability=float(both.coef_[0][0]),
        elsewhere=float(both.coef_[0][1]),
        intercept=float(both.intercept_[0] - max(0.0, *lost)),
    )


def _answerability(calibration: Calibration, ranking: FloatArray, candidates: Sequence[Observation]) -> float:
    signals = matrix(candidates)
    best_first = signals[np.argsort(-(signals @ ranking), kind="stable")]
    fitted = calibration.languages[candidates[0].language].answerability
    return float(fitted.probabilities_of(answer_signals(best_first, candidates[0].n_words)[None])[0])


def _vectors(embedder: Embedder, questions: Sequence[str]) -> Float32Array:
    """Return the vectors of questions read alone, `(n_questions, dim)` float32."""
    texts = [question_text(question)[0] for question in questions]
    return np.concatenate([embedder.embed_queries(texts[i : i + _BATCH]).vectors for i in range(0, len(texts), _BATCH)])


def _logit(probabilities: FloatArray) -> FloatArray:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    logit: FloatArray = np.log(clipped / (1 - clipped))
    return logit


def main(arguments: Sequence[str]) -> None:
    """Fit and write the two files."""
    *labelled, more = map(Path, arguments)
    qa = Path(__file__).parents[1]
    embedder = load_embedder(EMBEDDED)
    kinds = fit_kinds(embedder, load_messages(), more.read_text(encoding="utf-8").splitlines())
    (qa / "understanding" / FILE).write_text(kinds.to_json(embedder.identity), encoding="utf-8")
    observations = load_observations(qa / "calibration" / f"{EMBEDDED}.csv")
    far_off = fit_far_off(embedder, kinds, load_questions(*labelled), observations)
    (qa / "calibration" / FAR_OFF_FILE).write_text(far_off.to_json(embedder.identity), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
