"""`Answerer`: the one way from a question to an answer, for the command line, the page and the evaluation alike.

1. The message is understood.
2. A greeting gets a line, a question about the library a number or a list, a paper or a person alone is shown, and what is asked of a document cited before
   is answered from what it says about itself (`replies.py`).
3. For all else passages are found, judged, quoted and cited (`finding.py`). Two questions in one message are answered one by one.
4. What was cited first is remembered, for the follow-up (`answered_before.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from embeddings import Embedder
from qa.answer import Answer, Certainty, MessageKind
from qa.answering import replies
from qa.answering.answered_before import AnsweredBefore
from qa.answering.composing import of_parts
from qa.answering.finding import MAX_TOP_K, Finder
from qa.calibration import Calibration, calibration_of
from qa.calibration.calibration import FILE_NAME
from qa.conversation import Earlier, EarlierQuestion
from qa.exceptions import LibraryError, QuestionError
from qa.library import Library
from qa.library.filters import EVERYTHING, Filters
from qa.retrieval import Retriever
from qa.understanding import Recognised, Understander, Understanding
from qa.understanding.message_model import message_model_of
from qa.understanding.tasks import names_subject, subject_of
from qa.wording import answers as messages

MAX_QUESTION = 2000
DEFAULT_TOP_K = 5

_SAID_FIRST = frozenset({MessageKind.SUMMARISE, MessageKind.TRANSLATE, MessageKind.OPINION, MessageKind.OTHER_LANGUAGE})
"""What is not done here is said before the nearest that is."""


def check_question(question: str) -> str:
    """Return a question as it will be asked, white space tidied.

    Raises:
        QuestionError: it is empty or longer than `MAX_QUESTION` characters.
    """
    question = " ".join(question.split())
    if not question:
        raise QuestionError("question_empty")
    if len(question) > MAX_QUESTION:
        raise QuestionError("question_too_long", n=len(question), most=MAX_QUESTION)
    return question


class Answerer:
    """Answers questions from a library."""

    def __init__(self, library: Library, embedder: Embedder, *, calibration: Calibration | None = None) -> None:
        calibration = calibration or calibration_of(embedder.identity.name, library.state.file(FILE_NAME))
        self._library = library
        self._retriever = Retriever(
            library, embedder, ranking=calibration.ranking, continuation=calibration.continuation.as_model()
        )
        self._before = AnsweredBefore(library, self._first_cited)
        self._finder = Finder(library, self._retriever, embedder, calibration, before=self._before.passage)
        self._messages = message_model_of(embedder.identity)
        self._understander = Understander(library, kind_of=self._kind_by_vector if self._messages else None)

    def ask(
        self,
        question: str,
        history: Sequence[Earlier] = (),
        *,
        top_k: int = DEFAULT_TOP_K,
        filters: Filters | None = None,
        declined: Filters | None = None,
    ) -> Answer:
        """Return the answer to a question: at most `top_k` citations, best first, or a refusal.

        Args:
            question: in Dutch or English.
            history: the earlier questions of the conversation, oldest first.
            top_k: 1 to 50.
            filters: which documents to look in; without it, in all.
            declined: filters that the question itself names and that are not to be applied.

        Raises:
            QuestionError: the question is empty or too long, or `top_k` is out of range.
            LibraryError: the library is empty or cannot be read.
        """
        question = check_question(question)
        if not 1 <= top_k <= MAX_TOP_K:
            raise QuestionError("citations_out_of_range", most=MAX_TOP_K, n=top_k)
        with self._library.reading():
            if not self._library.counts()[1]:
                raise LibraryError("library_empty", folder=self._library.name)
            chosen, unwanted = filters or EVERYTHING, declined or EVERYTHING
            understood = self._understander.understand(question, history, chosen=chosen, declined=unwanted)
            answer = self._reply(understood, top_k) or self._found(understood, top_k, unwanted)
            if not unwanted:
                self._before.remember(understood, answer.citations[0].passage_id if answer.citations else None)
            return answer

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names, also while it is being typed."""
        return self._understander.recognise(question)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        if self._library.counts()[1]:
            self._retriever.retrieve(self._understander.understand("Wat?"))

    def _reply(self, understood: Understanding, top_k: int) -> Answer | None:
        """Return the answer to a message for which nothing is to be found; None to any other."""
        library, kind = self._library, understood.kind
        if kind.is_social:
            return replies.social(library, understood)
        if kind is MessageKind.LIBRARY:
            return replies.about_library(library, understood, lambda asked: self._finder.find(asked, top_k))
        if kind is MessageKind.NAME:
            not_found = self._finder.message(understood, Certainty.NONE)
            return replies.what_is_named(library, understood, top_k, not_found=not_found)
        if understood.asked_of_source and (cited := self._before.passage(understood)):
            return replies.about_source(library, understood, understood.asked_of_source, cited, top_k)
        if kind.is_task and not names_subject(understood.question, understood.language):
            cited = self._before.passage(understood) if understood.earlier else None
            return replies.task_alone(library, understood, cited, top_k)
        return None

    def _found(self, understood: Understanding, top_k: int, declined: Filters) -> Answer:
        """Return what is found for each part of a message, as one answer."""
        question, kind, language = understood.question, understood.kind, understood.language
        asked = (subject_of(question, language),) if kind.is_task else understood.parts
        parts = [understood]
        if asked != (question,):
            parts = [
                replace(
                    self._understander.understand(part, understood.earlier, chosen=understood.chosen, declined=declined),
                    kind=kind,
                )
                for part in asked
            ]
        found = [self._finder.find(part, top_k) for part in parts]
        answer = found[0] if len(found) == 1 else of_parts(found, top_k)
        said = messages.reply(kind, language) if kind in _SAID_FIRST else ""
        message = messages.joined(said, answer.message)
        return replace(answer, question=question, kind=kind, language=language, message=message)

    def _first_cited(self, question: str, history: Sequence[EarlierQuestion], filters: Filters) -> int | None:
        try:
            citations = self.ask(question[:MAX_QUESTION], history, top_k=1, filters=filters).citations
        except QuestionError:
            return None
        return citations[0].passage_id if citations else None

    def _kind_by_vector(self, question: str, has_history: bool) -> MessageKind:
        vector = self._retriever.vector(question)
        return self._messages.kind(vector, has_history=has_history) if self._messages else MessageKind.CONTENT
