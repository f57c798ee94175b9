"""Builders of small documents and libraries."""

from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings import Embedder
from qa.answer import Language
from qa.conversation import earlier_questions
from qa.indexing import Indexer, IndexReport
from qa.library import Library
from qa.library.filters import EVERYTHING
from qa.text.words import question_words
from qa.understanding import Named, Recognised, Understanding
from qa.understanding.mentions import mentions_of

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
    library = Library.create(folder / "library", embedder.identity)
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
