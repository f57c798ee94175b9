"""`PostgresqlLibrary`: a library in a database, which any number of servers and indexers share."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from embeddings import Float32Array, Hit, ModelIdentity, TokenVectors, nearest_first, unpack_tokens
from qa.document import Document
from qa.exceptions import LibraryError, NotInLibraryError
from qa.library.catalogue import Catalogue
from qa.library.compounds import what_to_look_up
from qa.library.counted import CountedCatalogue
from qa.library.filters import EVERYTHING, Filters
from qa.library.postgresql import indexes, schema
from qa.library.postgresql.catalogue import VALUE_COUNTS, PostgresqlDocumentRows
from qa.library.postgresql.connections import Connections, connected
from qa.library.postgresql.moment import Moment, Parameters
from qa.library.postgresql.reading import Reader, called
from qa.library.postgresql.state import PostgresqlState
from qa.library.postgresql.words import Near, PostgresqlWordIndex
from qa.library.postgresql.work import SharedWork
from qa.library.postgresql.writer import Writer
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
from qa.library.register import Called, Found, Register
from qa.library.searching import Chosen
from qa.library.word_matches import WordMatches
from qa.library.work import Work
from qa.passage import Passage
from qa.paths import Place, shown_place
from qa.text.words import QuestionWord

if TYPE_CHECKING:
    import psycopg

RESCORED = 2
"""Times as many near passages as are wanted are scored by their stored vectors, so that a query in two bytes a component and an approximate index cost little."""


class PostgresqlLibrary:
    """An open library in a database; safe to use from several threads, and beside other programs that use the same one."""

    def __init__(self, address: str, connections: Connections) -> None:
        self._address = address
        self._connections = connections
        self._lock = threading.Lock()
        self._remembered: tuple[str, Register, CountedCatalogue] | None = None
        self._settling = indexes.Settling(address)
        with connections.reading() as moment:
            self.identity = ModelIdentity(**json.loads(Reader(moment).identity()))
            self._id = moment.facts.library_id
            self.state = PostgresqlState(connections, moment.facts.library_id)
            """What people have given to it, and what was fitted for it."""

    def __repr__(self) -> str:
        n_documents, n_passages = self.counts()
        return f"PostgresqlLibrary({self.name!r}, n_documents={n_documents}, n_passages={n_passages})"

    @staticmethod
    def exists(address: str) -> bool:
        """Tell whether there is a library at an address.

        Raises:
            LibraryError: the database cannot be reached.
        """
        with connected(address) as connection:
            return schema.has_library(connection)

    @classmethod
    def create(cls, address: str, identity: ModelIdentity, *, in_place_of_another: bool = False) -> Self:
        """Make an empty library at an address, for the vectors of one model; one that is there already may be put aside.

        Raises:
            LibraryError: the database cannot be reached or written, or holds a library already.
        """
        with connected(address) as connection:
            schema.make_tables(connection, identity, name=shown_place(address), in_place_of_another=in_place_of_another)
        return cls.open(address)

    @classmethod
    def open(cls, address: str, replica: str | None = None) -> Self:
        """Open the library at an address, and let readers go to a replica of it, if one is named.

        Raises:
            LibraryError: there is none, it cannot be reached, or it is of another version of the program.
        """
        with connected(address) as connection:
            schema.check_layout(connection, name=shown_place(address))
        return cls(address, Connections.open(address, replica))

    def close(self) -> None:
        """Close it."""
        self._connections.close()

    @property
    def name(self) -> Place:
        """What it is called in a sentence."""
        return self._connections.name

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of the packages that made the library, by name."""
        with self._reading() as moment:
            versions: dict[str, str] = json.loads(Reader(moment).versions())
            return versions

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
        with self._reading() as moment:
            index = PostgresqlWordIndex(moment, filters)
            matches = WordMatches(index, words)
            index.ask_nearest(queries, RESCORED * n_nearest, matches.terms)
            likely = matches.likely(n_by_words)
            nearest = _rescored(queries, index.nearest(), n_nearest)
            chosen = Chosen.of(nearest, likely, matches, n_by_words)
            return chosen.candidates(Reader(moment).passages_with_tokens(chosen.passage_ids))

    def expect(self, words: Sequence[QuestionWord]) -> None:
        """Say, inside `reading`, that these words are searched for or looked up next: they come with the next trip."""
        with self._reading() as moment:
            terms = {term for word in words for term in word.alternatives}
            PostgresqlWordIndex(moment, EVERYTHING).expect(*what_to_look_up(terms))

    def unknown_words(self, words: Sequence[QuestionWord]) -> tuple[str, ...]:
        """Return those words, as typed, that occur nowhere in the library under any name, not even in a compound."""
        with self._reading() as moment:
            return WordMatches(PostgresqlWordIndex(moment, EVERYTHING), words).unknown()

    def counts(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages."""
        with self._reading() as moment:
            return moment.facts.n_documents, moment.facts.n_passages

    def size_bytes(self) -> int:
        """Return how much disk the library takes."""
        with self._reading() as moment:
            return Reader(moment).size_bytes()

    def nearest_report(self) -> NearestReport:
        """Return how the nearest passages are found."""
        with self._reading() as moment:
            noted = Reader(moment).noted(indexes.NOTE) if moment.facts.is_indexed else None
            return NearestReport(json.loads(noted)["recall"], is_exact=False) if noted else NearestReport()

    def catalogue(self) -> Catalogue:
        """Return the documents, to be filtered and counted; the same object until the library changes."""
        return self._known()[1]

    def register(self) -> Register:
        """Return what documents and people are called; the same object until the library changes."""
        return self._known()[0]

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        with self._reading() as moment:
            return Reader(moment).documents()

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they came."""
        with self._reading() as moment:
            return Reader(moment).document_ids()

    def records(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return the records of those of these documents that there are."""
        with self._reading() as moment:
            return Reader(moment).records(document_ids)

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        with self._reading() as moment:
            return Reader(moment).document(document_id)

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        with self._reading() as moment:
            return Reader(moment).has_document(document_id)

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""
        with self._reading() as moment:
            return Reader(moment).passages(passage_ids)

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """Return the passages of a document, in order of their start."""
        return self.passages_of_each([document_id])[document_id]

    def passages_of_each(self, document_ids: Sequence[str]) -> dict[str, list[PassageRecord]]:
        """Return the passages of each of these documents, in order of their start."""
        with self._reading() as moment:
            return Reader(moment).passages_of(document_ids)

    def token_vectors(self, passage_ids: Sequence[int]) -> list[TokenVectors]:
        """Return the token vectors of passages, in the order of the ids; positions are characters of the embedded text.

        Raises:
            NotInLibraryError: a passage is not in the library.
        """
        with self._reading() as moment:
            stored = Reader(moment).passages_with_tokens(passage_ids)
        if unknown := set(passage_ids) - stored.keys():
            raise NotInLibraryError("no_such_passage", passage_id=str(min(unknown)))
        return [unpack_tokens(stored[passage_id][1]) for passage_id in passage_ids]

    def files(self, below: Sequence[str] | None = None) -> list[FileRecord]:
        """Return the indexed files, by path: all, or those that are one of these paths or lie below one."""
        with self._reading() as moment:
            return Reader(moment).files(below)

    def files_of(self, document_id: str) -> list[FileRecord]:
        """Return the files that hold a document, by path."""
        with self._reading() as moment:
            return Reader(moment).files_of(document_id)

    def known_embeddings(self, passages: Iterable[Passage]) -> dict[bytes, StoredEmbedding]:
        """Return what the library has embedded already of these passages, by digest."""
        with self._reading() as moment:
            return Reader(moment).embeddings_by_digest(map(digest_of, passages))

    def store(
        self, *, documents: Sequence[EmbeddedDocument] = (), files: Sequence[FileRecord] = (), removed_paths: Sequence[str] = ()
    ) -> None:
        """Add documents, record which files hold them, forget paths, and drop documents that no file holds: all together or not at all; see `Library`."""
        if documents or files or removed_paths:
            self._store(documents, files, removed_paths)

    def remove_files(self, paths: Sequence[str]) -> list[DocumentRecord]:
        """Forget files, and return the documents that left the library because no other file holds them."""
        return self._store((), (), paths) if paths else []

    @contextmanager
    def sharing(self, paths: Sequence[str]) -> Iterator[Work]:
        """Share out files that are to be indexed among all programs that do so at the same time; in the end what this one has not done is given back."""
        with self._connections.errors():
            work = SharedWork(self._address, paths)
            try:
                yield work
            finally:
                work.close()

    def settle(self, *, wait: bool = True) -> None:
        """Tidy the indexes, and make that of vectors if it is time; nothing changes in what is found. It may be left to a thread of its own."""
        self._settling.now() if wait else self._settling.soon()

    def _store(
        self, documents: Sequence[EmbeddedDocument], files: Sequence[FileRecord], removed_paths: Sequence[str]
    ) -> list[DocumentRecord]:
        indexed_at = datetime.now(UTC).isoformat(timespec="seconds")

        def write(connection: "psycopg.Connection[Any]") -> list[DocumentRecord]:
            writer = Writer(connection)
            self._check_model(writer.model())
            writer.add_documents(documents, indexed_at=indexed_at)
            return writer.share(files, removed_paths)

        return self._connections.written(write)

    @contextmanager
    def _reading(self) -> Iterator[Moment]:
        with self._connections.reading() as moment:
            if moment.facts.library_id != self._id:
                self._notice_another(moment)
            yield moment

    def _notice_another(self, moment: Moment) -> None:
        """Go on with a library that was made anew, if its vectors are of the same model."""
        self._check_model(Reader(moment).identity())
        self._id = moment.facts.library_id

    def _check_model(self, model: str) -> None:
        identity = ModelIdentity(**json.loads(model))
        if identity != self.identity:
            raise LibraryError("library_made_anew", folder=self.name, model=identity)

    def _known(self) -> tuple[Register, CountedCatalogue]:
        """Return what is remembered of the state that this thread reads; each look-up is made in the moment of whoever asks."""
        with self._reading() as moment, self._lock:
            if self._remembered is None or self._remembered[0] != moment.facts.token:
                register = Register(self._called)
                rows = PostgresqlDocumentRows(self._all, self._record, lambda: self.counts()[0])
                moment.expect(VALUE_COUNTS, {}, rows.know_counts)
                self._remembered = moment.facts.token, register, CountedCatalogue(rows, register)
            return self._remembered[1:]

    def _all(self, statement: str, parameters: Parameters | None = None) -> list[Any]:
        with self._reading() as moment:
            return moment.all(statement, parameters)

    def _called(self, keys: Iterable[str], kinds: Iterable[Called]) -> list[Found]:
        with self._reading() as moment:
            return called(moment, keys, kinds)

    def _record(self, document_id: str) -> DocumentRecord | None:
        return self.records([document_id]).get(document_id)


def _rescored(queries: Float32Array, near: Near, n: int) -> list[list[int]]:
    """Return for every query the ids of the `n` nearest of the passages near it, nearest first, by products with its stored vector."""
    hits = [
        nearest_first([Hit(passage_id, float(vector @ query)) for passage_id, vector in found])[:n]
        for query, found in zip(queries, near, strict=True)
    ]
    return [[hit.id for hit in found] for found in hits]
