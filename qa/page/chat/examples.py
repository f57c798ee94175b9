"""`Examples`: opening questions that this library answers: ours where it holds what they are about, or else members' own from its newest sets.

Each is asked once when the library has changed, and shown only if its answer does not begin with a weak quote.
"""

from collections.abc import Sequence
from threading import Lock
from typing import get_args

from qa.answer import Language, Relevance
from qa.answering.opening_questions import opening_questions
from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.library import Catalogue
from qa.wording.interface import EXAMPLES_ARE_ABOUT, examples

N_EXAMPLES = 4


class Examples:
    """The opening questions of a library as it is now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._catalogue: Catalogue | None = None
        self._ours: dict[Language, Sequence[str]] = {}
        self._members: Sequence[str] = ()

    def of(self, language: Language) -> tuple[Sequence[str], Language]:
        """Return questions for a reader of a language, and the language that they are in: members ask in Dutch only."""
        with self._lock:
            catalogue = self._desk.catalogue()
            if catalogue is not self._catalogue:
                self._ours, self._members = self._asked(catalogue)
                self._catalogue = catalogue
            ours = self._ours.get(language, ())
            return (ours, language) if ours else (self._members, "nl")

    def _asked(self, catalogue: Catalogue) -> tuple[dict[Language, Sequence[str]], Sequence[str]]:
        ours: dict[Language, Sequence[str]] = {language: examples(language) for language in get_args(Language)}
        if not catalogue.listing(words=EXAMPLES_ARE_ABOUT, n_most=1).n_documents:
            ours = {}
        kept = {language: self._answered(questions) for language, questions in ours.items()}
        return kept, self._answered(opening_questions(catalogue, self._desk.passages))

    def _answered(self, questions: Sequence[str]) -> Sequence[str]:
        return [question for question in questions if self._is_answered(question)][:N_EXAMPLES]

    def _is_answered(self, question: str) -> bool:
        try:
            answer = self._desk.ask(question, top_k=1)
        except BronvraagError:
            return False
        return any(citation.relevance is not Relevance.WEAK for citation in answer.citations)
