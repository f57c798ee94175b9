import json
from pathlib import Path

import pytest

from qa.library import Library, create_library
from tests.builders import ANSWERS, LETTER, index, make_library, write_files
from tests.fake_embedder import FakeEmbedder
from tests.test_cli import Captured, run


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    """A library of a letter, questions with answers, and a copy of the letter in a folder of its own."""
    library = make_library(tmp_path, fake_embedder)
    index(library, fake_embedder, write_files(tmp_path / "files" / "kopie", {"brief 🌊.txt": LETTER}))
    return library


def id_of(library: Library, name: str) -> str:
    return next(record.document_id for record in library.documents() if name in record.source)


def test_list_names_every_document(library: Library, capsys: Captured) -> None:
    assert run("list", "--library", str(library.folder)) == 0
    shown = capsys.readouterr().out
    assert all(record.metadata.title in shown and record.document_id in shown for record in library.documents())


def test_list_of_an_empty_library_says_so(tmp_path: Path, fake_embedder: FakeEmbedder, capsys: Captured) -> None:
    create_library(tmp_path, fake_embedder.identity)
    assert run("list", "--library", str(tmp_path)) == 0
    assert capsys.readouterr().out == "The library holds no documents.\n"


def test_list_as_json_has_metadata_and_all_files(library: Library, capsys: Captured) -> None:
    assert run("list", "--library", str(library.folder), "--format", "json") == 0
    listed = {document["document_id"]: document for document in json.loads(capsys.readouterr().out)}
    letter = listed[id_of(library, "brief")]
    assert [Path(path).name for path in letter["files"]] == ["brief.txt", "brief 🌊.txt"]
    assert listed[id_of(library, "antwoorden")]["date"] == "2023-04-04"


def test_show_gives_passages_with_roles_and_numbers(library: Library, capsys: Captured) -> None:
    assert run("show", id_of(library, "antwoorden"), "--library", str(library.folder)) == 0
    shown = capsys.readouterr().out
    assert "answer 1\n    Er zijn negentig fietspaden in het noorden.\n" in shown
    assert "date           2023-04-04\n" in shown


def test_show_as_json_has_passages_that_slice_out_of_the_text(library: Library, tmp_path: Path, capsys: Captured) -> None:
    path = str(tmp_path / "files" / "antwoorden.txt")
    assert run("show", path, "--library", str(library.folder), "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [(passage["role"], passage["numbers"]) for passage in document["passages"]] == [
        ("introduction", []),
        ("introduction", []),
        ("question", [1]),
        ("answer", [1]),
        ("question", [2]),
        ("answer", [2]),
    ]
    for passage in document["passages"]:
        assert document["text"][passage["start"] : passage["end"]] == passage["text"]


def test_a_document_is_known_by_its_official_identifier(tmp_path: Path, fake_embedder: FakeEmbedder, capsys: Captured) -> None:
    library = make_library(tmp_path, fake_embedder, {"a.txt": ANSWERS + "\nah-tk-20222023-2345\nISSN 0921 - 7398\n"})
    official_id = library.documents()[0].metadata.official_id
    assert official_id == "ah-tk-20222023-2345"
    assert run("show", official_id.upper(), "--library", str(library.folder)) == 0
    assert "official id    ah-tk-20222023-2345" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_document_is_one_sentence(library: Library, command: str, capsys: Captured) -> None:
    assert run(command, "onbekend", "--library", str(library.folder)) == 1
    assert capsys.readouterr().err == (
        "bronvraag: The library holds nothing called onbekend; `bronvraag list` shows what it holds.\n"
    )


def test_show_of_a_folder_with_several_documents_asks_for_one(library: Library, tmp_path: Path, capsys: Captured) -> None:
    assert run("show", str(tmp_path / "files"), "--library", str(library.folder)) == 1
    assert f"{tmp_path / 'files'} stands for 2 documents" in capsys.readouterr().err


def test_remove_takes_a_document_out_and_leaves_its_files(library: Library, tmp_path: Path, capsys: Captured) -> None:
    assert run("remove", id_of(library, "antwoorden"), "--library", str(library.folder)) == 0
    path = tmp_path / "files" / "antwoorden.txt"
    assert capsys.readouterr().out == (
        f"Removed from the library: 1 file, 1 document. The files on disk are still there.\n    {path}\n"
    )
    assert (library.counts()[0], path.exists()) == (1, True)


def test_remove_of_one_of_two_copies_keeps_the_document(library: Library, tmp_path: Path, capsys: Captured) -> None:
    assert run("remove", str(tmp_path / "files" / "brief.txt"), "--library", str(library.folder)) == 0
    assert "1 file, 0 documents" in capsys.readouterr().out
    assert library.document(id_of(library, "brief")).source.endswith("brief 🌊.txt")


def test_remove_of_a_folder_takes_all_files_in_it(library: Library, tmp_path: Path) -> None:
    assert run("remove", str(tmp_path / "files"), "--library", str(library.folder)) == 0
    assert library.counts() == (0, 0)


def test_remove_with_one_unknown_name_removes_nothing(library: Library, tmp_path: Path) -> None:
    assert run("remove", str(tmp_path / "files"), "onbekend", "--library", str(library.folder)) == 1
    assert library.counts()[0] == 2


def test_what_was_removed_is_not_found_any_more(library: Library, fake_embedder: FakeEmbedder, tmp_path: Path) -> None:
    run("remove", str(tmp_path / "files" / "antwoorden.txt"), "--library", str(library.folder))
    query = fake_embedder.embed_queries(["hoeveel fietspaden"]).vectors
    (found,) = library.search(query, (), n_nearest=20, n_by_words=0)
    assert {candidate.record.document_id for candidate in found} == {id_of(library, "brief")}


def test_what_was_removed_is_added_again_by_indexing_it(library: Library, fake_embedder: FakeEmbedder, tmp_path: Path) -> None:
    run("remove", str(tmp_path / "files" / "antwoorden.txt"), "--library", str(library.folder))
    assert index(library, fake_embedder, tmp_path / "files").added == 1
