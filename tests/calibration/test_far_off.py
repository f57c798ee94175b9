from dataclasses import replace

import numpy as np
import pytest

from embeddings import Embedder
from qa.answer import MessageKind
from qa.calibration.far_off import FarOff, far_off_of
from qa.retrieval.retriever import question_text
from qa.understanding.message_model import MessageModel, message_model_of

KINDS = ("content", "far-off", "greeting", "help", "nonsense")
WEIGHTS = np.eye(5, dtype=np.float32) * 5
MESSAGES = MessageModel(KINDS, WEIGHTS, np.zeros(5, np.float32))
CONTENT, FAR, GREETING, HELP, NONSENSE = np.eye(5, dtype=np.float32)
MODEL = FarOff(MESSAGES, least=0.0, answerability=-1, elsewhere=0.5, intercept=-1.5)


def test_what_is_probable_of_a_message_is_the_softmax_of_its_sums() -> None:
    e5 = np.exp(5)
    assert MESSAGES.probabilities(FAR) == pytest.approx({kind: (e5 if kind == "far-off" else 1) / (e5 + 4) for kind in KINDS})
    assert MESSAGES.elsewhere(FAR) == pytest.approx(np.log(e5 + 1))
    assert MESSAGES.elsewhere(CONTENT) == pytest.approx(np.log(2) - 5)


def test_a_message_is_of_another_kind_only_if_it_is_hardly_about_content() -> None:
    assert MESSAGES.kind(GREETING) is MessageKind.GREETING
    assert MESSAGES.kind(HELP) is MessageKind.HELP
    assert MESSAGES.kind(HELP, has_history=True) is MessageKind.CONTENT  # it may well ask on
    assert MESSAGES.kind(GREETING, has_history=True) is MessageKind.GREETING
    assert {MESSAGES.kind(vector) for vector in (CONTENT, FAR, NONSENSE, GREETING + CONTENT)} == {MessageKind.CONTENT}


def test_both_models_must_say_that_a_question_is_about_something_else() -> None:
    assert MODEL.refuses(FAR, 0.5)  # .5 * 5.01 - 1.5 > 0
    assert not MODEL.refuses(FAR, 0.8)  # log(.8 / .2) = 1.39, and 1.005 is less
    assert not MODEL.refuses(CONTENT, 0.0)  # whatever the library answers: it is below the least


def test_another_model_has_none(fake_embedder: Embedder) -> None:
    assert far_off_of(fake_embedder.identity) is None


@pytest.mark.model
def test_what_is_shipped_tells_the_weather_from_policy_and_help_from_both(embedder: Embedder) -> None:
    fitted = far_off_of(embedder.identity)
    messages = message_model_of(embedder.identity)
    assert fitted is not None
    assert messages is fitted.messages
    assert far_off_of(replace(embedder.identity, adapter="another")) is None
    asked = {
        "far-off": ("Hoe laat gaat de zon onder?", "recept voor erwtensoep", "Who won the match last night?", "write a python function"),
        "content": ("Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?", "Wat doet het kabinet aan stikstof?", "who pays for the dikes"),
        "help": ("kun je me uitleggen wat ik met jou kan", "are your answers to be trusted"),
        "library": ("over welke onderwerpen heb je stukken", "which people are in your documents"),
    }  # fmt: skip
    for kind, questions in asked.items():
        vectors = embedder.embed_queries([question_text(question)[0] for question in questions]).vectors
        if kind in {"far-off", "content"}:
            assert [messages.elsewhere(vector) > fitted.least for vector in vectors] == [kind == "far-off"] * len(questions)
        seen = MessageKind(kind) if kind != "far-off" else MessageKind.CONTENT
        assert [messages.kind(vector) for vector in vectors] == [seen] * len(questions)
