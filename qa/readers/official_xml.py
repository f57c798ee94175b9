"""XML files of official publications (`kst-30573-190.xml`), since 1995 in two vocabularies: `officiele-publicatie`, and older roots such as `kamerwrk`.

1. Elements of type face, names and references are part of the sentence they stand in; every other element ends a paragraph, known or not, so that
   nothing is lost.
2. The number of a question, an answer, a list item or a heading stands in an element of its own, and becomes part of the text.
3. A footnote stands in the text where its mark is.
4. The head of the publication is furniture. What it says about itself comes from the file and, if it is this publication's, the `metadata.xml`
   beside it.
"""

from pathlib import Path

from qa.document import Document, Kind
from qa.exceptions import ReadError
from qa.readers.builder import CanonicalText
from qa.readers.flow import Flow
from qa.readers.markup import Element, End, Start, elements_of, opening_of, parse_xml, text_of, walk, whole_number
from qa.readers.published import Published, identifiers, metadata_of, published_by
from qa.readers.questions import Numbering
from qa.structure import BlockKind

ROOTS = frozenset(
    {
        "officiele-publicatie",
        "kamerstuk",
        "kamervragen",
        "kamerwrk",
        "vraagdoc",
        "handeling",
        "staatsblad",
        "staatsbl",
        "staatscourant",
    }
)
"""What the outermost elements of official publications are called."""

METADATA_ROOT = "metadata_gegevens"
MAX_METADATA_BYTES = 1_000_000

_LEFT_OUT = {"metadata", "plaatje", "illustratie", "colspec", "noot", "sys.gegevens"}
_FURNITURE = {"kamerstukkop", "kamervraagkop", "kamervraagnummer", "vraagnummer"}
_IN_SENTENCE = {
    "nadruk",
    "nadr",
    "extref",
    "intref",
    "extref-groep",
    "intref-groep",
    "dossierref",
    "nootref",
    "voetref",
    "sup",
    "inf",
    "naam",
    "voornaam",
    "voorvoegsels",
    "achternaam",
    "functie",
    "politiek",
    "partij",
    "aanspr",
    "organisatie",
    "datum",
    "kamervraagonderwerp",
    "ondw",
    "dossiernr",
    "begrotingshoofdstuk",
    "ondernummer",
    "tekstcorrectie",
    "redactie",
    "aanhaling",
    "afkorting",
}
_DIVISIONS = {
    "hoofdstuk",
    "titeldeel",
    "afdeling",
    "paragraaf",
    "sub-paragraaf",
    "artikel",
    "divisie",
    "tekst-divisie",
    "circulaire.divisie",
    "bijlage",
}
"""Stand in each other, each with its heading."""
_BLOCKS = {
    "tussenkop": (BlockKind.HEADING, 7),
    "li": (BlockKind.ITEM, 1),
    "bijschrift": (BlockKind.CAPTION, 1),
    "officiele-inhoudsopgave": (BlockKind.CONTENTS, 1),
}
MAX_LEVEL = 6
_OWN_WORD = {"aanspr", "partij", "voornaam", "voorvoegsels", "achternaam", "functie", "naam"}
"""Follow each other without a space between."""
_PREFIXES = {"li.nr", "lidnr", "nr", "stuknr", "label", "dossiernummer"}
"""Begin a paragraph that the next element goes on with."""


_DEBATES = {"handeling", "handelingen"}
_CHAIR = "De voorzitter:"
"""Older reports mark the chair's words by an element alone; print puts this above them."""


def read_official_xml(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of an official publication in XML.

    Raises:
        ReadError: it is not well-formed, declares entities, is no official publication, or has no text.
    """
    root = parse_xml(content)
    if root.name == METADATA_ROOT:
        raise ReadError("publication_metadata")
    if root.name not in ROOTS:
        raise ReadError("xml_of_another_kind", root=root.name[:40])
    published = _published_in(root)
    published = {**_published_beside(source, published), **published}
    reader = _PublicationReader(root)
    canonical = reader.read()
    kind = Kind.REPORT if _is_debate(root) else None
    return canonical.as_document(source, document_id, metadata_of(canonical, published, reader.title, kind=kind))


def _is_debate(root: Element) -> bool:
    return root.name in _DEBATES or any(part.name in _DEBATES for part in root.elements())


def _published_in(root: Element) -> Published:
    metadata = root.child("metadata")
    return published_by(list(elements_of(metadata, "meta", "metadata"))) if metadata is not None else {}


def _published_beside(source: Path, own: Published) -> Published:
    """Return what `metadata.xml` says, if it names this publication, as the file itself or its name does; it is optional, so a bad one is none."""
    try:
        with (source.parent / "metadata.xml").open("rb") as file:
            content = file.read(MAX_METADATA_BYTES + 1)
        published = published_by(list(elements_of(parse_xml(content[:MAX_METADATA_BYTES]), "metadata")))
    except (OSError, ReadError):
        return {}
    return published if {source.stem, *identifiers(own)} & set(identifiers(published)) else {}


class _PublicationReader:
    """Reads a publication into a flow."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._flow = Flow()
        self._furniture: list[str] = []
        self._notes = {note.attributes["id"]: note for note in elements_of(root, "noot") if "id" in note.attributes}
        references = [self._note_of(reference) for reference in elements_of(root, "nootref", "voetref")]
        self._set_apart: set[Element] = {note for note in references if note is not None}
        self._headings = 0
        self._depth = 0
        self._is_in_head = False
        self._columns: dict[str, int] = {}
        self._after_prefix = False
        self._numbering = Numbering()
        stuk = next(elements_of(root, "stuk"), None)
        title = stuk.child("titel") if stuk is not None else None
        if title is None and _is_debate(root):
            title = next(elements_of(root, "item-titel", "itemnaam"), None)
        self.title = text_of(title, skip=_is_note) or None if title is not None else None

    def read(self) -> CanonicalText:
        """Return the canonical text."""
        for step in walk(self._root, skip=self._is_passed_over):
            if isinstance(step, Start):
                self._start(step.element)
            elif isinstance(step, End):
                self._end(step.element)
            else:
                self._flow.add_text(step)
        return self._flow.build(furniture=self._furniture)

    def _is_passed_over(self, element: Element) -> bool:
        """Return whether the walk goes on after the element; a footnote or a furniture line in it is kept first."""
        if element.name == "noot":
            self._note(element)
        elif element.name in {"nootref", "voetref"} and (note := self._note_of(element)) is not None:
            self._flow.add_mark(note)
        elif element.name in _FURNITURE:
            self._furniture += [line for part in list(element.elements()) or [element] if (line := text_of(part))]
        elif element not in self._set_apart:
            return element.name in _LEFT_OUT
        return True

    def _note(self, note: Element) -> None:
        if note not in self._set_apart:
            self._flow.add_mark(note)
        number = note.child("noot.nr")
        body = " ".join(text_of(part, skip=_is_note) for part in note.elements() if part is not number)
        self._flow.add_footnote(note, text_of(number) if number is not None else "", body)

    def _note_of(self, reference: Element) -> Element | None:
        return next((self._notes[value] for value in reference.attributes.values() if value in self._notes), None)

    def _start(self, element: Element) -> None:
        flow, name = self._flow, element.name
        if name in _IN_SENTENCE or self._headings:
            if name in _OWN_WORD or self._headings:
                flow.add_text(" ")
        elif self._after_prefix and name not in _PREFIXES:
            self._after_prefix = False
        else:
            flow.end_paragraph()
        match name:
            case "kop":
                self._headings += 1
                flow.begin_block(BlockKind.HEADING, min(self._depth + 1, MAX_LEVEL))
            case name if name in _BLOCKS:
                flow.begin_block(*_BLOCKS[name])
            case name if name in _DIVISIONS:
                self._depth += 1
            case "vraag" | "antwoord" | "kamervraagopmerking":
                first = next(element.elements(), None)
                heading, is_first = self._numbering.heading_of(
                    name, opening_of(first, skip=_is_note) if first is not None else ""
                )
                if first is not None and is_first:
                    self._set_apart.add(first)
                self._paragraph(heading)
            case "voorz" if not opening_of(element, skip=_is_note).startswith("De voorzitter"):
                self._paragraph(_CHAIR)
            case "table":
                flow.begin_table()
            case "thead":
                self._is_in_head = True
            case "tgroup":
                self._columns = {
                    spec.attributes.get("colname", ""): place for place, spec in enumerate(elements_of(element, "colspec"))
                }
            case "entry":
                flow.begin_cell(n_columns=self._n_columns(element), n_rows=whole_number(element, "morerows", 0) + 1)

    def _end(self, element: Element) -> None:
        flow, name = self._flow, element.name
        if name == "kop":
            self._headings -= 1
        elif name == "thead":
            self._is_in_head = False
        elif name in _DIVISIONS:
            self._depth -= 1
        if name == "table":
            flow.end_table()
        elif name == "row":
            flow.end_row(is_head=self._is_in_head)
        elif self._headings or name in _IN_SENTENCE:
            return
        elif name in _PREFIXES:
            flow.add_text(" ")
            self._after_prefix = True
        else:
            flow.end_paragraph()
            self._after_prefix = False
        if name in _BLOCKS or (name == "kop" and not self._headings):
            flow.end_block()

    def _n_columns(self, entry: Element) -> int:
        first, last = (self._columns.get(entry.attributes.get(name, "")) for name in ("namest", "nameend"))
        return last - first + 1 if first is not None and last is not None else 1

    def _paragraph(self, text: str) -> None:
        self._flow.end_paragraph()
        self._flow.add_text(text)
        self._flow.end_paragraph()


def _is_note(element: Element) -> bool:
    return element.name == "noot"
