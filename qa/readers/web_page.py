"""HTML files: pages of official publications, and the main text of other pages.

1. The main text is what the classes of official publications mark (`vraag`, `antwoord`, `stuk` ...), else the page's `main` or `article`, else the
   smallest element that holds four fifths of the text outside links. Menus, forms, scripts and the page's head and foot are left out.
2. A link with a number for its text, to a place in the same page that begins with that number, is the mark of a footnote; the block around that place
   is its body. Official publications mark both with classes (`nootnum`, `voet noot`).
3. `<meta name="DC.identifier">` is the publication's identifier.
"""

from pathlib import Path

from qa.document import Document
from qa.readers.builder import CanonicalText
from qa.readers.flow import Flow
from qa.readers.hypertext import parse_html
from qa.readers.main_text import HEAD_AND_FOOT, classes_of, is_left_out, main_text
from qa.readers.markup import Element, End, Start, elements_of, opening_of, text_of, walk, whole_number
from qa.readers.ordered_lists import OrderedLists
from qa.readers.page_notes import BODY_NUMBER, find_notes
from qa.readers.published import metadata_of, published_by
from qa.readers.questions import Numbering
from qa.structure import BlockKind

_PARAGRAPHS = {
    *(
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figcaption",
        "caption",
        "summary",
        "address",
    ),
    *(
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "ul",
        "ol",
        "dl",
        "figure",
        "details",
        "body",
        "html",
        "hr",
        "center",
        "fieldset",
    ),
}
_BLOCKS = {
    **{f"h{level}": (BlockKind.HEADING, level) for level in range(1, 7)},
    "summary": (BlockKind.HEADING, 7),
    "li": (BlockKind.ITEM, 1),
    "caption": (BlockKind.CAPTION, 1),
    "figcaption": (BlockKind.CAPTION, 1),
}
_TYPE_FACES = {"b", "strong", "i", "em", "u", "span"}
_PUBLICATION = {"vraag", "antwoord", "kamervraagopmerking"}


def read_html(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of an HTML file.

    Raises:
        ReadError: it is no text, or holds none.
    """
    page = parse_html(content)
    reader = _PageReader(page, main_text(page))
    canonical = reader.read()
    published = published_by(list(elements_of(page, "meta")))
    return canonical.as_document(source, document_id, metadata_of(canonical, published, reader.title))


class _PageReader:
    """Reads the main text of a page into a flow."""

    def __init__(self, page: Element, main: Element) -> None:
        self._main = main
        self._flow = Flow()
        self._numbering = Numbering()
        self._lists = OrderedLists()
        self._number = ""
        self._notes = find_notes(page)
        self._bodies = {body for body, _label in self._notes.values()}
        self._set_apart: set[Element] = set()
        self._is_in_head = False
        heading = next((element for element in elements_of(main, "h1") if not is_left_out(element)), None)
        self.title = text_of(heading, skip=self._is_note) or None if heading is not None else None

    def read(self) -> CanonicalText:
        """Return the canonical text."""
        for step in walk(self._main, skip=self._is_passed_over):
            if isinstance(step, Start):
                self._start(step.element)
            elif isinstance(step, End):
                self._end(step.element)
            else:
                self._add_text(step)
        for body, label in dict(self._notes.values()).items():
            text = text_of(body, skip=self._is_beside_note)
            self._flow.add_footnote(
                body, label, BODY_NUMBER.sub("", text, count=1) if text.lstrip("[(").startswith(label) else text
            )
        return self._flow.build()

    def _add_text(self, text: str) -> None:
        if self._number and text.strip():
            self._flow.add_number(self._number)
            self._number = ""
        self._flow.add_text(text)

    def _is_note(self, element: Element) -> bool:
        return element in self._notes or element in self._bodies

    def _is_beside_note(self, element: Element) -> bool:
        """Return whether an element in a footnote is not of its text: its number, a way back, another footnote."""
        classes = classes_of(element)
        way_back = element.name == "a" and not any(map(str.isalnum, opening_of(element)))
        return is_left_out(element) or way_back or "nootnum" in classes or "note-close" in classes or self._is_note(element)

    def _is_passed_over(self, element: Element) -> bool:
        """Return whether the walk goes on after the element; the mark of a footnote is kept first."""
        if element in self._notes:
            self._flow.add_mark(self._notes[element][0])
            return True
        if element.name in HEAD_AND_FOOT and self._main.name not in {"main", "article"}:
            return True
        return element in self._bodies or element in self._set_apart or is_left_out(element)

    def _start(self, element: Element) -> None:
        flow = self._flow
        if element.name in _PARAGRAPHS:
            flow.end_paragraph()
            for word in classes_of(element) & _PUBLICATION:
                self._begin_part(element, word)
        elif element.name in _TYPE_FACES:
            flow.add_seam()
        if element.name in _BLOCKS:
            flow.begin_block(*_BLOCKS[element.name])
        match element.name:
            case "br":
                flow.add_break()
            case "ol" | "ul":
                self._lists.begin(element)
            case "li":
                self._number = self._lists.number_of(element)
            case "table":
                flow.begin_table()
            case "td" | "th":
                flow.begin_cell(
                    n_columns=whole_number(element, "colspan"),
                    n_rows=whole_number(element, "rowspan"),
                    is_head=element.name == "th",
                )
            case "thead":
                self._is_in_head = True

    def _begin_part(self, element: Element, word: str) -> None:
        first = next((child for child in element.elements() if not is_left_out(child)), None)
        text = opening_of(first, skip=self._is_note) if first is not None and not classes_of(first) & _PUBLICATION else ""
        heading, is_first = self._numbering.heading_of(word, text)
        if first is not None and is_first:
            self._set_apart.add(first)
        self._flow.add_text(heading)
        self._flow.end_paragraph()

    def _end(self, element: Element) -> None:
        if element.name in {"ol", "ul"}:
            self._lists.end()
        elif element.name == "li":
            self._number = ""
        match element.name:
            case "table":
                self._flow.end_table()
            case "tr":
                self._flow.end_row(is_head=self._is_in_head)
            case "thead":
                self._is_in_head = False
            case name if name in _PARAGRAPHS:
                self._flow.end_paragraph()
                if name in _BLOCKS:
                    self._flow.end_block()
            case name if name in _TYPE_FACES:
                self._flow.add_seam()
