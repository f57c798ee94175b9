import zipfile

import pytest

from qa.exceptions import ReadError
from qa.readers import archive as limits
from qa.readers.archive import Archive
from tests.readers.files import zip_of


def test_a_member_is_read() -> None:
    assert Archive.open(zip_of({"a": "tekst"})).read("a") == b"tekst"


def test_a_member_that_is_not_there_is_none() -> None:
    assert Archive.open(zip_of({"a": "tekst"})).read("../a") is None


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zip_of({"a": bytes(20_000_000)})
    with pytest.raises(ReadError, match="unpacks to far more than a document holds, so it is not unpacked"):
        Archive.open(bomb).read("a")


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    content = zip_of({"a": bytes(20_000_000)})
    lie = content.replace((20_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(ReadError, match="damaged"):
        Archive.open(lie).read("a")


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", 1500)
    archive = Archive.open(zip_of({"a": "x" * 1000, "b": "x" * 1000}))
    archive.read("a")
    with pytest.raises(ReadError, match="far more than a document holds"):
        archive.read("b")


def test_more_members_than_a_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
    with pytest.raises(ReadError, match="more than 2 files"):
        Archive.open(zip_of({"a": "", "b": "", "c": ""}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06", zip_of({"a": "tekst"})[:-10], b"PK\x03\x04" * 1000])
def test_a_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match="damaged or incomplete zip archive; fetch it again"):
        Archive.open(content)


def test_damaged_content_is_refused() -> None:
    content = zip_of({"a": "een tekst van enige lengte " * 10})
    with pytest.raises(ReadError, match="damaged"):
        Archive.open(content[:40] + b"\xff\xff\xff" + content[43:]).read("a")


def with_flags(flags: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive whose only member has these flags and this method, whatever it holds."""
    content = bytearray(zip_of({"a": "tekst"}))
    for start, signature in ((content.index(b"PK\x03\x04"), 6), (content.index(b"PK\x01\x02"), 8)):
        content[start + signature : start + signature + 4] = flags.to_bytes(2, "little") + method.to_bytes(2, "little")
    return bytes(content)


def test_an_encrypted_member_is_refused() -> None:
    with pytest.raises(ReadError, match="protected by a password; save it without one"):
        Archive.open(with_flags(flags=1)).read("a")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 99])
def test_an_unusual_method_is_refused(method: int) -> None:
    with pytest.raises(ReadError, match="packed in an unusual way"):
        Archive.open(with_flags(method=method)).read("a")
