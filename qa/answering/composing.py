"""An `Answer` put together: what it says, what it cites, and how much of that stands open; and the answers to the parts of a message as one."""

from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Certainty, Citation, Relevance
from qa.answering.pairs import with_questions
from qa.library import Library
from qa.understanding import Understanding
from qa.wording import answers as messages

N_OPEN, N_OPEN_UNCLEAR = 3, 2
"""Citations that are worth reading at once: measured, for one question in five the right passage is second or third."""


def composed(
    library: Library,
    understood: Understanding,
    message: str,
    citations: tuple[Citation, ...],
    certainty: Certainty,
    *,
    unknown: tuple[str, ...] = (),
) -> Answer:
    """Return the answer that says and cites this; a refusal if it cites nothing.

    Args:
        library: that is cited.
        understood: the question.
        message: above the citations.
        citations: best first.
        certainty: of the answer.
        unknown: words of the question that occur nowhere, to be said of a refusal.
    """
    return Answer(
        question=understood.question,
        language=understood.language,
        refused=not citations,
        message=message,
        citations=with_questions(library, citations),
        unknown_words=unknown,
        filters=understood.applied,
        kind=understood.kind,
        certainty=certainty,
        n_open=_n_open(citations, certainty),
    )


def _n_open(citations: Sequence[Citation], certainty: Certainty) -> int:
    """Return how many citations are worth reading at once: those better than weak, all strong ones, else at most `N_OPEN`; few where no answer is clear."""
    if certainty is Certainty.UNCLEAR:
        return min(len(citations), N_OPEN_UNCLEAR)
    n_strong = sum(citation.relevance is Relevance.STRONG for citation in citations)
    n_better = sum(citation.relevance is not Relevance.WEAK for citation in citations)
    return max(n_strong, min(n_better, N_OPEN), min(len(citations), 1))


def of_parts(answers: Sequence[Answer], top_k: int) -> Answer:
    """Return the answers to the parts of a message as one: what is open of each first, every citation under its part.

    Of a part without a clear answer, beside one that has one, that is said, and what comes closest stands below.
    """
    certainty = min(
        (answer.certainty for answer in answers if answer.citations), key=list(Certainty).index, default=Certainty.NONE
    )
    share = max(1, -(-top_k // len(answers)))
    opened, folded = (
        [
            replace(one, part=answer.question)
            for answer in answers
            for one in answer.citations[:share]
            if (one.number <= answer.n_open and (answer.certainty is certainty or _is_clear(answer))) is open_
        ]
        for open_ in (True, False)
    )
    every = [*opened, *folded]
    once = {citation.passage_id: citation for citation in reversed(every)}
    kept = [citation for citation in every if once[citation.passage_id] is citation][:top_k]
    citations = tuple(replace(citation, number=number) for number, citation in enumerate(kept, start=1))
    best = next((answer for answer in answers if answer.certainty is certainty), answers[0])
    unclear = [_said_of_unclear(answer) for answer in answers if _is_clear(best) and not _is_clear(answer)]
    message = messages.joined(*unclear, best.message)
    n_open = sum(one in opened for one in kept)
    return replace(answers[0], refused=not citations, message=message, citations=citations, certainty=certainty, n_open=n_open)


def _is_clear(answer: Answer) -> bool:
    return answer.certainty in {Certainty.FOUND, Certainty.PROBABLE}


def _said_of_unclear(answer: Answer) -> str:
    """Return that a part has no clear answer, after what else is said of it, such as that a name in it is not there."""
    above = messages.above(answer.certainty, answer.language) if answer.citations else answer.message
    return messages.joined(answer.message.removesuffix(above).strip(), messages.unclear_part(answer.language, answer.question))
