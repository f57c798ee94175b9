"""Measures a library in a database beside one in a folder.

    python -m tests.postgresql_measure same LIBRARY QUESTIONS.jsonl...   whether both cite the same, and how long a question takes on each
    python -m tests.postgresql_measure large LIBRARY N_PASSAGES          a library grown to so many passages: building, bytes, time by stage, recall
    python -m tests.postgresql_measure approximate LIBRARY N_PASSAGES QUESTIONS.jsonl...   whether the index of vectors leads to the citations of comparing all
    python -m tests.postgresql_measure load LIBRARY N_PASSAGES SECONDS   fifty people on two programs, first over a database, then over a folder
    python -m tests.postgresql_measure sharing FOLDER N_FILES            1, 2 and 4 programs that index the same files, with an embedder that only waits

LIBRARY is a folder with a small real library; PostgreSQL is started for the purpose, with its usual safety, in a folder that is thrown away.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from embeddings import load_embedder
from qa.answer import Answer
from qa.answering import Answerer
from qa.library import create_library, open_library
from qa.library.copying import copy_library
from qa.library.postgresql import indexes, words
from qa.library.postgresql.library import PostgresqlLibrary
from qa.measuring import LabelledQuestion, load_questions
from qa.measuring.large_library import grow
from tests.builders import write_files
from tests.fake_embedder import FakeEmbedder
from tests.postgresql_server import running_server

WAIT_A_PASSAGE_S = 0.05
"""What embedding a passage takes in `sharing`: waiting costs no processor, so what is measured is how well work is shared, not how many cores there are."""
SHARE = f"""
import sys, time
from pathlib import Path
from qa.indexing import Indexer
from qa.library import open_library
from qa.workers.pool import Reading
from tests.fake_embedder import FakeEmbedder

class Waiting(FakeEmbedder):
    def embed_passages(self, passages):
        time.sleep({WAIT_A_PASSAGE_S} * len(passages))
        return super().embed_passages(passages)

if __name__ == "__main__":
    library = open_library(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    indexer = Indexer(library, Waiting(), batch_passages=16, reading=Reading(n_workers=1))
    print(indexer.index([Path(sys.argv[2])]).seconds, flush=True)
"""
SAFE = ("shared_buffers = 1GB", "maintenance_work_mem = 1GB", "max_wal_size = 8GB", "max_connections = 100")
N_PEOPLE, PAUSE_S = 50, 6.0
SPREAD = 0.5
"""Noise of copies among which neighbours are looked for; see `qa/measuring/large_library.py`."""
_COPY = re.compile(r"-\d+$")
"""What the source of a copy ends with."""
_TABLES = "documents texts files document_values register passages embeddings passage_words vocabulary".split()


def same(folder: Path, files: Sequence[Path]) -> str:
    """Return how many questions are answered with the same citations by a folder and by its copy in a database."""
    questions = load_questions(*files)
    with running_server(SAFE) as server:
        small = open_library(folder)
        database = create_library(server.new_address(), small.identity)
        copied = copy_library(small, database)
        embedder = load_embedder(small.identity.name)
        answerers = [Answerer(one, embedder) for one in (small, database)]
        seconds: list[list[float]] = [[], []]
        differing, largest = [], 0.0
        for question in questions:
            answers = []
            for answerer, taken in zip(answerers, seconds, strict=True):
                began = time.perf_counter()
                answers.append(answerer.ask(question.question, question.history))
                taken.append(time.perf_counter() - began)
            if _cited(answers[0]) != _cited(answers[1]):
                differing.append(question.id)
            else:
                scores = [[citation.score for citation in answer.citations] for answer in answers]
                largest = max([largest, *(abs(a - b) for a, b in zip(*scores, strict=True))])
        database.close()
    medians = [statistics.median(taken) * 1000 for taken in seconds]
    return (
        f"{copied.n_documents} documents, {copied.n_passages} passages: {len(questions) - len(differing)} of {len(questions)} questions with the same "
        f"citations and certainty (others: {', '.join(differing) or 'none'}); largest difference of a score {largest:.1e}; "
        f"median {medians[0]:.0f} ms in a folder, {medians[1]:.0f} ms in a database"
    )


def _cited(answer: Answer) -> list[object]:
    return [answer.certainty, answer.message, *((one.document_id, one.quote_start, one.quote_end) for one in answer.citations)]


def large(folder: Path, n_passages: int, questions: Sequence[LabelledQuestion]) -> Iterator[str]:
    """Yield what was measured of a large library in a database, as it is measured."""
    with running_server(SAFE) as server:
        small, address = open_library(folder), server.new_address()
        index_at, indexes.INDEXED_FROM = indexes.INDEXED_FROM, sys.maxsize
        began = time.perf_counter()
        grow(small, address, n_passages).close()
        yield f"stored in {time.perf_counter() - began:.0f} s"
        indexes.INDEXED_FROM = min(index_at, n_passages)
        library = PostgresqlLibrary.open(address)
        began = time.perf_counter()
        library.settle()
        yield f"index of vectors made in {time.perf_counter() - began:.0f} s, {library.nearest_report()}"
        yield f"{library.counts()} documents and passages; {library.size_bytes() / 1e9:.2f} GB: {_bytes(address)}"
        yield _stages(library, questions)
        library.close()


def approximate(folder: Path, n_passages: int, files: Sequence[Path]) -> str:
    """Return how many questions are answered with the same citations by the index of vectors and by comparing every passage."""
    with running_server(SAFE) as server:
        small, address = open_library(folder), server.new_address()
        indexes.INDEXED_FROM = min(indexes.INDEXED_FROM, n_passages)
        grow(small, address, n_passages, noise=SPREAD).close()
        small.close()
        return compared(PostgresqlLibrary.open(address), load_questions(*files))


def compared(library: PostgresqlLibrary, questions: Sequence[LabelledQuestion]) -> str:
    """Return the same of a library whose vectors are indexed, and close it. Copies of a passage are as good as each other: their token vectors are the same."""
    embedder = load_embedder(library.identity.name)
    same: Counter[str] = Counter()
    for question in questions:
        answers = []
        for words.EXACT_UP_TO in (0, sys.maxsize):
            answers.append(Answerer(library, embedder).ask(question.question, question.history))
        cited = [[(_COPY.sub("", one.source), one.quote_start) for one in answer.citations] for answer in answers]
        same["all"] += cited[0] == cited[1]
        same["first"] += cited[0][:1] == cited[1][:1]
        same["certainty"] += answers[0].certainty is answers[1].certainty
        same["shared"] += (Counter(cited[0]) & Counter(cited[1])).total()
        same["cited"] += len(cited[1])
    report, counts = library.nearest_report(), library.counts()
    library.close()
    return f"{counts}, {report}: of {len(questions)} questions with the index as without: {dict(same)}"


def _bytes(address: str) -> str:
    with psycopg.connect(address) as connection:
        sizes = {
            name: connection.execute("SELECT pg_total_relation_size(%s::regclass)", [name]).fetchone() for name in _TABLES
        } | {
            name: connection.execute("SELECT pg_relation_size(to_regclass(%s))", [name]).fetchone()
            for name in ("embeddings_by_vector", "passage_words_by_term")
        }
    return ", ".join(f"{name} {(row[0] or 0) / 1e6:.0f} MB" for name, row in sizes.items() if row)


def _stages(library: PostgresqlLibrary, questions: Sequence[LabelledQuestion]) -> str:
    """Return the median time of each round trip of a question, and of what the program does between them."""
    stages: dict[str, list[float]] = defaultdict(list)
    real = library._connections.results

    def timed(connection: Any, asked: Any) -> Any:
        began = time.perf_counter()
        rows = real(connection, asked)
        stages[" + ".join(_short(statement) for statement, _ in asked)].append(time.perf_counter() - began)
        return rows

    answerer = Answerer(library, load_embedder(library.identity.name))
    for question in questions[:10]:
        answerer.ask(question.question)
    library._connections.results = timed  # type: ignore[method-assign]
    whole = []
    for question in questions:
        began = time.perf_counter()
        answerer.ask(question.question)
        whole.append(time.perf_counter() - began)
    told = [
        f"  {statistics.median(taken) * 1000:6.1f} ms ({len(taken)} times) {name}"
        for name, taken in stages.items()
        if len(taken) > 3
    ]
    quickest = statistics.quantiles(whole, n=20)
    return "\n".join([f"a question: median {statistics.median(whole) * 1000:.0f} ms, p95 {quickest[-1] * 1000:.0f} ms", *told])


def _short(statement: str) -> str:
    words = statement.split()
    return " ".join(words[:4]) + (" ... nearest" if "<#>" in statement else "")


def sharing(folder: Path, n_files: int) -> str:
    """Return how long 1, 2 and 4 programs take for the same files."""
    files = {f"{number:04}.txt": f"Brief {number} over dijk{number}.\n\nEn over weg{number}." for number in range(n_files)}
    write_files(folder, files)
    taken = []
    with running_server(SAFE) as server:
        for n_programs in (1, 2, 4):
            address = server.new_address()
            create_library(address, FakeEmbedder.identity).close()
            command = [sys.executable, "-c", SHARE, address, str(folder)]
            programs = [
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(n_programs)
            ]
            for program in programs:
                assert program.stdout
                assert program.stdout.readline() == "ready\n"

            for program in programs:
                assert program.stdin
                program.stdin.write("go\n")
                program.stdin.flush()
            outputs = [float(program.communicate()[0]) for program in programs]
            library = open_library(address)
            counts = library.counts()
            library.close()
            assert counts[0] == n_files
            taken.append(f"{n_programs} programs {max(outputs):.1f} s")
    return f"{n_files} files, {counts[1]} passages, {WAIT_A_PASSAGE_S} s each: {', '.join(taken)}"


def load(folder: Path, n_passages: int, seconds: float, questions: Sequence[LabelledQuestion]) -> str:
    """Return how fifty people fare who ask two servers over one database, and two over one folder, for so many seconds each."""
    lines = []
    with running_server(SAFE) as server:
        small, address = open_library(folder), server.new_address()
        place = Path(tempfile.mkdtemp()) / "library"
        for where in (address, place):
            grow(small, where, n_passages).close()
        small.close()
        for name, where in (("database", address), ("folder", place)):
            lines.append(f"{name}: {_asked_by_many(str(where), seconds, questions)}")
        shutil.rmtree(place.parent)
    return "\n".join(lines)


def _asked_by_many(where: str, seconds: float, questions: Sequence[LabelledQuestion]) -> str:
    import httpx

    command = [sys.executable, "-m", "qa.cli", "serve", "--library", where, "--read-only", "--port", "0"]
    programs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        addresses = [_address_of(program) for program in programs]
        taken: list[float] = []
        failed: list[str] = []
        end = time.monotonic() + seconds

        def person(number: int) -> None:
            with httpx.Client(base_url=addresses[number % 2], timeout=120) as client:
                time.sleep(PAUSE_S * number / N_PEOPLE)
                turn = number
                while time.monotonic() < end:
                    began = time.perf_counter()
                    reply = client.post("/api/ask", json={"question": questions[turn % len(questions)].question})
                    taken.append(time.perf_counter() - began)
                    if reply.status_code != 200:
                        failed.append(f"{reply.status_code} {reply.text[:100]}")
                    turn += 7
                    time.sleep(PAUSE_S)

        _together(person)
    finally:
        for program in programs:
            program.terminate()
            program.wait(60)
    quantiles = statistics.quantiles(taken, n=20)
    return f"{len(taken)} questions, p50 {statistics.median(taken) * 1000:.0f} ms, p95 {quantiles[-1] * 1000:.0f} ms, {len(failed)} errors {failed[:2] or ''}"


def _together(person: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=person, args=(number,)) for number in range(N_PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _address_of(program: "subprocess.Popen[str]") -> str:
    assert program.stderr
    for line in program.stderr:
        if "Bronvraag answers at " in line:
            threading.Thread(
                target=program.stderr.read, daemon=True
            ).start()  # else it would wait for somebody to read what it says
            return line.partition("answers at ")[2].split()[0]
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    what, library_folder, *others = sys.argv[1:]
    SET = load_questions(Path("seeds/measuring/report.jsonl"))
    ASKED = [one for one in SET if not one.history][:100]
    if what == "same":
        sys.stdout.write(same(Path(library_folder), [Path(one) for one in others]) + "\n")
    elif what == "large":
        for line in large(Path(library_folder), int(others[0]), ASKED):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    elif what == "approximate":
        sys.stdout.write(approximate(Path(library_folder), int(others[0]), [Path(one) for one in others[1:]]) + "\n")
    elif what == "sharing":
        sys.stdout.write(sharing(Path(library_folder), int(others[0])) + "\n")
    else:
        sys.stdout.write(load(Path(library_folder), int(others[0]), float(others[1]), ASKED) + "\n")
