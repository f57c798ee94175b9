"""`kind_of`: what kind of file this is, by its content and not by its name."""

import re
from enum import StrEnum

from qa.exceptions import ReadError
from qa.readers.archive import SIGNATURES, Archive
from qa.readers.odt import MIMETYPE
from qa.readers.official_xml import METADATA_ROOT, ROOTS
from qa.readers.word import OLD_OFFICE_SIGNATURE

_HEAD_BYTES = 20_000
_ROOT = re.compile(r"<(?P<name>[A-Za-z_][\w.:-]*)")
_NOT_YET = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?P<name>[\w.:-]+)[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_HTML_ELEMENTS = {"html", "head", "body", "main", "article"}
_ODT_FIRST = b"mimetype" + MIMETYPE


class FileKind(StrEnum):
    """What a file is, as a reader of a message calls it."""

    DOCX = "a Word file"
    ODT = "an ODT file"
    HTML = "an HTML file"
    OFFICIAL_XML = "an official publication in XML"
    PUBLICATION_METADATA = "what an official publication says about itself"
    OLD_OFFICE = "an old Office file"
    OTHER_ARCHIVE = "a zip archive"
    OTHER_XML = "XML of another kind"


REFUSALS = {
    FileKind.PUBLICATION_METADATA: "publication_metadata",
    FileKind.OLD_OFFICE: "old_office",
    FileKind.OTHER_ARCHIVE: "zip_no_document",
    FileKind.OTHER_XML: "other_xml",
}
"""Codes of the sentences that say why a file of such a kind is not read."""


def kind_of(content: bytes) -> FileKind | None:
    """Return the kind of a file among those with a signature or markup, or None, as for plain text."""
    if content.startswith(SIGNATURES):
        return archive_kind(content)
    if content.startswith(OLD_OFFICE_SIGNATURE):
        return FileKind.OLD_OFFICE
    return markup_kind(content)


def archive_kind(content: bytes) -> FileKind:
    """Return the kind of a zip archive, by what it holds."""
    try:
        archive = Archive.open(content)
        if archive.read("mimetype") == MIMETYPE:
            return FileKind.ODT
    except ReadError:  # incomplete: its beginning may still say what it is, and its reader what is wrong
        return FileKind.ODT if _ODT_FIRST in content[:200] else FileKind.OTHER_ARCHIVE
    is_word = "[Content_Types].xml" in archive.names and any(name.startswith("word/") for name in archive.names)
    return FileKind.DOCX if is_word else FileKind.OTHER_ARCHIVE


def markup_kind(content: bytes) -> FileKind | None:
    """Return the kind of a file of markup, by its outermost element, or None if it is none."""
    head = _head(content)
    position = 0
    is_xml = head.startswith("<?xml")
    while match := _NOT_YET.match(head, position):
        if (match["name"] or "").lower() == "html":
            return FileKind.HTML
        position = match.end()
    root = _ROOT.match(head, position)
    name = root["name"].rpartition(":")[2] if root else ""
    if name.lower() in _HTML_ELEMENTS:
        return FileKind.HTML
    if name in ROOTS:
        return FileKind.OFFICIAL_XML
    if name == METADATA_ROOT:
        return FileKind.PUBLICATION_METADATA
    return FileKind.OTHER_XML if is_xml else None


def _head(content: bytes) -> str:
    head = content[:_HEAD_BYTES]
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(encoding, "replace").lstrip()
