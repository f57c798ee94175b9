"""Example questions that the library can answer: ours where it holds what they are about, or else those of the members in its newest sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.answering.opening_questions import opening_questions
from qa.desk import Desk
from qa.wording.interface import DUTCH_EXAMPLES, ENGLISH_EXAMPLES, EXAMPLES_ARE_ABOUT

N_EXAMPLES = 2
"""For each language."""


@dataclass(frozen=True)
class Examples:
    """Questions, and the language that they are in."""

    questions: Sequence[str]
    language: Language


def examples_of(desk: Desk) -> Mapping[Language, Examples]:
    """Return examples for a reader of each language; members ask in Dutch only."""
    catalogue = desk.catalogue()
    if catalogue.listing(words=EXAMPLES_ARE_ABOUT, n_most=1).n_documents:
        return {"nl": Examples(DUTCH_EXAMPLES, "nl"), "en": Examples(ENGLISH_EXAMPLES, "en")}
    questions = opening_questions(catalogue, desk.passages)
    return {"nl": Examples(questions[:N_EXAMPLES], "nl"), "en": Examples(questions[N_EXAMPLES : 2 * N_EXAMPLES], "nl")}
