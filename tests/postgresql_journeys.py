"""What a library in a database must stand, tried for real: `python -m tests.postgresql_journeys` (about a minute; `make test` does not run it).

- The primary is killed while twenty people ask and two programs index: its replica is promoted, everyone goes on after a sentence, and nothing that was
  reported as stored is lost (the replica is synchronous).
- A replica that is read is up to date, then behind, then gone: nobody reads what is older than the bound, and questions are answered.
- One of two programs that index is killed: the other does its files, each document is there whole, once.
- A server is killed in the middle of its questions: the other answers as before.
- An upgrade of the tables is killed half way: whoever opens the library next begins that step again.
- The disk is full: one sentence, and what was stored stays (where this user may mount a small disk).
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from qa.answering import Answerer
from qa.exceptions import LibraryError
from qa.library import Library, open_library
from qa.library.postgresql import connections
from qa.library.postgresql.library import PostgresqlLibrary
from qa.text.words import question_words
from tests.builders import write_files
from tests.fake_embedder import FakeEmbedder
from tests.library.test_contract import DIKES, TULIPS, add
from tests.postgresql_server import Server, copy_of, make_server, running_server

EMBEDDER = FakeEmbedder()
DURABLE = ("max_wal_size = 1GB",)
N_PEOPLE = 20
MOUNT, UMOUNT = "/bin/mount", "/bin/umount"
_OWN_PROGRAM = (
    "import sys; from pathlib import Path; from qa.library import open_library; from tests.fake_embedder import FakeEmbedder; "
)
INDEX = _OWN_PROGRAM + (
    "from tests.builders import index\n"
    "if __name__ == '__main__':\n"
    "    print(index(open_library(sys.argv[1]), FakeEmbedder(), Path(sys.argv[2]), batch_passages=4).as_dict())"
)
SERVE = _OWN_PROGRAM + (
    "from qa.answering import Answerer\n"
    "answerer = Answerer(open_library(sys.argv[1]), FakeEmbedder())\n"
    "while True: print(answerer.ask('Zijn de dijken versterkt?').citations[0].quote, flush=True)"
)
UPGRADE = _OWN_PROGRAM + (
    "from qa.library.postgresql import schema\n"
    "schema.STEPS = (schema.TABLES, schema.STEPS[1] + '; SELECT pg_sleep(4)')\n"
    "print('begun', flush=True); open_library(sys.argv[1])"
)


def failover() -> str:
    """Kill the primary while people ask and programs index."""
    with _folder() as folder:
        primary = make_server(folder / "primary", DURABLE)
        primary.start()
        schema = primary.new_address().rpartition("%3D")[2].partition(",")[0]
        replica = copy_of(primary, folder / "replica")
        replica.start()
        try:
            with psycopg.connect(primary.address(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("SELECT pg_reload_conf()")
            return _killed_primary(primary, replica, schema)
        finally:
            replica.stop()


def _killed_primary(primary: Server, replica: Server, schema: str) -> str:
    address = (
        f"postgresql://postgres@127.0.0.1:{primary.port},127.0.0.1:{replica.port}/postgres"
        f"?options=-csearch_path%3D{schema},public&target_session_attrs=read-write&connect_timeout=3"
    )
    first = PostgresqlLibrary.create(address, EMBEDDER.identity)
    add(first, DIKES)
    first.close()
    ended, stored, said, asked = threading.Event(), [], Counter[str](), Counter[str]()
    libraries = [open_library(address) for _ in range(4)]  # two servers and two programs that index

    def index(library: Library, name: str) -> None:
        number = 0
        while not ended.is_set():
            number += 1
            text = f"Nieuws over {name} nummer{name}{number}."
            try:
                add(library, text)
                stored.append(text)
            except LibraryError as error:
                said[error.sentence.code] += 1

    def ask(library: Library) -> None:
        answerer = Answerer(library, EMBEDDER)
        while not ended.is_set():
            try:
                quote = answerer.ask("Zijn de dijken versterkt?").citations[0].quote
                asked["after" if primary_gone.is_set() else "before"] += quote == DIKES
            except LibraryError as error:
                said[error.sentence.code] += 1
            time.sleep(0.05)

    primary_gone = threading.Event()
    threads = [threading.Thread(target=index, args=(libraries[i], "ab"[i])) for i in range(2)]
    threads += [threading.Thread(target=ask, args=(libraries[2 + i % 2],)) for i in range(N_PEOPLE)]
    for thread in threads:
        thread.start()
    time.sleep(6)
    n_before = len(stored)
    primary.stop("immediate")
    killed = time.monotonic()
    time.sleep(2)
    replica.control("promote")
    primary_gone.set()
    while asked["after"] < N_PEOPLE or len(stored) < n_before + 5:
        assert time.monotonic() < killed + 90, (asked, len(stored), n_before, said)
        time.sleep(0.1)
    went_on = time.monotonic() - killed
    time.sleep(2)
    ended.set()
    for thread in threads:
        thread.join()
    check = PostgresqlLibrary.open(replica.address(schema))
    held = {check.document(one).text for one in check.document_ids()}
    lost = [text for text in stored if text not in held]
    check.close()
    for library in libraries:
        library.close()
    assert not lost, lost
    return (
        f"primary killed: {asked['before']} questions before, {asked['after']} after; {n_before} documents stored before and {len(stored) - n_before} after, "
        f"none of them lost; all went on {went_on:.1f} s after the kill (2 s of which until it was promoted); said meanwhile: {dict(said) or 'nothing'}"
    )


def read_replica() -> str:
    """Read from a replica that is up to date, behind, and gone."""
    with _folder() as folder:
        primary = make_server(folder / "primary", DURABLE)
        primary.start()
        address = primary.new_address()
        schema = address.rpartition("%3D")[2].partition(",")[0]
        library, texts = PostgresqlLibrary.create(address, EMBEDDER.identity), (DIKES, TULIPS)
        replica = copy_of(primary, folder / "replica")
        replica.start()
        server = PostgresqlLibrary.open(address, replica.address(schema))
        at_replica = server._connections._replica
        assert at_replica
        connections.MAX_BEHIND_S = 2
        add(server, *texts)
        assert server.counts() == (2, 2)  # its own writing it sees at once
        while _trips(server, at_replica) == 0:
            time.sleep(0.05)
        with psycopg.connect(replica.address(), autocommit=True) as connection:
            connection.execute("SELECT pg_wal_replay_pause()")
        add(library, "Er is nieuws.")
        written, slowest = time.monotonic(), 0.0
        while server.counts() != (3, 3):
            slowest = time.monotonic() - written
            time.sleep(0.05)
        assert slowest < 3, slowest
        replica.stop()
        began = time.monotonic()
        assert best_of(server) == DIKES
        without = time.monotonic() - began
        for one in (library, server):
            one.close()
        primary.stop()
        return f"replica: own writing seen at once; paused, it was read for {slowest:.1f} s more (bound 2 s); stopped, a question took {without:.1f} s once"


def _trips(library: PostgresqlLibrary, at_replica: connections.Connections) -> int:
    """Return how often the replica was waited for alone by reading something."""
    before, at_primary = at_replica.n_round_trips, library._connections.n_round_trips
    library.documents()
    return at_replica.n_round_trips - before if library._connections.n_round_trips == at_primary else 0


def killed_indexer() -> str:
    """Kill one of two programs that index the same files."""
    n_files = 150
    with _folder() as folder, running_server(DURABLE) as server:
        files = {
            f"{number:03}.txt": f"Brief {number} over dijk{number}.\n\nAlinea over weg{number}." for number in range(n_files)
        }
        write_files(folder / "files", files)
        address = server.new_address()
        library = PostgresqlLibrary.create(address, EMBEDDER.identity)
        programs = [_started(INDEX, address, str(folder / "files")) for _ in range(2)]
        while not 10 <= library.counts()[0] < n_files:
            time.sleep(0.02)
        programs[0].kill()
        n_then = library.counts()[0]
        report, _ = programs[1].communicate(timeout=120)
        programs[0].communicate()
        assert library.counts()[0] == len(library.files()) == n_files, (library.counts(), report)
        words = [f"dijk{number}" for number in range(n_files)]
        assert library.unknown_words(question_words(" ".join(words), "nl")) == ()
        with psycopg.connect(address) as connection:
            left = connection.execute("SELECT count(*) FROM work").fetchone()
        library.close()
        assert left == (0,), left
        return f"indexer killed at {n_then} of {n_files} files: the other did the rest, each document is there once; no work left"


def killed_server() -> str:
    """Kill one of two servers in the middle of its questions."""
    with running_server(DURABLE) as server:
        address = server.new_address()
        library = PostgresqlLibrary.create(address, EMBEDDER.identity)
        add(library, DIKES, TULIPS)
        programs = [_started(SERVE, address) for _ in range(2)]
        assert all(program.stdout and program.stdout.readline().strip() == DIKES for program in programs)
        programs[0].kill()
        programs[0].communicate()
        assert programs[1].stdout
        assert [programs[1].stdout.readline().strip() for _ in range(20)] == [DIKES] * 20
        add(library, "Er is nieuws.")
        programs[1].kill()
        programs[1].communicate()
        library.close()
        return "server killed: the other answered on, and documents could be stored"


def killed_upgrade() -> str:
    """Kill a program in the middle of a step that changes the tables."""
    with running_server(DURABLE) as server:
        address = server.new_address()
        library = PostgresqlLibrary.create(address, EMBEDDER.identity)
        add(library, DIKES)
        library.close()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TABLE work, value_counts")
            connection.execute("UPDATE library SET layout = 1")
            program = _started(UPGRADE, address)
            assert program.stdout
            program.stdout.readline()
            while not _is_upgrading(connection):
                time.sleep(0.05)
            program.send_signal(signal.SIGKILL)
            program.communicate()
            layout = connection.execute("SELECT layout, to_regclass('work') IS NULL FROM library").fetchone()
            assert layout == (1, True), layout
        opened = PostgresqlLibrary.open(address)
        with opened.sharing(["/d/a.txt"]) as work:
            assert list(work.left()) == ["/d/a.txt"]
        assert opened.document("versterkt").text == DIKES
        opened.close()
        return "upgrade killed half way: nothing of it was there, and the next program did it"


def _is_upgrading(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(4)%' AND pid <> pg_backend_pid()"
    ).fetchone()
    return bool(row and row[0])


def full_disk() -> str:
    """Fill the disk that the tables lie on."""
    with _folder() as folder, running_server(DURABLE) as server:
        disk = folder / "disk"
        disk.mkdir()
        if subprocess.run(
            [MOUNT, "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True, check=False
        ).returncode:
            return "full disk: not tried, this user may not mount one"
        try:
            shutil.chown(disk, 65534, 65534)
            address = server.new_address()
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(psycopg.sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(disk)))
                connection.execute("ALTER ROLE postgres SET default_tablespace = small")
            library = PostgresqlLibrary.create(address, EMBEDDER.identity)
            add(library, DIKES)
            n_stored, sentence = _filled(library)
            assert (best_of(library), library.counts()[0]) == (DIKES, n_stored + 1)
            assert "no room left on the disk" in sentence, sentence
            library.close()
            return f"disk full after {n_stored} documents: '{sentence}'; what was stored stayed, and questions were answered"
        finally:
            server.stop("fast")
            subprocess.run([UMOUNT, str(disk)], check=False)
            server.start()


def best_of(library: Library) -> str:
    """Return the first quote for a question about dikes."""
    return Answerer(library, EMBEDDER).ask("Zijn de dijken versterkt?").citations[0].quote


def _filled(library: Library) -> tuple[int, str]:
    for number in range(10_000):
        text = " ".join(f"woord{number}x{place}" for place in range(3000)) + f" einde{number}"
        try:
            add(library, text)
        except LibraryError as error:
            return number, str(error)
    raise AssertionError("the disk was never full")


def _started(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="journey-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


JOURNEYS: tuple[Callable[[], str], ...] = (failover, read_replica, killed_indexer, killed_server, killed_upgrade, full_disk)


if __name__ == "__main__":
    wanted = sys.argv[1:] or [journey.__name__ for journey in JOURNEYS]
    for journey in JOURNEYS:
        if journey.__name__ in wanted:
            sys.stdout.write(f"{journey()}\n")
            sys.stdout.flush()
