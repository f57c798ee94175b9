"""`Library`: documents and their passages, and the passages nearest to a vector.

SQLite holds everything. The vector index is derived from it: read from a file named after the library's revision where there is one, else made
from the stored vectors, and caught up whenever another program has changed the library since.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, RLock
from typing import Self

import numpy as np
import platformdirs

from embeddings import Float32Array, Hit, ModelIdentity, TokenVectors, VectorIndex, VectorIndexError, unpack_tokens
from qa.document import Document
from qa.exceptions import LibraryError
from qa.library.database import Database
from qa.library.facets import Catalogue
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding
from qa.library.word_matches import WordMatches
from qa.passage import Passage
from qa.text.words import QuestionWord

DATABASE_NAME = "library.sqlite3"


@dataclass(frozen=True)
class EmbeddedDocument:
    """A document ready to be stored, with one embedding for each passage."""

    document: Document
    passages: Sequence[Passage]
    embeddings: Sequence[StoredEmbedding]


def default_folder() -> Path:
    """Return where the library is unless the user says otherwise: in the user's data folder."""
    return platformdirs.user_data_path("bronvraag") / "library"


def digest_of(passage: Passage) -> bytes:
    """Return 16 bytes that stand for what is embedded of a passage: the same context and text, the same digest."""
    return hashlib.sha256(f"{len(passage.context)}:{passage.embedding_text}".encode("utf-8", errors="surrogatepass")).digest()[
        :16
    ]


class Library:
    """An open library in a folder; safe to use from several threads, and beside other programs that use the same folder."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._identity = database.identity
        self._index: VectorIndex | None = None
        self._index_revision = -1
        self._catalogue = Catalogue(())
        self._catalogue_revision = -1
        self._catalogue_lock = Lock()
        self._lock = RLock()

    def __repr__(self) -> str:
        n_documents, n_passages = self.counts()
        return f"Library({str(self.folder)!r}, n_documents={n_documents}, n_passages={n_passages})"

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether there is a library in `folder`."""
        return (folder / DATABASE_NAME).exists()

    @classmethod
    def create(cls, folder: Path, identity: ModelIdentity) -> Self:
        """Make an empty library in `folder`, for the vectors of one model.

        Raises:
            LibraryError: the folder cannot be written, or holds a library already.
        """
        if cls.exists(folder):
            raise LibraryError("library_exists", folder=folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError("folder_not_made", folder=folder, reason=error.strerror) from error
        draft = folder / f"{DATABASE_NAME}.part"
        draft.unlink(missing_ok=True)
        Database.create(draft, identity).close()
        draft.replace(folder / DATABASE_NAME)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the library in `folder`.

        Raises:
            LibraryError: there is none, it is damaged, or it is of another version of the program.
        """
        return cls(folder, Database.open(folder / DATABASE_NAME))

    @staticmethod
    def retire(folder: Path) -> None:
        """Set the library in `folder` aside under other names, so that a new one can be made; the one set aside before is deleted."""
        for path in [*folder.glob(f"{DATABASE_NAME}*"), *folder.glob("vectors-*.faiss")]:
            if not path.name.startswith("previous-"):
                path.replace(path.with_name(f"previous-{path.name}"))

    def close(self) -> None:
        """Close it."""
        self._database.close()

    @property
    def identity(self) -> ModelIdentity:
        """The model that made the vectors."""
        return self._identity

    @property
    def revision(self) -> int:
        """A number that every change to the library raises."""
        return self._database.revision

    def require_model(self, identity: ModelIdentity) -> None:
        """Refuse a model other than the library's own.

        Raises:
            LibraryError: their vectors cannot be compared.
        """
        if identity != self._identity:
            raise LibraryError("library_other_model", folder=self.folder, model=self._identity, other=identity)

    @property
    def versions(self) -> dict[str, str]:
        """The versions of the packages that made the library, by name."""
        return self._database.versions

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        return self._database.counts()

    def size_bytes(self) -> int:
        """Return how much disk the library takes."""
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())

    def files(self) -> list[FileRecord]:
        """Return every indexed file, by path."""
        return self._database.files()

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        return self._database.documents()

    def catalogue(self) -> Catalogue:
        """Return the records of all documents, to be filtered and counted; made anew when the library has changed."""
        revision = self._database.revision
        with self._catalogue_lock:
            if revision != self._catalogue_revision:
                self._catalogue, self._catalogue_revision = Catalogue(self.documents()), revision
            return self._catalogue

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        return self._database.document(document_id)

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        return self._database.has_document(document_id)

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""
        return self._database.passages(passage_ids=passage_ids)

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document, in order of their start."""
        return self._database.passages(document_id=document_id)

    def nearest(self, queries: Float32Array, top_k: int, *, among: Collection[int] | None = None) -> list[list[Hit]]:
        """Return for every query the `top_k` passages nearest to it, nearest first.

        Args:
            queries: `(n_queries, dim)` float32, unit rows.
            top_k: at least 1.
            among: ids of the passages to choose from; without it, all.
        """
        with self._lock:
            return self._current_index().search(queries, top_k, among=among)

    def word_hits(self, words: Sequence[QuestionWord], k: int, among: Collection[int] | None = None) -> list[Hit]:
        """Return the at most `k` passages (of those in `among`, if given) whose words match best, best first; scores as of `word_scores`."""
        return WordMatches(self._database.words).hits(words, k, among)

    def word_scores(self, words: Sequence[QuestionWord], passage_ids: Sequence[int]) -> Float32Array:
        """Return how well the words of passages match a question's, `(n_passages,)` float32 in [0, 1), in the order of the ids."""
        return WordMatches(self._database.words).scores(words, passage_ids)

    def unknown_words(self, words: Sequence[QuestionWord]) -> tuple[str, ...]:
        """Return those words, as typed, that occur nowhere in the library under any name, not even in a compound."""
        return WordMatches(self._database.words).unknown(words)

    def passage_ids_of(self, document_ids: Iterable[str]) -> frozenset[int]:
        """Return the ids of all passages of these documents."""
        return self._database.passage_ids_of(document_ids)

    def token_vectors(self, passage_ids: Sequence[int]) -> list[TokenVectors]:
        """Return the token vectors of passages, in the order of the ids; positions are characters of the embedded text.

        Raises:
            LibraryError: a passage is not in the library.
        """
        packed = self._database.packed_tokens(passage_ids)
        if unknown := set(passage_ids) - packed.keys():
            raise LibraryError("no_such_passage", passage_id=str(min(unknown)))
        return [unpack_tokens(packed[passage_id]) for passage_id in passage_ids]

    def known_embeddings(self, passages: Iterable[Passage]) -> dict[bytes, StoredEmbedding]:
        """Return what the library has embedded already of these passages, by digest."""
        return self._database.embeddings_by_digest(map(digest_of, passages))

    def store(
        self, *, documents: Sequence[EmbeddedDocument] = (), files: Sequence[FileRecord] = (), removed_paths: Sequence[str] = ()
    ) -> None:
        """Add documents, record which files hold them, forget paths, and drop documents that no file holds: all together or not at all."""
        if not (documents or files or removed_paths):
            return
        indexed_at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.writing() as writer:
            for embedded in documents:
                writer.add_document(embedded.document, embedded.passages, embedded.embeddings, indexed_at=indexed_at)
            for file in files:
                writer.put_file(file)
            writer.remove_files(removed_paths)
            writer.remove_orphans()

    def remove_files(self, paths: Sequence[str]) -> list[DocumentRecord]:
        """Forget files, and return the documents that left the library because no other file holds them."""
        before = self.documents()
        self.store(removed_paths=paths)
        return [record for record in before if not self.has_document(record.document_id)]

    def save_index(self) -> None:
        """Keep the vector index in a file, so that the next start need not make it, and merge the word index."""
        self._database.merge_words()
        with self._lock:
            index = self._current_index()
            path = self._index_path(self._index_revision)
            index.save(path)
            for other in self.folder.glob("vectors-*.faiss"):
                if other != path:
                    other.unlink(missing_ok=True)

    def _current_index(self) -> VectorIndex:
        revision = self._database.revision
        if self._index is None:
            self._index = self._load_index(revision)
        if revision != self._index_revision:
            self._catch_up(self._index)
            self._index_revision = revision
        return self._index

    def _load_index(self, revision: int) -> VectorIndex:
        try:
            index = VectorIndex.load(self._index_path(revision))
        except VectorIndexError:  # none for this revision, or damaged: it is made from the library
            return VectorIndex(self._identity.dim)
        if index.dim != self._identity.dim or index.ids != self._database.passage_ids():
            return VectorIndex(self._identity.dim)
        self._index_revision = revision
        return index

    def _catch_up(self, index: VectorIndex) -> None:
        stored = self._database.passage_ids()
        index.remove(index.ids - stored)
        if missing := stored - index.ids:
            ids, vectors = self._database.vectors(missing)
            index.add(ids, np.array(vectors))

    def _index_path(self, revision: int) -> Path:
        return self.folder / f"vectors-{revision}.faiss"
