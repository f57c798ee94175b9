"""`Understanding`: what a question asks, read once and for every door alike.

1. White space is tidied, and the language told.
2. What it names by number or name is looked up (`names.py`): papers, members, ministers. These lead: they are searched first.
3. Wording that names documents by what they are, `brieven uit 2024`, limits where is looked (`recognition.py`), unless the reader declined it; other
   periods and people are only suggested.
4. Its content words are what is searched for in words.
5. What kind of message it is follows from all this (`messages.py`) and, where its words do not tell, from its vector (`message_model.py`); of which parts it is
   made from its sentences (`parts.py`): an e-mail asks at its end, and two questions in one message are answered apart.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.answer import AppliedFilter, FilterReason, Language, MessageKind
from qa.conversation import Earlier, EarlierQuestion, earlier_questions
from qa.library import Library
from qa.library.filters import DIMENSIONS, EVERYTHING, Filters
from qa.observing import stage
from qa.text.language import language_of
from qa.text.other_languages import is_other_language
from qa.text.words import QuestionWord, question_words
from qa.understanding.messages import asks_something, may_be_courtesy, message_kind
from qa.understanding.names import Named, Names
from qa.understanding.opening_words import asked_about
from qa.understanding.parts import parts_of, years_in
from qa.understanding.recognised import Recognised
from qa.understanding.recognition import Recogniser
from qa.understanding.source_question import AskedOfSource, asked_of_sources
from qa.understanding.unheld import HELD, Unheld, names_not_held

MOST_EARLIER = 20
"""Questions before a new one that count; for a client that does not send what was cited, each may be asked again."""
MAX_KEYWORDS = 3
_WORD = re.compile(r"\w+")


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
        earlier: the questions before it, oldest first, without greetings and questions about the library itself.
        asked_of_source: what it asks of the document that was cited before, if it asks nothing else.
        kind: of message.
        parts: the questions that it asks; one, unless it asks several things.
        years: that it asks about.
        unheld: the names in it that the library does not hold.
    """

    question: str
    language: Language
    words: tuple[QuestionWord, ...]
    named: Named
    chosen: Filters
    recognised: Recognised
    earlier: tuple[EarlierQuestion, ...]
    kind: MessageKind = MessageKind.CONTENT
    parts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    unheld: Unheld = HELD
    asked_of_source: AskedOfSource | None = None

    @property
    def earlier_subjects(self) -> list[str]:
        """The earlier questions that say what the conversation is about; "who said that?" does not."""
        questions = [one.question for one in self.earlier]
        asked = asked_of_sources(questions)
        return [question for question, of_source in zip(questions, asked, strict=True) if of_source is None]

    @property
    def is_keywords(self) -> bool:
        """Whether it is a few words to search for rather than a sentence, or says no more than that something is asked about these."""
        said = [word.casefold() for word in _WORD.findall(asked_about(self.question))]
        searched = {part for word in self.words for part in _WORD.findall(word.text.casefold())}
        return 0 < len(said) <= MAX_KEYWORDS and searched.issuperset(said)

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


KindOf = Callable[[str, bool], MessageKind]
"""Tells the kind of a message, and takes whether something was asked before it."""


class Understander:
    """Understands the questions that are asked of one library."""

    def __init__(self, library: Library, *, kind_of: KindOf | None = None) -> None:
        """Make it.

        Args:
            library: that is asked.
            kind_of: tells the kind of a message whose words do not; without it, that is one about content.
        """
        self._library = library
        self._kind_of = kind_of
        self._names = Names(library)
        self._recogniser = Recogniser(library.catalogue())

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
        understood = self._by_its_words(question, history, chosen, declined)
        if understood.kind is not MessageKind.CONTENT or self._kind_of is None or self._is_held(understood):
            return understood
        told = self._kind_of(question, bool(understood.earlier))
        is_content = told in _COURTESIES and asks_something(question)
        return understood if is_content else replace(understood, kind=told)

    def _is_held(self, understood: Understanding) -> bool:
        """Tell whether it is a few words of which the library holds one: a vector says too little of these. After a question, `mooi` may be thanks all the same."""
        words, is_courtesy = understood.words, bool(understood.earlier) and may_be_courtesy(understood.question)
        return understood.is_keywords and not is_courtesy and len(self._library.unknown_words(words)) < len(words)

    @stage("understanding")
    def _by_its_words(self, question: str, history: Sequence[Earlier], chosen: Filters, declined: Filters) -> Understanding:
        language = language_of(question)
        earlier = tuple(one for one in earlier_questions(history) if not _is_aside(one.question))[-MOST_EARLIER:]
        words = question_words(question, language)
        self._library.expect(words)
        named = self._names.named(question, language)
        recognised = self.recognise(question).without(declined)
        unheld = self._unheld(named.mentions.rest, language)
        return Understanding(
            question=question,
            language=language,
            words=words,
            named=named,
            chosen=chosen,
            recognised=recognised,
            earlier=earlier,
            kind=MessageKind.NAME
            if unheld.is_only and not earlier
            else self._kind(question, language, named, recognised, has_history=bool(earlier)),
            parts=parts_of(question, language),
            years=years_in(named.mentions.rest),
            unheld=unheld,
            asked_of_source=asked_of_sources([*(one.question for one in earlier), question])[-1] if earlier else None,
        )

    def _unheld(self, question: str, language: Language) -> Unheld:
        library = self._library
        parties = library.catalogue().values("parties")
        return names_not_held(question, language, register=library.register(), parties=parties, unknown=library.unknown_words)

    @staticmethod
    def again(understood: Understanding, question: str) -> Understanding:
        """Return the same with another question to search for: one whose words were mended, or its subject alone."""
        return replace(understood, question=question, words=question_words(question, understood.language))

    @staticmethod
    def _kind(question: str, language: Language, named: Named, recognised: Recognised, *, has_history: bool) -> MessageKind:
        if named.is_only and not named.is_person:
            return MessageKind.NAME
        if is_other_language(question):
            return MessageKind.OTHER_LANGUAGE
        words = [word for one in recognised.named for word in one.words.split()]
        own = [value for part in recognised.suggested for dimension in DIMENSIONS for value in part.values(dimension)]
        names = {*_without_nouns(words), *(word for value in own for word in value.split()), *named.words}
        kind = message_kind(question, language, names=names, has_history=has_history)
        if kind is MessageKind.LIBRARY or (
            recognised.named and not has_history and _says_no_more(question, language, recognised)
        ):
            return MessageKind.LIBRARY
        if named.is_only:
            return MessageKind.NAME
        return kind

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names, also while it is being typed."""
        catalogue, recogniser = self._library.catalogue(), self._recogniser
        if recogniser.catalogue is not catalogue:
            recogniser = self._recogniser = Recogniser(catalogue)
        return recogniser.recognise(question, today=date.today())


_COURTESIES = frozenset({MessageKind.GREETING, MessageKind.THANKS, MessageKind.GOODBYE})


def _is_aside(question: str) -> bool:
    """Tell whether an earlier message was about nothing in the documents, as a greeting is, so that no question goes on with it."""
    kind = message_kind(question, language_of(question))
    return kind.is_social or kind is MessageKind.LIBRARY


def _says_no_more(question: str, language: Language, recognised: Recognised) -> bool:
    """Tell whether a message only names documents, `brieven van Van der Burg uit 2022`, and asks nothing about a subject."""
    for one in recognised.named:
        question = question.replace(one.words, " ")
    return not question_words(question, language)


def _without_nouns(words: Sequence[str]) -> list[str]:
    """Return the words of a phrase that names documents without what it calls them: `brieven van Jansen uit 2022` names `Jansen` and `2022`."""
    return [word for word in words if word[:1].isupper() or word[:1].isdigit()]
