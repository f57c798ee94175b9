"""`Engine`: what the page and the server need from the rest of the program."""

import os
from collections.abc import Sequence
from typing import Protocol

from qa.answer import Answer
from qa.document import Document
from qa.library import DocumentRecord, PassageRecord
from qa.passage import Passage

N_AT_ONCE = max(2, (os.cpu_count() or 2) // 2)
"""Questions that are answered at the same time. Each keeps about two cores busy; further readers wait their turn in a queue."""
MAX_WAITING = 64
"""Readers in that queue; one more is told to come back."""


class Engine(Protocol):
    """Answers questions and opens the documents that the answers cite. Its methods are called from several threads at once."""

    def ask(self, question: str, history: Sequence[str] = (), *, top_k: int = 5) -> Answer:
        """Return the answer to a question, given the earlier questions of the conversation, oldest first; at most `top_k` citations.

        Raises:
            BronvraagError: the question cannot be asked like this; the error's text is for the reader.
        """

    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            NotInLibraryError: there is none.
        """

    def documents(self) -> Sequence[DocumentRecord]:
        """Return a record of every document, by title."""

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Return the passages of a document in the order in which they start."""

    def passage_records(self, document_id: str) -> Sequence[PassageRecord]:
        """Return the same with their ids."""

    def passage(self, passage_id: int) -> PassageRecord:
        """Return the passage with this id.

        Raises:
            NotInLibraryError: there is none.
        """
