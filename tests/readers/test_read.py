import hashlib
import os
from pathlib import Path

import pytest

from qa.exceptions import ReadError
from qa.readers import SUFFIXES, document_id_of, read
from qa.readers.read import MAX_SIZE_BYTES
from tests.readers.pdf_builder import PdfPage, build_pdf


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_every_kind_that_ministries_publish_is_tried() -> None:
    assert {".txt", ".md", ".pdf", ".docx", ".odt", ".html", ".xml"} <= SUFFIXES


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "zonder-einde"])
@pytest.mark.parametrize(
    "content",
    [build_pdf(PdfPage(["De brief."])), b"<!DOCTYPE html><html><body><main><p>De brief.</p></main></body></html>", b"De brief."],
    ids=["PDF", "HTML", "text"],
)
def test_the_content_and_not_the_name_tells_the_kind(tmp_path: Path, name: str, content: bytes) -> None:
    assert read(written(tmp_path, name, content)).text == "De brief."


@pytest.mark.parametrize(("name", "text"), [("a.txt", "# Kop"), ("a.md", "Kop"), ("A.MD", "Kop"), ("a.markdown", "Kop")])
def test_the_ending_of_the_name_chooses_the_reader(tmp_path: Path, name: str, text: str) -> None:
    assert read(written(tmp_path, name, b"# Kop")).text == text


def test_the_id_is_a_digest_of_the_content(tmp_path: Path) -> None:
    expected = hashlib.sha256(b"De brief.").hexdigest()[:16]
    assert read(written(tmp_path, "a.txt", b"De brief.")).document_id == expected


def test_the_same_content_has_the_same_id_under_another_name(tmp_path: Path) -> None:
    first, second = written(tmp_path, "a.txt", b"De brief."), written(tmp_path, "b.txt", b"De brief.")
    assert read(first).document_id == read(second).document_id


def test_other_content_has_another_id() -> None:
    assert document_id_of(b"een") != document_id_of(b"twee")


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ReadError, match="it is empty"):
        read(written(tmp_path, "a.txt", content))


@pytest.mark.parametrize(
    ("content", "meaning"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "damaged or not complete"),
        (b"PK\x03\x04word/document.xml", "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        (b"\x89PNG\r\n\x1a\n", "not a text file"),
    ],
)
def test_another_kind_of_file_under_a_text_name_is_named(tmp_path: Path, content: bytes, meaning: str) -> None:
    with pytest.raises(ReadError, match=f"it is {meaning}"):
        read(written(tmp_path, "a.txt", content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"cannot be opened \(No such file or directory\)"):
        read(tmp_path / "nowhere.txt")


def test_a_folder_with_a_text_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "folder.txt")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"x")
    os.truncate(path, MAX_SIZE_BYTES + 1)
    with pytest.raises(ReadError, match="100 MB is the most that is read"):
        read(path)
