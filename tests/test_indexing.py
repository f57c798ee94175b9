import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.exceptions import BronvraagError
from qa.indexing import Failure, Progress
from qa.library import Library
from tests.builders import ANSWERS, LETTER, index, make_library, write_files
from tests.fake_embedder import FakeEmbedder


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    return make_library(tmp_path, fake_embedder)


def test_new_files_are_added(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = Library.create(tmp_path / "library", fake_embedder.identity)
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
    library = Library.create(tmp_path / "library", fake_embedder.identity)
    folder = write_files(tmp_path / "files", {"goed.txt": LETTER, "leeg.txt": ""})
    (folder / "plaatje.txt").write_bytes(bytes(range(256)))
    report = index(library, fake_embedder, folder)
    assert report.added == 1
    assert report.failures[0] == Failure(str(folder / "leeg.txt"), "it is empty")
    assert report.failures[1].reason.startswith("it is not a text file")


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
    library = Library.create(tmp_path / "library", fake_embedder.identity)
    report = index(
        library, fake_embedder, write_files(tmp_path / "files", {".verborgen.txt": LETTER, "foto.jpg": "x", "a.TXT": LETTER})
    )
    assert (report.added, report.skipped) == (1, 1)


def test_a_file_named_with_spaces_quotes_and_emoji_is_indexed(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder, {"brief 'over' \"dijken\" 🌊.txt": LETTER})
    assert library.documents()[0].source.endswith("brief 'over' \"dijken\" 🌊.txt")


def test_a_link_that_leads_in_a_circle_does_not_stop_the_run(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": LETTER})
    (folder / "rond").symlink_to(folder)
    library = Library.create(tmp_path / "library", fake_embedder.identity)
    assert index(library, fake_embedder, folder).added == 1


def test_small_batches_give_the_same_library_as_one(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": LETTER, "b.txt": ANSWERS})
    query = fake_embedder.embed_queries(["hoeveel fietspaden"]).vectors
    found = []
    for n in (1, 256):
        library = Library.create(tmp_path / f"library{n}", fake_embedder.identity)
        index(library, fake_embedder, folder, batch_passages=n)
        found.append(library.nearest(query, 5))
    assert found[0] == found[1]


def test_progress_ends_with_every_file_done(tmp_path: Path, library: Library, fake_embedder: FakeEmbedder) -> None:
    from qa.indexing import Indexer

    seen: list[Progress] = []
    Indexer(library, fake_embedder).index([tmp_path / "files"], on_progress=seen.append)
    assert (seen[-1].n_files_done, seen[-1].n_files) == (2, 2)


def test_killed_while_indexing_it_opens_and_indexing_again_finishes(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    n_files = 300
    write_files(tmp_path / "files", {f"{i:03}.txt": f"Brief {i} over dijk {i}.\n\nEr is nog een zin." for i in range(n_files)})
    program = (
        "import sys; from pathlib import Path; from tests.builders import index; from tests.fake_embedder import FakeEmbedder\n"
        "from qa.library import Library\n"
        "library = Library.create(Path(sys.argv[1]) / 'library', FakeEmbedder.identity); print('made', flush=True)\n"
        "index(library, FakeEmbedder(), Path(sys.argv[1]) / 'files', batch_passages=2)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        while Library.open(tmp_path / "library").counts()[0] < 5:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    library = Library.open(tmp_path / "library")
    n_kept = library.counts()[0]
    report = index(library, fake_embedder, tmp_path / "files")
    assert 5 <= n_kept < n_files
    assert (report.unchanged, report.added, library.counts()) == (n_kept, n_files - n_kept, (n_files, 2 * n_files))
