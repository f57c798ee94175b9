"""ODT files (OpenDocument text): a zip archive of XML.

Tracked deletions are kept by the format apart from the text and are not read; nor are comments and hidden text. Footnotes and
endnotes carry the number that is printed; numbers of lists and headings are counted (`odt_numbering.py`). Headers, footers and a letterhead in a table or text box are furniture.
"""

from collections.abc import Iterator
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.parliament.metadata import read_metadata
from qa.readers.archive import Archive
from qa.readers.builder import BlockStyle
from qa.readers.flow import Flow
from qa.readers.markup import Element, End, Start, elements_of, parse_xml, text_of, walk, whole_number
from qa.readers.odt_numbering import OdtNumbering
from qa.readers.tables import MAX_COLUMNS
from qa.structure import BlockKind

MIMETYPE = b"application/vnd.oasis.opendocument.text"

_LEFT_OUT = {
    "tracked-changes",
    "annotation",
    "note",
    "forms",
    "sequence-decls",
    "user-field-decls",
    "variable-decls",
    "covered-table-cell",
    "alphabetical-index",
    "illustration-index",
    "hidden-text",
    "hidden-paragraph",
    "ruby-text",
    "desc",
    "title",
    "event-listeners",
    "binary-data",
    "shapes",
}
_CAPTION_STYLES = {"Caption", "Table", "Illustration", "Drawing", "Figure"}


def read_odt(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of an ODT file.

    Raises:
        ReadError: it is damaged, protected by a password, no text document, or has no text.
    """
    archive = Archive.open(content)
    if _is_encrypted(archive):
        raise ReadError("password")
    text = archive.read("content.xml")
    if text is None:
        raise ReadError("office_without_text", name="content.xml")
    root = parse_xml(text)
    styles = [parse_xml(said)] if (said := archive.read("styles.xml")) else []
    reader = _TextReader(OdtNumbering([root, *styles]))
    reader.read(root)
    furniture = [line for part in styles for line in _furniture(part)]
    canonical = reader.flow.build(furniture=list(dict.fromkeys(furniture)), may_be_letter=True)
    return canonical.as_document(
        source, document_id, read_metadata(canonical.text, heading=reader.title, furniture=canonical.furniture)
    )


def _is_encrypted(archive: Archive) -> bool:
    manifest = archive.read("META-INF/manifest.xml")
    return "encrypted-package" in archive.names or (
        manifest is not None and any(True for _ in elements_of(parse_xml(manifest), "encryption-data"))
    )


def _furniture(styles: Element) -> Iterator[str]:
    for part in elements_of(styles, "header", "footer", "header-first", "footer-first", "header-left", "footer-left"):
        for paragraph in elements_of(part, "p"):
            line = text_of(paragraph, skip=lambda element: element.name in _LEFT_OUT or element.name == "p")
            if line:
                yield line


class _TextReader:
    """Reads the text into a flow."""

    def __init__(self, numbering: OdtNumbering) -> None:
        self.flow = Flow()
        self.title: str | None = None
        self._is_in_head = False
        self._numbering = numbering
        self._number = ""

    def read(self, root: Element) -> None:
        """Read `content.xml`, from its `office:text` on."""
        for text in elements_of(root, "text"):
            for step in walk(text, skip=self._pass_over):
                if isinstance(step, Start):
                    self._start(step.element)
                elif isinstance(step, End):
                    self._end(step.element)
                else:
                    self._add_text(step)
            return

    def _add_text(self, text: str) -> None:
        if self._number and text.strip():
            self.flow.add_number(self._number)
            self._number = ""
        self.flow.add_text(text)

    def _pass_over(self, element: Element) -> bool:
        if element.name == "note":
            self._note(element)
        return element.name in _LEFT_OUT

    def _note(self, note: Element) -> None:
        citation, body = note.child("note-citation"), note.child("note-body")
        if citation is not None and body is not None:
            self.flow.add_mark(note)
            lines = [
                text_of(paragraph, skip=lambda element: element.name in {*_LEFT_OUT, "p", "h"})
                for paragraph in elements_of(body, "p", "h")
            ]
            self.flow.add_footnote(note, text_of(citation), " ".join(lines))

    def _start(self, element: Element) -> None:
        flow = self.flow
        match element.name:
            case "list":
                self._numbering.begin_list(element)
            case "list-item":
                self._number = self._numbering.number_of(element)
            case "h":
                self._number = self._numbering.number_of_heading(element) or self._number
        match element.name:
            case "p" | "h" | "list-item" | "section" | "table-of-content":
                flow.end_paragraph()
                if block := _block(element):
                    flow.begin_block(*block)
            case "span":
                flow.add_seam()
            case "s":
                flow.add_text(" ")
            case "tab":
                flow.add_seam()
                flow.add_text(" ")
            case "line-break":
                flow.add_break()
            case "table" | "text-box":
                flow.begin_table()
                if element.name == "text-box":
                    flow.begin_cell()
            case "table-cell":
                columns, rows = (whole_number(element, f"number-{name}-spanned") for name in ("columns", "rows"))
                for _repetition in range(min(whole_number(element, "number-columns-repeated"), MAX_COLUMNS)):
                    flow.begin_cell(n_columns=columns, n_rows=rows)
            case "table-header-rows":
                self._is_in_head = True

    def _end(self, element: Element) -> None:
        match element.name:
            case "p" | "h":
                if self.title is None and element.attributes.get("style-name") == "Title":
                    self.title = self.flow.pending or None
                self.flow.end_paragraph()
            case "list":
                self._numbering.end_list()
            case "list-item" | "table-of-content":
                self.flow.end_paragraph()
            case "span":
                self.flow.add_seam()
            case "table-header-rows":
                self._is_in_head = False
            case "table-row":
                self.flow.end_row(is_head=self._is_in_head)
            case "table" | "text-box":
                self.flow.end_table(may_be_letterhead=True)
        if element.name in {"list-item", "h"}:
            self._number = ""
        if _block(element):
            self.flow.end_block()


def _block(element: Element) -> BlockStyle | None:
    """Return what an element makes of the paragraphs in it."""
    match element.name:
        case "h":
            return BlockKind.HEADING, whole_number(element, "outline-level")
        case "list-item":
            return BlockKind.ITEM, 1
        case "table-of-content":
            return BlockKind.CONTENTS, 1
        case "p" if element.attributes.get("style-name") in _CAPTION_STYLES:
            return BlockKind.CAPTION, 1
    return None
