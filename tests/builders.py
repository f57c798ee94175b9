"""Builders of small documents and libraries."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings import Embedder, Float32Array
from qa.answer import Language
from qa.conversation import earlier_questions
from qa.document import Document
from qa.indexing import Indexer, IndexReport
from qa.library import Catalogue, DocumentRecord, Library, create_library
from qa.library.counted import CountedCatalogue
from qa.library.filters import EVERYTHING
from qa.library.register import Found, Register, entries_of
from qa.library.sqlite.catalogue import SqliteDocumentRows
from qa.library.sqlite.rows import put_document
from qa.library.sqlite.schema import make_tables
from qa.text.words import question_words
from qa.understanding import Named, Recognised, Understanding
from qa.understanding.mentions import mentions_of
from tests.fake_embedder import FakeEmbedder

LETTER = """Met deze brief informeer ik uw Kamer over de dijken.

Inleiding

De dijken zijn in 2021 versterkt. Dat kostte drie miljoen euro.

Vervolg

De sluizen volgen in 2025.

De Minister van Infrastructuur en Waterstaat,
J. Jansen
"""

ANSWERS = """Vragen van het lid De Vries (ABC) aan de Minister van Infrastructuur en Waterstaat over fietspaden (ingezonden 1 maart 2023).

Antwoord van Minister Jansen (Infrastructuur en Waterstaat) (ontvangen 4 april 2023).

Vraag 1
Hoeveel fietspaden zijn er?

Antwoord 1
Er zijn negentig fietspaden in het noorden.

Vraag 2
Wie betaalt ze?

Antwoord 2
De provincies betalen ze.
"""


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write files with these names and texts, and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def make_library(folder: Path, embedder: Embedder, files: dict[str, str] | None = None) -> Library:
    """Return a library in `folder/library` of files in `folder/files`."""
    library = create_library(folder / "library", embedder.identity)
    index(
        library,
        embedder,
        write_files(folder / "files", {"brief.txt": LETTER, "antwoorden.txt": ANSWERS} if files is None else files),
    )
    return library


def index(library: Library, embedder: Embedder, *paths: Path, batch_passages: int = 256) -> IndexReport:
    """Bring the library up to date with the paths."""
    return Indexer(library, embedder, batch_passages=batch_passages).index(list(paths))


def understood(question: str, history: Sequence[str] = (), language: Language = "nl") -> Understanding:
    """Return the understanding of a question that names nothing."""
    return Understanding(
        question=question,
        language=language,
        words=question_words(question, language),
        named=Named(mentions=mentions_of(question)),
        chosen=EVERYTHING,
        recognised=Recognised(),
        earlier=tuple(earlier_questions(history)),
    )


MakeLibrary = Callable[..., Library]


def nearest(library: Library, query: Float32Array, k: int) -> list[tuple[int, str]]:
    """Return the ids and texts of the `k` passages nearest to a vector, `(1, dim)` float32."""
    (found,) = library.search(query, (), n_nearest=k, n_by_words=0)
    return [(candidate.record.passage_id, candidate.record.passage.text) for candidate in found]


def register_of(records: Sequence[DocumentRecord]) -> Register:
    """Return the register of these documents."""
    ordered = sorted(sorted(records, key=lambda r: r.document_id), key=lambda r: r.metadata.date or "", reverse=True)
    found = [Found(entry, one.document_id, one.metadata.date) for one in ordered for entry in entries_of(one.metadata)]
    return Register(lambda keys, kinds: [one for one in found if one.entry.key in keys and one.entry.kind in kinds])


def catalogue_of(records: Sequence[DocumentRecord]) -> Catalogue:
    """Return the catalogue of a library that holds these documents, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    make_tables(connection, FakeEmbedder.identity)
    sources: set[str] = set()
    for record in records:
        document = Document(document_id=record.document_id, source=record.source, text="", metadata=record.metadata)
        number = put_document(connection, document, indexed_at=record.indexed_at, first_passage=0, n_passages=record.n_passages)
        source = record.source if record.source not in sources else f"/{number}"
        connection.execute("INSERT INTO files VALUES (?, ?, 0, 0)", (source, number))
        sources.add(source)
    rows = SqliteDocumentRows(lambda query, *parameters: connection.execute(query, parameters).fetchall())
    return CountedCatalogue(rows, register_of(records))
