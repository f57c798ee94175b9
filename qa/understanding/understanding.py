"""`Understanding`: what a question asks, read once and for every door alike.

1. White space is tidied, and the language told.
2. What it names by number or name is looked up (`names.py`): papers, members, ministers. These lead: they are searched first.
3. Wording that names documents by what they are, `brieven uit 2024`, limits where is looked (`recognition.py`), unless the reader declined it; other
   periods and people are only suggested.
4. Its content words are what is searched for in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.answer import AppliedFilter, FilterReason, Language
from qa.conversation import Earlier, EarlierQuestion, earlier_questions
from qa.library import Library
from qa.library.filters import EVERYTHING, Filters
from qa.observing import stage
from qa.text.language import language_of
from qa.text.words import QuestionWord, question_words
from qa.understanding.names import Named, Names
from qa.understanding.recognition import Recognised, Recogniser
from qa.understanding.source_question import AskedOfSource, asked_of_source


@dataclass(frozen=True, kw_only=True, eq=False)
class Understanding:
    """What a question asks.

    Attributes:
        question: as typed, white space tidied.
        language: of the question.
        words: its content words.
        named: the papers and people that it names.
        chosen: filters that the reader chose.
        recognised: filters that the question names and the reader did not decline, and those to suggest.
        earlier: the questions before it, oldest first.
        asked_of_source: what it asks of the document that was cited before, if it asks nothing else.
    """

    question: str
    language: Language
    words: tuple[QuestionWord, ...]
    named: Named
    chosen: Filters
    recognised: Recognised
    earlier: tuple[EarlierQuestion, ...]
    asked_of_source: AskedOfSource | None = None

    @property
    def earlier_subjects(self) -> list[str]:
        """The earlier questions that say what the conversation is about; "who said that?" does not."""
        return [one.question for one in self.earlier if not asked_of_source(one.question)]

    @property
    def limits(self) -> Filters:
        """Which documents are searched."""
        return self.chosen.joined(self.recognised.applied)

    @property
    def applied(self) -> tuple[AppliedFilter, ...]:
        """What limits the search, and why."""
        chosen = self.chosen.parts()
        return (
            *(AppliedFilter(filter=part.as_dict(), reason=FilterReason.CHOSEN) for part in chosen),
            *(
                AppliedFilter(filter=one.part.as_dict(), reason=FilterReason.NAMED, words=one.words)
                for one in self.recognised.named
                if one.part not in chosen
            ),
        )


class Understander:
    """Understands the questions that are asked of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = Names(library)
        self._recogniser = Recogniser(library.catalogue())

    @stage("understanding")
    def understand(
        self, question: str, history: Sequence[Earlier] = (), *, chosen: Filters = EVERYTHING, declined: Filters = EVERYTHING
    ) -> Understanding:
        """Return what a question asks.

        Args:
            question: in Dutch or English, white space tidied.
            history: the questions before it, oldest first.
            chosen: filters that the reader chose.
            declined: filters that the question names and that the reader does not want.
        """
        language, earlier = language_of(question), tuple(earlier_questions(history))
        return Understanding(
            question=question,
            language=language,
            words=question_words(question, language),
            named=self._names.named(question, language),
            chosen=chosen,
            recognised=self.recognise(question).without(declined),
            earlier=earlier,
            asked_of_source=asked_of_source(question) if earlier else None,
        )

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names, also while it is being typed."""
        catalogue, recogniser = self._library.catalogue(), self._recogniser
        if recogniser.catalogue is not catalogue:
            recogniser = self._recogniser = Recogniser(catalogue)
        return recogniser.recognise(question, today=date.today())
