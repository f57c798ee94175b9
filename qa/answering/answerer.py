"""`Answerer`: the one way from a question to an answer, for the command line, the page and the evaluation alike.

1. The question is understood. If it only names papers or people, these are the answer.
2. Otherwise passages are retrieved, first in the documents that it names, then in all; where it or its reader limits the documents, in these only.
3. Each gets the probability that it holds the answer. If none is likely enough, the answer is a refusal, which says what was searched.
4. The others are quoted and cited, those that say the same under the newest of them.
"""

from collections.abc import Sequence

from embeddings import Embedder
from qa.answer import Answer, Citation, Language, Relevance
from qa.answering.about_source import said_by_source
from qa.answering.citing import JudgedPassage, cite, cite_directly
from qa.answering.naming import passages_to_show
from qa.answering.pairs import follow_pointers, with_questions
from qa.calibration import Calibration, calibration_of
from qa.conversation import Earlier
from qa.exceptions import LibraryError, QuestionError
from qa.library import Library, PassageRecord
from qa.library.filters import EVERYTHING, Filters
from qa.retrieval import Retrieval, Retriever
from qa.understanding import Recognised, Understander, Understanding
from qa.understanding.asked_for import asked_for
from qa.understanding.source_question import AskedOfSource
from qa.wording import answers as messages
from qa.wording import filters as filter_wording

MAX_QUESTION = 2000
MAX_TOP_K = 50
DEFAULT_TOP_K = 5
N_JUDGED = MAX_TOP_K
"""Passages that are judged, however few are shown: those that say the same are folded, and fewer citations must be the first of more."""

N_DECIDING = 5
"""Passages by the best of which it is decided whether the documents say anything about the question."""


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
        self._library = library
        self._calibration = calibration or calibration_of(embedder.identity.name, library.state.path)
        self._retriever = Retriever(
            library, embedder, ranking=self._calibration.ranking, continuation=self._calibration.continuation.as_model()
        )
        self._understander = Understander(library)

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
            understood = self._understander.understand(
                question, history, chosen=filters or EVERYTHING, declined=declined or EVERYTHING
            )
            if understood.named.is_only:
                return self._what_is_named(understood, top_k)
            if understood.asked_of_source and (cited := self._cited_before(understood)):
                return self._about_source(understood, understood.asked_of_source, cited, top_k)
            return self._found(understood, top_k)

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names, also while it is being typed."""
        return self._understander.recognise(question)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        if self._library.counts()[1]:
            self._retriever.retrieve(self._understander.understand("Wat?"))

    def _cited_before(self, understood: Understanding) -> PassageRecord | None:
        """Return the passage that was cited first for the question before, if any was; where a client does not know it, it is found again."""
        *before, last = understood.earlier
        passage_ids: Sequence[int] = last.passage_ids
        if not passage_ids:
            try:
                passage_ids = [
                    citation.passage_id for citation in self.ask(last.question[:MAX_QUESTION], before, top_k=1).citations
                ]
            except QuestionError:
                return None
        return next(iter(self._library.passages(passage_ids[:1])), None)

    def _about_source(self, understood: Understanding, asked: AskedOfSource, cited: PassageRecord, top_k: int) -> Answer:
        said = said_by_source(self._library, cited, asked, understood.language)
        shown = [said.passage] if said.passage.passage_id == cited.passage_id else [said.passage, cited]
        spans = {said.passage.passage_id: said.span} if said.span else {}
        return self._answer(understood, said.message, cite_directly(self._library, shown[:top_k], spans=spans))

    def _what_is_named(self, understood: Understanding, top_k: int) -> Answer:
        within = self._library.catalogue().documents_matching(understood.chosen) if understood.chosen else None
        passages, lacking = passages_to_show(self._library, understood.named, understood.language, top_k, within=within)
        citations = cite_directly(self._library, passages)
        said = messages.named(understood.language) if citations else ""
        message = messages.joined(understood.named.missing, lacking, said)
        return self._answer(understood, message or self._message(understood, ()), citations)

    def _found(self, understood: Understanding, top_k: int) -> Answer:
        retrieval, judged = self._retrieve(understood, self._places(understood))
        citations = cite(
            self._library, follow_pointers(judged), top_k, wanted=asked_for(understood.question), words=understood.words
        )
        unknown = () if citations else self._library.unknown_words(retrieval.words)
        message = messages.joined(understood.named.missing, self._message(understood, citations))
        return self._answer(understood, message, citations, unknown)

    def _answer(
        self, understood: Understanding, message: str, citations: tuple[Citation, ...], unknown: tuple[str, ...] = ()
    ) -> Answer:
        return Answer(
            question=understood.question,
            language=understood.language,
            refused=not citations,
            message=message,
            citations=with_questions(self._library, citations),
            unknown_words=unknown,
            filters=understood.applied,
        )

    def _places(self, understood: Understanding) -> list[Filters]:
        """Return where to look, one after the other until something likely is found."""
        limits, leading = understood.limits, understood.named.document_ids
        narrow = limits.narrowed(leading) if leading else limits
        is_possible = narrow.document_ids and narrow != limits and self._library.catalogue().n_matching(narrow)
        return [narrow, limits] if is_possible else [limits]

    def _retrieve(self, understood: Understanding, places: Sequence[Filters]) -> tuple[Retrieval, list[JudgedPassage]]:
        """Return what was found in the first of these places that has something likely, or in the last, and what of it is worth showing."""
        *firsts, last = places
        for place in firsts:
            retrieval = self._retriever.retrieve(understood, filters=place)
            judged = self._judge(retrieval, understood.language)
            if any(one.relevance is not Relevance.WEAK for one in judged):
                return retrieval, judged
        retrieval = self._retriever.retrieve(understood, filters=last)
        return retrieval, self._judge(retrieval, understood.language)

    def _judge(self, retrieval: Retrieval, language: Language) -> list[JudgedPassage]:
        """Return the passages worth showing, best first; none if no passage is likely enough to answer."""
        passages = retrieval.passages[:N_JUDGED]
        fitted = self._calibration.languages.get(language)
        if fitted is None:
            return [JudgedPassage(one, float(one.signals[:2].mean()), Relevance.POSSIBLE) for one in passages]
        if fitted.answerability.probability(retrieval.passages, N_DECIDING) < fitted.refusal:
            return []
        probabilities = fitted.relevance.probabilities(retrieval.passages, len(passages))
        return [
            JudgedPassage(one, probability, self._calibration.in_words(probability))
            for one, probability in zip(passages, probabilities, strict=True)
        ]

    def _message(self, understood: Understanding, citations: Sequence[Citation]) -> str:
        language, limits = understood.language, understood.limits
        said = filter_wording.say_filters(limits, language, title_of=self._library.catalogue().title)
        n_documents, n_passages = self._library.counts()
        if not citations:
            if limits:
                n_found = self._library.catalogue().n_matching(limits)
                return filter_wording.not_found(said, language, n_found=n_found, n_documents=n_documents)
            return messages.not_found(language, n_documents=n_documents, n_passages=n_passages)
        unsure = all(citation.relevance is Relevance.WEAK for citation in citations)
        message = messages.closest(language) if unsure else messages.found(language)
        return filter_wording.limited(message, said, language) if limits else message
