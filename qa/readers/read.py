"""`read`: one entry point for every kind of file."""

import hashlib
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers.markdown import read_markdown
from qa.readers.text import read_text

MAX_SIZE_BYTES = 50_000_000
_READERS = {".txt": read_text, ".md": read_markdown, ".markdown": read_markdown}
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive, as Word and ODT files are",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
}

SUFFIXES = frozenset(_READERS)
"""The endings of file names that can be read."""


def read(path: Path) -> Document:
    """Return the document in the file at `path`.

    Raises:
        ReadError: the file cannot be read; the text completes the sentence "<path>: ...".
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"files ending in {path.suffix or 'nothing'} cannot be read yet; {', '.join(sorted(SUFFIXES))} can")
    content = _content(path)
    return reader(content, path, document_id_of(content))


def document_id_of(content: bytes) -> str:
    """Return the id of a document: 16 hexadecimal digits of the SHA-256 of its file."""
    return hashlib.sha256(content).hexdigest()[:16]


def _content(path: Path) -> bytes:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_SIZE_BYTES:
            raise ReadError(f"it is {size_bytes / 1e6:.0f} MB, and {MAX_SIZE_BYTES / 1e6:.0f} MB is the most that is read")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"it cannot be opened ({error.strerror or error})") from error
    if not content.strip():
        raise ReadError("it is empty")
    for signature, meaning in _SIGNATURES.items():
        if content.startswith(signature):
            raise ReadError(f"it is {meaning}, whatever its name says; {', '.join(sorted(SUFFIXES))} can be read")
    return content
