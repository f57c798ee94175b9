"""`TableRow`: a question of a list with one earlier answer to it, as the columns that a civil servant prepares a new set of answers with."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum

from qa.answer import Answer, Citation, Language, Relevance
from qa.document import Person
from qa.parliament.identifiers import parse_official_id, public_address
from qa.passage import Role
from qa.text.visible_text import visible_text
from qa.wording.documents import say_relevance, say_role
from qa.wording.sentence import say, words

N_QUOTES = 3
"""Earlier answers a question: measured, the right passage is among the first three for six of seven Dutch questions."""


class Verdict(StrEnum):
    """How well a question of a list is answered."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    NOTHING = "nothing"


def verdict_of(answer: Answer) -> Verdict:
    """Return how well a question is answered, by its best quote."""
    if not answer.citations:
        return Verdict.NOTHING
    return Verdict.GOOD if answer.citations[0].relevance is Relevance.STRONG else Verdict.DOUBTFUL


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
        asked_by: the members who asked it then.
        earlier_question: what they asked.
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
    asked_by: str = ""
    earlier_question: str = ""
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


def heads(language: Language) -> tuple[str, ...]:
    """Return the heads of the columns, in the order of `COLUMNS`."""
    return tuple(words(language)["lists"]["heads"])


def rows_of(label: str, answer: Answer, *, language: Language, permalink: Callable[[Citation], str]) -> list[TableRow]:
    """Return the rows of a question: one for each quote of its answer, or one that says that nothing was found.

    Args:
        label: number of the question in its list.
        answer: to the question, asked by itself: the questions of a set are not a conversation.
        language: of the table's words.
        permalink: gives the address of a citation on the page, or nothing.
    """
    label, question = visible_text(label), visible_text(answer.question)
    rows = [_row(label, question, citation, language, permalink(citation)) for citation in answer.citations]
    return rows or [TableRow(label=label, question=question, relevance=say(language, "lists", "nothing_found"))]


def _row(label: str, question: str, citation: Citation, language: Language, permalink: str) -> TableRow:
    official_id = citation.official_id or ""
    return TableRow(
        label=label,
        question=question,
        rank=str(citation.number),
        quote=visible_text(citation.quote),
        document=visible_text(citation.title),
        reference=visible_text(citation.reference or ""),
        date=visible_text(citation.date or ""),
        asked_by=visible_text("; ".join(map(_named, citation.asked_by))),
        earlier_question=visible_text(" ".join(question.text for question in citation.answers_questions)),
        answered_by=visible_text("; ".join(map(_named, citation.answered_by))) if citation.role is not Role.QUESTION else "",
        role=visible_text(say_role(citation.role, citation.numbers, citation.kind, language)),
        relevance=say_relevance(citation.relevance, language).rpartition(": ")[2],
        official=public_address(official_id) if parse_official_id(official_id) else "",
        permalink=permalink,
        citation=citation,
    )


def _named(person: Person) -> str:
    return f"{person.name} ({person.affiliation})" if person.affiliation else person.name
