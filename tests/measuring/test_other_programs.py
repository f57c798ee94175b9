from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.library import Library
from qa.measuring import LabelledQuestion
from qa.measuring.other_programs import PROGRAMS, passages_of, run_ask, run_index, table_of
from tests.builders import LETTER, make_library
from tests.fake_embedder import FakeEmbedder
from tests.measuring.sets import SET

QUESTIONS = [
    LabelledQuestion(id="1", language="nl", kind="content", question="Eerste?", evidence=("eerste antwoord",)),
    LabelledQuestion(id="2", language="nl", kind="content", question="Tweede?", evidence=("tweede antwoord",)),
    LabelledQuestion(id="3", language="en", kind="follow-up", history=("Eerste?",), question="Who?", evidence=("derde",)),
]


class Fixed:
    """A program that always finds the same, best first."""

    def index(self, library: Library, model: Path, folder: Path) -> None:  # noqa: ARG002
        (folder / "index").write_bytes(b"12345")

    def open(self, model: Path, folder: Path) -> None:  # noqa: ARG002
        assert (folder / "index").exists()

    def ask(self, question: str, history: Sequence[str]) -> list[str]:  # noqa: ARG002
        return ["Het eerste\nantwoord.", "iets anders", "Het tweede antwoord.", "nog iets", "niets"]


def test_a_program_is_rated_by_where_the_evidence_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "library", FakeEmbedder(), {"brief.txt": LETTER})
    monkeypatch.setitem(PROGRAMS, "fixed", ("qa", Fixed))
    (tmp_path / "index").mkdir()
    indexed = run_index("fixed", library.state.path, tmp_path, tmp_path / "index")
    asked = run_ask("fixed", QUESTIONS, tmp_path, tmp_path / "index")
    assert (indexed["index_bytes"], asked["ranks"]) == (5, [1, 3, 0])
    row = table_of({"fixed": {**indexed, **asked, "start_s": 1.25}}, QUESTIONS).splitlines()[-1]
    assert row.startswith("| fixed | .50 / 1.00 / 1.00 | - | - | .00 / .00 / .00 | 1.2 |")


def test_all_programs_get_the_passages_that_may_be_shown(tmp_path: Path) -> None:
    texts = passages_of(make_library(tmp_path, FakeEmbedder(), {"set.txt": SET}))
    assert texts
    assert not any(text.startswith("Vraag 1") for text in texts)
