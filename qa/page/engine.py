"""`Engine`: what the page and the server need from the rest of the program."""

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from qa.answer import Answer
from qa.document import Document
from qa.feedback import Feedback
from qa.intake import Intake
from qa.library import Catalogue, PassageRecord
from qa.library.filters import Filters
from qa.passage import Passage
from qa.readers.pdf_picture import PagePicture

N_AT_ONCE = max(2, (os.cpu_count() or 2) // 2)
"""Questions that are answered at the same time. Each keeps about two cores busy; further readers wait their turn in a queue."""
MAX_WAITING = 64
"""Readers in that queue; one more is told to come back."""


class Engine(Protocol):
    """Answers questions and opens the documents that the answers cite. Its methods are called from several threads at once."""

    @property
    def intake(self) -> Intake | None:
        """What changes the library for those who use the page; None where they may only read."""

    def catalogue(self) -> Catalogue:
        """Return the records of all documents, to be filtered and counted."""

    def ask(self, question: str, history: Sequence[str] = (), *, top_k: int = 5, filters: Filters | None = None) -> Answer:
        """Return the answer to a question, given the earlier questions of the conversation, oldest first; at most `top_k` citations.

        With filters, only of documents that fit them.

        Raises:
            BronvraagError: the question cannot be asked like this; the error's text is for the reader.
        """

    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            NotInLibraryError: there is none.
        """

    def documents_called(self, identifiers: Collection[str]) -> Mapping[str, str]:
        """Return, for those of these official identifiers that documents have, the ids of these documents."""

    def page_picture(self, document: Document, page: int, span: tuple[int, int]) -> PagePicture:
        """Return a page of a document's file as a picture, with the places on it of a span of the document's text.

        Raises:
            FileGoneError: the file is not there any more.
            FileChangedError: it is another file than was indexed.
            ReadError: it cannot be drawn, or not within the limits.
        """

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Return the passages of a document in the order in which they start."""

    def passage_records(self, document_id: str) -> Sequence[PassageRecord]:
        """Return the same with their ids."""

    def passage(self, passage_id: int) -> PassageRecord:
        """Return the passage with this id.

        Raises:
            NotInLibraryError: there is none.
        """

    def suggestions(self, answer: Answer, history: Sequence[str]) -> Sequence[str]:
        """Return questions to go on with that the documents answer, best first; never invented ones."""

    def give_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader thinks of an answer.

        Raises:
            FeedbackError: it cannot be kept.
        """
