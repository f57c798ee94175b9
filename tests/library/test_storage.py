"""What is stored stays, whatever happens beside it: other programs, power cuts, changes during a question, files that may only be read."""

import json
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings import TokenVectors, VectorIndex
from qa.answering import Answerer
from qa.cli.indexing import _say_waiting
from qa.document import Document, Kind, Metadata
from qa.exceptions import BronvraagError, LibraryError
from qa.indexing import Indexer
from qa.library import Library, create_library, open_library
from qa.library.sqlite import connections, neighbours
from qa.library.sqlite.files import FIRST_FILE
from qa.library.sqlite.library import SqliteLibrary
from qa.observing import listening
from qa.passage import Passage, Role
from tests import storage_faults
from tests.builders import nearest
from tests.fake_embedder import FakeEmbedder

EMBEDDER = FakeEmbedder()
DIKES, CYCLING, TULIPS = "De dijken zijn versterkt.", "Fietspaden worden breder.", "Tulpen bloeien vroeg."
MAX_STATEMENTS = 12


def add(library: Library, *texts: str, folder: str = "/d") -> None:
    """Store documents of one passage each, without a process that reads files."""
    Indexer(library, EMBEDDER).add([(document_of(text, folder), [passage_of(text)]) for text in texts])


def document_of(text: str, folder: str = "/d") -> Document:
    name = text.split()[-1].strip(".")
    metadata = Metadata(title=name, kind=Kind.LETTER, date="2024-01-02", official_id=f"kst-30573-{len(text)}")
    return Document(document_id=name, source=f"{folder}/{name}.txt", text=text, metadata=metadata)


def passage_of(text: str) -> Passage:
    return Passage(role=Role.PARAGRAPH, start=0, end=len(text), text=text)


def best(library: Library, question: str) -> str:
    return nearest(library, EMBEDDER.embed_queries([question]).vectors, 1)[0][1]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SqliteLibrary]:
    library = SqliteLibrary.create(tmp_path / "library", EMBEDDER.identity)
    yield library
    library.close()


@pytest.fixture
def _compacted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "COMPACTED_FROM", 0)


def index_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("vectors-*.faiss"))


@pytest.mark.usefixtures("_compacted_at_once")
def test_an_index_file_from_before_a_power_cut_is_not_believed(library: SqliteLibrary, tmp_path: Path) -> None:
    folder = library.folder
    add(library, DIKES)
    library.close()
    shutil.copy(folder / FIRST_FILE, tmp_path / "before.sqlite3")
    again = open_library(folder)
    add(again, CYCLING)
    again.close()
    assert len(index_files(folder)) == 1
    shutil.copy(
        tmp_path / "before.sqlite3", folder / FIRST_FILE
    )  # the power cut takes the last commit back, and the index file stays
    after = open_library(folder)
    assert (best(after, "fietspaden worden breder"), after.counts()) == (DIKES, (1, 1))
    add(after, TULIPS)
    assert best(after, "tulpen bloeien vroeg") == TULIPS


@pytest.mark.usefixtures("_compacted_at_once")
@pytest.mark.parametrize("damage", ["gone", "empty", "garbage", "cut short", "other vectors"])
def test_an_index_file_that_is_gone_or_damaged_is_made_again(library: SqliteLibrary, damage: str) -> None:
    add(library, DIKES, CYCLING, TULIPS)
    (path,) = index_files(library.folder)
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "other vectors":  # the right name, and the right ids
        other = VectorIndex(EMBEDDER.identity.dim)
        other.add(np.arange(1, 4), np.eye(3, EMBEDDER.identity.dim, dtype=np.float32))
        other.save(path)
    else:
        path.write_bytes({"empty": b"", "garbage": b"no index" * 99, "cut short": content[: len(content) // 2]}[damage])
    assert best(open_library(library.folder), "fietspaden worden breder") == CYCLING


@pytest.mark.usefixtures("_compacted_at_once")
def test_what_is_added_and_removed_after_an_index_file_was_written_counts_and_writes_no_other(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, DIKES, CYCLING)
    before = index_files(library.folder)
    monkeypatch.setattr(neighbours, "COMPACTED_FROM", 1000)
    add(library, TULIPS)
    library.remove_files(["/d/breder.txt"])
    for opened in (library, open_library(library.folder)):
        assert [best(opened, text) for text in (DIKES, TULIPS)] == [DIKES, TULIPS]
        assert best(opened, CYCLING) != CYCLING
    assert index_files(library.folder) == before


def test_a_large_library_is_searched_approximately_and_says_how_well(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "COMPACTED_FROM", 100)
    monkeypatch.setattr(neighbours, "APPROXIMATE_FROM", 200)
    monkeypatch.setattr(neighbours, "MIN_RECALL", 0.6)  # words as dimensions give equal scores, of which an index picks any
    texts = [f"Woord{i % 17} woord{i % 23} woord{i % 29} nummer{i}." for i in range(300)]
    add(library, *texts)
    found = open_library(library.folder)
    report = found.nearest_report()
    assert (report.is_exact, 0.6 <= report.recall <= 1) == (False, True)
    hits = sum(best(found, text) == text for text in texts[::10])
    assert hits == len(texts[::10])


def test_a_writer_that_waits_for_another_program_says_so_and_goes_on(
    library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(library, DIKES)
    monkeypatch.setattr(connections, "PATIENCE_S", 0.01)
    other = sqlite3.connect(library.folder / FIRST_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def let_go(event: str, details: dict[str, Any]) -> None:
        _say_waiting(event, details)
        if event == "library_waits":
            other.execute("COMMIT")

    with listening(let_go):
        add(library, TULIPS)
    assert library.counts() == (2, 2)
    assert "Another program is writing to this library" in capsys.readouterr().err


def test_a_reader_does_not_wait_for_writers(library: SqliteLibrary) -> None:
    add(library, DIKES)
    other = sqlite3.connect(library.folder / FIRST_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # another program writes
    upload = threading.Thread(target=lambda: add(library, CYCLING))
    upload.start()  # and somebody here waits for it
    assert (library.counts(), best(library, DIKES)) == ((1, 1), DIKES)
    assert upload.is_alive()
    other.execute("COMMIT")
    upload.join(60)
    assert library.counts() == (2, 2)


def test_a_library_that_may_only_be_read_can_be_asked() -> None:
    folder = Path(tempfile.mkdtemp())  # another user must reach it, which pytest's own folders forbid
    try:
        library = create_library(folder / "library", EMBEDDER.identity)
        add(library, DIKES)
        Answerer(library, EMBEDDER).ask(
            "Zijn de dijken versterkt?"
        )  # reads what the package brings, which the other user may not
        library.close()
        for path in (folder / "library" / FIRST_FILE, folder / "library", folder):
            path.chmod(0o444 if path.is_file() else 0o555)
        child = os.fork()
        if child == 0:
            if os.geteuid() == 0:
                os.setuid(65534)  # root may write everything
            try:
                opened = open_library(folder / "library")
                same = (best(opened, "dijken"), opened.counts(), len(opened.catalogue())) == (DIKES, (1, 1), 1)
                answer = Answerer(opened, EMBEDDER).ask("Zijn de dijken versterkt?")
                with pytest.raises(LibraryError, match="may be read here but not changed"):
                    add(opened, TULIPS)
                os._exit(0 if same and answer.citations else 1)
            except BaseException:
                os._exit(2)
        assert os.waitpid(child, 0)[1] == 0
    finally:
        for path in (folder, folder / "library"):
            path.chmod(0o755)
        shutil.rmtree(folder)


def test_a_question_costs_few_statements(library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    add(library, DIKES, CYCLING, TULIPS)
    statements: list[str] = []
    real = connections.open_reader

    def traced(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(connections, "open_reader", traced)
    opened = open_library(library.folder)
    answerer = Answerer(opened, EMBEDDER)
    answerer.warm_up()
    for question, history in (
        ("Welke dijken en fietspaden zijn volgens het ministerie versterkt of verbreed in Zeeland?", ()),
        ("Which dikes of the government have been strengthened by the minister?", ("Zijn de tulpen vroeg?",)),
        ("Wat staat er in Kamerstuk 30573, nr. 25 over tulpen en de heer De Jonge?", ()),
    ):
        statements.clear()
        answerer.ask(question, history)
        told = [
            one
            for one in statements
            if not one.startswith(("BEGIN", "ROLLBACK", "--", "PRAGMA 'main'", "SELECT k, v FROM 'main'"))
        ]
        assert len(told) <= MAX_STATEMENTS, "\n".join(told)


def test_files_that_are_gone_by_the_many_are_kept_until_it_is_said_that_they_were_removed_on_purpose(
    library: SqliteLibrary, tmp_path: Path
) -> None:
    (tmp_path / "mount").mkdir()  # the drive is not there today
    add(library, DIKES, CYCLING, folder=str(tmp_path / "mount"))
    indexer = Indexer(library, EMBEDDER)
    with pytest.raises(BronvraagError, match="2 of the 2 files .* are gone.*--prune"):
        indexer.index([tmp_path / "mount"])
    assert library.counts() == (2, 2)
    assert indexer.index([tmp_path / "mount"], prune=True).removed == 2
    assert library.counts() == (0, 0)


def test_what_was_reported_as_done_survives_kills_and_power_cuts() -> None:
    assert "nothing that was reported was lost" in storage_faults.run(2, 2)


OLD_TABLES = """
PRAGMA application_id = 1114795886; PRAGMA user_version = 2;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, official_id TEXT, date TEXT, metadata TEXT NOT NULL, text TEXT NOT NULL,
    page_starts TEXT NOT NULL, footnotes TEXT NOT NULL, printed_spans TEXT NOT NULL, indexed_at TEXT NOT NULL
) STRICT;
CREATE TABLE files (path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents, size_bytes INTEGER NOT NULL, modified_ns INTEGER NOT NULL) STRICT;
CREATE INDEX files_by_document ON files (document_id);
CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, role TEXT NOT NULL,
    numbers TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, context TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL
) STRICT;
CREATE TABLE token_space (data BLOB NOT NULL) STRICT;
CREATE TABLE token_vectors (passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, packed BLOB NOT NULL) STRICT;
CREATE INDEX passages_by_document ON passages (document_id);
CREATE INDEX passages_by_digest ON passages (digest);
CREATE VIRTUAL TABLE passage_words USING fts5(own, context, tokenize = "ascii tokenchars '-.'");
CREATE TABLE vocabulary (term TEXT PRIMARY KEY, reversed TEXT NOT NULL, n_passages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX vocabulary_reversed ON vocabulary (reversed, n_passages);
CREATE TABLE word_totals (n_passages INTEGER NOT NULL, n_own INTEGER NOT NULL, n_context INTEGER NOT NULL) STRICT;
INSERT INTO word_totals VALUES (1, 2, 0);
"""


def packed_in_8_bits(tokens: TokenVectors) -> bytes:
    n = len(tokens)
    parts = (
        np.rint(tokens.vectors * 127).astype(np.int8),
        np.full(n, 1 / 127, "<f2"),
        tokens.starts.astype("<u4"),
        tokens.ends.astype("<u4"),
    )
    return np.array([tokens.vectors.shape[1]], "<u2").tobytes() + b"".join(part.tobytes() for part in parts)


def test_a_library_of_the_first_layout_is_brought_up_to_date_with_its_embeddings(tmp_path: Path) -> None:
    document, embedded = document_of(DIKES), EMBEDDER.embed_passages([DIKES])
    identity = {name: value for name, value in asdict(EMBEDDER.identity).items() if name != "adapter"}
    with closing(sqlite3.connect(tmp_path / FIRST_FILE)) as old:
        old.executescript(OLD_TABLES)
        old.executemany(
            "INSERT INTO meta VALUES (?, ?)", [("model", json.dumps(identity)), ("versions", "{}"), ("revision", "7")]
        )
        metadata = json.dumps({"title": "Dijken", "kind": "Kamerbrief", "date": "2024-01-02", "official_id": "kst-30573-9"})
        old.execute(
            "INSERT INTO documents VALUES (?, 'Dijken', 'Kamerbrief', NULL, '2024-01-02', ?, ?, '[0]', '[]', '[]', '2024-01-03')",
            (document.document_id, metadata, DIKES),
        )
        old.execute("INSERT INTO files VALUES ('/d/a.txt', ?, 5, 6)", (document.document_id,))
        row = (document.document_id, len(DIKES), b"0" * 16, embedded.vectors[0].astype("<f4").tobytes())
        old.execute("INSERT INTO passages VALUES (4, ?, 'paragraph', '[]', 0, ?, '', ?, ?)", row)
        old.execute("INSERT INTO token_vectors VALUES (4, ?)", (packed_in_8_bits(embedded.tokens[0]),))
        old.execute("INSERT INTO passage_words (rowid, own, context) VALUES (4, 'dijk versterkt', '')")
        old.commit()
    library = open_library(tmp_path)
    (found,) = library.search(EMBEDDER.embed_queries(["dijken"]).vectors, (), n_nearest=1, n_by_words=0)
    assert (found[0].record.passage.text, found[0].record.passage_id, found[0].record.page_at(0)) == (DIKES, 4, 1)
    np.testing.assert_allclose(found[0].tokens.vectors, embedded.tokens[0].vectors, atol=1e-6)
    assert library.register().documents_called("KST-30573-9") == (document.document_id,)
    assert [(file.path, file.size_bytes) for file in library.files()] == [("/d/a.txt", 5)]
    add(library, TULIPS)
    assert (best(library, TULIPS), open_library(tmp_path).counts()) == (TULIPS, (2, 2))
