from types import ModuleType

import embeddings


def test_exports_are_the_public_names() -> None:
    public = {name for name, value in vars(embeddings).items() if not name.startswith("_") and not isinstance(value, ModuleType)}
    assert set(embeddings.__all__) == public


def test_exports_are_sorted_as_written_in_ascii() -> None:
    assert embeddings.__all__ == sorted(embeddings.__all__)
