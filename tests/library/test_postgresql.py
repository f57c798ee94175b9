"""What only a library in a database must stand: lost connections, few round trips, an index of vectors, roles, and text that is not SQL."""

import ast
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import psycopg
import pytest

from embeddings import ModelIdentity
from qa.answering import Answerer
from qa.document import Document, Kind, Metadata, Person
from qa.exceptions import LibraryError
from qa.feedback import keep_feedback, parse_feedback
from qa.indexing import Indexer
from qa.library import Library, create_library, open_library
from qa.library.filters import Filters
from qa.library.postgresql import connections, indexes, words
from qa.library.postgresql.library import PostgresqlLibrary
from qa.paths import shown_place
from tests.builders import nearest
from tests.fake_embedder import FakeEmbedder
from tests.library.kinds import Libraries
from tests.library.test_contract import CYCLING, DIKES, TULIPS, add, best, passage_of
from tests.postgresql_server import Server, free_port

EMBEDDER = FakeEmbedder()
MAX_ROUND_TRIPS = 6
PACKAGE = Path(connections.__file__).parent


@pytest.fixture
def address(server: Server) -> str:
    return server.new_address()


@pytest.fixture
def library(address: str) -> Iterator[PostgresqlLibrary]:
    made = PostgresqlLibrary.create(address, EMBEDDER.identity)
    yield made
    made.close()


def end_connections(address: str) -> None:
    """Let the server end every other connection, as it does when it is started again."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def test_a_question_costs_few_round_trips_whatever_it_names_and_whatever_has_changed(
    library: PostgresqlLibrary, address: str
) -> None:
    add(library, DIKES, CYCLING, TULIPS)
    text = "De sluizen worden hoger."
    metadata = Metadata(
        title="Sluizen", kind=Kind.ANSWERS, date="2023-05-01", asked_by=(Person(name="Anders", affiliation="ABC"),)
    )
    asked = Document(document_id="sluizen", source="/d/sluizen.txt", text=text, metadata=metadata)
    Indexer(library, EMBEDDER).add([(asked, [passage_of(text)])])
    answerer = Answerer(library, EMBEDDER)
    trips: list[str] = []
    real = library._connections.results

    def traced(connection: "psycopg.Connection[object]", asked: list[tuple[str, dict[str, object]]]) -> list[list[object]]:
        trips.append(" + ".join(statement.strip()[:60] for statement, _ in asked))
        return real(connection, asked)

    library._connections.results = traced  # type: ignore[method-assign, assignment]
    for question, history in (
        ("Welke dijken en fietspaden zijn volgens het ministerie versterkt of verbreed in Zeeland?", ()),
        ("Which dikes of the government have been strengthened by the minister?", ("Zijn de tulpen vroeg?",)),
        ("Wat staat er in Kamerstuk 30573, nr. 25 over tulpen en de heer De Jonge?", ()),
        ("Wat wilde het lid Anders in 2023 over de sluizen weten?", ()),
        ("Wat zeggen antwoorden uit 2023 over de sluizen en de dijken van 2024?", ()),
        ("Worden de sluizenn en fietspadden hoger?", ()),
    ):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("UPDATE state SET token = %s", [question])  # nothing that is remembered counts any more
        trips.clear()
        answerer.ask(question, history)
        assert len(trips) <= MAX_ROUND_TRIPS, "\n".join([question, *trips])


def test_connections_that_the_server_has_ended_are_replaced(library: PostgresqlLibrary, address: str) -> None:
    add(library, DIKES)
    end_connections(address)
    assert best(library, "dijken") == DIKES
    end_connections(address)
    add(library, CYCLING)
    with library.reading():
        before = library.counts()
        end_connections(address)  # in the middle of a question
        assert (best(library, "fietspaden"), library.counts()) == (CYCLING, before)


def test_a_question_whose_connection_was_lost_does_not_go_on_in_another_state(library: PostgresqlLibrary, address: str) -> None:
    add(library, DIKES)
    other = open_library(address)
    with library.reading():
        add(other, CYCLING)
        end_connections(address)
        with pytest.raises(LibraryError, match="was lost while it was read, and it has changed since; ask again"):
            best(library, "dijken")
    other.close()
    assert best(library, "fietspaden") == CYCLING


def test_what_is_stored_when_the_connection_is_lost_is_stored_once(library: PostgresqlLibrary, address: str) -> None:
    done: list[bool] = []

    def lose(connection: "psycopg.Connection[object]") -> int:
        connection.execute("INSERT INTO feedback (line) VALUES ('x')")
        if not done:
            done.append(True)
            end_connections(address)
        return connection.execute("SELECT 1").rowcount

    library._connections.written(lose)
    assert list(library.state.feedback()) == ["x"]


def test_a_database_that_is_not_there_is_said_without_the_password() -> None:
    address = f"postgresql://anna:geheim@127.0.0.1:{free_port()}/bronvraag"
    with pytest.raises(LibraryError, match="cannot be reached .*check the address") as raised:
        open_library(address)
    assert "geheim" not in str(raised.value)
    assert shown_place(f"{address}?sslmode=verify-full&password=ook") == address.replace(":geheim", "")
    assert "geheim" not in shown_place("postgresql://anna:geheim@[")


def test_what_is_no_replica_or_is_not_there_is_not_read(
    library: PostgresqlLibrary, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, DIKES)
    for other in (address, f"postgresql://127.0.0.1:{free_port()}/bronvraag"):
        monkeypatch.setattr(connections, "REPLICA_WAIT_S", 0.2)
        monkeypatch.setenv("BRONVRAAG_READ_LIBRARY", other)
        opened = open_library(address)
        add(opened, CYCLING)
        assert best(opened, "fietspaden") == CYCLING
        opened.close()


def test_a_database_without_a_library_says_how_to_make_one(address: str) -> None:
    with pytest.raises(LibraryError, match="no library in .*bronvraag index"):
        open_library(address)


def test_parameters_of_encryption_are_passed_through(server: Server) -> None:
    with pytest.raises(LibraryError, match="does not support SSL"):
        open_library(server.address(sslmode="require"))


def test_many_vectors_are_indexed_and_it_is_said_how_well(
    library: PostgresqlLibrary, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (indexes, "INDEXED_FROM", 200),
        (indexes, "N_NEIGHBOURS", 10),
        (words, "EXACT_UP_TO", 5),
    ):
        monkeypatch.setattr(module, name, value)
    texts = [f"Woord{i % 17} woord{i % 23} woord{i % 29} nummer{i}." for i in range(220)]
    add(library, *texts)
    report = library.nearest_report()
    assert (report.is_exact, 0.5 <= report.recall <= 1) == (
        False,
        True,
    )  # words as dimensions give equal scores, of which any is taken
    assert [best(library, text) for text in texts[::30]] == texts[::30]
    add(library, TULIPS)
    assert best(library, TULIPS) == TULIPS
    query = EMBEDDER.embed_queries([texts[7]]).vectors
    some = Filters(document_ids=tuple(f"nummer{i}" for i in range(7, 220, 20)))
    (found,) = library.search(query, (), n_nearest=20, n_by_words=0, filters=some)
    assert (len(found), found[0].record.document_id) == (11, "nummer7")
    with psycopg.connect(address) as connection:
        connection.execute("SET enable_seqscan = off")  # so few rows would be read one by one
        plan = connection.execute(
            "EXPLAIN SELECT passage_id FROM embeddings ORDER BY vector <#> (SELECT vector FROM embeddings LIMIT 1) LIMIT 5"
        ).fetchall()
    assert "embeddings_by_vector" in str(plan)


def test_words_that_an_index_cannot_take_whole_are_kept_shorter(libraries: Libraries) -> None:
    library, _place = libraries.make()
    add(library, f"{'x' * 5000} dijken", f"Titel {'y' * 5000}")
    assert library.counts() == (2, 2)
    assert best(library, "dijken").endswith("dijken")


def test_files_are_shared_out_and_come_back_from_a_program_that_died(library: PostgresqlLibrary, address: str) -> None:
    other = PostgresqlLibrary.open(address)
    paths = [f"/d/{number:02}.txt" for number in range(40)]
    with library.sharing(paths) as work, other.sharing(paths) as theirs:
        first = list(islice(work.taken(work.left()), 16))
        second = list(theirs.taken(theirs.left()))
        assert (first, second) == (paths[:16], paths[16:])
        assert list(theirs.taken(theirs.left())) == []  # nobody takes what is taken
        work.done(first[:3])
        end_connections(address)  # that of the first: it may as well have died
        theirs.done(second[:2])
        assert list(theirs.taken(theirs.left())) == paths  # whoever does one again finds it there
        theirs.done(paths)
        assert (theirs.left(), list(work.taken(work.left())), work.left()) == ([], [], [])
    other.close()


def test_a_program_that_waits_for_another_takes_what_that_one_leaves(library: PostgresqlLibrary) -> None:
    paths = ["/d/a.txt", "/d/b.txt"]
    with library.sharing(paths) as work:
        with library.sharing(paths) as theirs:
            assert list(theirs.taken(theirs.left())) == paths
            assert list(work.taken(work.left())) == []
            theirs.done(paths[:1])
        assert list(work.taken(work.left())) == paths  # they were taken together, and not all were done


def test_a_library_of_the_first_layout_is_brought_up_to_date_by_whoever_opens_it_first(
    library: PostgresqlLibrary, address: str
) -> None:
    add(library, DIKES)
    library.close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE work, value_counts")
        connection.execute("UPDATE library SET layout = 1")
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(PostgresqlLibrary.open, [address] * 4))
    with psycopg.connect(address) as connection:
        options = connection.execute("SELECT reloptions FROM pg_class WHERE oid = 'passage_words_by_term'::regclass").fetchone()
    assert options == (["gin_pending_list_limit=128"],)
    with opened[0].sharing(["/d/a.txt"]) as work:
        assert (best(opened[1], "dijken"), work.left()) == (DIKES, ["/d/a.txt"])
    for one in opened:
        one.close()


RIGHTS = """
GRANT USAGE ON SCHEMA {0} TO {1}; GRANT SELECT ON ALL TABLES IN SCHEMA {0} TO {1}; GRANT INSERT ON {0}.feedback TO {1};
"""
RIGHTS_TO_WRITE = """
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {0} TO {1}; REVOKE INSERT, UPDATE, DELETE ON {0}.library FROM {1};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {0} TO {1};
"""


def test_a_role_that_serves_needs_few_rights(library: PostgresqlLibrary, address: str) -> None:
    add(library, DIKES)
    schema = address.rpartition("%3D")[2].partition(",")[0]
    role = f"r{schema}"

    def grant(rights: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(rights.format(schema, role).encode())

    grant("CREATE ROLE {1} LOGIN")
    grant(RIGHTS)
    serving = PostgresqlLibrary.open(address.replace("postgres@", f"{role}@"))
    answer = Answerer(serving, EMBEDDER).ask("Zijn de dijken versterkt?")
    assert [citation.quote for citation in answer.citations] == [DIKES]
    keep_feedback(serving.state, parse_feedback({"verdict": "right", "question": "Wie?", "language": "nl"}))
    with pytest.raises(LibraryError, match="may be read here but not changed"):
        add(serving, CYCLING)
    grant(RIGHTS_TO_WRITE)
    add(serving, CYCLING)
    assert library.counts() == (2, 2)
    with pytest.raises(LibraryError, match="may be read here but not changed"):
        create_library(address.replace("postgres@", f"{role}@"), EMBEDDER.identity, in_place_of_another=True)
    serving.close()


def statements_of(path: Path) -> tuple[set[str], list[ast.Call]]:
    """Return the names that a module gives to constants, and its calls that take a statement."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)
    }
    constants |= {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    names = {"execute", "executemany", "copy", "all", "one", "_query", "_all", "_do", "_copy"}
    calls = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names and node.args
    ]  # fmt: skip
    return constants, calls


def is_constant(value: ast.expr, constants: set[str]) -> bool:
    """Tell whether a statement is a name in capitals that the module gives a constant, or a parameter that is one where the function is called."""
    if isinstance(value, ast.Subscript):  # one of several constants
        value = value.value
    return isinstance(value, ast.Name) and (value.id in constants or value.id in {"statement", "step", "one", "STEPS"})


def test_every_statement_is_a_constant_with_parameters() -> None:
    n_calls = 0
    for path in PACKAGE.glob("*.py"):
        constants, calls = statements_of(path)
        n_calls += len(calls)
        wrong = [ast.unparse(call) for call in calls if not is_constant(call.args[0], constants)]
        assert wrong == [], path.name
        built = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]
        texts = [ast.unparse(part) for one in built for part in ast.walk(one) if isinstance(part, ast.JoinedStr)]
        assert [text for text in texts if any(word in text for word in ("SELECT", "INSERT", "UPDATE", "DELETE"))] in (
            [], [text for text in texts if path.name == "filtering.py"],
        ), path.name  # fmt: skip
    assert n_calls > 40


def test_text_that_looks_like_sql_is_text(library: Library) -> None:
    nasty = "'; DROP TABLE documents; -- %s %(ids)s $1 \\x00"
    add(library, nasty)
    assert nearest(library, EMBEDDER.embed_queries([nasty]).vectors, 1)[0][1] == nasty
    assert library.catalogue().listing(words=nasty).n_documents == 0
    assert library.catalogue().documents_matching(Filters(members=(nasty,))) == frozenset()
    assert library.files([nasty]) == []


def test_a_library_of_another_version_is_refused(library: PostgresqlLibrary, address: str) -> None:
    library.close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("UPDATE library SET layout = 99")
    with pytest.raises(LibraryError, match="made by another version"):
        open_library(address)
    create_library(address, EMBEDDER.identity, in_place_of_another=True).close()


def test_a_library_that_is_made_anew_with_another_model_is_not_read_on(library: PostgresqlLibrary, address: str) -> None:
    add(library, DIKES)
    other = ModelIdentity(name="other", revision="2", dim=3, query_prefix="", passage_prefix="")
    create_library(address, other, in_place_of_another=True).close()
    for use in (library.counts, lambda: library.remove_files(["/d/versterkt.txt"])):
        with pytest.raises(LibraryError, match="has been made anew with model other"):
            use()
