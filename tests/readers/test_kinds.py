import pytest

from qa.readers.kinds import REFUSALS, FileKind, kind_of
from tests.readers.files import docx, odt, paragraph, zip_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (docx(paragraph("x")), FileKind.DOCX),
        (odt("<text:p>x</text:p>"), FileKind.ODT),
        (odt("<text:p>x</text:p>")[:300], FileKind.ODT),
        (docx(paragraph("x"))[:300], FileKind.OTHER_ARCHIVE),
        (zip_of({"a.txt": "x"}), FileKind.OTHER_ARCHIVE),
        (zip_of({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), FileKind.OTHER_ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", FileKind.OLD_OFFICE),
        (b"<!DOCTYPE html>\n<html>", FileKind.HTML),
        (b"\xef\xbb\xbf \n<HTML><body>", FileKind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', FileKind.HTML),
        (b"<!-- opgeslagen --><html lang=nl>", FileKind.HTML),
        (b"<article><p>x", FileKind.HTML),
        (b'<?xml version="1.0"?>\n<!-- x --><officiele-publicatie>', FileKind.OFFICIAL_XML),
        (b'<!DOCTYPE kamerwrk SYSTEM "kamerwrk.dtd" [ <!ENTITY a "b>c"> ]><kamerwrk>', FileKind.OFFICIAL_XML),
        ('<?xml version="1.0" encoding="utf-16"?><kamerstuk>'.encode("utf-16"), FileKind.OFFICIAL_XML),
        (b"<op:kamervragen xmlns:op='x'>", FileKind.OFFICIAL_XML),
        (b"<?xml version='1.0'?><metadata_gegevens>", FileKind.PUBLICATION_METADATA),
        (b"<?xml version='1.0'?><toestand>", FileKind.OTHER_XML),
        (b"<div align='center'># Markdown", None),
        (b"Gewone tekst <html>", None),
        (b"", None),
        (b"\x00\xff", None),
        (b"%PDF-1.7", None),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) is kind


def test_there_is_a_reason_for_every_kind_without_a_reader() -> None:
    assert set(FileKind) - set(REFUSALS) == {FileKind.DOCX, FileKind.ODT, FileKind.HTML, FileKind.OFFICIAL_XML}


def test_a_head_of_markup_without_an_end_is_told_quickly() -> None:
    assert kind_of(b"<!DOCTYPE x [" + b"<!--" * 100_000) is None
