from types import ModuleType

import pytest

import embeddings


def test_exports_are_the_public_names() -> None:
    public = {name for name, value in vars(embeddings).items() if not name.startswith("_") and not isinstance(value, ModuleType)}
    assert set(embeddings.__all__) == public | set(embeddings._WHEN_USED)


def test_a_name_that_is_imported_when_used_is_there() -> None:
    assert all(hasattr(embeddings, name) for name in embeddings._WHEN_USED)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="Chunk"):
        embeddings.Chunk  # noqa: B018 - looking is the test


def test_exports_are_sorted_as_written_in_ascii() -> None:
    assert embeddings.__all__ == sorted(embeddings.__all__)
