"""`Engine`: what the page needs from the rest of the program."""

from collections.abc import Sequence
from typing import Protocol

from qa.answer import Answer
from qa.document import Document
from qa.passage import Passage


class Engine(Protocol):
    """Answers questions and opens the documents that the answers cite. Its methods are called from several threads at once."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Return the answer to a question, given the earlier questions of the conversation, oldest first.

        Raises:
            BronvraagError: the question cannot be asked like this; the error's text is for the reader.
        """

    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            BronvraagError: there is none.
        """

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Return the passages of a document in the order in which they start."""
