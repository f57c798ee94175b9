"""Follow-up questions that the library can answer: the words of members of parliament, never words of our own.

1. Beside a cited answer stand others in its set, each with the question that it answers. Those numbers are taken that have an answer of their own (not one that
   only points elsewhere) and that are neither cited nor asked; the nearest to the cited ones first.
2. Of such a question the first sentence is taken that can be asked by itself: not too long, and leaning on nothing that was said before it.
3. They are Dutch, like the documents, in an English conversation too: a translation would be an invention.

Measured on fifteen documents, a quarter of the members' questions has such a sentence. Asked by itself it finds its own answer first for 23 of 28, among the first
three for 27; read together with the question before it, that one's answer comes first more often than not. So a suggestion is best asked without a history.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from qa.answer import Answer, Citation
from qa.parliament.headings import parse_pointer
from qa.passage import Passage, Role
from qa.text.sentences import sentence_spans

MAX_SUGGESTIONS = 3
MIN_CHARACTERS = 30
MAX_CHARACTERS = 160

PassagesOf = Callable[[str], Sequence[Passage]]
"""Gives the passages of a document, by its id."""

_LEANING = re.compile(
    r"^(?:zo (?:ja|nee|niet)|indien|en|maar|of|ook|waarom (?:wel|niet)|hoezo|ten (?:eerste|tweede|derde))\b"
    r"|\b(?:deze|dit|hier\w*|daar\w*|zij|ze|hij|hun|hen|dergelijke|zulke|(?:boven|na)?genoemde|(?:voor|eerder|hier)genoemde|bovenstaande|(?:desb|b)etreffende)\b"
    r"|\b(?:zou|is|was|wordt|werd|moet|heeft|kan|gaat|zich|met|van|voor|door|in|bij|aan) dat\b"
    r"|\bdie (?:mening|visie|analyse|zorgen|opvatting|voorwaarden|rol|begeleiding)\b|\btoelichten\b|\buw (?:antwoord|brief|beantwoording)\b|\bvra(?:ag|gen) \d",
    re.IGNORECASE,
)
"""Beginnings and words by which a sentence leans on what was said before it. "Dat" is one only where it cannot join two clauses."""

_FORMAL = re.compile(
    r"^(?:bent u (?:bekend met|op de hoogte)|(?:heeft|hebt) u kennis\s?genomen|kent u|herinnert u|wilt u|kunt u aangeven of u)\b|\bvragen\b.{0,60}\bbeantwoorden\b",
    re.IGNORECASE,
)
"""What members ask to introduce a subject or to hurry: the answer is a mere yes."""


def suggestions(answer: Answer, history: Sequence[str], passages_of: PassagesOf) -> list[str]:
    """Return at most three questions to go on with, best first.

    Args:
        answer: to the last question.
        history: the earlier questions of the conversation.
        passages_of: gives the passages of the cited documents.
    """
    asked = {_bare(question) for question in [*history, answer.question]}
    suggested: dict[str, str] = {}
    for question in _questions_nearby(answer.citations, passages_of):
        if _bare(question) not in asked:
            suggested.setdefault(_bare(question), question)
        if len(suggested) == MAX_SUGGESTIONS:
            break
    return list(suggested.values())


def askable_sentence(question: str) -> str | None:
    """Return the first sentence of a member's question that can be asked by itself, or None if none can."""
    sentences = (question[start:end] for start, end in sentence_spans(question))
    return next(filter(_stands_alone, sentences), None)


def _questions_nearby(citations: Sequence[Citation], passages_of: PassagesOf) -> Iterator[str]:
    for document_id in dict.fromkeys(citation.document_id for citation in citations):
        cited = [
            number
            for citation in citations
            if citation.document_id == document_id and citation.role is Role.ANSWER
            for number in citation.numbers
        ]
        if cited:
            yield from _unasked(passages_of(document_id), cited)


def _unasked(passages: Sequence[Passage], cited: Sequence[int]) -> Iterator[str]:
    """Yield a sentence of every question of a set that has an answer which is not cited, the nearest to the first cited one first."""
    answered = {
        number
        for passage in passages
        if passage.role is Role.ANSWER and not parse_pointer(passage.text)
        for number in passage.numbers
    }
    asked = [passage for passage in passages if passage.role is Role.QUESTION and answered.intersection(passage.numbers)]
    new = [passage for passage in asked if not set(passage.numbers) & set(cited)]
    for passage in sorted(new, key=lambda passage: (abs(passage.numbers[0] - cited[0]), passage.start)):
        if sentence := askable_sentence(passage.text):
            yield sentence


def _stands_alone(sentence: str) -> bool:
    return (
        sentence.endswith("?")
        and MIN_CHARACTERS <= len(sentence) <= MAX_CHARACTERS
        and not _LEANING.search(sentence)
        and not _FORMAL.search(sentence)
    )


def _bare(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))
