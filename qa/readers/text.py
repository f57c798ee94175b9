"""Plain text files: encoding, pages, canonical text."""

import re
from dataclasses import replace
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.parliament.metadata import read_metadata
from qa.readers.canonical import make_canonical

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Controls that text does not hold; tabs, ends of lines and pages, and escapes it may."""


def read_text(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a text file.

    Form feeds divide pages. In text taken from a PDF without them, a single space before a line marks where a page or block begins; that mends
    paragraphs, but such blocks are not numbered as pages.

    Raises:
        ReadError: it is not text, or there is none in it.
    """
    text = decode(content)
    has_pages = "\f" in text
    pages = text.split("\f") if has_pages else ["\n".join(block) for block in _blocks(text.splitlines())]
    if has_pages and not pages[-1].strip():
        pages.pop()  # a form feed ends the last page, too
    canonical = make_canonical([page.splitlines() for page in pages])
    if not has_pages:
        canonical = replace(canonical, page_starts=())
    return canonical.as_document(source, document_id, read_metadata(canonical.text, furniture=canonical.furniture))


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without a byte order mark), UTF-16 (with one) or, failing both, Windows-1252, Latin-1's successor.

    Raises:
        ReadError: the bytes are no text in any of these.
    """
    marked_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked_utf16 else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise ReadError("not_text")


def _blocks(lines: list[str]) -> list[list[str]]:
    indented = [line for line in lines if line.startswith(" ")]
    if not indented or any(line.startswith("  ") for line in indented) or len(indented) > len(lines) / 10:
        return [lines]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.startswith(" "):
            blocks.append([])
        blocks[-1].append(line)
    return [block for block in blocks if block]
