"""`kind_of`: what kind of file this is, by its content and not by its name."""

import re
from enum import StrEnum

from qa.exceptions import ReadError
from qa.readers.archive import SIGNATURES, Archive
from qa.readers.odt import MIMETYPE
from qa.readers.official_xml import METADATA_ROOT, ROOTS
from qa.readers.word import OLD_OFFICE_SIGNATURE

_HEAD_BYTES = 20_000
_BEGIN = re.compile(rb"<!DOCTYPE\s+html|<html[\s>]|<\?xml\s", re.IGNORECASE)
_OTHER_TEXT = {".md", ".markdown"}
"""Names of texts that may begin with a piece of HTML."""
_MARKUP_SUFFIXES = {".html", ".htm", ".xhtml", ".xml"}
_ROOT = re.compile(r"<(?P<name>[A-Za-z_][\w.:-]*)")
_NOT_YET = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?P<name>[\w.:-]+)[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_HTML_ELEMENTS = {"html", "head", "body", "main", "article", "title", "meta", "link", "section", "header", "nav"}
_FRAGMENT_ELEMENTS = {
    *("p", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "style", "script", "center"),
    *("font", "b", "i", "strong", "em", "a", "br", "hr", "img", "blockquote", "pre", "form", "iframe", "tr", "td", "li"),
}
"""What a piece of a page may begin with; text may, too, so a piece needs some more of them, closed."""
_ELEMENT = re.compile(r"</?(?P<name>[a-z][a-z0-9]{0,9})(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_MIN_TAGS = 2
_SHARE_OF_TAGS = 500
"""Characters of a page in which at least one tag stands."""
_LATE_BEGIN = re.compile(
    r"<!DOCTYPE\s+html|<html[\s>]|<\?xml\s[^>]{0,200}\?>\s*(?:<!--.*?-->\s*|<!DOCTYPE[^>]{0,300}>\s*)*<[A-Za-z_][\w.:-]*",
    re.DOTALL | re.IGNORECASE,
)
LATE_WITHIN = 2000
"""Characters in which something else may stand before a page or a publication: a warning of its server, a wrong mark."""
_MISREAD_MARK = "\u00ef\u00bb\u00bf"
"""A byte order mark that was taken for three letters and encoded once more."""
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


def kind_of(content: bytes, suffix: str = "") -> FileKind | None:
    """Return the kind of a file among those with a signature or markup, or None, as for plain text.

    Args:
        content: of the file.
        suffix: how its name ends; it counts only where the content is doubtful.
    """
    if content.startswith(SIGNATURES):
        return archive_kind(content)
    if content.startswith(OLD_OFFICE_SIGNATURE):
        return FileKind.OLD_OFFICE
    return markup_kind(content, suffix)


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


def markup_kind(content: bytes, suffix: str = "") -> FileKind | None:
    """Return the kind of a file of markup, by its outermost element, or None if it is none; what stands before its beginning is passed over."""
    head = _head(content)
    kind = _kind_of_head(head)
    if kind is None and (late := _LATE_BEGIN.search(head, 0, LATE_WITHIN)) and _may_stand_before(head[: late.start()], suffix):
        kind = _kind_of_head(head[late.start() :])
    if kind is None and _is_fragment(head, suffix):
        kind = FileKind.HTML
    return kind


def without_rubbish(content: bytes, suffix: str = "") -> bytes:
    """Return the content of a file of markup from its beginning on, without wrong marks and what else stands before it."""
    begin = _BEGIN.search(content, 0, LATE_WITHIN)
    if begin is None or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    before = content[: begin.start()].decode("utf-8", "replace")
    return content[begin.start() :] if before and _may_stand_before(before, suffix) else content


def _may_stand_before(before: str, suffix: str) -> bool:
    """Return whether this before a page or a publication is rubbish: a few lines; a longer text that quotes markup is a text."""
    return suffix in _MARKUP_SUFFIXES or before.strip("\ufeff\u00ef\u00bb\u00bf \r\n\t") == ""


def _is_fragment(head: str, suffix: str) -> bool:
    """Return whether a text is a piece of a page: it begins with an element of HTML, and holds more of them."""
    first = _ELEMENT.match(head)
    if suffix in _OTHER_TEXT or (
        suffix not in _MARKUP_SUFFIXES and (first is None or first["name"].lower() not in _FRAGMENT_ELEMENTS)
    ):
        return False
    tags = [match for match in _ELEMENT.finditer(head) if match["name"].lower() in _FRAGMENT_ELEMENTS | _HTML_ELEMENTS]
    return len(tags) >= max(_MIN_TAGS, len(head) // _SHARE_OF_TAGS)


def _kind_of_head(head: str) -> FileKind | None:
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
    return head.decode(encoding, "replace").lstrip("\ufeff" + _MISREAD_MARK + " \r\n\t\f")
