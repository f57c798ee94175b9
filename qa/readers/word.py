"""Word files (.docx): a zip archive of XML, by ECMA-376.

The XML itself is read, since what counts here is just what libraries for it leave out:

1. Tracked deletions, hidden text, field codes and comments are no text; insertions are.
2. A text box is stored twice, for old and new versions of Word: the first is read.
3. Word does not store the numbers of footnotes; they count from 1 in the order of their marks, endnotes after the footnotes.
4. Headers, footers and a letterhead in a table or text box are furniture.
5. Word does not store the numbers of lists either; they are counted as Word does (`word_numbering.py`) and are text. Symbols are stored by their
   place in a font (`symbols.py`).
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.parliament.metadata import read_metadata
from qa.parliament.properties import Properties, with_properties
from qa.readers.archive import Archive
from qa.readers.builder import BlockStyle
from qa.readers.flow import Flow
from qa.readers.markup import Element, End, Start, elements_of, opening_of, parse_xml, text_of, walk, whole_number
from qa.readers.symbols import symbol_of, with_symbols
from qa.readers.word_numbering import WordNumbering
from qa.readers.word_styles import LOOKS, block_of, block_styles

OLD_OFFICE_SIGNATURE = b"\xd0\xcf\x11\xe0"

_LEFT_OUT = {
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "tblPrEx",
    "trPr",
    "tcPr",
    "sectPr",
    "sdtPr",
    "rt",
    "footnoteRef",
    "endnoteRef",
    "annotationRef",
    "docPr",
    "Fallback",
}
_TITLE_STYLE = re.compile(r"Title|Titel", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")
_OFF = {"0", "false", "off", "none"}
_TYPE_FACE = ("b", "i", "u")


def read_docx(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a Word file.

    Raises:
        ReadError: it is damaged, protected by a password, no Word document, or has no text.
    """
    if content.startswith(OLD_OFFICE_SIGNATURE):
        raise ReadError("old_office")
    archive = Archive.open(content)
    main = _main_part(archive)
    related = _related_parts(archive, main)
    styles = [_part(archive, name, leave_out=LOOKS) for name in related["styles"]]
    numbering = WordNumbering([_part(archive, name) for name in related["numbering"]], styles)
    reader = _BodyReader(block_styles(styles), numbering)
    reader.read(_part(archive, main))
    reader.read_notes("footnote", [_part(archive, name) for name in related["footnotes"]])
    reader.read_notes("endnote", [_part(archive, name) for name in related["endnotes"]])
    furniture = [line for kind in ("header", "footer") for name in related[kind] for line in _lines(_part(archive, name))]
    canonical = reader.flow.build(furniture=list(dict.fromkeys(furniture)), may_be_letter=True)
    metadata = read_metadata(canonical.text, heading=reader.title, furniture=canonical.furniture)
    return canonical.as_document(source, document_id, with_properties(metadata, _properties(archive), canonical.text))


def _properties(archive: Archive) -> Properties:
    """Return what the file says of itself; it is optional, so a damaged one is none."""
    try:
        content = archive.read("docProps/core.xml")
        root = parse_xml(content) if content else None
    except ReadError:
        return Properties()
    said = (
        {name: text_of(part) for part in elements_of(root, "title", "created") if (name := part.name)} if root is not None else {}
    )
    return Properties(title=said.get("title", ""), made=said.get("created", ""))


def _main_part(archive: Archive) -> str:
    """Return the name of the member that holds the text: what the package's relations call the document."""
    for target in _targets(archive, "_rels/.rels", "").get("officeDocument", []):
        return target
    return "word/document.xml"


def _related_parts(archive: Archive, main: str) -> dict[str, list[str]]:
    folder, name = posixpath.split(main)
    targets = _targets(archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder)
    return {
        kind: [target for target in targets.get(kind, []) if target in archive.names]
        for kind in ("footnotes", "endnotes", "header", "footer", "styles", "numbering")
    }


def _targets(archive: Archive, name: str, folder: str) -> dict[str, list[str]]:
    """Return the members that a member with relations points to, by the last word of the relation's type."""
    content = archive.read(name)
    targets: dict[str, list[str]] = {}
    for relation in elements_of(parse_xml(content), "Relationship") if content else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.attributes.get("Target", ""))).lstrip("/")
        if relation.attributes.get("TargetMode") != "External":
            targets.setdefault(relation.attributes.get("Type", "").rpartition("/")[2], []).append(target)
    return targets


def _part(archive: Archive, name: str, *, leave_out: frozenset[str] = frozenset()) -> Element:
    content = archive.read(name)
    if content is None:
        raise ReadError("office_without_text", name=name)
    return parse_xml(content, leave_out=leave_out)


def _lines(part: Element) -> Iterator[str]:
    for paragraph in elements_of(part, "p"):
        line = text_of(paragraph, skip=lambda element: element.name in _LEFT_OUT or element.name == "p")
        if line:
            yield line


class _BodyReader:
    """Reads the body of a document into a flow."""

    def __init__(self, styles: Mapping[str, BlockStyle], numbering: WordNumbering) -> None:
        self.flow = Flow()
        self.title: str | None = None
        self._references: dict[tuple[str, str], None] = {}
        self._type_face: tuple[bool, ...] = ()
        self._is_title = False
        self._styles = styles
        self._numbering = numbering
        self._font = ""

    def read(self, root: Element) -> None:
        """Read the main part."""
        for step in walk(root, skip=_is_left_out):
            if isinstance(step, Start):
                self._start(step.element)
            elif isinstance(step, End):
                self._end(step.element)

    def read_notes(self, kind: str, parts: list[Element]) -> None:
        """Read the bodies of the footnotes or endnotes that the text has marks of."""
        notes = {note.attributes.get("id", ""): note for part in parts for note in elements_of(part, kind)}
        for key in self._references:
            if key[0] == kind and (note := notes.get(key[1])) is not None:
                self.flow.add_footnote(key, "", " ".join(_lines(note)))

    def _start(self, element: Element) -> None:
        flow = self.flow
        match element.name:
            case "p":
                self._start_paragraph(element)
            case "r":
                self._start_run(element)
            case "t":
                flow.add_text(with_symbols("".join(child for child in element.children if isinstance(child, str)), self._font))
            case "sym":
                code = element.attributes.get("char", "")
                if _HEXADECIMAL.fullmatch(code):
                    flow.add_text(symbol_of(element.attributes.get("font", ""), int(code, 16)))
            case "tab" | "ptab":
                flow.add_seam()
                flow.add_text(" ")
            case "br" if element.attributes.get("type", "textWrapping") == "textWrapping":
                flow.add_break()
            case "cr":
                flow.add_break()
            case "br":
                flow.add_text(" ")
            case "noBreakHyphen":
                flow.add_text("-")
            case "footnoteReference" | "endnoteReference":
                key = (element.name.removesuffix("Reference"), element.attributes.get("id", ""))
                self._references.setdefault(key)
                flow.add_mark(key)
            case "tbl" | "txbxContent":
                flow.begin_table()
                if element.name == "txbxContent":
                    flow.begin_cell()
            case "tc":
                flow.begin_cell(n_columns=_n_columns(element), goes_on=_goes_on(element))

    def _end(self, element: Element) -> None:
        match element.name:
            case "p":
                self._end_paragraph(element)
            case "tr":
                self.flow.end_row(is_head=_is_on(element.child("trPr"), "tblHeader"))
            case "tbl" | "txbxContent":
                self.flow.end_table(may_be_letterhead=True)

    def _start_paragraph(self, element: Element) -> None:
        self._type_face = ()
        self._is_title = self.title is None and _TITLE_STYLE.fullmatch(_style(element)) is not None
        self.flow.begin_block(*(block_of(element, self._styles) or (None,)))
        number = self._numbering.next_number(element)
        if number and opening_of(element, skip=_is_left_out):
            self.flow.add_number(number)

    def _end_paragraph(self, element: Element) -> None:
        if self._is_title:
            self.title = self.flow.pending or None
            self._is_title = False
        properties = _find(element, "pPr", "rPr")
        if properties is None or properties.child("del") is None:  # a deleted paragraph end joins two paragraphs
            self.flow.end_paragraph()
        self.flow.end_block()

    def _start_run(self, element: Element) -> None:
        properties = element.child("rPr")
        type_face = tuple(_is_on(properties, name) for name in _TYPE_FACE)
        fonts = properties.child("rFonts") if properties is not None else None
        self._font = fonts.attributes.get("ascii", "") if fonts is not None else ""
        if self._type_face and type_face != self._type_face:
            self.flow.add_seam()
        self._type_face = type_face


def _is_left_out(element: Element) -> bool:
    if element.name in _LEFT_OUT:
        return True
    match element.name:
        case "r":
            return _is_on(element.child("rPr"), "vanish")
        case "tr":
            properties = element.child("trPr")
            return properties is not None and properties.child("del") is not None
    return False


def _n_columns(cell: Element) -> int:
    span = _find(cell, "tcPr", "gridSpan")
    return whole_number(span, "val") if span is not None else 1


def _goes_on(cell: Element) -> bool:
    """Return whether a cell is the rest of the one above it."""
    merge = _find(cell, "tcPr", "vMerge")
    return merge is not None and merge.attributes.get("val", "continue") == "continue"


def _is_on(properties: Element | None, name: str) -> bool:
    toggle = properties.child(name) if properties is not None else None
    return toggle is not None and toggle.attributes.get("val", "on") not in _OFF


def _style(paragraph: Element) -> str:
    style = _find(paragraph, "pPr", "pStyle")
    return style.attributes.get("val", "") if style is not None else ""


def _find(element: Element, *names: str) -> Element | None:
    found: Element | None = element
    for name in names:
        found = found.child(name) if found is not None else None
    return found
