import json
from pathlib import Path

import pytest

from embeddings import PackedEmbedder
from qa.answer import Relevance
from qa.calibration import Calibration, calibration_of
from qa.calibration.calibration import EMBEDDED, FILE_NAME
from qa.calibration.relevance import RELEVANCE_SIGNALS
from qa.exceptions import LibraryError
from qa.retrieval import SIGNALS
from qa.understanding.continuation import CONTINUATION_SIGNALS
from tests.calibrations import calibration

OWN = calibration(refusal=0.125, model="another")


def written(folder: Path, text: str) -> Path:
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_calibration_is_the_embedded_model_s() -> None:
    assert calibration_of(EMBEDDED).model == EMBEDDED


@pytest.mark.model
def test_the_embedded_model_has_the_name_of_the_shipped_calibration(embedder: PackedEmbedder) -> None:
    assert embedder.identity.name == EMBEDDED


def test_the_shipped_calibration_weighs_every_signal() -> None:
    shipped = calibration_of(EMBEDDED)
    assert set(shipped.ranking) == set(SIGNALS)
    assert set(shipped.continuation.weights) == set(shipped.wording.weights) == set(CONTINUATION_SIGNALS)
    assert all(set(fitted.relevance.weights) == set(RELEVANCE_SIGNALS) for fitted in shipped.languages.values())


def test_the_shipped_words_are_in_order() -> None:
    shipped = calibration_of(EMBEDDED)
    assert 0 < shipped.possible < shipped.strong < 1


def test_a_model_without_a_calibration_is_ranked_as_the_embedded_one() -> None:
    assert calibration_of("another").ranking == calibration_of(EMBEDDED).ranking


def test_a_model_without_a_calibration_is_never_refused() -> None:
    assert calibration_of("another").languages == {}


def test_a_model_without_a_calibration_decides_by_the_wording_whether_a_question_goes_on() -> None:
    assert calibration_of("another").continuation == calibration_of(EMBEDDED).wording


def test_the_wording_does_not_depend_on_the_model() -> None:
    assert calibration_of(EMBEDDED).wording.weights["standalone"] == 0


def test_a_model_without_a_calibration_keeps_its_name() -> None:
    assert calibration_of("another").model == "another"


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, Relevance.STRONG),
        (0.9, Relevance.STRONG),
        (0.8999, Relevance.POSSIBLE),
        (0.5, Relevance.POSSIBLE),
        (0.4999, Relevance.WEAK),
        (0.0, Relevance.WEAK),
    ],
)
def test_a_probability_is_said_in_the_word_whose_threshold_it_reaches(probability: float, word: Relevance) -> None:
    assert OWN.in_words(probability) is word


def test_a_calibration_comes_back_from_its_json() -> None:
    assert Calibration.model_validate_json(OWN.to_json()) == OWN


def test_the_json_is_readable_and_ends_in_a_line_break() -> None:
    assert OWN.to_json().splitlines()[1] == ' "model": "another",'
    assert OWN.to_json().endswith("}\n")


def test_a_library_s_own_file_comes_first(tmp_path: Path) -> None:
    assert calibration_of("another", written(tmp_path, OWN.to_json())) == OWN


def test_a_library_s_own_file_comes_before_the_embedded_model_s(tmp_path: Path) -> None:
    own = calibration(refusal=0.125, model=EMBEDDED)
    assert calibration_of(EMBEDDED, written(tmp_path, own.to_json())) == own


def test_a_file_that_is_changed_is_read_again(tmp_path: Path) -> None:
    calibration_of("another", written(tmp_path, OWN.to_json()))
    newer = OWN.model_copy(update={"strong": 0.75})
    assert calibration_of("another", written(tmp_path, newer.to_json())).strong == 0.75


def without(name: str) -> str:
    values = json.loads(OWN.to_json())
    del values["ranking"][name]
    return json.dumps(values)


@pytest.mark.parametrize(
    "text",
    ["", "geen json", "{}", OWN.to_json().replace('"strong"', '"sterk"'), without("weakest")],
    ids=["empty", "no JSON", "no fields", "an unknown field", "a signal without a weight"],
)
def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path, text: str) -> None:
    with pytest.raises(LibraryError, match=r"calibration\.json cannot be read .*bronvraag calibrate.*or delete it"):
        calibration_of("another", written(tmp_path, text))


def test_a_file_that_is_not_text_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(LibraryError, match="bronvraag calibrate"):
        calibration_of("another", tmp_path / FILE_NAME)
