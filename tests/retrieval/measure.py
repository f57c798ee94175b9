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
from qa.library import Library
from qa.retrieval.signals import match
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
    asked = embedded.tokens[0]
    timed("  late interaction", lambda: match(question, asked, asked.between(0, 0), records, tokens, scores))


def main() -> None:
    """Make the library if need be, measure, and print."""
    folder, n_passages = Path(sys.argv[1]), int(sys.argv[2])
    embedder = PackedEmbedder.load()
    if sys.argv[3:]:
        source = Library.open(Path(sys.argv[3]))
    else:
        source = Library.create(Path(tempfile.mkdtemp()), embedder.identity)
        Indexer(source, embedder).index([SEEDS])
    library = Library.open(folder) if Library.exists(folder) else grow(source, folder, n_passages)
    _documents, n = library.counts()
    times = measure(library, embedder)
    lines = [f"{n:,} passages, {library.size_bytes() / n:,.0f} bytes each", "milliseconds, median and 95th percentile"]
    lines += [f"{name:<36}{statistics.median(ms):8.1f}{np.quantile(ms, 0.95):8.1f}" for name, ms in times.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
