"""Builders of labelled questions, answers and outcomes."""

from typing import Any

from qa.answer import Answer, Citation, Language, Relevance
from qa.document import Kind
from qa.measuring import Conditions, LabelledQuestion, Outcome, Run
from qa.measuring.judging import FirstCitation
from qa.passage import Role

CONDITIONS = Conditions(model="fake", n_documents=2, n_passages=9, library_versions={"bronvraag": "0.1.0"}, versions={})


def citation(number: int, passage: str, quote: str, **places: Any) -> Citation:
    fields: dict[str, Any] = {"document_id": "d", "start": 0, "end": len(passage), "official_id": None, **places}
    return Citation(
        number=number,
        passage_id=number,
        title="Brief over dijken",
        source="s",
        date=None,
        kind=Kind.OTHER,
        role=Role.PARAGRAPH,
        numbers=(),
        page=None,
        passage=passage,
        quote=quote,
        quote_start=0,
        quote_end=len(quote),
        relevance=Relevance.WEAK,
        score=0.5,
        **fields,
    )


def answer(*citations: Citation) -> Answer:
    return Answer(question="q", language="nl", refused=not citations, message="", citations=citations)


def labelled(
    question_id: str = "a", evidence: tuple[str, ...] = ("drie miljoen",), language: Language = "nl"
) -> LabelledQuestion:
    kind = "content" if evidence else "unanswerable"
    return LabelledQuestion.model_validate(
        {"id": question_id, "language": language, "kind": kind, "question": "Wat?", "evidence": evidence}
    )


def found(rank: int | None, question_id: str = "a", *, quote_hit: bool = False, language: Language = "nl") -> Outcome:
    """Return the outcome of an answered question with its first hit at `rank`."""
    first = FirstCitation(reference="Brief over dijken", quote="Iets anders.", score=0.5)
    question = labelled(question_id, language=language)
    return Outcome(question=question, refused=False, rank=rank, quote_hit=quote_hit, first=first)


def refused(question_id: str = "a", *, answerable: bool, language: Language = "nl") -> Outcome:
    """Return the outcome of a refused question."""
    question = labelled(question_id, ("drie miljoen",) if answerable else (), language)
    return Outcome(question=question, refused=True, rank=None, quote_hit=False, first=None)


def answered(question_id: str = "a", *, language: Language = "nl") -> Outcome:
    """Return the outcome of an unanswerable question that was answered."""
    first = FirstCitation(reference="Brief over dijken", quote="Iets anders.", score=0.5)
    return Outcome(question=labelled(question_id, (), language), refused=False, rank=None, quote_hit=False, first=first)


def run_of(*outcomes: Outcome) -> Run:
    return Run.of(outcomes, CONDITIONS)
