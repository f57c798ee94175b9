"""`read`: one entry point for every kind of file. The kind is told by content; only Markdown, which looks like any text, by its name."""

import hashlib
import re
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers.kinds import REFUSALS, FileKind, kind_of, without_rubbish
from qa.readers.markdown import read_markdown
from qa.readers.odt import read_odt
from qa.readers.official_xml import read_official_xml
from qa.readers.pdf import read_pdf
from qa.readers.text import read_text
from qa.readers.web_page import read_html
from qa.readers.word import read_docx

MAX_SIZE_BYTES = 100_000_000
PDF_SIGNATURE = re.compile(rb"%PDF-|\A\s*%PDF[0-9]")
"""Viewers also open files whose signature lacks its hyphen."""
PDF_SIGNATURE_WITHIN = 1024
"""PDF allows rubbish before its signature."""

SUFFIXES = frozenset(".txt .md .markdown .pdf .docx .odt .html .htm .xhtml .xml .doc".split())
"""Names of files in a folder that are tried; `.doc` to say why it cannot be read."""

_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_PACKED_SUFFIXES = {".pdf", ".docx", ".odt", ".doc"}
"""Names of files that are never plain text."""
_READERS = {FileKind.DOCX: read_docx, FileKind.ODT: read_odt, FileKind.HTML: read_html, FileKind.OFFICIAL_XML: read_official_xml}


def read(path: Path, *, max_size_bytes: int = MAX_SIZE_BYTES) -> Document:
    """Return the document in the file at `path`.

    Raises:
        ReadError: the file cannot be read; the text completes the sentence "<path>: ...".
    """
    content = content_of(path, max_size_bytes=max_size_bytes)
    document_id = document_id_of(content)
    if PDF_SIGNATURE.search(content, 0, PDF_SIGNATURE_WITHIN):
        return read_pdf(content, path, document_id)
    suffix = path.suffix.lower()
    kind = kind_of(content, suffix)
    if kind in REFUSALS:
        raise ReadError(REFUSALS[kind])
    if kind:
        is_markup = kind in {FileKind.HTML, FileKind.OFFICIAL_XML}
        return _READERS[kind](without_rubbish(content, suffix) if is_markup else content, path, document_id)
    if suffix in _PACKED_SUFFIXES:
        raise ReadError("name_of_other_kind", suffix=suffix)
    if suffix in _MARKDOWN_SUFFIXES:
        return read_markdown(content, path, document_id)
    return read_text(content, path, document_id)


def document_id_of(content: bytes) -> str:
    """Return the id of a document: 16 hexadecimal digits of the SHA-256 of its file."""
    return hashlib.sha256(content).hexdigest()[:16]


def content_of(path: Path, *, max_size_bytes: int) -> bytes:
    """Return what is in the file at `path`.

    Raises:
        ReadError: it cannot be opened, is too large, or is empty.
    """
    try:
        size_bytes = path.stat().st_size
        if size_bytes > max_size_bytes:
            raise ReadError("size_over_most", size=f"{size_bytes / 1e6:.0f} MB", most=f"{max_size_bytes / 1e6:.0f} MB")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError("not_opened", reason=error.strerror or error) from error
    if not content.strip():
        raise ReadError("file_empty")
    return content
