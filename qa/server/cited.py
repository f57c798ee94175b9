"""What assistants are given: quotes and passages with all that is needed to cite them and to find them again."""

from typing import Annotated, Self

from pydantic import BaseModel, Field

from qa.address import Address
from qa.answer import Answer, AnsweredQuestion, AppliedFilter, Certainty, Citation, Language, LibraryLink, MessageKind, Relevance
from qa.document import Document, Kind
from qa.library import PassageRecord
from qa.parliament.formal_reference import formal_reference
from qa.parliament.identifiers import public_address
from qa.passage import Role
from qa.table_rows import QuotedTable
from qa.wording.documents import say_speaker


class CitedQuote(BaseModel):
    """A quote that answers."""

    number: Annotated[int, Field(description="1 for the best.")]
    quote: Annotated[str, Field(description="Verbatim from the document, in Dutch; do not change a letter.")]
    table: Annotated[
        QuotedTable | None, Field(description="The quote with the heads of its columns, where it is the row of a table.")
    ]
    reference: Annotated[str | None, Field(description="How to cite it formally, if the document says which publication it is.")]
    permalink: Annotated[str | None, Field(description="Shows the quote marked in its document; none when run over stdio.")]
    title: str
    date: Annotated[str | None, Field(description="Of the document, YYYY-MM-DD.")]
    kind: Kind
    role: Annotated[Role, Field(description="`question` is a member's words, never the government's position.")]
    numbers: Annotated[list[int], Field(description="Of the questions that it answers.")]
    speaker: Annotated[str | None, Field(description="Who says it, in a debate.")]
    answers_questions: Annotated[list[AnsweredQuestion], Field(description="The members' questions that it answers, in full.")]
    relevance: Relevance
    published_at: Annotated[str | None, Field(description="The official publication on the internet.")]
    passage_id: Annotated[int, Field(description="For `read_passage`.")]
    document_id: str

    @classmethod
    def of(cls, citation: Citation, page: str | None) -> Self:
        """Return the quote of a citation; `page` is where the page is served, if it is."""
        return cls(
            number=citation.number,
            quote=citation.quote,
            table=citation.table,
            reference=citation.reference,
            permalink=_permalink(page, citation.document_id, citation.quote_start, citation.quote_end),
            title=citation.title,
            date=citation.date,
            kind=citation.kind,
            role=citation.role,
            numbers=list(citation.numbers),
            speaker=say_speaker(citation.speaker, "nl") if citation.speaker else None,
            answers_questions=list(citation.answers_questions),
            relevance=citation.relevance,
            published_at=_published_at(citation.official_id),
            passage_id=citation.passage_id,
            document_id=citation.document_id,
        )


class CitedAnswer(BaseModel):
    """What the documents say about a question."""

    question: str
    language: Annotated[Language, Field(description="Of the question.")]
    refused: Annotated[bool, Field(description="The documents do not answer this.")]
    message: str
    citations: list[CitedQuote]
    unknown_words: Annotated[list[str], Field(description="On a refusal: words that occur nowhere in the library.")]
    kind: Annotated[MessageKind, Field(description="What kind of message this answers.")]
    certainty: Annotated[
        Certainty, Field(description="How sure it is that the citations answer; `unclear`: they are only the nearest.")
    ]
    links: Annotated[list[LibraryLink], Field(description="Lists of documents that the answer is about.")]
    filters: Annotated[
        list[AppliedFilter], Field(description="What limited where was looked; one that the question names can be `declined`.")
    ]

    @classmethod
    def of(cls, answer: Answer, page: str | None) -> Self:
        """Return what an assistant is given of an answer."""
        return cls(
            question=answer.question,
            language=answer.language,
            refused=answer.refused,
            message=answer.message,
            citations=[CitedQuote.of(citation, page) for citation in answer.citations],
            unknown_words=list(answer.unknown_words),
            kind=answer.kind,
            certainty=answer.certainty,
            links=list(answer.links),
            filters=list(answer.filters),
        )


class ReadPassage(BaseModel):
    """A whole passage."""

    passage_id: int
    document_id: str
    text: Annotated[str, Field(description="Verbatim from the document.")]
    context: Annotated[str, Field(description="What the passage is about, such as the question that it answers; not part of it.")]
    role: Role
    numbers: list[int]
    reference: str | None
    permalink: str | None
    title: str
    date: str | None
    kind: Kind
    page: int | None
    published_at: str | None
    previous_passage_id: int | None
    next_passage_id: int | None

    @classmethod
    def of(
        cls, record: PassageRecord, document: Document, *, neighbours: tuple[int | None, int | None], page: str | None
    ) -> Self:
        """Return a passage of a document, with the ids of those before and after it."""
        passage, metadata = record.passage, document.metadata
        return cls(
            passage_id=record.passage_id,
            document_id=record.document_id,
            text=passage.text,
            context=passage.context,
            role=passage.role,
            numbers=list(passage.numbers),
            reference=formal_reference(metadata, passage.role, passage.numbers),
            permalink=_permalink(page, record.document_id, passage.start, passage.end),
            title=metadata.title,
            date=metadata.date,
            kind=metadata.kind,
            page=document.page_at(passage.start),
            published_at=_published_at(metadata.official_id),
            previous_passage_id=neighbours[0],
            next_passage_id=neighbours[1],
        )


def _permalink(page: str | None, document_id: str, start: int, end: int) -> str | None:
    return None if page is None else page + Address(document_id, start, end).link


def _published_at(official_id: str | None) -> str | None:
    return None if official_id is None else public_address(official_id)
