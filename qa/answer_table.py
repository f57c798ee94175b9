"""`TableRow`: a question of a list with one earlier answer to it, as the columns that a civil servant prepares a new set of answers with."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from qa.answer import Answer, Citation, Language
from qa.document import Document, Person
from qa.formal_reference import formal_reference
from qa.identifiers import parse_official_id, public_address
from qa.passage import Role
from qa.question_list import ListedQuestion
from qa.wording import say_relevance, say_role

N_QUOTES = 3
"""Earlier answers a question: measured, the right passage is among the first three for six of seven Dutch questions."""

_INVISIBLE = {"Cc", "Cf", "Cs"}
_NOTHING: dict[Language, str] = {"nl": "niets gevonden", "en": "nothing found"}


class Source(Protocol):
    """What answers the questions and opens the documents that it cites."""

    def ask(self, question: str, history: Sequence[str] = (), *, top_k: int = 5) -> Answer:
        """Return the answer to a question, with at most `top_k` citations."""

    def document(self, document_id: str) -> Document:
        """Return a document that is cited."""


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A question with one quote, or with none when nothing was found. All but `citation` is text for a cell, empty where nothing is known.

    Attributes:
        label: number of the question in its list.
        question: as it was asked.
        rank: of the quote among those for this question, 1 for the best.
        quote: as the document says it.
        document: its title.
        reference: formal reference.
        date: of the document, as `YYYY-MM-DD`.
        answered_by: who answered or wrote.
        role: what the passage is, so that no member's question is taken for the government's words.
        relevance: in a word; on a refusal, that nothing was found.
        official: address of the official publication.
        permalink: address of the quote on the page.
        citation: what the cells were made of.
    """

    label: str
    question: str
    rank: str = ""
    quote: str = ""
    document: str = ""
    reference: str = ""
    date: str = ""
    answered_by: str = ""
    role: str = ""
    relevance: str = ""
    official: str = ""
    permalink: str = ""
    citation: Citation | None = None

    @property
    def cells(self) -> list[str]:
        """Its cells, in the order of `COLUMNS`."""
        return [getattr(self, column) for column in COLUMNS]


COLUMNS = tuple(field.name for field in fields(TableRow) if field.name != "citation")
HEADS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "Nr.",
        "Vraag",
        "Rang",
        "Citaat",
        "Document",
        "Vindplaats",
        "Datum",
        "Beantwoord door",
        "Soort passage",
        "Relevantie",
        "Officiële publicatie",
        "Citaat in Bronvraag",
    ),
    "en": (
        "No.",
        "Question",
        "Rank",
        "Quote",
        "Document",
        "Reference",
        "Date",
        "Answered by",
        "Kind of passage",
        "Relevance",
        "Official publication",
        "Quote in Bronvraag",
    ),
}


def rows_of(
    question: ListedQuestion,
    source: Source,
    *,
    language: Language,
    permalink: Callable[[Citation], str],
    n_quotes: int = N_QUOTES,
) -> list[TableRow]:
    """Return the rows of a question: one for each of its best quotes, or one that says that nothing was found.

    Args:
        question: is asked by itself; questions of a set are not a conversation.
        source: is asked.
        language: of the table's words.
        permalink: gives the address of a citation on the page.
        n_quotes: most rows for the question.

    Raises:
        BronvraagError: the question cannot be asked.
    """
    answer = source.ask(question.text, top_k=n_quotes)
    label, text = plain(question.label), plain(question.text)
    rows = [
        _row(label, text, citation, source.document(citation.document_id), language, permalink(citation))
        for citation in answer.citations
    ]
    return rows or [TableRow(label=label, question=text, relevance=_NOTHING[language])]


def answer_table(
    questions: Sequence[ListedQuestion],
    source: Source,
    *,
    language: Language,
    permalink: Callable[[Citation], str],
    n_quotes: int = N_QUOTES,
) -> Iterator[list[TableRow]]:
    """Yield the rows of every question, in order, as they are answered."""
    for question in questions:
        yield rows_of(question, source, language=language, permalink=permalink, n_quotes=n_quotes)


def plain(text: str) -> str:
    """Return text on one line without characters that cannot be seen, among them those that turn the direction of text."""
    return "".join(character for character in " ".join(text.split()) if unicodedata.category(character) not in _INVISIBLE)


def _row(label: str, question: str, citation: Citation, document: Document, language: Language, permalink: str) -> TableRow:
    metadata = document.metadata
    official_id = metadata.official_id or ""
    return TableRow(
        label=label,
        question=question,
        rank=str(citation.number),
        quote=plain(citation.quote),
        document=plain(citation.title),
        reference=plain(formal_reference(metadata, citation.role, citation.numbers) or ""),
        date=plain(citation.date or ""),
        answered_by=plain("; ".join(map(_named, metadata.answered_by))) if citation.role is not Role.QUESTION else "",
        role=plain(say_role(citation.role, citation.numbers, citation.kind, language)),
        relevance=say_relevance(citation.relevance, language).rpartition(": ")[2],
        official=public_address(official_id) if parse_official_id(official_id) else "",
        permalink=permalink,
        citation=citation,
    )


def _named(person: Person) -> str:
    return f"{person.name} ({person.affiliation})" if person.affiliation else person.name
