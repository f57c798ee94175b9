import pytest

from tests.readers.fuzz import TARGETS, fuzz, mutated, try_one


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_files_are_read_or_refused(name: str) -> None:
    assert fuzz(name, 100).crashes == []


@pytest.mark.parametrize("name", TARGETS)
def test_the_same_number_is_the_same_mutation(name: str) -> None:
    assert mutated(name, 7) == mutated(name, 7)


@pytest.mark.parametrize(("name", "content"), [(name, content) for name, target in TARGETS.items() for content in target.files])
def test_files_that_are_not_mutated_are_read(name: str, content: bytes) -> None:
    assert try_one(name, content) == "read"
