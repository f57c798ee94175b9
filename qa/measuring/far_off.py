"""Fits `FarOff`: `python -m qa.measuring.far_off LIBRARY QUESTIONS.jsonl [MORE.txt]` writes `qa/calibration/far-off.json`.

The library answers the labelled questions, some of which are about something else (`distance` far). The messages in `far_off.txt`, these questions
and more of them, one a line, fit the model of the vector; the labelled ones fit the two together. More may be any questions about parliamentary
papers: the more kinds of documents they are about, the fewer questions of a new kind are taken for something else.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings import Embedder, Float32Array, FloatArray
from qa.calibration import calibration_of
from qa.calibration.far_off import FILE, FarOff
from qa.measuring.logistic import logistic_regression
from qa.measuring.questions import LabelledQuestion, load_questions
from qa.retrieval import Retriever
from qa.retrieval.retriever import question_text
from qa.understanding import Understander
from qa.workspace import Workspace, open_workspace

MESSAGES = Path(__file__).with_name("far_off.txt")
LEAST = -0.5
"""Logit of the model of the vector below which nothing is refused, whatever the library answers."""
_STRENGTH = 10.0
_BATCH = 32


def fit_far_off(
    workspace: Workspace, asked: Sequence[LabelledQuestion], others: Sequence[str], messages: Sequence[str]
) -> FarOff:
    """Return the models for a library's questions.

    Args:
        workspace: the library, which answers `asked`.
        asked: labelled questions, some of them about something else.
        others: more questions about parliamentary papers.
        messages: about something else.
    """
    near = [one.question for one in asked if one.distance != "far" and not one.history]
    vectors = _vectors(workspace.embedder, [*messages, *near, *others])
    is_far = np.arange(len(vectors)) < len(messages)
    alone = logistic_regression(C=_STRENGTH, class_weight="balanced", max_iter=5000).fit(vectors, is_far)
    calibration = calibration_of(workspace.embedder.identity.name)
    continuation = calibration.continuation.as_model()
    retriever = Retriever(workspace.library, workspace.embedder, ranking=calibration.ranking, continuation=continuation)
    understander = Understander(workspace.library)
    understood = [understander.understand(one.question, one.history) for one in asked]
    found = [retriever.retrieve(one) for one in understood]
    answers = [
        calibration.languages[one.language].answerability.probability(retrieval.passages)
        for one, retrieval in zip(understood, found, strict=True)
    ]
    by_vector = alone.decision_function(np.stack([retrieval.vector for retrieval in found]))
    rows = np.column_stack([_logit(np.array(answers)), by_vector])
    fresh = np.array([not one.continues for one in found])
    far, answerable = np.array([one.distance == "far" for one in asked]), np.array([one.is_answerable for one in asked])
    both = logistic_regression(C=_STRENGTH, class_weight="balanced").fit(rows[fresh], far[fresh])
    lost = both.decision_function(rows[fresh & answerable]).max()  # no question that the documents answer is refused
    return FarOff(
        vector_weights=alone.coef_[0].astype(np.float32),
        vector_intercept=float(alone.intercept_[0]),
        least=LEAST,
        answerability=float(both.coef_[0][0]),
        far_off=float(both.coef_[0][1]),
        intercept=float(both.intercept_[0] - lost),
    )


def _vectors(embedder: Embedder, questions: Sequence[str]) -> Float32Array:
    """Return the vectors of questions read alone, `(n_questions, dim)` float32."""
    texts = [question_text(question)[0] for question in questions]
    return np.concatenate([embedder.embed_queries(texts[i : i + _BATCH]).vectors for i in range(0, len(texts), _BATCH)])


def _logit(probabilities: FloatArray) -> FloatArray:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    logit: FloatArray = np.log(clipped / (1 - clipped))
    return logit


def main(arguments: Sequence[str]) -> None:
    """Fit and write the file."""
    library, labelled, *more = map(Path, arguments)
    workspace = open_workspace(library)
    others = [line for path in more for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    messages = MESSAGES.read_text(encoding="utf-8").splitlines()
    fitted = fit_far_off(workspace, load_questions(labelled), others, messages)
    target = Path(__file__).parents[1] / "calibration" / FILE
    target.write_text(fitted.to_json(workspace.embedder.identity), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
