import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from embeddings import Embeddings
from qa.exceptions import BronvraagError, LibraryError
from qa.indexing import Failure, Indexer, Progress
from qa.library import Library, create_library, open_library
from qa.wording.sentence import Sentence
from qa.workers.limits import Limits
from qa.workers.pool import Reading
from tests.builders import ANSWERS, LETTER, index, make_library, nearest, write_files
from tests.fake_embedder import FakeEmbedder
from tests.hostile_readers import read_or_misbehave


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    return make_library(tmp_path, fake_embedder)


def test_new_files_are_added(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    report = index(
        library, fake_embedder, write_files(tmp_path / "files", {"a.txt": LETTER, "b.md": "# Kop\n\nTekst over bruggen."})
    )
    assert (report.added, report.failures) == (2, [])


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    report = index(library, fake_embedder, tmp_path / "files")
    assert (report.unchanged, report.n_passages, report.n_embedded) == (2, 0, 0)


def test_a_changed_file_replaces_its_passages(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    write_files(tmp_path / "files", {"brief.txt": LETTER.replace("drie miljoen", "vier miljoen")})
    report = index(library, fake_embedder, tmp_path / "files")
    texts = [stored.passage.text for record in library.documents() for stored in library.passages_of(record.document_id)]
    assert report.changed == 1
    assert [text for text in texts if "miljoen" in text] == ["De dijken zijn in 2021 versterkt. Dat kostte vier miljoen euro."]


def test_only_what_changed_in_a_file_is_embedded_again(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    write_files(tmp_path / "files", {"brief.txt": LETTER.replace("drie miljoen", "vier miljoen")})
    assert index(library, fake_embedder, tmp_path / "files").n_embedded == 1


def test_a_file_saved_again_with_the_same_text_is_unchanged(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    os.utime(tmp_path / "files" / "brief.txt", (1, 1))
    report = index(library, fake_embedder, tmp_path / "files")
    assert (report.unchanged, report.changed, report.n_embedded) == (2, 0, 0)


def test_a_deleted_file_leaves_the_library(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    (tmp_path / "files" / "brief.txt").unlink()
    report = index(library, fake_embedder, tmp_path / "files")
    assert (report.removed, [record.source for record in library.documents()]) == (
        1,
        [str(tmp_path / "files" / "antwoorden.txt")],
    )


def test_files_elsewhere_stay_when_another_folder_is_indexed(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    index(library, fake_embedder, write_files(tmp_path / "other", {"c.txt": "Iets over bruggen."}))
    assert library.counts()[0] == 3


def test_a_copy_under_another_name_is_one_document(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    report = index(library, fake_embedder, write_files(tmp_path / "copy", {"kopie.txt": LETTER}))
    assert (report.duplicates, library.counts()[0]) == (1, 2)


def test_a_copy_keeps_the_document_when_the_first_file_goes(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    index(library, fake_embedder, write_files(tmp_path / "copy", {"kopie.txt": LETTER}))
    (tmp_path / "files" / "brief.txt").unlink()
    index(library, fake_embedder, tmp_path / "files")
    assert str(tmp_path / "copy" / "kopie.txt") in [record.source for record in library.documents()]


def test_two_copies_in_one_run_are_one_document(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder, {"a.txt": LETTER, "b.txt": LETTER})
    assert (library.counts()[0], len(library.files())) == (1, 2)


def test_an_unreadable_file_is_reported_and_the_others_are_indexed(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    folder = write_files(tmp_path / "files", {"goed.txt": LETTER, "leeg.txt": ""})
    (folder / "plaatje.txt").write_bytes(bytes(range(256)))
    report = index(library, fake_embedder, folder)
    assert report.added == 1
    assert report.failures[0] == Failure(str(folder / "leeg.txt"), Sentence("file_empty"))
    assert report.failures[1].reason.said("en").startswith("it is not a text file")


def test_a_file_that_became_unreadable_keeps_what_it_held(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    (tmp_path / "files" / "brief.txt").write_bytes(b"\x00\x01\x02")
    report = index(library, fake_embedder, tmp_path / "files")
    assert (len(report.failures), library.counts()[0]) == (1, 2)


def test_a_path_that_does_not_exist_is_named_and_nothing_is_done(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    (tmp_path / "files" / "brief.txt").unlink()
    with pytest.raises(BronvraagError, match="no file or folder .*weg"):
        index(library, fake_embedder, tmp_path / "files", tmp_path / "weg")
    assert library.counts()[0] == 2


def test_hidden_files_and_other_kinds_are_left_out(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    report = index(
        library, fake_embedder, write_files(tmp_path / "files", {".verborgen.txt": LETTER, "foto.jpg": "x", "a.TXT": LETTER})
    )
    assert (report.added, report.skipped) == (1, 1)


def test_the_metadata_beside_a_publication_is_no_document(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    report = index(
        library, fake_embedder, write_files(tmp_path / "files", {"metadata.xml": "<metadata_gegevens/>", "a.txt": LETTER})
    )
    assert (report.added, report.skipped, report.failures) == (1, 1, [])


def test_a_file_named_with_spaces_quotes_and_emoji_is_indexed(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder, {"brief 'over' \"dijken\" 🌊.txt": LETTER})
    assert library.documents()[0].source.endswith("brief 'over' \"dijken\" 🌊.txt")


def test_a_link_that_leads_in_a_circle_does_not_stop_the_run(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": LETTER})
    (folder / "rond").symlink_to(folder)
    library = create_library(tmp_path / "library", fake_embedder.identity)
    assert index(library, fake_embedder, folder).added == 1


def test_small_batches_give_the_same_library_as_one(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": LETTER, "b.txt": ANSWERS})
    query = fake_embedder.embed_queries(["hoeveel fietspaden"]).vectors
    found = []
    for n in (1, 256):
        library = create_library(tmp_path / f"library{n}", fake_embedder.identity)
        index(library, fake_embedder, folder, batch_passages=n)
        found.append(nearest(library, query, 5))
    assert found[0] == found[1]


def test_progress_ends_with_every_file_done(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    seen: list[Progress] = []
    Indexer(library, fake_embedder).index([tmp_path / "files"], on_progress=seen.append)
    assert (seen[-1].n_files_done, seen[-1].n_files) == (2, 2)


def test_killed_while_indexing_it_opens_and_indexing_again_finishes(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    n_files = 300
    write_files(tmp_path / "files", {f"{i:03}.txt": f"Brief {i} over dijk {i}.\n\nEr is nog een zin." for i in range(n_files)})
    program = (
        "import sys; from pathlib import Path; from tests.builders import index; from tests.fake_embedder import FakeEmbedder\n"
        "from qa.library import create_library\n"
        "library = create_library(Path(sys.argv[1]) / 'library', FakeEmbedder.identity); print('made', flush=True)\n"
        "index(library, FakeEmbedder(), Path(sys.argv[1]) / 'files', batch_passages=2)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        while open_library(tmp_path / "library").counts()[0] < 5:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    library = open_library(tmp_path / "library")
    n_kept = library.counts()[0]
    report = index(library, fake_embedder, tmp_path / "files")
    assert 5 <= n_kept < n_files
    assert (report.unchanged, report.added, library.counts()) == (n_kept, n_files - n_kept, (n_files, 2 * n_files))


def test_one_worker_and_four_make_the_same_library(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {f"{i:03}.txt": f"Brief {i} over dijken." * (1 + i % 7) for i in range(60)})
    query = fake_embedder.embed_queries(["brief over dijken"]).vectors
    found = []
    for n_workers in (1, 4):
        library = create_library(tmp_path / f"library{n_workers}", fake_embedder.identity)
        Indexer(library, fake_embedder, batch_passages=7, reading=Reading(n_workers=n_workers)).index([folder])
        found.append((nearest(library, query, 60), library.passages(range(1, 100)), library.files()))
    assert found[0] == found[1]


def test_bad_files_are_reported_and_what_they_held_stays(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    names = ["crashes.txt", "hangs.txt", "eats.txt", "goed.txt"]
    library = make_library(tmp_path, fake_embedder, {name: f"Brief {name}." for name in names})
    write_files(tmp_path / "files", {name: f"Nieuwe brief {name}." for name in names})
    limits = Limits(max_seconds=3, max_memory_bytes=300_000_000)
    indexer = Indexer(library, fake_embedder, reading=Reading(limits=limits, reader=read_or_misbehave))
    report = indexer.index([tmp_path / "files"])
    assert (report.changed, [Path(failure.path).name for failure in report.failures]) == (
        1,
        ["crashes.txt", "eats.txt", "hangs.txt"],
    )
    assert library.counts()[0] == 4


def test_a_file_deleted_between_listing_and_reading_is_reported(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    folder = write_files(tmp_path / "files", {"a.txt": LETTER, "deletes.txt": ANSWERS})
    report = Indexer(library, fake_embedder, reading=Reading(reader=read_or_misbehave)).index([folder])
    assert (report.added, report.failures) == (
        1,
        [Failure(str(folder / "deletes.txt"), Sentence("deleted_before_read"))],
    )


def test_a_name_that_is_no_text_is_reported_and_the_others_are_indexed(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"goed.txt": LETTER})
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text(ANSWERS)
    Path(os.fsdecode(os.fsencode(folder) + b"/b.\xffx")).write_text(ANSWERS)
    report = index(create_library(tmp_path / "library", fake_embedder.identity), fake_embedder, folder)
    assert (report.added, report.skipped_by_kind) == (1, {".\\xffx": 1})
    assert report.failures == [Failure(f"{folder}/\\xff\\xfe.txt", Sentence("name_no_text"))]


def test_pipes_links_in_a_circle_and_links_to_nothing_are_reported_not_opened(
    tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    folder = write_files(tmp_path / "files", {"goed.txt": LETTER})
    os.mkfifo(folder / "pijp.txt")
    (folder / "rond.txt").symlink_to("rond.txt")
    (folder / "weg.txt").symlink_to("nergens.txt")
    report = index(create_library(tmp_path / "library", fake_embedder.identity), fake_embedder, folder)
    assert [(Path(failure.path).name, failure.reason.said("en")) for failure in report.failures] == [
        ("pijp.txt", "it is a named pipe, not an ordinary file"),
        ("rond.txt", "it cannot be opened (Too many levels of symbolic links)"),
        ("weg.txt", "it is a link to something that does not exist"),
    ]
    assert report.added == 1


def test_a_pipe_that_is_asked_for_by_name_is_reported(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    os.mkfifo(tmp_path / "pijp")
    assert index(library, fake_embedder, tmp_path / "pijp").failures[0].reason.said("en").startswith("it is a named pipe")


def test_files_that_may_not_be_read_are_reported_and_stay_in_the_library(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder)
    inner = write_files(tmp_path / "files" / "map", {"c.txt": "Brief over bruggen."})
    index(library, fake_embedder, tmp_path / "files")
    write_files(tmp_path / "files", {"brief.txt": "Een andere brief."})
    (tmp_path / "files" / "brief.txt").chmod(0)
    inner.chmod(0)
    program = (
        "import sys; from pathlib import Path; from qa.library import open_library; from tests.builders import index\n"
        "from tests.fake_embedder import FakeEmbedder\n"
        "for failure in index(open_library(Path(sys.argv[1])), FakeEmbedder(), Path(sys.argv[2])).failures: print(failure.reason.said('en'))\n"
    )
    command = [sys.executable, "-c", program, str(library.folder), str(tmp_path / "files")]
    if os.geteuid() == 0:  # root may read everything, unless it gives that up
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    inner.chmod(0o700)
    assert result.stdout.splitlines() == [
        "this folder cannot be searched (Permission denied)",
        "it cannot be opened (Permission denied)",
    ]
    assert library.counts()[0] == 3


def test_skipped_files_are_counted_by_kind(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"a.jpg": "x", "b.JPG": "x", "c.mp4": "x", "LEESMIJ": "x", "d.txt": LETTER})
    report = index(create_library(tmp_path / "library", fake_embedder.identity), fake_embedder, folder, folder)
    assert (report.skipped_by_kind, report.skipped) == ({".jpg": 2, ".mp4": 1, "": 1}, 4)


def test_a_full_disk_is_one_sentence_and_what_was_stored_stays(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    folder = write_files(tmp_path / "files", {f"{i:02}.txt": f"Brief {i} over dijken. " * 200 for i in range(40)})
    with library._file.connections.writing() as connection:
        (n_pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {n_pages + 300}")
    with pytest.raises(LibraryError, match="There is no room left on the disk for the library in "):
        index(library, fake_embedder, folder, batch_passages=4)
    library.close()
    library = open_library(tmp_path / "library")
    n_kept = library.counts()[0]
    assert 0 < n_kept < 40
    assert index(library, fake_embedder, folder).added == 40 - n_kept


def test_a_document_of_more_passages_than_a_batch_is_embedded_in_parts(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    text = "\n\n".join(f"Dit is alinea {i} van een lang stuk." for i in range(600))
    library = make_library(tmp_path, embedder, {"lang.txt": text})
    assert (library.counts(), embedder.sizes) == ((1, 600), [256, 256, 88])


class CountingEmbedder(FakeEmbedder):
    """Remembers how many passages it was given at a time."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def embed_passages(self, passages: Sequence[str]) -> Embeddings:
        self.sizes.append(len(passages))
        return super().embed_passages(passages)


def test_the_report_says_as_data_what_it_says_in_words(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(
        tmp_path / "files", {"a.txt": LETTER, "kopie.txt": LETTER, "leeg.txt": "", "foto.jpg": "x", "b.txt": ANSWERS}
    )
    report = index(create_library(tmp_path / "library", fake_embedder.identity), fake_embedder, folder)
    shown = report.as_dict()
    assert isinstance(shown.pop("seconds"), float)
    assert shown == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "duplicates": 1,
        "by_others": 0,
        "skipped": {".jpg": 1},
        "failed": [{"path": str(folder / "leeg.txt"), "code": "file_empty", "reason": "it is empty"}],
        "doubtful": [],
        "n_passages": report.n_passages,
        "n_embedded": report.n_embedded,
    }
