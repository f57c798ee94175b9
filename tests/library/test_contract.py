"""What both kinds of libraries promise: each fact is held for a folder and for a database, and both find the same in the same documents."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa.answering import Answerer
from qa.document import Document, Kind, Metadata, Person
from qa.exceptions import LibraryError, NotInLibraryError
from qa.feedback import keep_feedback, parse_feedback
from qa.indexing import Indexer
from qa.intake import Intake, Outcome
from qa.library import Library, Order, create_library, library_exists, open_library
from qa.library.catalogue import fits
from qa.library.filters import DIMENSIONS, EVERYTHING, Filters
from qa.passage import Passage, Role
from qa.segmenter import segment
from qa.text.words import question_words
from tests.builders import nearest
from tests.fake_embedder import FakeEmbedder
from tests.library.kinds import Libraries
from tests.postgresql_server import Server

EMBEDDER = FakeEmbedder()
DIKES, CYCLING, TULIPS = "De dijken zijn versterkt.", "Fietspaden worden breder.", "Tulpen bloeien vroeg."


def add(library: Library, *texts: str) -> None:
    Indexer(library, EMBEDDER).add([(document_of(text), [passage_of(text)]) for text in texts])


def document_of(text: str) -> Document:
    name = text.split()[-1].strip(".")
    metadata = Metadata(title=name, kind=Kind.LETTER, date="2024-01-02", official_id=f"kst-30573-{len(text)}")
    return Document(document_id=name, source=f"/d/{name}.txt", text=text, metadata=metadata)


def passage_of(text: str) -> Passage:
    return Passage(role=Role.PARAGRAPH, start=0, end=len(text), text=text)


def best(library: Library, question: str) -> str:
    return nearest(library, EMBEDDER.embed_queries([question]).vectors, 1)[0][1]


QUESTIONS = (
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Wat kost de opvang van asielzoekers per jaar?",
    "vreemdelingenbeleid terugkeer WODC",
    "zeldzaamwoord zonder treffer",
    "",
)
FILTERS = (
    EVERYTHING,
    Filters(kinds=(Kind.LETTER,)),
    Filters(date_from="2024-01-01", date_to="2024-12-31"),
    Filters(date_from="2021-01-01"),
    Filters(members=("Anders",)),
    Filters(members=("Anders",), document_ids=("copy-1", "copy-2", "nergens")),
    Filters(document_ids=("nergens",)),
)


def fill(library: Library, letter: Document, answers: Document) -> None:
    """Store the seeds, and copies of them under other names, dates and people; then take one away again."""
    people = [Person(name="Anders", affiliation="ABC"), Person(name="J. Éénhoorn", affiliation="'t Hart")]
    copies = [
        replace(
            document,
            document_id=f"copy-{number}",
            source=f"/d/copy-{number}.txt",
            metadata=replace(document.metadata, date=f"202{number}-05-0{number + 1}", asked_by=tuple(people[: number % 3])),
        )
        for number, document in enumerate((letter, letter, answers))
    ]
    Indexer(library, EMBEDDER).add([(document, segment(document)) for document in (letter, answers, *copies)])
    library.store(removed_paths=["/d/copy-2.txt"])


def test_both_kinds_find_list_and_count_the_same(tmp_path: Path, server: Server, letter: Document, answers: Document) -> None:
    made = [create_library(place, EMBEDDER.identity) for place in (tmp_path / "library", server.new_address())]
    for library in made:
        fill(library, letter, answers)
    folder, database = made
    queries = EMBEDDER.embed_queries([QUESTIONS[0], "opvang kosten"]).vectors
    for question in QUESTIONS:
        words = question_words(question, "nl")
        assert database.unknown_words(words) == folder.unknown_words(words)
        for filters in FILTERS:
            results = [one.search(queries, words, n_nearest=20, n_by_words=15, filters=filters) for one in made]
            for found, expected in zip(*results, strict=True):
                assert [one.record for one in found] == [one.record for one in expected]
                np.testing.assert_allclose([one.words for one in found], [one.words for one in expected], atol=1e-5)
                assert all(np.array_equal(a.tokens.vectors, b.tokens.vectors) for a, b in zip(found, expected, strict=True))
    for filters in FILTERS:
        for library in made:
            fitting = {record.document_id for record in library.documents() if fits(record, filters)}
            assert library.catalogue().documents_matching(filters) == fitting
            assert library.catalogue().n_matching(filters) == len(fitting)
        for words in ("", "Éénhoorn 2021", "vreemdelingen copy"):
            assert database.catalogue().facets(filters, words) == folder.catalogue().facets(filters, words)
            for order in Order:
                some = [one.catalogue().listing(filters, words, order=order, start=1, n_most=3) for one in made]
                shown = [[replace(record, indexed_at="") for record in listing.records] for listing in some]
                assert (shown[0], some[0].n_documents) == (shown[1], some[1].n_documents)
    for dimension in DIMENSIONS:
        assert database.catalogue().values(dimension) == folder.catalogue().values(dimension)
    assert database.counts() == folder.counts()
    assert database.catalogue().period() == folder.catalogue().period()
    assert database.catalogue().parties() == folder.catalogue().parties()
    assert database.files() == folder.files()
    assert database.files(["/d"]) == folder.files(["/d"]) != []
    for record in folder.documents():
        one = record.document_id
        assert database.document(one) == folder.document(one)
        assert database.passages_of(one) == folder.passages_of(one)
        assert database.catalogue().record(one) == replace(record, indexed_at=database.records([one])[one].indexed_at)
    for name in ("copy-0", answers.metadata.official_id or "", "anders"):
        assert database.register().documents_called(name) == folder.register().documents_called(name)
        assert database.register().people_called(name) == folder.register().people_called(name)
    for question in QUESTIONS[:2]:
        assert Answerer(database, EMBEDDER).ask(question) == Answerer(folder, EMBEDDER).ask(question)
    for library in made:
        library.close()


def test_what_a_thread_reads_in_one_block_is_of_one_moment(libraries: Libraries) -> None:
    library, place = libraries.make()
    add(library, DIKES, CYCLING)
    other = libraries.kept(open_library(place))
    with library.reading():
        before = library.counts()
        other.remove_files(["/d/versterkt.txt"])
        add(other, TULIPS)
        seen = library.counts(), library.document("versterkt").text, library.has_document("vroeg"), best(library, DIKES)
    assert seen == (before, DIKES, False, DIKES)
    assert (library.has_document("versterkt"), library.has_document("vroeg")) == (False, True)
    assert [best(library, text) for text in (TULIPS, CYCLING)] == [TULIPS, CYCLING]


@pytest.mark.parametrize("name", ["register", "search", "records", "unknown_words"])
def test_a_document_that_is_removed_during_a_question_is_still_cited_in_it(libraries: Libraries, name: str) -> None:
    library, place = libraries.make()
    add(library, DIKES, CYCLING)
    real, other = getattr(library, name), libraries.kept(open_library(place))

    def remove_first(*args: object, **details: object) -> object:
        other.remove_files(["/d/versterkt.txt"])
        return real(*args, **details)

    setattr(library, name, remove_first)
    answer = Answerer(library, EMBEDDER).ask("Zijn de dijken versterkt?")
    assert [citation.quote for citation in answer.citations][:1] == [DIKES]


def test_of_programs_that_make_one_library_at_once_one_does(libraries: Libraries) -> None:
    place, made = libraries.new_place(), []
    start = threading.Barrier(4)

    def make() -> None:
        start.wait()
        try:
            libraries.make(place)
            made.append("made")
        except LibraryError as error:
            made.append(str(error))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("already" in one for one in made) == [False] + [True] * 3
    assert library_exists(place)


def test_the_same_document_stored_by_several_programs_at_once_is_one(libraries: Libraries) -> None:
    library, place = libraries.make()
    programs = [library, *(libraries.kept(open_library(place)) for _ in range(3))]
    failed: list[Exception] = []

    def store(one: Library, texts: tuple[str, ...]) -> None:
        try:
            add(one, *texts)
        except Exception as error:
            failed.append(error)

    orders = [(DIKES, CYCLING, TULIPS), (TULIPS, CYCLING, DIKES)]  # which must not wait for each other
    threads = [threading.Thread(target=store, args=(one, orders[i % 2])) for i, one in enumerate(programs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, library.counts(), len(library.files())) == ([], (3, 3), 3)
    assert library.unknown_words(question_words("dijken fietspaden tulpen", "nl")) == ()


def test_a_document_leaves_with_its_last_file_and_its_words_with_it(libraries: Libraries) -> None:
    library, _place = libraries.make()
    add(library, DIKES, CYCLING)
    copy = replace(library.files_of("versterkt")[0], path="/d/a-copy.txt")
    library.store(files=[copy])
    assert library.remove_files(["/d/versterkt.txt"]) == []
    assert [record.source for record in library.documents() if record.document_id == "versterkt"] == ["/d/a-copy.txt"]
    assert [record.document_id for record in library.catalogue().listing(words="a-copy").records] == ["versterkt"]
    assert [(record.document_id, record.source) for record in library.remove_files(["/d/a-copy.txt"])] == [
        ("versterkt", "/d/a-copy.txt")
    ]
    assert library.unknown_words(question_words("dijken fietspaden", "nl")) == ("dijken",)
    assert library.counts() == (1, 1)
    with pytest.raises(NotInLibraryError, match="no document 'versterkt'"):
        library.document("versterkt")


def test_what_is_remembered_stays_until_the_library_changes(libraries: Libraries) -> None:
    library, place = libraries.make()
    add(library, DIKES)
    catalogue, register = library.catalogue(), library.register()
    assert library.catalogue() is catalogue
    assert library.register() is register
    add(libraries.kept(open_library(place)), CYCLING)
    assert library.catalogue() is not catalogue
    assert len(library.catalogue()) == 2
    assert "breder" in library.register().documents_called(f"KST-30573-{len(CYCLING)}")


def test_a_library_that_is_made_anew_is_used_at_once_by_whoever_had_the_old_one_open(libraries: Libraries) -> None:
    library, place = libraries.make()
    add(library, DIKES)
    with pytest.raises(LibraryError, match="already"):
        libraries.make(place)
    keep_feedback(library.state, parse_feedback({"verdict": "right", "question": "Wie?", "language": "nl"}))
    new = libraries.kept(create_library(place, EMBEDDER.identity, in_place_of_another=True))
    add(new, CYCLING)
    assert (library.counts(), best(library, "dijken")) == ((1, 1), CYCLING)
    add(library, TULIPS)  # an upload of a server that runs on
    assert {record.document_id for record in libraries.kept(open_library(place)).documents()} == {"breder", "vroeg"}
    assert len(list(new.state.feedback())) == 1


def test_what_people_give_to_one_server_another_has_too(libraries: Libraries) -> None:
    library, place = libraries.make()
    other = libraries.kept(open_library(place))
    intakes = [Intake(one, Indexer(one, EMBEDDER)) for one in (library, other)]
    incoming = intakes[0].receive()
    incoming.write(b"Er zijn zonnepanelen.")
    received = intakes[0].add(incoming, "zon.txt").result(60)
    document_id = str(received.document_id)
    assert (received.outcome, other.counts()[0], best(other, "zonnepanelen")) == (Outcome.INDEXED, 1, "Er zijn zonnepanelen.")
    assert other.state.readable(other.document(document_id).source).read_bytes() == b"Er zijn zonnepanelen."
    intakes[1].remove(document_id)
    assert (library.counts(), library.state.upload_sizes(), library.state.all_uploads() in (None, library.state.uploads)) == (
        (0, 0),
        [],
        True,
    )
    for one in (library, other):
        keep_feedback(one.state, parse_feedback({"verdict": "right", "question": "Wie?", "language": "nl"}))
    assert len(list(other.state.feedback())) == 2
    assert library.state.add_feedback("x" * 100, most_bytes=100) is False
    library.state.put_file("calibration.json", b"first")
    other.state.put_file("calibration.json", b"second")
    found = library.state.file("calibration.json")
    assert (found and found.read_bytes(), library.state.file("adapter.safetensors")) == (b"second", None)
    for intake in intakes:
        intake.close()
