"""`Finder`: answers made from passages that are found.

1. Passages are retrieved, first in the documents that the question names, then in all; where it or its reader limits the documents, in these only. A word that
   occurs nowhere is read without its slip, if that gives one that does.
2. It is judged how sure the answer is, and each passage. Only a message that is certainly about something else is shown nothing.
3. The passages are quoted and cited, those that say the same under the newest of them.
"""

from collections.abc import Callable, Sequence
from functools import cache

from embeddings import Embedder
from qa.answer import Answer, Certainty, Citation, MessageKind
from qa.answering.citing import cite
from qa.answering.composing import N_OPEN, composed
from qa.answering.judging import Judgement, judge
from qa.answering.pairs import follow_pointers
from qa.calibration import Calibration
from qa.calibration.far_off import far_off_of
from qa.document import Kind
from qa.library import Library, PassageRecord
from qa.library.catalogue import fits
from qa.library.filters import Filters
from qa.parliament.person_names import person_keys
from qa.retrieval import Retrieval, Retriever
from qa.text.glossary import is_usual
from qa.understanding import Understander, Understanding
from qa.understanding.asked_for import asked_for
from qa.understanding.parts import years_in
from qa.understanding.slips import without_slips
from qa.wording import answers as messages
from qa.wording import filters as filter_wording

MAX_TOP_K = 50
N_JUDGED = MAX_TOP_K
"""Passages that are judged, however few are shown: those that say the same are folded, and fewer citations must be the first of more."""

Before = Callable[[Understanding], PassageRecord | None]
"""Gives the passage that answered the question before."""


class Finder:
    """Finds answers to understood questions in one library."""

    def __init__(
        self, library: Library, retriever: Retriever, embedder: Embedder, calibration: Calibration, *, before: Before
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._calibration = calibration
        self._far_off = far_off_of(embedder.identity)
        self._before = before

    def find(self, understood: Understanding, top_k: int) -> Answer:
        """Return the answer to a question about content: at most `top_k` citations, best first, or a refusal."""
        corrected = ""
        retrieval, judgement = self._retrieve(understood, self._places(understood))
        may_slip = understood.kind is not MessageKind.OTHER_LANGUAGE and (understood.is_keywords or not judgement.is_likely)
        unknown = self._library.unknown_words(retrieval.words) if may_slip else ()
        if unknown and understood.is_keywords:  # what was found holds no more than a part of it
            judgement = judgement.at_most(Certainty.PROBABLE)
        if unknown and (mended := without_slips(understood.question, unknown, self._library, understood.language)):
            again = Understander.again(understood, mended)
            retrieval, second = self._retrieve(again, self._places(again))
            # What is about something else stays so, unless all of its words are known without their slips.
            is_meant = bool(judgement.passages) or not self._library.unknown_words(retrieval.words)
            if second.passages and is_meant:
                judgement, corrected = second, messages.corrected(understood.language, mended)
        missing = self._missing_years(understood, judgement)
        judgement = judgement.at_most(understood.unheld.certainty)
        if missing:
            judgement = judgement.at_most(Certainty.PROBABLE)
        if not (understood.words or understood.earlier):
            judgement = judgement.at_most(Certainty.UNCLEAR)  # it says nothing to look for
        if understood.kind.is_task and (judgement.certainty is Certainty.PROBABLE or understood.is_keywords):
            judgement = judgement.at_most(Certainty.UNCLEAR)  # something was to be done, so nothing shown is what was looked for
        citations = cite(
            self._library,
            follow_pointers(judgement.passages),
            top_k,
            wanted=asked_for(understood.question),
            words=understood.words,
        )
        said_years = messages.other_years(understood.language, missing, _years_of(citations)) if missing else ""
        said = self.message(understood, judgement.certainty)
        unheld = understood.unheld.said(understood.language)
        message = messages.joined(understood.named.missing, unheld, corrected, said_years, said)
        return composed(self._library, understood, message, citations, judgement.certainty, unknown=() if citations else unknown)

    def message(self, understood: Understanding, certainty: Certainty) -> str:
        """Return the sentence above citations, which says how sure the answer is and what was searched."""
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

    def _places(self, understood: Understanding) -> list[Filters]:
        """Return where to look, one after the other until something likely is found."""
        limits, leading = understood.limits, understood.named.document_ids
        narrow = limits.narrowed(leading) if leading else limits
        return [narrow, limits] if narrow.document_ids and narrow != limits else [limits]

    def _retrieve(self, understood: Understanding, places: Sequence[Filters]) -> tuple[Retrieval, Judgement]:
        """Return what was found in the first of these places that has something likely, or in the last, and what of it is worth showing."""
        leads = self._leading(understood)
        for place in places:
            retrieval = self._retriever.retrieve(understood, filters=place, leads=leads, before=lambda: self._before(understood))
            judgement = self._judge(retrieval, understood)
            if judgement.is_likely:
                break
        return retrieval, judgement

    def _leading(self, understood: Understanding) -> Callable[[PassageRecord], bool]:
        """Return what tells passages of documents that the question only seems to ask of, and what someone who is named says in a debate."""
        catalogue, limits = self._library.catalogue(), understood.limits
        suggested = [limits.joined(part) for part in understood.recognised.suggested]
        names = {key for person in understood.named.people for key in person_keys(person.name)}

        @cache
        def is_suggested(document_id: str) -> bool:
            record = catalogue.record(document_id)
            return record is not None and any(fits(record, filters) for filters in suggested)

        def leads(record: PassageRecord) -> bool:
            speaker = record.passage.speaker
            return bool(suggested and is_suggested(record.document_id)) or bool(
                speaker and names.intersection(person_keys(speaker.name))
            )

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
            is_keywords=understood.is_keywords,
            is_known=lambda: self._is_known(understood),
        )

    def _kind_of(self, document_id: str) -> Kind | None:
        record = self._library.catalogue().record(document_id)
        return record.metadata.kind if record else None

    def _is_known(self, understood: Understanding) -> bool:
        """Tell whether a question is in words that people use: a word of its grammar, a usual one, or one that occurs in the library."""
        words = understood.words
        has_grammar = len(words) < len(understood.question.split())
        return has_grammar or any(is_usual(word.text) for word in words) or len(self._library.unknown_words(words)) < len(words)

    def _missing_years(self, understood: Understanding, judgement: Judgement) -> tuple[int, ...]:
        """Return the years that are asked about, where none of the first passages speaks of one of them or stands in a document of that year."""
        if not understood.years or understood.recognised.applied or not judgement.passages:
            return ()
        records = [one.scored.record for one in judgement.passages[:N_OPEN]]
        date = self._library.catalogue().date
        is_about = any(
            str(year) in record.passage.embedding_text or (date(record.document_id) or "").startswith(str(year))
            for record in records
            for year in understood.years
        )
        return () if is_about else understood.years


def _years_of(citations: Sequence[Citation]) -> list[int]:
    """Return the years that the first citations speak of, or else those of their documents."""
    first = citations[:N_OPEN]
    said = {year for citation in first for year in years_in(citation.quote)} or {
        int(citation.date[:4]) for citation in first if citation.date
    }
    return sorted(said)
