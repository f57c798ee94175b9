"""`Desk`: everything that people and programs can do with a library: ask, read, browse, add documents, and say what they think of an answer."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.answer import Answer
from qa.answering import DEFAULT_TOP_K, Answerer
from qa.answering.suggestions import suggestions
from qa.conversation import Earlier
from qa.document import Document
from qa.exceptions import NotInLibraryError
from qa.feedback import Feedback, keep_feedback
from qa.intake import Intake
from qa.library import Catalogue, Library, PassageRecord
from qa.library.filters import Filters
from qa.library.upload_name import shown_name
from qa.observing import question_asked
from qa.passage import Passage
from qa.readers.pdf_picture import PagePicture
from qa.understanding import Recognised
from qa.workers.painter import Painter
from qa.workers.picturing import PictureRequest


class Desk:
    """What the page, the API and assistants use of a library. Its methods are called from several threads at once."""

    def __init__(self, library: Library, answerer: Answerer, *, intake: Intake | None = None) -> None:
        self.intake = intake
        """What changes the library for those who use it; None where they may only read."""
        self._library = library
        self._answerer = answerer
        self._painter = Painter()

    def ask(
        self,
        question: str,
        history: Sequence[Earlier] = (),
        *,
        top_k: int = DEFAULT_TOP_K,
        filters: Filters | None = None,
        declined: Filters | None = None,
    ) -> Answer:
        """Return the answer to a question, given the earlier ones of the conversation, oldest first; see `Answerer.ask`.

        Citations name their files without the folders on this computer, which are nobody's business elsewhere.
        """
        with question_asked(question) as facts:
            answer = self._answerer.ask(question, history, top_k=top_k, filters=filters, declined=declined)
            outcome = "refused" if answer.refused else "answered"
            facts.update(outcome=outcome, language=answer.language, n_citations=len(answer.citations))
        citations = tuple(replace(citation, source=shown_name(citation.source)) for citation in answer.citations)
        return replace(answer, citations=citations)

    def recognise(self, question: str) -> Recognised:
        """Return the filters that a question names, also while it is being typed."""
        return self._answerer.recognise(question)

    def counts(self) -> tuple[int, int]:
        """Return how many documents and how many passages the library holds."""
        return self._library.counts()

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        self._answerer.warm_up()

    def close(self) -> None:
        """End what runs beside it: the process that draws pages, and what adds documents."""
        self._painter.close()
        if self.intake is not None:
            self.intake.close()

    def catalogue(self) -> Catalogue:
        """Return the records of all documents, to be filtered and counted."""
        return self._library.catalogue()

    def document(self, document_id: str) -> Document:
        """Return a document of the library.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        return self._library.document(document_id)

    def documents_called(self, identifiers: Collection[str]) -> dict[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""
        return self.catalogue().documents_called(identifiers)

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
            raise NotInLibraryError("no_such_passage", passage_id=str(passage_id))
        return found[0]

    def page_picture(self, document: Document, page: int, span: tuple[int, int]) -> PagePicture:
        """Return a page of a document's file as a picture, with the places on it of a span of the document's text.

        Raises:
            ReadError: the file is gone, has changed, or cannot be drawn.
        """
        path = self._library.state.readable(document.source)
        return self._painter.draw(PictureRequest.of(document, page, span, path=path))

    def suggestions(self, answer: Answer, history: Sequence[str]) -> list[str]:
        """Return questions to go on with that the documents answer, best first."""
        return suggestions(answer, history, self.passages)

    def give_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader thinks of an answer beside the library.

        Raises:
            FeedbackError: it cannot be kept.
        """
        keep_feedback(self._library.state, feedback)
