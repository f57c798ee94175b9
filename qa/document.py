"""`Document`: one file as it was read. Its canonical text is the truth that every offset, passage and quote refers to."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a document is, in the field's own Dutch terms."""

    LETTER = "Kamerbrief"
    ANSWERS = "antwoord op schriftelijke vragen"
    NOTICE = "mededeling"
    OTHER = "overig"


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a document says about itself; nothing here is guessed, and what is not in the text is None.

    Attributes:
        title: the subject in the document's own words.
        kind: what it is.
        official_id: the identifier of the official publication, such as `ah-tk-20232024-878`.
        date: when it was sent or received, as `YYYY-MM-DD`.
    """

    title: str
    kind: Kind
    official_id: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """A footnote: `start` and `end` delimit its body in the canonical text, `anchor` is where its mark stood, if it was found."""

    number: int
    anchor: int | None
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Document:
    """A file as it was read.

    Attributes:
        document_id: a digest of the file's content; the same content has the same id everywhere.
        source: where it was read, as an absolute path.
        text: the canonical text. Paragraphs are separated by an empty line and hold no line breaks; footnote bodies stand at the end.
        metadata: title, kind, identifier and date.
        page_starts: offset in `text` at which each page begins, page 1 first; empty where the file has no pages.
        footnotes: in order of number.
    """

    document_id: str
    source: str
    text: str
    metadata: Metadata
    page_starts: tuple[int, ...] = ()
    footnotes: tuple[Footnote, ...] = ()

    def __repr__(self) -> str:
        return f"Document({self.document_id}, {self.metadata.kind}, {self.metadata.title[:40]!r}, n_characters={len(self.text)})"

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that holds the character at `offset`, or None where the file has no pages."""
        return bisect_right(self.page_starts, offset) or None
