"""`Outcome`: what became of a labelled question.

A hit is a citation whose passage contains one of the question's evidence texts, white space aside. A quote hit is a hit among the first 3 citations
whose quote contains one.
"""

from pydantic import BaseModel, ConfigDict

from qa.answer import Answer, Certainty, Citation
from qa.answering import DEFAULT_TOP_K
from qa.measuring.questions import LabelledQuestion
from qa.parliament.formal_reference import reference_of

QUOTE_RANKS = 3


class FirstCitation(BaseModel):
    """What stood first in an answer: how it is cited, and its quote."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reference: str
    quote: str
    score: float


class Outcome(BaseModel):
    """What became of a question.

    Attributes:
        question: with its evidence.
        refused: whether nothing was shown.
        rank: of the first citation that is a hit, if any.
        quote_hit: whether a hit among the first 3 citations quotes the evidence.
        first: what stood first; None exactly when refused.
        n_shown: citations that stand open in an answer of usual length, the others being folded.
        n_holding: of these, those whose passage holds the evidence.
        certainty: how sure the answer was said to be; None of a run before this was kept.
        seconds: that the answer took, by the clock.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: LabelledQuestion
    refused: bool
    rank: int | None
    quote_hit: bool
    first: FirstCitation | None
    n_shown: int = 0
    n_holding: int = 0
    certainty: Certainty | None = None
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether the first citation is a hit or, for an unanswerable question, whether it was refused."""
        return self.rank == 1 if self.question.is_answerable else self.refused


def judge(question: LabelledQuestion, answer: Answer, *, seconds: float = 0.0) -> Outcome:
    """Return what became of a question that got this answer in so many seconds."""
    shown = answer.citations[: min(answer.n_open, DEFAULT_TOP_K)]
    hits = [citation for citation in answer.citations if holds_evidence(citation.passage, question)]
    return Outcome(
        question=question,
        refused=answer.refused,
        rank=hits[0].number if hits else None,
        quote_hit=any(holds_evidence(citation.quote, question) for citation in hits if citation.number <= QUOTE_RANKS),
        first=_first(answer.citations[0]) if answer.citations else None,
        n_shown=len(shown),
        n_holding=sum(citation in hits for citation in shown),
        certainty=answer.certainty,
        seconds=seconds,
    )


def holds_evidence(text: str, question: LabelledQuestion) -> bool:
    """Tell whether a text holds one of the question's evidence texts, white space aside."""
    squeezed = " ".join(text.split())
    return any(" ".join(evidence.split()) in squeezed for evidence in question.evidence)


def _first(citation: Citation) -> FirstCitation:
    return FirstCitation(reference=reference_of(citation) or citation.title, quote=citation.quote, score=citation.score)
