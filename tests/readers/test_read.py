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


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.ODT"])
@pytest.mark.parametrize(
    "content", [b"../elders/a.pdf", b"version https://git-lfs.github.com/spec/v1\noid sha256:12", b"Not found"]
)
def test_a_text_saved_under_the_name_of_another_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(written(tmp_path, name, content))


PAGE = "<!DOCTYPE html><html><body><main><h1>Sluizen</h1><p>De sluis is dicht.</p></main></body></html>"
XML = '<?xml version="1.0" encoding="utf-8"?><officiele-publicatie><kamerstuk><al>De sluis is dicht.</al></kamerstuk></officiele-publicatie>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("twee.html", b"\xef\xbb\xbf\xef\xbb\xbf" + PAGE.encode()),
        ("misread.html", "\u00ef\u00bb\u00bf\n".encode() + PAGE.encode()),
        ("melding.html", b"Warning: headers already sent in index.php\n\n" + PAGE.encode()),
        ("melding.htm", b"<b>Notice</b>: undefined variable<br />\n" + PAGE.encode()),
        ("stuk.html", b"<h1>Sluizen</h1>\n<p>De sluis is dicht.</p>"),
        ("stuk", b"<div class='a'><p>De sluis is dicht.</p></div>"),
        ("stuk.txt", b"<style>p {color: red}</style><p>De sluis is dicht.</p>"),
        ("tabel.html", b"<table><tr><td>De sluis is dicht.</td></tr></table>"),
        ("begin.html", b"De sluis is dicht.<p>En <b>de brug</b> ook.</p>"),
        ("twee.xml", b"\xef\xbb\xbf\xef\xbb\xbf" + XML.encode()),
        ("misread.xml", "\u00ef\u00bb\u00bf\r\n".encode() + XML.encode()),
        ("leeg.xml", b"\n\n  " + XML.encode()),
    ],
)
def test_markup_is_told_by_what_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    text = read(written(tmp_path, name, content)).text
    assert "De sluis is dicht." in text
    assert not any(sign in text for sign in ("<", "headers", "Notice", "color"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("uitleg.txt", b"Een pagina begint met <!DOCTYPE html> en dan <html>. De <b>rest</b> volgt."),
        ("README.md", b"<p align='center'><b>Kop</b></p>\n\nTekst."),
        ("som.txt", b"<5 procent van de sluizen is dicht, en >3 niet."),
        ("brief.html", b"Gewone tekst zonder opmaak."),
    ],
)
def test_a_text_that_mentions_markup_is_a_text(tmp_path: Path, name: str, content: bytes) -> None:
    assert read(written(tmp_path, name, content)).text.split()[:2] == content.decode().split()[:2]


def test_every_kind_that_ministries_publish_is_tried() -> None:
    assert {".txt", ".md", ".pdf", ".docx", ".odt", ".html", ".xml"} <= SUFFIXES


@pytest.mark.parametrize("name", ["a.txt", "a.xml", "zonder-einde"])
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
