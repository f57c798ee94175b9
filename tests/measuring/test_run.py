from pathlib import Path

import pytest

from qa.exceptions import BronvraagError
from qa.measuring import Conditions, load_run
from tests.builders import make_library, write_files
from tests.fake_embedder import FakeEmbedder
from tests.measuring.outcomes import answered, found, refused, run_of


def test_a_run_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    run = run_of(found(1, "a", quote_hit=True), found(3, "b", language="en"), refused("c", answerable=False), answered("d"))
    run.save(tmp_path / "run.json")
    assert load_run(tmp_path / "run.json") == run


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match=r"earlier run in .*run\.json cannot be read"):
        load_run(tmp_path / "run.json")


@pytest.mark.parametrize(
    ("text", "reason"), [("{", "Invalid JSON"), ('{"rates": []}', "conditions: Field required")], ids=["no JSON", "no run"]
)
def test_a_file_that_is_no_run_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(BronvraagError, match=f"not a run of this version.*{reason}"):
        load_run(write_files(tmp_path, {"run.json": text}) / "run.json")


def test_a_run_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BronvraagError, match="cannot be written"):
        run_of(found(1)).save(tmp_path)


def test_the_conditions_name_the_library_and_the_programs(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder)
    conditions = Conditions.of(library)
    assert (conditions.n_documents, conditions.n_passages, conditions.model) == (*library.counts(), str(library.identity))
    assert "numpy" in conditions.versions
