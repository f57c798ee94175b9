"""`Answerer`: the one way from a question to an answer, for the command line, the page and the evaluation alike.

1. The message is understood. A greeting gets a line, a question about the library a number or a list, and a paper or a person alone is shown.
2. Otherwise passages are retrieved, first in the documents that it names, then in all; where it or its reader limits the documents, in these only. Two questions in
   one message are answered one by one. A word that occurs nowhere is read without its slip, if that gives one that does.
3. It is judged how sure the answer is, and each passage. Only a message that is certainly about something else is shown nothing.
4. The passages are quoted and cited, those that say the same under the newest of them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from embeddings import Embedder
from qa.answer import Answer, Certainty, Citation, MessageKind, Relevance
from qa.answering.about_source import said_by_source
from qa.answering.citing import cite, cite_directly
from qa.answering.judging import Judgement, judge
from qa.answering.naming import passages_to_show
from qa.answering.pairs import follow_pointers, with_questions
from qa.answering.replies import example_questions, library_reply, social_reply
from qa.calibration import Calibration, calibration_of
from qa.calibration.calibration import FILE_NAME
from qa.calibration.far_off import far_off_of
from qa.conversation import Earlier
from qa.document import Kind
from qa.exceptions import LibraryError, QuestionError
from qa.library import Library, PassageRecord
from qa.library.filters import EVERYTHING, Filters
from qa.parliament.person_names import person_keys
from qa.retrieval import Retrieval, Retriever
from qa.understanding import Recognised, Understander, Understanding
from qa.understanding.asked_for import asked_for
from qa.understanding.message_model import message_model_of
from qa.understanding.messages import names_subject
from qa.understanding.parts import years_in
from qa.understanding.slips import without_slips
from qa.understanding.source_question import AskedOfSource
from qa.wording import answers as messages
from qa.wording import filters as filter_wording

MAX_QUESTION = 2000
MAX_TOP_K = 50
DEFAULT_TOP_K = 5
N_JUDGED = MAX_TOP_K
"""Passages that are judged, however few are shown: those that say the same are folded, and fewer citations must be the first of more."""

N_OPEN, N_OPEN_UNCLEAR = 3, 2
"""Citations that are worth reading at once: measured, for one question in five the right passage is second or third."""

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
        self._library = library
        self._calibration = calibration or calibration_of(embedder.identity.name, library.state.file(FILE_NAME))
        self._retriever = Retriever(
            library, embedder, ranking=self._calibration.ranking, continuation=self._calibration.continuation.as_model()
        )
        self._far_off = far_off_of(embedder.identity)
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
            if understood.kind.is_social:
                return self._social(understood)
            if understood.kind is MessageKind.LIBRARY:
                return self._about_library(understood, top_k)
            if understood.kind is MessageKind.NAME:
                return self._what_is_named(understood, top_k)
            if understood.asked_of_source and (cited := self._cited_before(understood)):
                return self._about_source(understood, understood.asked_of_source, cited, top_k)
            parts = [
                self._understander.understand(part, history, chosen=chosen, declined=unwanted) for part in understood.parts
            ] if understood.parts != (question,) else [understood]  # fmt: skip
            if understood.kind.is_task and not names_subject(question, understood.language):
                return self._task_alone(understood, top_k)
            found = [self._found(part, top_k) for part in parts]
            answer = found[0] if len(found) == 1 else _joined(found, top_k)
            said = messages.reply(understood.kind, understood.language) if understood.kind in _SAID_FIRST else ""
            message = messages.joined(said, answer.message)
            return replace(answer, question=question, kind=understood.kind, language=understood.language, message=message)

    def _kind_by_vector(self, question: str, has_history: bool) -> MessageKind:
        vector = self._retriever.vector(question)
        return self._messages.kind(vector, has_history=has_history) if self._messages else MessageKind.CONTENT

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

    def _answered_before(self, understood: Understanding) -> PassageRecord | None:
        """Return the passage that was cited first for the question before or, where a client does not say, that is found first for it."""
        *before, last = understood.earlier
        if last.passage_ids:
            return next(iter(self._library.passages(last.passage_ids[:1])), None)
        asked = self._understander.understand(" ".join(last.question[:MAX_QUESTION].split()), before)
        found = self._retriever.retrieve(asked, filters=understood.limits).passages
        return found[0].record if found else None

    def _about_source(self, understood: Understanding, asked: AskedOfSource, cited: PassageRecord, top_k: int) -> Answer:
        said = said_by_source(self._library, cited, asked, understood.language)
        shown = [said.passage] if said.passage.passage_id == cited.passage_id else [said.passage, cited]
        spans = {said.passage.passage_id: said.span} if said.span else {}
        return self._answer(understood, said.message, cite_directly(self._library, shown[:top_k], spans=spans), Certainty.FOUND)

    def _task_alone(self, understood: Understanding, top_k: int) -> Answer:
        """Return what is said of a task that is not done here, with the passage that it is to be done with, if one was shown before."""
        cited = self._cited_before(understood) if understood.earlier else None
        if cited is None:
            return self._social(understood)
        message = messages.reply(understood.kind, understood.language)
        return self._answer(understood, message, cite_directly(self._library, [cited][:top_k]), Certainty.UNCLEAR)

    def _social(self, understood: Understanding) -> Answer:
        kind, language = understood.kind, understood.language
        offered = kind not in {MessageKind.THANKS, MessageKind.GOODBYE}
        return Answer(
            question=understood.question,
            language=language,
            refused=False,
            message=social_reply(self._library, kind, language),
            citations=(),
            kind=kind,
            certainty=Certainty.NONE,
            n_open=0,
            examples=example_questions(self._library, language) if offered else (),
        )

    def _about_library(self, understood: Understanding, top_k: int) -> Answer:
        """Return what the library holds and, where a subject is named too, what the documents meant say about it."""
        message, links = library_reply(self._library, understood)
        citations = self._found(understood, top_k).citations if _names_subject(understood.question) else ()
        return Answer(
            question=understood.question,
            language=understood.language,
            refused=False,
            message=message,
            citations=citations,
            filters=understood.applied,
            kind=MessageKind.LIBRARY,
            certainty=Certainty.NONE,
            n_open=min(len(citations), N_OPEN),
            links=links,
        )

    def _what_is_named(self, understood: Understanding, top_k: int) -> Answer:
        within = self._library.catalogue().documents_matching(understood.chosen) if understood.chosen else None
        passages, lacking = passages_to_show(self._library, understood.named, understood.language, top_k, within=within)
        citations = cite_directly(self._library, passages)
        said = messages.named(understood.language) if citations else ""
        message = messages.joined(understood.named.missing, lacking, said)
        certainty = Certainty.FOUND if citations else Certainty.NONE
        answer = self._answer(understood, message or self._message(understood, certainty), citations, certainty)
        return replace(answer, n_open=len(citations))

    def _found(self, understood: Understanding, top_k: int) -> Answer:
        corrected = ""
        retrieval, judgement = self._retrieve(understood, self._places(understood))
        unknown = () if judgement.is_likely else self._library.unknown_words(retrieval.words)
        if unknown and (mended := without_slips(understood.question, unknown, self._library, understood.language)):
            again = self._understander.again(understood, mended)
            retrieval, second = self._retrieve(again, self._places(again))
            if second.passages:
                judgement, corrected = second, messages.corrected(understood.language, mended)
        years = understood.years if not understood.recognised.applied else ()
        missing = years if years and judgement.passages and not _is_about(judgement, years, self._date) else ()
        if missing:
            judgement = judgement.at_most(Certainty.PROBABLE)
        if understood.kind.is_task and judgement.certainty is Certainty.PROBABLE:
            judgement = judgement.at_most(
                Certainty.UNCLEAR
            )  # it was asked to do something, so nothing that is shown is what was looked for
        citations = cite(
            self._library,
            follow_pointers(judgement.passages),
            top_k,
            wanted=asked_for(understood.question),
            words=understood.words,
        )
        said_years = messages.other_years(understood.language, missing, _years_of(citations)) if missing else ""
        said = self._message(understood, judgement.certainty)
        message = messages.joined(understood.named.missing, corrected, said_years, said)
        return self._answer(understood, message, citations, judgement.certainty, () if citations else unknown)

    def _date(self, document_id: str) -> str:
        return self._library.catalogue().date(document_id) or ""

    def _kind_of(self, document_id: str) -> Kind | None:
        record = self._library.catalogue().record(document_id)
        return record.metadata.kind if record else None

    def _answer(
        self,
        understood: Understanding,
        message: str,
        citations: tuple[Citation, ...],
        certainty: Certainty,
        unknown: tuple[str, ...] = (),
    ) -> Answer:
        return Answer(
            question=understood.question,
            language=understood.language,
            refused=not citations,
            message=message,
            citations=with_questions(self._library, citations),
            unknown_words=unknown,
            filters=understood.applied,
            kind=understood.kind,
            certainty=certainty,
            n_open=_n_open(citations, certainty),
        )

    def _places(self, understood: Understanding) -> list[Filters]:
        """Return where to look, one after the other until something likely is found."""
        limits, leading = understood.limits, understood.named.document_ids
        narrow = limits.narrowed(leading) if leading else limits
        is_possible = narrow.document_ids and narrow != limits and self._library.catalogue().n_matching(narrow)
        return [narrow, limits] if is_possible else [limits]

    def _retrieve(self, understood: Understanding, places: Sequence[Filters]) -> tuple[Retrieval, Judgement]:
        """Return what was found in the first of these places that has something likely, or in the last, and what of it is worth showing."""
        *firsts, last = places
        leads = self._leading(understood)

        def before() -> PassageRecord | None:
            return self._answered_before(understood)

        for place in firsts:
            retrieval = self._retriever.retrieve(understood, filters=place, leads=leads, before=before)
            judgement = self._judge(retrieval, understood)
            if judgement.is_likely:
                return retrieval, judgement
        retrieval = self._retriever.retrieve(understood, filters=last, leads=leads, before=before)
        return retrieval, self._judge(retrieval, understood)

    def _leading(self, understood: Understanding) -> Callable[[PassageRecord], bool]:
        """Return what tells passages of documents that the question only seems to ask of, and what someone who is named says in a debate."""
        catalogue, limits = self._library.catalogue(), understood.limits
        documents = {one for part in understood.recognised.suggested for one in catalogue.documents_matching(limits.joined(part))}
        names = {key for person in understood.named.people for key in person_keys(person.name)}

        def leads(record: PassageRecord) -> bool:
            speaker = record.passage.speaker
            return record.document_id in documents or bool(speaker and names.intersection(person_keys(speaker.name)))

        return leads

    def _judge(self, retrieval: Retrieval, understood: Understanding) -> Judgement:
        return judge(
            retrieval,
            self._calibration,
            question=understood.question,
            language=understood.language,
            n_judged=N_JUDGED,
            kind_of=self._kind_of,
            far_off=self._far_off,
            may_refuse=understood.kind is MessageKind.CONTENT,
            is_known=lambda: self._is_known(understood),
        )

    def _is_known(self, understood: Understanding) -> bool:
        """Tell whether a question is in words that people use: a word of its grammar, or one that occurs in the library."""
        words = understood.words
        return len(words) < len(understood.question.split()) or len(self._library.unknown_words(words)) < len(words)

    def _message(self, understood: Understanding, certainty: Certainty) -> str:
        language, limits = understood.language, understood.limits
        said = filter_wording.say_filters(limits, language, title_of=self._library.catalogue().title)
        n_documents, n_passages = self._library.counts()
        if certainty is Certainty.NONE:
            if limits:
                n_found = self._library.catalogue().n_matching(limits)
                return filter_wording.not_found(said, language, n_found=n_found, n_documents=n_documents)
            return messages.elsewhere(language, n_documents=n_documents, n_passages=n_passages)
        message = messages.above(certainty, language)
        return filter_wording.limited(message, said, language) if limits else message


def _n_open(citations: Sequence[Citation], certainty: Certainty) -> int:
    """Return how many citations are worth reading at once: those better than weak, all strong ones, else at most `N_OPEN`; few where no answer is clear."""
    if certainty is Certainty.UNCLEAR:
        return min(len(citations), N_OPEN_UNCLEAR)
    n_strong = sum(citation.relevance is Relevance.STRONG for citation in citations)
    n_better = sum(citation.relevance is not Relevance.WEAK for citation in citations)
    return max(n_strong, min(n_better, N_OPEN), min(len(citations), 1))


def _joined(answers: Sequence[Answer], top_k: int) -> Answer:
    """Return the answers to the parts of a message as one: what is open of each first, every citation under its part."""
    share = max(1, -(-top_k // len(answers)))
    opened, folded = (
        [
            replace(one, part=answer.question)
            for answer in answers
            for one in answer.citations[:share]
            if (one.number <= answer.n_open) is open_
        ]
        for open_ in (True, False)
    )
    of_parts = [*opened, *folded]
    once = {citation.passage_id: citation for citation in reversed(of_parts)}
    kept = [citation for citation in of_parts if once[citation.passage_id] is citation][:top_k]
    citations = tuple(replace(citation, number=number) for number, citation in enumerate(kept, start=1))
    certainty = min(
        (answer.certainty for answer in answers if answer.citations), key=list(Certainty).index, default=Certainty.NONE
    )
    message = next((answer.message for answer in answers if answer.certainty is certainty), answers[0].message)
    n_open = sum(one in opened for one in kept)
    return replace(answers[0], refused=not citations, message=message, citations=citations, certainty=certainty, n_open=n_open)


def _names_subject(question: str) -> bool:
    return re.search(r"\b(?:over|about|on)\s+\S", question, re.IGNORECASE) is not None


def _is_about(judgement: Judgement, years: Sequence[int], date_of: Callable[[str], str]) -> bool:
    """Tell whether one of the first passages speaks of one of the years, or stands in a document of that year."""
    records = [one.scored.record for one in judgement.passages[:N_OPEN]]
    return any(
        str(year) in record.passage.embedding_text or date_of(record.document_id).startswith(str(year))
        for record in records
        for year in years
    )


def _years_of(citations: Sequence[Citation]) -> list[int]:
    """Return the years that the first citations speak of, or else those of their documents."""
    first = citations[:N_OPEN]
    said = {year for citation in first for year in years_in(citation.quote)} or {
        int(citation.date[:4]) for citation in first if citation.date
    }
    return sorted(said)
