"""What a question costs in a library of many passages: `python -m tests.retrieval.measure FOLDER N_PASSAGES [SOURCE_LIBRARY]`.

A library of that many passages is grown in the folder, once, from the real passages of another library (by default of the two documents in `seeds/`; see
`tests/large_library.py`). Then questions are asked in turn by the plain-vector way and by the whole way, so that
both are measured in the same minutes; the parts of the whole are measured one by one.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from embeddings import Embedder, PackedEmbedder
from qa.answering import Answerer
from qa.indexing import Indexer
from qa.library import Library, create_library, library_exists, open_library
from qa.text.words import question_words
from tests.large_library import grow

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
    (found,) = library.search(embedder.embed_queries([question]).vectors, (), n_nearest=5, n_by_words=0)
    return [library.document(one.record.document_id) for one in found]


def _parts(library: Library, embedder: Embedder, question: str, timed: Callable[..., Any]) -> None:
    language = "en" if question.split()[0] in {"Which", "What", "When"} else "nl"
    vectors = timed("  embedding the question", lambda: embedder.embed_queries([question])).vectors
    words = question_words(question, language)  # type: ignore[arg-type]
    timed("  nearest passages, with token vectors", lambda: library.search(vectors, (), n_nearest=80, n_by_words=0))
    timed("  the same and by words", lambda: library.search(vectors, words, n_nearest=80, n_by_words=40))


def main() -> None:
    """Make the library if need be, measure, and print."""
    folder, n_passages = Path(sys.argv[1]), int(sys.argv[2])
    embedder = PackedEmbedder.load()
    if sys.argv[3:]:
        source = open_library(Path(sys.argv[3]))
    else:
        source = create_library(Path(tempfile.mkdtemp()), embedder.identity)
        Indexer(source, embedder).index([SEEDS])
    library = open_library(folder) if library_exists(folder) else grow(source, folder, n_passages)
    _documents, n = library.counts()
    times = measure(library, embedder)
    lines = [f"{n:,} passages, {library.size_bytes() / n:,.0f} bytes each", "milliseconds, median and 95th percentile"]
    lines += [f"{name:<36}{statistics.median(ms):8.1f}{np.quantile(ms, 0.95):8.1f}" for name, ms in times.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
