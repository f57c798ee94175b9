"""`SqliteLibrary`: a library in one folder, over an SQLite file and a vector index that is derived from it."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from embeddings import BoolArray, Float32Array, ModelIdentity, TokenVectors, unpack_tokens
from qa.document import Document
from qa.exceptions import LibraryError, NotInLibraryError
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
    digest_of,
)
from qa.library.register import Register
from qa.library.searching import Chosen
from qa.library.sqlite.files import current_file, make_file
from qa.library.sqlite.opened import OpenedFile
from qa.library.sqlite.reading import mask_of
from qa.library.state import StateFolder
from qa.library.word_matches import WordMatches
from qa.library.work import OwnWork, Work
from qa.passage import Passage
from qa.paths import Place
from qa.text.words import QuestionWord

_BUILT = "vector_index"


class SqliteLibrary:
    """An open library in a folder; safe to use from several threads, and beside other programs that use the same folder."""

    def __init__(self, folder: Path, file: OpenedFile) -> None:
        self.folder = folder
        self.identity = file.identity
        self.state = StateFolder(folder)
        """What people have given to it, and what was fitted for it."""
        self._file = file
        self._opening = threading.Lock()
        self._here = threading.local()
        self._settling = threading.Lock()

    def __repr__(self) -> str:
        n_documents, n_passages = self.counts()
        return f"SqliteLibrary({str(self.folder)!r}, n_documents={n_documents}, n_passages={n_passages})"

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether there is a library in `folder`."""
        return current_file(folder) is not None

    @classmethod
    def create(cls, folder: Path, identity: ModelIdentity, *, in_place_of_another: bool = False) -> Self:
        """Make an empty library in `folder`, for the vectors of one model; one that is there already may be set aside.

        Raises:
            LibraryError: the folder cannot be written, or holds a library already.
        """
        make_file(folder, identity, in_place_of_another=in_place_of_another)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the library in `folder`.

        Raises:
            LibraryError: there is none, it is damaged, or it is of another version of the program.
        """
        path = current_file(folder)
        if path is None:
            raise LibraryError("no_library", folder=folder)
        return cls(folder, OpenedFile.open(path))

    def close(self) -> None:
        """Close it."""
        self._file.connections.close()

    @property
    def name(self) -> Place:
        """What it is called in a sentence."""
        return self.folder

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of the packages that made the library, by name."""
        with self._reading() as file:
            return file.reader.noted("versions")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let everything that this thread reads in the block be of one moment; blocks may lie in each other."""
        with self._reading():
            yield

    def search(
        self,
        queries: Float32Array,
        words: Sequence[QuestionWord],
        *,
        n_nearest: int,
        n_by_words: int,
        filters: Filters = EVERYTHING,
    ) -> list[list[Candidate]]:
        """Return for every query the passages nearest to it, nearest first, and after these the others whose words match best; see `Library`."""
        with self._reading() as file:
            among = self._among(file, filters)
            nearest = [[hit.id for hit in hits] for hits in file.neighbours.search(queries, n_nearest, among)]
            matches = WordMatches(file.words(among), words)
            chosen = Chosen.of(nearest, matches.likely(n_by_words), matches, n_by_words)
            return chosen.candidates(file.reader.passages_with_tokens(chosen.passage_ids))

    def _among(self, file: OpenedFile, filters: Filters) -> BoolArray | None:
        return mask_of(file.reader.ranges(filters), file.reader.last_passage() + 1) if filters else None

    def expect(self, words: Sequence[QuestionWord]) -> None:
        """Say that these words are searched for next; here that saves nothing."""

    def unknown_words(self, words: Sequence[QuestionWord]) -> tuple[str, ...]:
        """Return those words, as typed, that occur nowhere in the library under any name, not even in a compound."""
        with self._reading() as file:
            return WordMatches(file.words(), words).unknown()

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        with self._reading() as file:
            return file.reader.counts()

    def size_bytes(self) -> int:
        """Return how much disk the library takes."""
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())

    def nearest_report(self) -> NearestReport:
        """Return how the nearest passages are found."""
        with self._reading() as file:
            built = file.reader.noted(_BUILT)
            return NearestReport(built["recall"], is_exact=False) if built else NearestReport()

    def catalogue(self) -> Catalogue:
        """Return the documents, to be filtered and counted; the same object until the library changes."""
        with self._reading() as file:
            return file.remembered()[1]

    def register(self) -> Register:
        """Return what documents and people are called; the same object until the library changes."""
        with self._reading() as file:
            return file.remembered()[0]

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        with self._reading() as file:
            return file.reader.documents()

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they came."""
        with self._reading() as file:
            return file.reader.document_ids()

    def records(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return the records of those of these documents that there are."""
        with self._reading() as file:
            return file.reader.records(document_ids)

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        with self._reading() as file:
            return file.reader.document(document_id)

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        with self._reading() as file:
            return file.reader.has_document(document_id)

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""
        with self._reading() as file:
            return file.reader.passages(passage_ids)

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document, in order of their start."""
        with self._reading() as file:
            return file.reader.passages_of(document_id)

    def passages_of_each(self, document_ids: Sequence[str]) -> dict[str, list[PassageRecord]]:
        """Return the passages of each of these documents, in order of their start."""
        with self._reading() as file:
            return {document_id: file.reader.passages_of(document_id) for document_id in document_ids}

    def token_vectors(self, passage_ids: Sequence[int]) -> list[TokenVectors]:
        """Return the token vectors of passages, in the order of the ids; positions are characters of the embedded text.

        Raises:
            NotInLibraryError: a passage is not in the library.
        """
        with self._reading() as file:
            stored = file.reader.passages_with_tokens(passage_ids)
        if unknown := set(passage_ids) - stored.keys():
            raise NotInLibraryError("no_such_passage", passage_id=str(min(unknown)))
        return [unpack_tokens(stored[passage_id][1]) for passage_id in passage_ids]

    def files(self, below: Sequence[str] | None = None) -> list[FileRecord]:
        """Return the indexed files, by path: all, or those that are one of these paths or lie below one."""
        with self._reading() as file:
            return file.reader.files(below)

    def files_of(self, document_id: str) -> list[FileRecord]:
        """Return the files that hold a document, by path."""
        with self._reading() as file:
            return file.reader.files_of(document_id)

    def known_embeddings(self, passages: Iterable[Passage]) -> dict[bytes, StoredEmbedding]:
        """Return what the library has embedded already of these passages, by digest."""
        with self._reading() as file:
            return file.reader.embeddings_by_digest(map(digest_of, passages))

    def store(
        self, *, documents: Sequence[EmbeddedDocument] = (), files: Sequence[FileRecord] = (), removed_paths: Sequence[str] = ()
    ) -> None:
        """Add documents, record which files hold them, forget paths, and drop documents that no file holds: all together or not at all; see `Library`."""
        if documents or files or removed_paths:
            self._store(documents, files, removed_paths)

    def _store(
        self, documents: Sequence[EmbeddedDocument], files: Sequence[FileRecord], removed_paths: Sequence[str]
    ) -> list[DocumentRecord]:
        """Store, and return the records of the documents that left the library."""
        indexed_at = datetime.now(UTC).isoformat(timespec="seconds")
        while True:
            file = self._newest()
            with file.writing() as writer:
                if current_file(self.folder) != file.path:  # it has been made anew since we looked
                    continue
                for embedded in documents:
                    writer.add_document(embedded, indexed_at=embedded.indexed_at or indexed_at)
                for stored in files:
                    writer.put_file(stored)
                writer.remove_files(removed_paths)
                return writer.finish()

    def remove_files(self, paths: Sequence[str]) -> list[DocumentRecord]:
        """Forget files, and return the documents that left the library because no other file holds them."""
        return self._store((), (), paths) if paths else []

    @contextmanager
    def sharing(self, paths: Sequence[str]) -> Iterator[Work]:
        """Give files that are to be indexed; others that index into the same folder do so by themselves."""
        yield OwnWork(paths)

    def settle(self, *, wait: bool = True) -> None:
        """Merge what came in parts, if it is time; nothing changes in what is found. It may be left to a thread of its own."""
        if wait:
            with self._settling:
                self._settle()
        elif self._settling.acquire(blocking=False):
            threading.Thread(target=self._settle_and_release, name="settling", daemon=True).start()

    def _settle_and_release(self) -> None:
        try:
            self._settle()
        except LibraryError:  # closed meanwhile, or there is no room: questions find the same without it
            pass
        finally:
            self._settling.release()

    def _settle(self) -> None:
        with self._reading() as file:
            is_due = file.neighbours.is_due()
            built = file.neighbours.compact() if is_due else None
        with file.writing() as writer:
            writer.merge_words()
            if is_due:
                writer.note(_BUILT, asdict(built) if built else {})

    @contextmanager
    def _reading(self) -> Iterator[OpenedFile]:
        """Give the file that this thread reads from, in one transaction."""
        file: OpenedFile | None = getattr(self._here, "file", None)
        if file is not None:
            yield file
            return
        file = self._newest()
        with file.connections.reading():
            self._here.file = file
            try:
                yield file
            finally:
                self._here.file = None

    def _newest(self) -> OpenedFile:
        """Return the library's file, opened; another one if it has been made anew."""
        path = current_file(self.folder)
        if path == self._file.path or path is None:
            return self._file
        with self._opening:
            if path != self._file.path:
                opened, before = OpenedFile.open(path), self._file
                if opened.identity != self.identity:
                    raise LibraryError("library_made_anew", folder=self.folder, model=opened.identity)
                self._file = opened
                before.connections.close()
            return self._file
