"""`Library`: documents and their passages, and what finds them; the seam that every kind of store meets.

Above it nobody knows what stores it: there are filters and records, no sets of ids, no files of the store, no revisions.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from embeddings import Float32Array, ModelIdentity, TokenVectors
from qa.document import Document
from qa.exceptions import LibraryError
from qa.library.catalogue import Catalogue
from qa.library.filters import EVERYTHING, Filters
from qa.library.records import (
    Candidate,
    DocumentRecord,
    EmbeddedDocument,
    FileRecord,
    NearestReport,
    PassageRecord,
    StoredEmbedding,
)
from qa.library.register import Register
from qa.library.state import LibraryState
from qa.library.work import Work
from qa.passage import Passage
from qa.paths import Place
from qa.text.words import QuestionWord


class Library(Protocol):
    """An open library; safe to use from several threads, and beside other programs that use the same one."""

    @property
    def name(self) -> Place:
        """What it is called in a sentence: the library in ..."""

    @property
    def state(self) -> LibraryState:
        """What people have given to it, and what was fitted for it."""

    @property
    def identity(self) -> ModelIdentity:
        """The model that made the vectors."""

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of the packages that made the library, by name."""

    def close(self) -> None:
        """Close it."""

    def reading(self) -> AbstractContextManager[None]:
        """Let everything that this thread reads in the block be of one moment, whatever others change; blocks may lie in each other."""

    def search(
        self,
        queries: Float32Array,
        words: Sequence[QuestionWord],
        *,
        n_nearest: int,
        n_by_words: int,
        filters: Filters = EVERYTHING,
    ) -> list[list[Candidate]]:
        """Return for every query the passages nearest to it, nearest first, and after these the others whose words match best.

        Args:
            queries: `(n_queries, dim)` float32, unit rows.
            words: of the question.
            n_nearest: at most so many by vector.
            n_by_words: at most so many by words, best first, equal ones in the order of their ids.
            filters: of the documents to look in.
        """

    def expect(self, words: Sequence[QuestionWord]) -> None:
        """Say, inside `reading`, that these words are searched for or looked up next; a library at the other end of a line then asks for them with what comes first."""

    def unknown_words(self, words: Sequence[QuestionWord]) -> tuple[str, ...]:
        """Return those words, as typed, that occur nowhere in the library under any name, not even in a compound."""

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""

    def size_bytes(self) -> int:
        """Return how much disk the library takes."""

    def nearest_report(self) -> NearestReport:
        """Return how the nearest passages are found."""

    def catalogue(self) -> Catalogue:
        """Return the documents, to be filtered and counted; the same object until the library changes."""

    def register(self) -> Register:
        """Return what documents and people are called; the same object until the library changes."""

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they came."""

    def records(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return the records of those of these documents that there are."""

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document, in order of their start."""

    def passages_of_each(self, document_ids: Sequence[str]) -> dict[str, list[PassageRecord]]:
        """Return the passages of each of these documents, in order of their start."""

    def token_vectors(self, passage_ids: Sequence[int]) -> list[TokenVectors]:
        """Return the token vectors of passages, in the order of the ids; positions are characters of the embedded text.

        Raises:
            NotInLibraryError: a passage is not in the library.
        """

    def files(self, below: Sequence[str] | None = None) -> list[FileRecord]:
        """Return the indexed files, by path: all, or those that are one of these paths or lie below one."""

    def files_of(self, document_id: str) -> list[FileRecord]:
        """Return the files that hold a document, by path."""

    def known_embeddings(self, passages: Iterable[Passage]) -> dict[bytes, StoredEmbedding]:
        """Return what the library has embedded already of these passages, by digest."""

    def store(
        self, *, documents: Sequence[EmbeddedDocument] = (), files: Sequence[FileRecord] = (), removed_paths: Sequence[str] = ()
    ) -> None:
        """Add documents, record which files hold them, forget paths, and drop documents that no file holds: all together or not at all.

        When this returns it is on the disk. A document that another program has stored meanwhile stays as it is.

        Raises:
            LibraryError: it cannot be written.
        """

    def remove_files(self, paths: Sequence[str]) -> list[DocumentRecord]:
        """Forget files, and return the documents that left the library because no other file holds them."""

    def sharing(self, paths: Sequence[str]) -> AbstractContextManager[Work]:
        """Share out files that are to be indexed among all programs that do so at the same time; in the end what this one has not done is given back."""

    def settle(self, *, wait: bool = True) -> None:
        """Do what makes later questions quick, such as merging what came in parts; nothing changes in what is found. It may be left to a thread of its own."""


def require_model(library: Library, identity: ModelIdentity) -> None:
    """Refuse a model other than the library's own.

    Raises:
        LibraryError: their vectors cannot be compared.
    """
    if identity != library.identity:
        raise LibraryError("library_other_model", folder=library.name, model=library.identity, other=identity)
