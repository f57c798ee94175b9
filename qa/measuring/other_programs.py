"""What a user might pick instead, on the same passages and questions: `python -m qa.measuring.other_programs LIBRARY QUESTIONS.jsonl`.

1. The passages, with their context, and the questions are the same for all; those with a model have the same model, written out for sentence-transformers.
   Each is used as its own documentation shows, with the prefixes that the model wants. Of conversations the other programs get all questions joined.
2. Each program indexes in a process of its own, and asks in another one: so start and memory are those of asking. A first answer ends the start.
3. What is right: a passage among the first that holds the evidence. Refusals and quotes, which only Bronvraag has, count for nothing here, so that it is
   at a disadvantage where it refuses.

With the extra `compare`; a program that is not installed is left out, with a line that says so.
"""

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from qa import console
from qa.exceptions import BronvraagError
from qa.library import Library, open_library
from qa.measuring.bench_probe import peak_bytes
from qa.measuring.judging import holds_evidence
from qa.measuring.questions import LabelledQuestion, load_questions
from qa.measuring.self_test import machine

TOP_K = 5
_GROUPS = (("nl", "content"), ("en", "content"), ("nl", "follow-up"), ("en", "follow-up"))


class Program(Protocol):
    """Something that finds passages."""

    def index(self, library: Library, model: Path, folder: Path) -> None:
        """Index the passages of a library in a folder."""

    def open(self, model: Path, folder: Path) -> None:
        """Open what was indexed there."""

    def ask(self, question: str, history: Sequence[str]) -> list[str]:
        """Return the texts of the best `TOP_K` passages, best first."""


def passages_of(library: Library) -> list[str]:
    """Return what is embedded of every passage that may be shown as evidence."""
    stored = (one.passage for record in library.documents() for one in library.passages_of(record.document_id))
    return [passage.embedding_text for passage in stored if passage.role.is_evidence]


class Bronvraag:
    """This program."""

    def index(self, library: Library, model: Path, folder: Path) -> None:  # noqa: ARG002 - it has its own model
        """Index the passages of a library in a folder."""
        from embeddings import load_embedder
        from qa.indexing import Indexer
        from qa.library import create_library

        embedder = load_embedder()
        held = [
            (library.document(one.document_id), [each.passage for each in library.passages_of(one.document_id)])
            for one in library.documents()
        ]
        Indexer(create_library(folder / "library", embedder.identity), embedder).add(held)

    def open(self, model: Path, folder: Path) -> None:  # noqa: ARG002
        """Open what was indexed there."""
        from qa.workspace import open_workspace

        self._answerer = open_workspace(folder / "library").answerer

    def ask(self, question: str, history: Sequence[str]) -> list[str]:
        """Return the texts of the best `TOP_K` passages, best first."""
        return [citation.passage for citation in self._answerer.ask(question, history, top_k=TOP_K).citations]


class _OverTexts:
    """A program that is given texts, and names them by their positions."""

    _texts: list[str]

    def index(self, library: Library, model: Path, folder: Path) -> None:
        """Index the passages of a library in a folder."""
        texts = passages_of(library)
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        self._index(texts, model, folder)

    def open(self, model: Path, folder: Path) -> None:
        """Open what was indexed there."""
        self._texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
        self._open(model, folder)

    def ask(self, question: str, history: Sequence[str]) -> list[str]:
        """Return the texts of the best `TOP_K` passages, best first."""
        return [self._texts[place] for place in self._find(" ".join([*history, question]))]

    def _index(self, texts: list[str], model: Path, folder: Path) -> None:
        raise NotImplementedError

    def _open(self, model: Path, folder: Path) -> None:
        raise NotImplementedError

    def _find(self, question: str) -> list[int]:
        raise NotImplementedError


class PlainModel(_OverTexts):
    """The model itself by sentence-transformers, a vector a passage, compared with all."""

    def _index(self, texts: list[str], model: Path, folder: Path) -> None:
        np.save(
            folder / "vectors.npy",
            _sentence_transformer(model).encode([f"passage: {text}" for text in texts], normalize_embeddings=True),
        )

    def _open(self, model: Path, folder: Path) -> None:
        self._model, self._vectors = _sentence_transformer(model), np.load(folder / "vectors.npy")

    def _find(self, question: str) -> list[int]:
        vector = self._model.encode([f"query: {question}"], normalize_embeddings=True)[0]
        return [int(place) for place in np.argsort(-(self._vectors @ vector))[:TOP_K]]


class Bm25(_OverTexts):
    """BM25 by bm25s, with Dutch stop words and stems."""

    def _index(self, texts: list[str], model: Path, folder: Path) -> None:  # noqa: ARG002
        import bm25s

        retriever = bm25s.BM25()
        retriever.index(self._tokens(texts), show_progress=False)
        retriever.save(str(folder / "bm25s"))

    def _open(self, model: Path, folder: Path) -> None:  # noqa: ARG002
        import bm25s

        self._retriever = bm25s.BM25.load(str(folder / "bm25s"))

    def _find(self, question: str) -> list[int]:
        k = min(TOP_K, len(self._texts))
        found, _scores = self._retriever.retrieve(self._tokens([question]), k=k, show_progress=False)
        return [int(place) for place in found[0]]

    def _tokens(self, texts: list[str]) -> Any:
        import bm25s
        from snowballstemmer import stemmer

        return bm25s.tokenize(texts, stopwords="dutch", stemmer=stemmer("dutch").stemWords, show_progress=False)


class Txtai(_OverTexts):
    """txtai, by vectors alone or with its own BM25 beside them."""

    def __init__(self, *, hybrid: bool) -> None:
        self._hybrid = hybrid

    def _index(self, texts: list[str], model: Path, folder: Path) -> None:
        from txtai import Embeddings

        embeddings = Embeddings(
            path=str(model),
            method="sentence-transformers",
            instructions={"query": "query: ", "data": "passage: "},
            hybrid=self._hybrid,
        )
        embeddings.index(texts)
        embeddings.save(str(folder / "txtai"))

    def _open(self, model: Path, folder: Path) -> None:  # noqa: ARG002
        from txtai import Embeddings

        self._embeddings = Embeddings()
        self._embeddings.load(str(folder / "txtai"))

    def _find(self, question: str) -> list[int]:
        return [int(place) for place, _score in self._embeddings.search(question, TOP_K)]


class LlamaIndex(_OverTexts):
    """LlamaIndex's vector store index in its own default store."""

    def _index(self, texts: list[str], model: Path, folder: Path) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.schema import TextNode

        nodes = [TextNode(text=text, id_=str(place)) for place, text in enumerate(texts)]
        index = VectorStoreIndex(nodes, embed_model=self._embedding(model))
        index.storage_context.persist(str(folder / "llama-index"))

    def _open(self, model: Path, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage

        context = StorageContext.from_defaults(persist_dir=str(folder / "llama-index"))
        index = load_index_from_storage(context, embed_model=self._embedding(model))
        self._retriever = index.as_retriever(similarity_top_k=TOP_K)

    def _find(self, question: str) -> list[int]:
        return [int(hit.node.node_id) for hit in self._retriever.retrieve(question)]

    def _embedding(self, model: Path) -> Any:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(str(model), query_instruction="query: ", text_instruction="passage: ")


PROGRAMS: Mapping[str, tuple[str, Callable[[], Program]]] = {
    "Bronvraag": ("qa", Bronvraag),
    "the model alone": ("sentence_transformers", PlainModel),
    "bm25s": ("bm25s", Bm25),
    "txtai": ("txtai", lambda: Txtai(hybrid=False)),
    "txtai hybrid": ("txtai", lambda: Txtai(hybrid=True)),
    "LlamaIndex": ("llama_index", LlamaIndex),
}
"""What is compared, with the package that it needs."""


def _sentence_transformer(model: Path) -> Any:
    from embeddings.model_source import open_model

    return open_model(str(model))[0]


def run_index(name: str, library: Path, model: Path, folder: Path) -> dict[str, Any]:
    """Index with one program, and return what it took."""
    began = time.perf_counter()
    PROGRAMS[name][1]().index(open_library(library), model, folder)
    seconds = time.perf_counter() - began
    return {"index_s": seconds, "index_bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())}


def run_ask(name: str, questions: Sequence[LabelledQuestion], model: Path, folder: Path) -> dict[str, Any]:
    """Ask one program, and return what it took and at which place the right passage of each question came, 0 for none."""
    program = PROGRAMS[name][1]()
    program.open(model, folder)
    program.ask(questions[0].question, questions[0].history)
    started = time.time()
    seconds, busy, ranks = [], [], []
    for question in questions:
        began, processor = time.perf_counter(), time.process_time()
        found = program.ask(question.question, question.history)
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - processor)
        ranks.append(next((place for place, text in enumerate(found, start=1) if holds_evidence(text, question)), 0))
    return {"started": started, "seconds": seconds, "busy": busy, "ranks": ranks, "peak_bytes": peak_bytes()}


def table_of(measured: Mapping[str, Mapping[str, Any]], questions: Sequence[LabelledQuestion]) -> str:
    """Return what was measured as a table in Markdown; rates are the right passage first / among 3 / among 5."""
    heads = [f"{language} {kind}" for language, kind in _GROUPS]
    lines = [
        f"| | {' | '.join(heads)} | start s | question ms (processor) | memory MB | index MB | indexing s |",
        "|---" * 10 + "|",
    ]
    for name, one in measured.items():
        cells = [
            _rates(
                [
                    rank
                    for rank, question in zip(one["ranks"], questions, strict=True)
                    if (question.language, question.kind) == group
                ]
            )
            for group in _GROUPS
        ]
        cells += [
            f"{one['start_s']:.1f}",
            f"{1000 * statistics.median(one['seconds']):.0f} ({1000 * statistics.median(one['busy']):.0f})",
            f"{one['peak_bytes'] / 1e6:.0f}",
            f"{one['index_bytes'] / 1e6:.2f}",
            f"{one['index_s']:.0f}",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _rates(ranks: Sequence[int]) -> str:
    if not ranks:
        return "-"
    return " / ".join(f"{sum(0 < rank <= k for rank in ranks) / len(ranks):.2f}".lstrip("0") for k in (1, 3, 5))


def main() -> None:
    """Compare, or be one of the processes of that."""
    parser = argparse.ArgumentParser(prog="python -m qa.measuring.other_programs", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--only", action="append", choices=PROGRAMS, help="compare these only; can be given more than once")
    parser.add_argument("--part", nargs=4, help=argparse.SUPPRESS)
    wished = parser.parse_args()
    questions = [one for one in load_questions(wished.questions) if one.is_answerable]
    if wished.part:
        part, name, model, folder = wished.part
        done = (
            run_index(name, wished.library, Path(model), Path(folder))
            if part == "index"
            else run_ask(name, questions, Path(model), Path(folder))
        )
        sys.stdout.write("\n" + json.dumps(done) + "\n")
        return
    measured = {}
    with tempfile.TemporaryDirectory() as work:
        model = _written_model(Path(work) / "multilingual-e5-small")
        for name, (package, _make) in PROGRAMS.items():
            if wished.only and name not in wished.only:
                continue
            if importlib.util.find_spec(package) is None:
                console.note(f"{name} is not installed (package {package}), and left out.")
                continue
            console.note(f"{name} ...")
            folder = Path(work) / name.replace(" ", "-")
            folder.mkdir()
            command = [sys.executable, "-m", "qa.measuring.other_programs", str(wished.library), str(wished.questions)]
            indexed = _part([*command, "--part", "index", name, str(model), str(folder)])
            began = time.time()
            asked = _part([*command, "--part", "ask", name, str(model), str(folder)])
            measured[name] = {**indexed, **asked, "start_s": asked["started"] - began}
    _documents, n_passages = open_library(wished.library).counts()
    sys.stdout.write(f"{len(questions)} questions on {n_passages} passages; {machine()}\n\n{table_of(measured, questions)}\n")


def _written_model(folder: Path) -> Path:
    """Return the folder of the embedded model as sentence-transformers reads it."""
    from embeddings.packed_e5 import open_packed_e5
    from embeddings.unpacked_e5 import write_unpacked_model

    return write_unpacked_model(open_packed_e5(), folder)


def _part(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - this program itself
    if done.returncode:
        raise BronvraagError("version_ended", version=command[command.index("--part") + 2])
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
