import re
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import ModelIdentity
from qa.exceptions import LibraryError
from qa.library import Library, create_library, open_library, require_model
from qa.library.sqlite.files import FIRST_FILE
from tests.builders import ANSWERS, index, make_library, nearest, write_files
from tests.fake_embedder import FakeEmbedder


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    return make_library(tmp_path, fake_embedder)


def test_a_document_comes_back_as_it_was_read(library: Library) -> None:
    record = next(record for record in library.documents() if record.source.endswith("brief.txt"))
    document = library.document(record.document_id)
    assert document.text.startswith("Met deze brief informeer ik uw Kamer over de dijken.\n\nInleiding\n\nDe dijken zijn")


def test_every_passage_is_the_slice_of_its_document(library: Library) -> None:
    for record in library.documents():
        text = library.document(record.document_id).text
        for passage in (stored.passage for stored in library.passages_of(record.document_id)):
            assert passage.text == text[passage.start : passage.end]


@settings(max_examples=10)  # of ten files each, as indexing starts processes
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300), min_size=10, max_size=10)
)
def test_passages_slice_exactly_whatever_the_characters(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("characters")
    files = {f"{i}.txt": f"Tekst {i}:\n\n{text}" for i, text in enumerate(texts)}
    library = make_library(folder, FakeEmbedder(), files)
    assert library.counts()[0] == 10
    for record in library.documents():
        document = library.document(record.document_id)
        for stored in library.passages_of(record.document_id):
            assert stored.passage.text == document.text[stored.passage.start : stored.passage.end]


def test_nearest_agrees_with_brute_force(library: Library, fake_embedder: FakeEmbedder) -> None:
    passages = [stored for record in library.documents() for stored in library.passages_of(record.document_id)]
    vectors = fake_embedder.embed_passages([stored.passage.embedding_text for stored in passages]).vectors
    query = fake_embedder.embed_queries(["hoeveel dijken zijn in 2021 versterkt"]).vectors
    best = passages[int(np.argmax(vectors @ query[0]))]
    assert nearest(library, query, 1)[0][0] == best.passage_id


def test_token_vectors_have_positions_in_the_embedded_text(library: Library, fake_embedder: FakeEmbedder) -> None:
    (found,) = library.search(fake_embedder.embed_queries(["dijken"]).vectors, (), n_nearest=100, n_by_words=0)
    tokens_of = {candidate.record.passage_id: candidate.tokens for candidate in found}
    for record in library.documents():
        for stored in library.passages_of(record.document_id):
            tokens = tokens_of[stored.passage_id]
            text = stored.passage.embedding_text
            words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
            assert words == re.findall(r"\w+", text)


def test_a_library_opened_again_finds_the_same(library: Library, fake_embedder: FakeEmbedder) -> None:
    query = fake_embedder.embed_queries(["fietspaden"]).vectors
    before = nearest(library, query, 5)
    library.close()
    assert nearest(open_library(library.folder), query, 5) == before


def test_an_open_library_sees_what_another_program_added(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    query = fake_embedder.embed_queries(["zonnepanelen"]).vectors
    nearest(library, query, 1)
    other = open_library(library.folder)
    index(other, fake_embedder, write_files(tmp_path / "more", {"zon.txt": "Er zijn zonnepanelen."}))
    assert nearest(library, query, 1)[0][1] == "Er zijn zonnepanelen."


def test_a_passage_removed_by_another_program_is_not_found_any_more(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    query = fake_embedder.embed_queries(["dijken"]).vectors
    nearest(library, query, 1)
    (tmp_path / "files" / "brief.txt").unlink()
    index(open_library(library.folder), fake_embedder, tmp_path / "files")
    assert all("dijken" not in text for _id, text in nearest(library, query, 50))


def test_threads_may_ask_at_once(library: Library, fake_embedder: FakeEmbedder) -> None:
    query = fake_embedder.embed_queries(["fietspaden"]).vectors
    expected, found = nearest(library, query, 3), []
    threads = [threading.Thread(target=lambda: found.append(nearest(library, query, 3))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_an_unknown_document_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="no document 'x'"):
        library.document("x")


def test_another_model_is_refused_with_what_to_do(library: Library) -> None:
    other = ModelIdentity(name="other", revision="2", dim=3, query_prefix="", passage_prefix="")
    with pytest.raises(LibraryError, match=r"built with model fake .* this is other .*--rebuild"):
        require_model(library, other)


def test_a_folder_without_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library in .*bronvraag index"):
        open_library(tmp_path)


def test_a_corrupt_library_says_what_to_do(library: Library) -> None:
    library.close()
    path = library.folder / FIRST_FILE
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(LibraryError, match="is damaged .*--rebuild"):
        open_library(library.folder)


def test_a_library_with_torn_pages_says_what_to_do(library: Library, fake_embedder: FakeEmbedder) -> None:
    library.close()
    path = library.folder / FIRST_FILE
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(LibraryError, match="--rebuild"):
        nearest(open_library(library.folder), fake_embedder.embed_queries(["dijken"]).vectors, 1)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FIRST_FILE)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(LibraryError, match="another version"):
        open_library(tmp_path)


def test_a_second_library_in_a_folder_is_refused(library: Library, fake_embedder: FakeEmbedder) -> None:
    with pytest.raises(LibraryError, match="already"):
        create_library(library.folder, fake_embedder.identity)


def test_known_embeddings_are_found_by_their_text(library: Library, tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    report = index(library, fake_embedder, write_files(tmp_path / "copy", {"anders.txt": ANSWERS + "\nZie ook elders.\n"}))
    assert report.n_embedded == 1
