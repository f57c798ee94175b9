"""Training on one's own library, with a model of one layer and random weights."""

from pathlib import Path

import pytest

from embeddings import Adapter, load_embedder
from embeddings.training import TrainingSettings
from qa.exceptions import BronvraagError
from qa.indexing import Indexer
from qa.library import StateFolder, create_library
from qa.measuring import LabelledQuestion, compare
from qa.measuring.training import is_better, put_in_place, split, train_library, training_set
from qa.workspace import ADAPTER_FILE, Workspace, open_workspace
from tests.embeddings.tiny_models import build_bert
from tests.measuring.outcomes import found, run_of

SUBJECTS = ["minister", "kamer", "brief", "vraag"]
N_DOCUMENTS = 40


def text(number: int) -> str:
    first, second = SUBJECTS[number % 4], SUBJECTS[number // 4 % 4]
    return f"De {first} antwoordt de {second} in stuk {number}. De {second} antwoordt niet in stuk {number}."


def question(number: int, evidence: str | None = None) -> LabelledQuestion:
    asked = f"antwoordt de {SUBJECTS[number % 4]} in stuk {number}"
    told = evidence or text(number).split(". ")[0]
    return LabelledQuestion(
        id=f"q{number}", language="nl", kind="content", question=asked, document=f"d{number}", evidence=(told,)
    )


QUESTIONS = [question(number) for number in range(N_DOCUMENTS)]


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    embedder = load_embedder(str(build_bert(folder / "models" / "tiny")))
    (folder / "files").mkdir()
    for number in range(N_DOCUMENTS):
        (folder / "files" / f"d{number}.txt").write_text(text(number), encoding="utf-8")
    library = create_library(folder / "library", embedder.identity)
    Indexer(library, embedder).index([folder / "files"])
    library.close()
    return folder / "library"


@pytest.fixture
def workspace(library_folder: Path) -> Workspace:
    (library_folder / ADAPTER_FILE).unlink(missing_ok=True)
    return open_workspace(library_folder)


def stored_in(workspace: Workspace) -> list[list[float]]:
    return [tokens.vectors.ravel().tolist() for tokens in workspace.library.token_vectors(range(1, N_DOCUMENTS + 1))]


def test_questions_are_divided_by_document_and_always_the_same_way() -> None:
    parts = split(QUESTIONS)
    assert len(parts.training) + len(parts.held_back) == N_DOCUMENTS
    assert 5 <= len(parts.held_back) <= 15
    again = split([one.model_copy(update={"id": f"{one.id}-b"}) for one in reversed(QUESTIONS)])
    assert {one.document for one in again.held_back} == {one.document for one in parts.held_back}


def test_questions_about_few_documents_are_divided_too() -> None:
    few = [one.model_copy(update={"document": f"d{place % 4}"}) for place, one in enumerate(QUESTIONS)]
    parts = split(few)
    assert (len(parts.training), len(parts.held_back)) == (30, 10)
    assert not {one.document for one in parts.training} & {one.document for one in parts.held_back}


def test_too_few_questions_are_refused() -> None:
    unanswerable = LabelledQuestion(id="u", language="nl", kind="unanswerable", question="Wat?")
    with pytest.raises(BronvraagError, match="are too few; give at least 20 and 6"):
        split([*QUESTIONS[:12], *(unanswerable.model_copy(update={"id": f"u{n}"}) for n in range(50))])


def test_questions_about_other_documents_are_refused(workspace: Workspace) -> None:
    with pytest.raises(BronvraagError, match=r"holds the evidence of 0 of 40"):
        training_set(workspace, [question(number, "Dit staat er niet.") for number in range(N_DOCUMENTS)])


def test_a_question_trains_with_the_passage_that_answers_and_those_found_beside_it(workspace: Workspace) -> None:
    examples, passages = training_set(workspace, QUESTIONS)
    assert len(examples) == N_DOCUMENTS
    for example in examples:
        assert example.right
        assert not set(example.right) & {*example.wrong, *example.ignored}
        assert set(example.wrong) <= set(range(len(passages)))
        assert example.evidence == [0]
    right = {position for example in examples for position in example.right}
    assert len(right) >= N_DOCUMENTS


def test_training_that_changes_nothing_is_not_put_in_place(workspace: Workspace) -> None:
    settings = TrainingSettings(n_epochs=1, encoder_rate=0, head_rate=0)
    result = train_library(workspace, QUESTIONS, settings=settings)
    assert (result.adapter, result.comparison.became_right, result.comparison.became_wrong) == (None, (), ())
    assert not [path.name for path in workspace.library.folder.iterdir() if "adapter" in path.name or "training" in path.name]


def test_what_is_stored_stays_as_it_was_and_the_trained_adapter_reads_it(workspace: Workspace) -> None:
    stored, identity = stored_in(workspace), workspace.library.identity
    train_library(workspace, QUESTIONS, settings=TrainingSettings(n_epochs=2, rank=2))
    assert (stored_in(workspace), workspace.library.identity) == (stored, identity)
    Adapter.plain("tiny", 8).save(workspace.library.folder / ADAPTER_FILE)
    reopened = open_workspace(workspace.library.folder)
    assert reopened.adapter is not None
    assert reopened.embedder.identity == identity


def test_an_adapter_that_is_replaced_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    for content in ("first", "second"):
        (tmp_path / "draft").write_text(content)
        put_in_place(tmp_path / "draft", StateFolder(tmp_path))
    (tmp_path / "draft").unlink()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        ADAPTER_FILE: "second",
        f"previous-{ADAPTER_FILE}": "first",
    }


def test_better_is_more_right_than_wrong_and_found_further_up_in_all() -> None:
    before = run_of(found(2, "a"), found(1, "b"), found(4, "c"), found(3, "d"))
    for after, better in (
        (before, False),
        (run_of(found(1, "a"), found(1, "b"), found(4, "c"), found(3, "d")), True),
        (run_of(found(1, "a"), found(2, "b"), found(1, "c"), found(3, "d")), True),
        (run_of(found(1, "a"), found(2, "b"), found(2, "c"), found(2, "d")), False),
        (run_of(found(2, "a"), found(1, "b"), found(2, "c"), found(2, "d")), False),
    ):
        assert is_better(compare(before, after)) is better
