"""What of uploaded files is kept, where, and how much."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli.indexing import uploads_of
from qa.exceptions import NotInLibraryError, UploadError
from qa.indexing import Indexer
from qa.intake import Intake, Outcome, Received
from qa.intake.uploads import UploadLimits
from qa.library import Library, create_library
from qa.library.upload_name import UPLOADS, is_upload, kept_name, shown_name
from tests.builders import LETTER, make_library
from tests.fake_embedder import FakeEmbedder

ID = "0123456789abcdef"


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Library:
    return make_library(tmp_path, fake_embedder)


def intake_of(library: Library, limits: UploadLimits | None = None) -> Intake:
    return Intake(library, Indexer(library, FakeEmbedder()), limits=limits)


def add(intake: Intake, content: bytes, name: str = "brief.txt") -> Received:
    incoming = intake.receive()
    incoming.write(content)
    return intake.add(incoming, name).result(30)


def kept(library: Library) -> list[str]:
    return sorted(path.name for path in (library.folder / UPLOADS).glob("*"))


def test_a_file_is_kept_under_its_content_and_its_name(library: Library) -> None:
    received = add(intake_of(library), b"Er zijn zonnepanelen.", "Zon & wind.txt")
    assert kept(library) == [f"{received.document_id}-Zon & wind.txt"]


def test_content_that_the_library_read_elsewhere_is_not_kept_again(library: Library) -> None:
    assert add(intake_of(library), LETTER.encode()).outcome is Outcome.PRESENT
    assert kept(library) == []


def test_an_uploaded_document_can_be_removed_and_added_again(library: Library) -> None:
    intake = intake_of(library)
    received = add(intake, b"Er zijn zonnepanelen.")
    intake.remove(str(received.document_id))
    assert kept(library) == []
    assert add(intake, b"Er zijn zonnepanelen.").outcome is Outcome.INDEXED


def test_a_file_that_was_indexed_from_the_disk_stays_there_when_its_document_is_removed(library: Library, tmp_path: Path) -> None:
    record = next(record for record in library.documents() if record.source.endswith("brief.txt"))
    intake_of(library).remove(record.document_id)
    assert (tmp_path / "files" / "brief.txt").exists()
    assert not library.has_document(record.document_id)


def test_a_library_that_is_made_anew_reads_what_was_uploaded_again(library: Library) -> None:
    assert uploads_of(library.state) == []
    received = add(intake_of(library), b"Er zijn zonnepanelen.")
    library.close()
    again = create_library(library.folder, FakeEmbedder.identity, in_place_of_another=True)
    Indexer(again, FakeEmbedder()).index(uploads_of(library.state))
    assert again.has_document(str(received.document_id))


def test_an_unknown_document_cannot_be_removed(library: Library) -> None:
    with pytest.raises(NotInLibraryError, match="no document '../x'"):
        intake_of(library).remove("../x")


def test_a_full_folder_takes_no_more_files(library: Library) -> None:
    intake = intake_of(library, UploadLimits(max_files=1))
    add(intake, b"Er zijn zonnepanelen.")
    with pytest.raises(UploadError, match="keeps 1 uploads of 21 bytes in all, which is the most"):
        intake.receive()


def test_a_folder_with_too_many_bytes_takes_no_more_files(library: Library) -> None:
    intake = intake_of(library, UploadLimits(max_total_bytes=20))
    add(intake, b"Er zijn zonnepanelen.")
    with pytest.raises(UploadError, match="which is the most"):
        intake.receive()


def test_only_so_many_files_arrive_at_once(library: Library) -> None:
    intake = intake_of(library, UploadLimits(max_arriving=2))
    arriving = [intake.receive(), intake.receive()]
    with pytest.raises(UploadError, match="2 other files are arriving"):
        intake.receive()
    arriving.pop().discard()
    arriving.append(intake.receive())
    for incoming in arriving:
        incoming.discard()


def test_what_an_interrupted_run_left_half_received_is_deleted_and_what_another_server_is_receiving_is_not(
    library: Library,
) -> None:
    (library.folder / UPLOADS).mkdir()
    left = library.folder / UPLOADS / ".0a1b.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    arriving = intake_of(library).receive()
    arriving.write(b"Er zijn zonnepanelen.")
    assert add(intake_of(library), b"Er zijn dijken.").outcome is Outcome.INDEXED
    kept_one = arriving.keep("zon.txt")
    assert (left.exists(), kept_one.read_bytes()) == (False, b"Er zijn zonnepanelen.")


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_a_kept_name_is_one_part_of_a_path_and_not_hidden(name: str) -> None:
    kept = kept_name(ID, name)
    assert Path("/folder", kept).parent == Path("/folder")
    assert kept.startswith(f"{ID}-")
    assert len(os.fsencode(kept)) <= 255
    assert kept.isprintable()


@given(name=st.from_regex(r"[A-Za-zé0-9][A-Za-zé0-9 ()-]{0,30}[A-Za-z0-9]\.(pdf|docx|txt|md)", fullmatch=True))
def test_an_ordinary_name_is_shown_as_it_was(name: str) -> None:
    assert shown_name(f"/library/{UPLOADS}/{kept_name(ID, name)}") == " ".join(name.split())


@pytest.mark.parametrize("path", ["/data/brief.txt", f"/data/{ID}-brief.txt", f"/library/{UPLOADS}/brief.txt"])
def test_other_files_are_no_uploads_and_keep_their_names(path: str) -> None:
    assert not is_upload(path)
    assert shown_name(path) == Path(path).name
