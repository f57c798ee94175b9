"""`Answerer`: the one way from a question to an answer, for the command line, the page and the evaluation alike."""

from collections.abc import Collection, Sequence

from embeddings import Embedder
from qa import filter_wording, messages
from qa.answer import Answer, Citation, Relevance
from qa.document import Document
from qa.exceptions import LibraryError, NotInLibraryError, QuestionError
from qa.feedback import Feedback, FeedbackFile
from qa.filters import Filters
from qa.formal_reference import formal_reference
from qa.intake import Intake
from qa.language import language_of
from qa.library import Catalogue, Library, PassageRecord
from qa.passage import Passage
from qa.quoting import decisive_span
from qa.readers.pdf_picture import PagePicture
from qa.relevance import Calibration, Thresholds, calibration_of
from qa.retriever import Retriever, ScoredPassage
from qa.suggestions import suggestions
from qa.workers.painter import Painter
from qa.workers.picturing import PictureRequest

MAX_QUESTION = 2000
MAX_TOP_K = 50
DEFAULT_TOP_K = 5


def check_question(question: str) -> str:
    """Return a question as it will be asked, white space tidied.

    Raises:
        QuestionError: it is empty or longer than `MAX_QUESTION` characters.
    """
    question = " ".join(question.split())
    if not question:
        raise QuestionError("The question is empty; type one in Dutch or English.")
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"The question is {len(question):,} characters long; {MAX_QUESTION:,} is the most. Ask it in a few sentences."
        )
    return question


class Answerer:
    """Answers questions from a library."""

    def __init__(
        self, library: Library, embedder: Embedder, *, calibration: Calibration | None = None, intake: Intake | None = None
    ) -> None:
        self.intake = intake
        """What changes the library for those who use it; None where they may only read."""
        self._library = library
        self._calibration = calibration or calibration_of(embedder.identity.name)
        self._retriever = Retriever(library, embedder)
        self._feedback = FeedbackFile(library.folder)
        self._painter = Painter()

    def ask(
        self, question: str, history: Sequence[str] = (), *, top_k: int = DEFAULT_TOP_K, filters: Filters | None = None
    ) -> Answer:
        """Return the answer to a question: at most `top_k` citations, best first, or a refusal.

        Args:
            question: in Dutch or English.
            history: the earlier questions of the conversation, oldest first.
            top_k: 1 to 50.
            filters: which documents to look in; without it, in all.

        Raises:
            QuestionError: the question is empty or too long, or `top_k` is out of range.
            LibraryError: the library is empty or cannot be read.
        """
        question = check_question(question)
        if not 1 <= top_k <= MAX_TOP_K:
            raise QuestionError(f"The number of citations must be 1 to {MAX_TOP_K}, not {top_k}.")
        n_documents, n_passages = self._library.counts()
        if not n_passages:
            raise LibraryError(
                f"The library in {self._library.folder} holds no documents yet; add some with `bronvraag index PATH...`."
            )
        language = language_of(question)
        chosen = self._library.catalogue().documents_matching(filters) if filters else None
        retrieval = self._retriever.retrieve(
            question,
            [earlier.strip() for earlier in history if earlier.strip()],
            among=None if chosen is None else self._library.passage_ids_of(chosen),
        )
        thresholds = self._calibration[language].for_question(retrieval.standalone_score)
        citations = self._cite(retrieval.passages[:top_k], thresholds)
        message = (
            messages.found(language)
            if citations
            else messages.not_found(language, n_documents=n_documents, n_passages=n_passages)
        )
        if filters and chosen is not None:
            said = filter_wording.say_filters(filters, language, title_of=self._library.catalogue().title)
            message = (
                filter_wording.limited(message, said, language)
                if citations
                else filter_wording.not_found(said, language, n_found=len(chosen), n_documents=n_documents)
            )
        return Answer(question=question, language=language, refused=not citations, message=message, citations=tuple(citations))

    def catalogue(self) -> Catalogue:
        """Return the records of all documents, to be filtered and counted."""
        return self._library.catalogue()

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        language_of("Wat?")
        if self._library.counts()[1]:
            self._retriever.retrieve("Wat?")

    def document(self, document_id: str) -> Document:
        """Return a document of the library.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        return self._library.document(document_id)

    def documents_called(self, identifiers: Collection[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""
        return self.catalogue().documents_called(identifiers)

    def page_picture(self, document: Document, page: int, span: tuple[int, int]) -> PagePicture:
        """Return a page of a document's file as a picture, with the places on it of a span of the document's text.

        Raises:
            ReadError: the file is gone, has changed, or cannot be drawn.
        """
        return self._painter.draw(PictureRequest.of(document, page, span))

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document, in order of start."""
        return [record.passage for record in self._library.passages_of(document_id)]

    def passage_records(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document with their ids, in order of start."""
        return self._library.passages_of(document_id)

    def passage(self, passage_id: int) -> PassageRecord:
        """Return a passage of the library.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        found = self._library.passages([passage_id])
        if not found:
            raise NotInLibraryError(f"The library holds no passage {passage_id}; it may have been changed or removed since.")
        return found[0]

    def suggestions(self, answer: Answer, history: Sequence[str]) -> list[str]:
        """Return questions to go on with that the documents answer, best first."""
        return suggestions(answer, history, self.passages)

    def give_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader thinks of an answer in the library's folder.

        Raises:
            FeedbackError: it cannot be kept.
        """
        self._feedback.append(feedback)

    def _cite(self, passages: Sequence[ScoredPassage], thresholds: Thresholds) -> list[Citation]:
        shown = [(scored, relevance) for scored in passages if (relevance := thresholds.relevance(scored.score))]
        documents = {document_id: self._library.document(document_id) for document_id in {s.record.document_id for s, _ in shown}}
        return [
            _citation(number, scored, documents[scored.record.document_id], relevance)
            for number, (scored, relevance) in enumerate(shown, start=1)
        ]


def _citation(number: int, scored: ScoredPassage, document: Document, relevance: Relevance) -> Citation:
    """Return the citation of a passage; what it quotes is cut from the document's canonical text, never taken from elsewhere."""
    passage, metadata = scored.record.passage, document.metadata
    start, end = (passage.start + offset for offset in decisive_span(scored))
    return Citation(
        number=number,
        passage_id=scored.record.passage_id,
        document_id=document.document_id,
        title=metadata.title,
        source=document.source,
        official_id=metadata.official_id,
        date=metadata.date,
        kind=metadata.kind,
        role=passage.role,
        numbers=passage.numbers,
        page=document.page_at(start),
        start=passage.start,
        end=passage.end,
        passage=document.text[passage.start : passage.end],
        quote=document.text[start:end],
        quote_start=start,
        quote_end=end,
        relevance=relevance,
        score=round(scored.score, 4),
        reference=formal_reference(metadata, passage.role, passage.numbers),
        asked_by=metadata.asked_by,
        answered_by=metadata.answered_by,
    )
