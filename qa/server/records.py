"""What the API says about documents and passages. Answers have a contract of their own, in `qa/answer.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from qa.document import Document, Metadata
from qa.library import DocumentRecord, PassageRecord
from qa.library.upload_name import shown_name
from qa.parliament.formal_reference import formal_reference
from qa.passage import Role


@dataclass(frozen=True, kw_only=True)
class DocumentEntry(Metadata):
    """A document without its text: what it says about itself, and where it came from.

    Attributes:
        document_id: a digest of its file.
        source: name of the file it was read from.
        indexed_at: when it came into the library, in UTC.
        n_passages: how many passages it has.
    """

    document_id: str
    source: str
    indexed_at: str
    n_passages: int

    @classmethod
    def of(cls, record: DocumentRecord) -> Self:
        """Return the entry of a document."""
        return cls(
            **vars(record.metadata),
            document_id=record.document_id,
            source=shown_name(record.source),
            indexed_at=record.indexed_at,
            n_passages=record.n_passages,
        )


@dataclass(frozen=True, kw_only=True)
class DocumentList:
    """Part of a list of documents.

    Attributes:
        n_documents: in the whole list.
        offset: how many come before the first one here.
        documents: those asked for.
    """

    n_documents: int
    offset: int
    documents: tuple[DocumentEntry, ...]


@dataclass(frozen=True, kw_only=True)
class PassageEntry:
    """A passage of a document.

    Attributes:
        passage_id: of the passage in its library.
        document_id: of its document.
        role: what it is in its document.
        numbers: of the questions that it asks or answers, or of the footnote.
        reference: how it is cited formally, if the document says which publication it is.
        page: on which it begins, 1 for the first, if the file has pages.
        start: offset of its first character in the document's text.
        end: offset just after its last character.
        text: exactly the document's text from `start` to `end`.
        context: other text of the document that says what this passage is about, such as the question that it answers.
    """

    passage_id: int
    document_id: str
    role: Role
    numbers: tuple[int, ...]
    reference: str | None
    page: int | None
    start: int
    end: int
    text: str
    context: str

    @classmethod
    def of(cls, record: PassageRecord, document: Document) -> Self:
        """Return the entry of a passage of a document."""
        passage = record.passage
        return cls(
            passage_id=record.passage_id,
            document_id=record.document_id,
            role=passage.role,
            numbers=passage.numbers,
            reference=formal_reference(document.metadata, passage.role, passage.numbers),
            page=document.page_at(passage.start),
            start=passage.start,
            end=passage.end,
            text=passage.text,
            context=passage.context,
        )


@dataclass(frozen=True, kw_only=True)
class WholeDocument(Metadata):
    """A document with its text and passages; offsets count the text's characters (Unicode code points).

    Attributes:
        document_id: a digest of its file.
        source: name of the file it was read from.
        text: paragraphs separated by an empty line, footnotes at the end.
        passages: in order of start.
    """

    document_id: str
    source: str
    text: str
    passages: tuple[PassageEntry, ...]

    @classmethod
    def of(cls, document: Document, passages: Sequence[PassageRecord]) -> Self:
        """Return a document with its passages."""
        return cls(
            **vars(document.metadata),
            document_id=document.document_id,
            source=shown_name(document.source),
            text=document.text,
            passages=tuple(PassageEntry.of(passage, document) for passage in passages),
        )
