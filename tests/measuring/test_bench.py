import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings import PackedEmbedder
from qa.exceptions import BronvraagError
from qa.library import digest_of
from qa.measuring.bench import Measured, measure, other_version, questions_of, texts_of, this_version
from qa.measuring.bench_report import bench_text
from qa.measuring.large_library import grow
from tests.builders import LETTER, make_library
from tests.fake_embedder import FakeEmbedder
from tests.measuring.sets import SET


def measured(version: str, milliseconds: float, *, stages: bool = True) -> Measured:
    return Measured(
        version=version,
        n_passages=100,
        bytes_a_passage=8000,
        nearest="exact",
        start_s=1,
        questions_s=[milliseconds / 1000] * 3,
        processor_s=[0.01] * 3,
        stages_s={"late_interaction": [0.004] * 3} if stages else {},
        citations=[["a:0"], ["b:1"], []],
        passages_a_second=20,
        peak_bytes=200_000_000,
    )


def row(text: str, name: str) -> list[str]:
    return next(line for line in text.splitlines() if line.strip().startswith(name)).removeprefix(name).split()[-3:]


def test_a_grown_library_has_its_passages_where_it_says_and_vectors_near_those_it_copied(tmp_path: Path) -> None:
    small = make_library(tmp_path / "small", FakeEmbedder(), {"set.txt": SET, "brief.txt": LETTER})
    n_small = small.counts()[1]
    for long in (0, 3 * n_small):
        large = grow(small, tmp_path / f"large-{long}", 5 * n_small, passages_a_document=long)
        n_documents, n_passages = large.counts()
        assert n_passages >= 5 * n_small
        assert n_documents == (-(-n_passages // long) if long else n_passages // n_small * 2)
        for record in large.documents():
            text = large.document(record.document_id).text
            passages = [stored.passage for stored in large.passages_of(record.document_id)]
            assert all(text[passage.start : passage.end] == passage.text for passage in passages)
            vectors = np.array([one.vector for one in large.known_embeddings(passages).values()])
            originals = [record.passage for small_one in small.documents() for record in small.passages_of(small_one.document_id)]
            kept = np.array([small.known_embeddings(originals)[digest_of(passage)].vector for passage in originals])
            assert (vectors @ kept.T).max(axis=1).min() > 0.99


def test_another_version_stands_beside_this_one_with_how_many_times_as_much_it_needs() -> None:
    text = bench_text([[measured("this", 20), measured("before", 50, stages=False)]])
    assert row(text, "a question, median, ms") == ["20.0", "50.0", "2.50"]
    assert row(text, "late interaction, median")[-2:] == ["4.0", "-"]
    assert "before cites the same passages, in the same order, for 3 of 3 questions" in text


def test_what_is_no_version_is_refused_by_name(tmp_path: Path) -> None:
    library = make_library(tmp_path / "small", FakeEmbedder(), {"brief.txt": LETTER})
    with pytest.raises(BronvraagError, match="neither a checkout"):
        other_version(tmp_path, library, tmp_path / "other")
    with pytest.raises(BronvraagError, match="cannot index"):
        other_version(Path(sys.executable).parent / "python", library, Path("/proc/none"))


@pytest.mark.model
def test_a_version_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    library = make_library(tmp_path / "small", PackedEmbedder.load(), {"brief.txt": LETTER})
    grow(library, tmp_path / "50-0", 50).close()
    questions = questions_of(library, 4)
    (result,) = measure([this_version(tmp_path / "small")], tmp_path, 50, questions, texts=texts_of(library, 2))
    assert result.n_passages >= 50
    assert result.bytes_a_passage * result.n_passages == sum(path.stat().st_size for path in (tmp_path / "50-0").iterdir())
    assert [len(one) for one in (result.questions_s, result.citations)] == [len(questions)] * 2
    assert set(result.stages_s) >= {"understanding", "embedding", "searching", "late_interaction"}
    assert all(sum(stages) < sum(result.questions_s) for stages in result.stages_s.values())
    assert all(result.citations)
