import itertools

import pytest

from qa.library import Library
from qa.measuring.blind_library import blind_library, blinded
from qa.measuring.self_labels import sample_documents
from qa.measuring.self_report import EXPECTED_HIT_1, EXPLANATIONS, self_test_text, verdict
from qa.measuring.self_test import FIRST_QUESTION, FOOTNOTE, OWN_ANSWER, SENTENCE, PartResult, SelfTest, SelfTestResult
from qa.passage import Role
from tests.builders import LETTER, make_library
from tests.fake_embedder import FakeEmbedder
from tests.measuring.sets import SET

SECONDS_A_READING = 0.004


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("self"), FakeEmbedder(), {"set.txt": SET, "brief.txt": LETTER})


@pytest.fixture(scope="module")
def result(library: Library) -> SelfTestResult:
    clock = itertools.count(0, SECONDS_A_READING).__next__
    return SelfTest(library, FakeEmbedder(), sample_documents(library, 9), clock=clock).run()


def part(result: SelfTestResult, name: str) -> PartResult:
    return next(part for part in result.parts if part.name == name)


def rates(result: SelfTestResult, name: str) -> list[float]:
    found = part(result, name)
    return [estimate.value for estimate in (found.hit_1, found.hit_5, found.mrr) if estimate]


def test_questions_are_asked_of_answers_that_do_not_carry_them(result: SelfTestResult) -> None:
    """The words of question 1 stand in its own answer; those of 2 in answer 3, and one of 3 in answer 2, so that only their contexts would help."""
    assert (part(result, OWN_ANSWER).n_asked, rates(result, OWN_ANSWER)[0]) == (3, 0.3333)


def test_a_sentence_finds_its_passage(result: SelfTestResult) -> None:
    assert rates(result, SENTENCE) == [1, 1, 1]


def test_the_first_question_finds_its_document(result: SelfTestResult) -> None:
    assert (part(result, FIRST_QUESTION).n_asked, rates(result, FIRST_QUESTION)) == (1, [1, 1, 1])


def test_stages_and_memory_are_part_of_the_result(result: SelfTestResult) -> None:
    assert set(result.stages_ms) == {"understanding", "embedding", "searching", "late_interaction"}
    assert 0 < sum(result.stages_ms.values()) < 10_000
    assert result.peak_bytes > 10_000_000
    assert "late interaction" in self_test_text(result)


def test_a_part_without_questions_has_no_rates(result: SelfTestResult) -> None:
    footnote = part(result, FOOTNOTE)
    assert (footnote.n_asked, footnote.hit_1, footnote.median_ms) == (0, None, None)


def test_the_time_of_a_question_is_that_between_two_readings_of_the_clock(result: SelfTestResult) -> None:
    sentence = part(result, SENTENCE)
    assert (sentence.median_ms, sentence.p95_ms) == (4.0, 4.0)


def test_the_size_is_told_by_passage(result: SelfTestResult, library: Library) -> None:
    assert result.bytes_per_passage == round(result.size_bytes / library.counts()[1])


def test_progress_counts_to_the_number_of_questions(library: Library) -> None:
    test = SelfTest.of(library, FakeEmbedder(), n_documents=9)
    counted: list[int] = []
    test.run(on_progress=counted.append)
    assert counted == list(range(1, test.n_questions + 1))


def test_a_self_test_leaves_the_library_as_it_was(library: Library) -> None:
    before = library.counts(), library.files()
    SelfTest.of(library, FakeEmbedder(), n_documents=9).run()
    assert (library.counts(), library.files()) == before


def test_blinded_passages_carry_no_question(library: Library) -> None:
    for stored in sample_documents(library, 9):
        asked = [passage.text for passage in stored.passages if passage.role is Role.QUESTION]
        kept = blinded(stored)
        assert not [(question, passage) for question in asked for passage in kept if question in passage.embedding_text]


def test_blinded_answers_keep_the_subject_as_context(library: Library) -> None:
    (stored,) = (stored for stored in sample_documents(library, 9) if "Vraag 1" in stored.document.text)
    answers = [passage for passage in blinded(stored) if passage.role is Role.ANSWER]
    assert {answer.context for answer in answers} == {stored.document.metadata.title}


def test_a_blind_library_holds_all_passages_but_the_questions(library: Library, fake_embedder: FakeEmbedder) -> None:
    sampled = sample_documents(library, 9)
    n_questions = sum(passage.role is Role.QUESTION for stored in sampled for passage in stored.passages)
    with blind_library(sampled, fake_embedder) as blind:
        assert blind.counts() == (2, library.counts()[1] - n_questions)


def test_a_blind_library_is_deleted_after_use(library: Library, fake_embedder: FakeEmbedder) -> None:
    with blind_library(sample_documents(library, 1), fake_embedder) as blind:
        folder = blind.folder
    assert not folder.exists()


def test_every_part_is_explained_and_has_a_verdict(result: SelfTestResult) -> None:
    text = self_test_text(result)
    for tested in result.parts:
        assert EXPLANATIONS[tested.name].split()[0] in text
        assert " ".join(verdict(tested).split()) in " ".join(text.split())


def test_every_part_has_an_expectation(result: SelfTestResult) -> None:
    assert {tested.name for tested in result.parts} == set(EXPECTED_HIT_1) == set(EXPLANATIONS)


def rated(value: float, high: float) -> PartResult:
    estimate = {"value": value, "low": 0.0, "high": high, "n": 10}
    return PartResult.model_validate(
        {
            "name": SENTENCE,
            "n_asked": 10,
            "n_refused": 0,
            "n_passages": 9,
            "hit_1": estimate,
            "hit_5": estimate,
            "mrr": estimate,
            "median_ms": 1.0,
            "p95_ms": 1.0,
        }
    )


@pytest.mark.parametrize(("value", "high", "word"), [(0.9, 1.0, "Good"), (0.8, 1.0, "Fair"), (0.5, 0.8, "Poor")])
def test_the_verdict_weighs_the_interval(value: float, high: float, word: str) -> None:
    assert verdict(rated(value, high)).startswith(f"{word}: the right place came first for {value * 10:.0f} of 10")


def test_a_part_that_was_not_tested_says_so(result: SelfTestResult) -> None:
    assert verdict(part(result, FOOTNOTE)).startswith("Not tested")


def test_the_result_comes_back_from_json_as_it_was(result: SelfTestResult) -> None:
    assert SelfTestResult.model_validate_json(result.to_json()) == result
