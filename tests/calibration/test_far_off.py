from dataclasses import replace

import numpy as np
import pytest

from embeddings import Embedder
from qa.calibration.far_off import FarOff, far_off_of
from qa.retrieval.retriever import question_text

MODEL = FarOff(np.array([2, 0], np.float32), vector_intercept=-1, least=-0.5, answerability=-1, far_off=0.5, intercept=0.25)


def test_both_models_must_say_that_a_question_is_about_something_else() -> None:
    far, near = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    assert (MODEL.logit(far), MODEL.logit(near)) == (1, -1)
    assert MODEL.refuses(far, 0.5)  # .5 * 1 + .25 > 0
    assert not MODEL.refuses(far, 0.7)  # log(.7 / .3) = .85, and .5 + .25 is less
    assert not MODEL.refuses(near, 0.0)  # whatever the library answers: -1 is below the least
    assert not MODEL.refuses(near, 1.0)


def test_another_model_has_none(fake_embedder: Embedder) -> None:
    assert far_off_of(fake_embedder.identity) is None


@pytest.mark.model
def test_the_weather_is_about_something_else_and_policy_is_not(embedder: Embedder) -> None:
    fitted = far_off_of(embedder.identity)
    assert fitted is not None
    assert far_off_of(replace(embedder.identity, adapter="another")) is None
    asked = {
        True: [
            "Hoe laat gaat de zon onder?",
            "recept voor erwtensoep",
            "Who won the match last night?",
            "write a python function",
        ],
        False: [
            "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
            "Wat doet het kabinet aan stikstof?",
            "who pays for the dikes",
        ],
    }
    for is_far, questions in asked.items():
        vectors = embedder.embed_queries([question_text(question)[0] for question in questions]).vectors
        assert [fitted.logit(vector) > fitted.least for vector in vectors] == [is_far] * len(questions)
