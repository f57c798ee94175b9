"""`Answer` and `Citation`: what is shown. Their fields, in this order, are the JSON contract that other programs rely on."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

from qa.document import Kind, Person, Speaker
from qa.passage import Role
from qa.table_rows import QuotedTable

Language = Literal["nl", "en"]


class Relevance(StrEnum):
    """How well a citation fits the question."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


class MessageKind(StrEnum):
    """What kind of message was answered."""

    CONTENT = "content"
    NAME = "name"
    """A person, or a document by its number, alone."""
    LIBRARY = "library"
    """About the collection itself: how many, which, the newest."""
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HELP = "help"
    SMALL_TALK = "small-talk"
    SUMMARISE = "summarise"
    TRANSLATE = "translate"
    OPINION = "opinion"
    OTHER_LANGUAGE = "other-language"

    @property
    def is_social(self) -> bool:
        """Whether it asks for nothing."""
        return self in {MessageKind.GREETING, MessageKind.THANKS, MessageKind.GOODBYE, MessageKind.HELP, MessageKind.SMALL_TALK}

    @property
    def is_task(self) -> bool:
        """Whether it asks for something that is not done here."""
        return self in {MessageKind.SUMMARISE, MessageKind.TRANSLATE, MessageKind.OPINION}


class Certainty(StrEnum):
    """How sure it is that an answer answers."""

    FOUND = "found"
    PROBABLE = "probable"
    UNCLEAR = "unclear"
    """No clear answer: the nearest passages are shown, most of them folded."""
    NONE = "none"
    """Nothing is shown, or what is said needs no passage."""


class FilterReason(StrEnum):
    """Why a question was asked of some documents only."""

    CHOSEN = "chosen"
    """By the reader, beside the question."""
    NAMED = "named"
    """By the question itself: `brieven uit 2024`."""


@dataclass(frozen=True, kw_only=True)
class AppliedFilter:
    """One filter that limited where was looked.

    Attributes:
        filter: one value of one kind of filter, or a period, such as `{"parties": ["VVD"]}`; sent back as `declined` it is not applied.
        reason: why it was applied.
        words: of the question, that name it; empty if it was chosen.
    """

    filter: Mapping[str, Any]
    reason: FilterReason
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class LibraryLink:
    """Documents of the library that an answer is about, to be listed with a filter.

    Attributes:
        label: what is listed, in the language of the answer.
        filters: as they are sent for a list of documents; empty for all.
        n_documents: that fit them.
    """

    label: str
    filters: Mapping[str, Any]
    n_documents: int


@dataclass(frozen=True, kw_only=True)
class OtherPlace:
    """Where else a quote is said, word for word or nearly so.

    Attributes are those of a citation, of the passage that was folded into it.
    """

    passage_id: int
    document_id: str
    title: str
    official_id: str | None
    date: str | None
    kind: Kind
    role: Role
    numbers: tuple[int, ...]
    quote_start: int
    quote_end: int


@dataclass(frozen=True, kw_only=True)
class AnsweredQuestion:
    """A member's question that a cited passage answers, with its number in its document."""

    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A passage that answers, and in it the sentence or two that decide.

    Attributes:
        number: 1 for the best, then 2, ...
        passage_id: of the passage in its library.
        document_id: of its document.
        title: of the document.
        source: path of the file it was read from.
        official_id: of the official publication, if the document states it.
        date: of the document as `YYYY-MM-DD`, if it states one.
        kind: of the document.
        role: of the passage.
        numbers: of the questions it answers.
        page: on which the quote begins, 1 for the first, if the file has pages.
        start: offset of the passage in the document's canonical text.
        end: offset just after it.
        passage: exactly the canonical text from `start` to `end`.
        quote: exactly the canonical text from `quote_start` to `quote_end`: at most two consecutive sentences of the passage.
        quote_start: offset of the quote in the canonical text.
        quote_end: offset just after it.
        relevance: `score` in a word.
        score: how well the passage fits the question; higher is better.
        also_in: other passages that say the same, newest first.
        reference: how the passage is cited formally, if the document says which publication it is.
        asked_by: the members who asked, with their parties, if the document says so.
        answered_by: who answers or writes, with their ministries, if the document says so.
        table: the quote with the heads of its columns, where it is the row of a table.
        speaker: who says it, in a debate.
        answers_questions: the members' questions that the passage answers.
        part: of a message that asks several things, the one that this answers; empty if it asks one.
    """

    number: int
    passage_id: int
    document_id: str
    title: str
    source: str
    official_id: str | None
    date: str | None
    kind: Kind
    role: Role
    numbers: tuple[int, ...]
    page: int | None
    start: int
    end: int
    passage: str
    quote: str
    quote_start: int
    quote_end: int
    relevance: Relevance
    score: float
    also_in: tuple[OtherPlace, ...] = ()
    reference: str | None = None
    asked_by: tuple[Person, ...] = ()
    answered_by: tuple[Person, ...] = ()
    table: QuotedTable | None = None
    speaker: Speaker | None = None
    answers_questions: tuple[AnsweredQuestion, ...] = ()
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The reply to a question: citations, best first, or a refusal with none.

    Attributes:
        question: as it was asked.
        language: of the question, and so of the message.
        refused: whether nothing is shown because the question is certainly about something else, or because filters leave nothing.
        message: one sentence for the reader; on a refusal it says what was searched.
        citations: best first; none when refused, nor where what is said needs none, such as a greeting.
        unknown_words: on a refusal, the words of the question that occur nowhere in the library, as they were typed.
        filters: what limited where was looked, and why.
        kind: what kind of message it answers.
        certainty: how sure it is that it answers.
        n_open: how many of the citations are worth reading at once; the others may stand folded below.
        links: lists of documents that it is about.
        examples: questions that can be asked instead.
    """

    question: str
    language: Language
    refused: bool
    message: str
    citations: tuple[Citation, ...]
    unknown_words: tuple[str, ...] = ()
    filters: tuple[AppliedFilter, ...] = ()
    kind: MessageKind = MessageKind.CONTENT
    certainty: Certainty = Certainty.FOUND
    n_open: int = 3
    links: tuple[LibraryLink, ...] = ()
    examples: tuple[str, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the answer as JSON, in the order of the fields."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=indent)
