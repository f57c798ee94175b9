"""The door for uploads, as a program that means no good would use it."""

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.page.file_library import MAX_FILE_BYTES, answers, letter


@pytest.fixture(scope="module")
def client(files_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=files_url, timeout=60) as client:
        yield client


def put(client: httpx.Client, content: object, name: str = "brief.txt", language: str = "nl") -> dict[str, str]:
    response = client.put("/uploads", params={"name": name, "language": language}, content=content)  # type: ignore[arg-type]
    assert response.status_code == 200
    received: dict[str, str] = response.json()
    return received


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "library" / "uploads").glob("*"))


def everything_below(folder: Path) -> set[Path]:
    return {
        path
        for path in folder.rglob("*")
        if path.parent.name != "uploads" and not path.name.startswith(("library.sqlite3", "vectors-"))
    }


def test_an_uploaded_file_is_in_the_answers_at_once(client: httpx.Client) -> None:
    received = put(client, letter("zonnepanelen", "Er liggen duizend zonnepanelen op scholen.").encode(), "zon.txt")
    assert received["outcome"] == "indexed"
    answer = client.post("/api/ask", json={"question": "Hoeveel zonnepanelen op scholen liggen er?"}).json()
    assert received["document_id"] in {citation["document_id"] for citation in answer["citations"]}


def test_the_same_content_under_another_name_is_there_already(client: httpx.Client) -> None:
    content = letter("windmolens", "Er staan tien windmolens.").encode()
    put(client, content, "wind.txt")
    assert put(client, content, "kopie.txt")["said"] == "stond al in de bibliotheek"


NAMES = [
    "../../../evil.txt",
    "..\\..\\evil.txt",
    "/etc/passwd",
    "C:\\Windows\\evil.txt",
    "<img src=x onerror=alert(1)>.txt",
    "${x} {{y}} `z` $(id);rm -rf.txt",
    "a\0b.txt",
    "\u202egpj.exe.txt",
    ".hidden",
    "..",
    "",
    "x" * 5000 + ".txt",
    "😀" * 200 + ".md",
    "CON.txt\n\rfoo",
    "-rf.txt",
]


def test_a_name_leads_nowhere(client: httpx.Client, files_folder: Path) -> None:
    before = everything_below(files_folder)
    for name in NAMES:
        received = put(client, f"De naam is {name!r}.".encode(), name)
        assert received["outcome"] == "indexed", name
        (file,) = [file for file in kept(files_folder) if file.startswith(received["document_id"])]
        assert len(file.encode()) <= 160
        assert not set(file) & set('/\\<>:"|?*\n\r\0`$;{}')
    assert everything_below(files_folder) == before


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 150_000_000)
    return content.getvalue()


REFUSED = [
        (b"", "leeg.txt", "het is leeg"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "brief.txt", "het is geen tekstbestand"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "programma.exe", "het is geen tekstbestand"),
        (b"%PDF-1.7 rommel", "brief.pdf", "het is beschadigd of niet compleet"),
        (b"PK\x03\x04 rommel", "brief.docx", "zipbestand"),
        (b"<?xml version='1.0'?><x/>", "x.xml", "het is andere XML"),
        (b"<?xml version='1.0'?><!DOCTYPE officiele-publicatie [<!ENTITY a 'b'>]><officiele-publicatie>&a;</officiele-publicatie>", "x.xml", "eigen entiteiten"),
        (b"a" * (MAX_FILE_BYTES + 1), "groot.txt", "het is groter dan 200 kB"),
]  # fmt: skip


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_not_kept(client: httpx.Client, files_folder: Path) -> None:
    before = kept(files_folder)
    for content, name, reason in [*REFUSED, (zip_bomb(), "bom.docx", "uitgepakt veel groter")]:
        received = put(client, content, name)
        assert (received["outcome"], received["document_id"]) == ("refused", None), name
        assert reason in received["said"]
        assert kept(files_folder) == before


def test_the_reason_is_in_the_language_of_the_reader(client: httpx.Client) -> None:
    assert put(client, b"", "empty.txt", "en")["said"] == "not added: it is empty"


def test_a_file_that_does_not_say_how_large_it_is_is_counted_as_it_comes(client: httpx.Client, files_folder: Path) -> None:
    before = kept(files_folder)
    assert "groter dan" in put(client, (b"a" * 10_000 for _ in range(100)))["said"]
    assert kept(files_folder) == before


def test_a_file_that_stops_half_way_leaves_nothing(client: httpx.Client, files_folder: Path) -> None:
    def half() -> Iterator[bytes]:
        yield b"Geachte voorzitter, "
        raise ConnectionError

    before = kept(files_folder)
    with pytest.raises(ConnectionError):
        put(client, half())
    put(client, b"", "daarna.txt")  # the server has seen the end of the first one by now
    assert kept(files_folder) == before


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH"])
def test_only_putting_is_possible(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/uploads", content=b"x").status_code in {404, 405}


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/upload/", "//gradio_api/upload", "/gradio_api//upload"])
def test_gradio_keeps_no_file(client: httpx.Client, path: str) -> None:
    response = client.post(path, files={"files": ("x.txt", b"tekst")}, params={"upload_id": "x"}, follow_redirects=True)
    assert response.status_code in {404, 405}


def test_another_site_cannot_upload(client: httpx.Client) -> None:
    response = client.put("/uploads", params={"name": "x.txt"}, content=b"tekst", headers={"Origin": "https://elders.example"})
    assert response.status_code == 403


def test_questions_are_answered_while_files_are_added(client: httpx.Client) -> None:
    outcomes: list[str] = []

    def add(number: int) -> None:
        with httpx.Client(base_url=client.base_url, timeout=60) as own:
            text = answers("Druk", "DEF", "Snel", f"treinen {number}", 2020, f"Er rijden {number} treinen.")
            outcomes.append(put(own, text.encode(), f"trein-{number}.txt")["outcome"])

    threads = [threading.Thread(target=add, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        assert client.post("/api/ask", json={"question": "Hoeveel fietspaden zijn er in het noorden?"}).json()["citations"]
    for thread in threads:
        thread.join()
    assert outcomes == ["indexed"] * 5
