"""What a question costs in a library of many passages: `python -m tests.retrieval.measure FOLDER N_PASSAGES [SOURCE_LIBRARY]`.

A library of that many passages is made in the folder, once, from the real passages of another library (by default of the two documents in `seeds/`), each copy
with its vectors perturbed a little and some of its words changed. Then questions are asked in turn by the plain-vector way and by the whole way, so that
both are measured in the same minutes; the parts of the whole are measured one by one.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from embeddings import Embedder, SentenceTransformerEmbedder, TokenVectors, pack_tokens, unit_rows, unpack_tokens
from qa.answering import Answerer
from qa.indexing import Indexer
from qa.library import EmbeddedDocument, FileRecord, Library, StoredEmbedding
from qa.retrieval.signals import match
from qa.text.words import question_words

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = (
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Wie heeft die schatting gemaakt?",
    "Which organisations were consulted about the Global Compact on Migration?",
    "Welke landen doen mee aan het forum in New York?",
    "What does the government do about irregular migration?",
    "Is het Global Compact juridisch bindend?",
    "When was the letter about the review forum sent?",
    "Hoe worden migranten beschermd tegen uitbuiting?",
)
ROUNDS = 4
DOCUMENTS_AT_ONCE = 20
NOISE = 0.02


def make_library(folder: Path, n_passages: int, embedder: Embedder, source: Library) -> Library:
    """Return a library of at least so many passages in `folder`; one that is there already is opened."""
    if Library.exists(folder):
        return Library.open(folder)
    library = Library.create(folder, embedder.identity)
    random = np.random.default_rng(0)
    batch: list[EmbeddedDocument] = []
    for copy in _copies(source, random):
        batch.append(copy)
        if len(batch) == DOCUMENTS_AT_ONCE:
            files = [FileRecord(one.document.source, one.document.document_id, 0, 0) for one in batch]
            library.store(documents=batch, files=files)
            batch = []
            if library.counts()[1] >= n_passages:
                break
    library.save_index()
    return library


def _copies(source: Library, random: np.random.Generator) -> Iterator[EmbeddedDocument]:
    originals = []
    for record in source.documents():
        passages = [one.passage for one in source.passages_of(record.document_id)]
        known = source.known_embeddings(passages)
        originals.append((source.document(record.document_id), passages, list(known.values())))
    number = 0
    while True:
        for document, passages, embeddings in originals:
            number += 1
            words = document.text.split(" ")
            text = " ".join(word[::-1] if len(word) > 5 and random.random() < NOISE else word for word in words)
            yield EmbeddedDocument(
                replace(document, document_id=f"{number:016x}", source=f"/copies/{number}.txt", text=text),
                [replace(passage, text=text[passage.start : passage.end]) for passage in passages],
                [_perturbed(one, number, place, random) for place, one in enumerate(embeddings[: len(passages)])],
            )


def _perturbed(embedding: StoredEmbedding, number: int, place: int, random: np.random.Generator) -> StoredEmbedding:
    vector = unit_rows((embedding.vector + random.normal(0, NOISE, len(embedding.vector)))[None])[0]
    tokens = unpack_tokens(embedding.packed_tokens)
    noisy = unit_rows(tokens.vectors + random.normal(0, NOISE, tokens.vectors.shape))
    return StoredEmbedding(
        f"{number:08x}{place:08x}".encode(), vector, pack_tokens(TokenVectors(noisy, tokens.starts, tokens.ends))
    )


def measure(library: Library, embedder: Embedder) -> dict[str, list[float]]:
    """Return the milliseconds of every question, by what was done."""
    answerer = Answerer(library, embedder)
    answerer.warm_up()
    times: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = work()
        times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        return result

    for question in QUESTIONS * ROUNDS:
        timed("plain vectors: the question whole", lambda question=question: _plain(library, embedder, question))
        timed("this way: the question whole", lambda question=question: answerer.ask(question))
        _parts(library, embedder, question, timed)
    return times


def _plain(library: Library, embedder: Embedder, question: str) -> Sequence[object]:
    hits = library.nearest(embedder.embed_queries([question]).vectors, 5)[0]
    return [library.document(one.document_id) for one in library.passages([hit.id for hit in hits])]


def _parts(library: Library, embedder: Embedder, question: str, timed: Callable[..., Any]) -> None:
    language = "en" if question.split()[0] in {"Which", "What", "When"} else "nl"
    embedded = timed("  embedding the question", lambda: embedder.embed_queries([question]))
    nearest = timed("  nearest passages", lambda: library.nearest(embedded.vectors, 80)[0])
    words = question_words(question, language)  # type: ignore[arg-type]
    hits = timed("  passages by words", lambda: library.word_hits(words, 40))
    passage_ids = list(dict.fromkeys(hit.id for hit in [*nearest, *hits]))
    records = timed("  reading the candidates", lambda: library.passages(passage_ids))
    tokens = timed("  reading their token vectors", lambda: library.token_vectors(passage_ids))
    scores = timed("  scoring their words", lambda: library.word_scores(words, passage_ids))
    space = library.token_space()
    placed = space.place(embedded.tokens[0].vectors)
    timed("  late interaction", lambda: match(question, placed, placed[:0], records, tokens, scores))  # type: ignore[arg-type]


def main() -> None:
    """Make the library if need be, measure, and print."""
    folder, n_passages = Path(sys.argv[1]), int(sys.argv[2])
    embedder = SentenceTransformerEmbedder.load()
    if sys.argv[3:]:
        source = Library.open(Path(sys.argv[3]))
    else:
        source = Library.create(Path(tempfile.mkdtemp()), embedder.identity)
        Indexer(source, embedder).index([SEEDS])
    library = make_library(folder, n_passages, embedder, source)
    _documents, n = library.counts()
    times = measure(library, embedder)
    lines = [f"{n:,} passages, {library.size_bytes() / n:,.0f} bytes each", "milliseconds, median and 95th percentile"]
    lines += [f"{name:<36}{statistics.median(ms):8.1f}{np.quantile(ms, 0.95):8.1f}" for name, ms in times.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
