"""A library copied from one kind to the other and back holds the same."""

import shutil
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from qa.document import Document
from qa.exceptions import BronvraagError, LibraryError
from qa.feedback import keep_feedback, parse_feedback
from qa.indexing import Indexer
from qa.intake import Intake
from qa.library import Library, copying, create_library, open_library
from qa.library.copying import Copied, copy_library, digest_of_document
from qa.segmenter import segment
from qa.server import accounts as accounts_module
from qa.server.accounts import add_account, load_accounts, remove_account
from qa.server.authentication import BasicAuthentication
from tests.coroutines import run
from tests.fake_embedder import FakeEmbedder
from tests.library.test_contract import CYCLING, DIKES, TULIPS, add
from tests.postgresql_server import Server

EMBEDDER = FakeEmbedder()
FEEDBACK = parse_feedback({"verdict": "right", "question": "Wie?", "language": "nl"})


def digests(library: Library) -> list[str]:
    return [digest_of_document(library, one) for one in library.document_ids()]


def test_a_library_comes_back_from_a_database_as_it_went(
    tmp_path: Path, server: Server, answers: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = create_library(tmp_path / "original", EMBEDDER.identity)
    Indexer(original, EMBEDDER).add([(answers, segment(answers))])
    add(original, TULIPS, CYCLING, DIKES)
    intake = Intake(original, Indexer(original, EMBEDDER))
    incoming = intake.receive()
    incoming.write(b"Er zijn zonnepanelen.")
    upload = intake.add(incoming, "zon.txt").result(60).document_id
    intake.close()
    keep_feedback(original.state, FEEDBACK)
    original.state.put_file("calibration.json", b"{}")
    monkeypatch.setattr(copying, "BATCH_PASSAGES", 2)
    database = create_library(server.new_address(), EMBEDDER.identity)
    n_stored = []
    store = database.store

    def stopped(**what: object) -> None:
        store(**what)  # type: ignore[arg-type]
        n_stored.append(1)
        if len(n_stored) == 2:
            raise KeyboardInterrupt

    database.store = stopped  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        copy_library(original, database)
    n_there = database.counts()[0]
    copied = copy_library(original, database)
    assert 0 < n_there < 5
    assert (copied.n_documents, copied.n_there, copied.n_feedback) == (5 - n_there, n_there, 0)
    back = create_library(tmp_path / "back", EMBEDDER.identity)
    assert copy_library(database, back) == Copied(5, original.counts()[1], 0, 1, 1)
    assert digests(back) == digests(database) == digests(original)
    assert back.document_ids() == original.document_ids()
    shutil.rmtree(original.state.uploads)
    for library in (database, back):
        assert library.state.readable(library.document(str(upload)).source).read_bytes() == b"Er zijn zonnepanelen."
        assert list(library.state.feedback()) == list(original.state.feedback())
        found = library.state.file("calibration.json")
        assert found is not None
        assert found.read_bytes() == b"{}"
    back.remove_files([file.path for file in back.files_of("breder")])
    add(back, "Andere tekst over dijken breder.")
    with pytest.raises(LibraryError, match="document breder differs"):
        copy_library(database, back)
    for library in (original, database, back):
        library.close()


def test_servers_that_share_a_database_share_its_accounts_and_notice_when_these_change(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.new_address()
    create_library(address, EMBEDDER.identity).close()
    with pytest.raises(Exception, match="holds no accounts"):
        load_accounts(address, {})
    add_account(address, "anna", "lang genoeg")
    accounts = load_accounts(address, {})
    assert accounts is not None
    assert accounts.admit("anna", "lang genoeg")
    opened = open_library(address)
    kept = opened.state.file("accounts")
    opened.close()
    assert kept is not None
    assert kept.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(accounts_module, "LOOK_AGAIN_S", 0)

    async def statuses() -> list[int]:
        accounts = load_accounts(address, {})
        assert accounts is not None
        guard = BasicAuthentication(PlainTextResponse("binnen"), accounts=accounts, pause_s=0)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost") as client:
            seen = []
            for change in (
                lambda: None,
                lambda: add_account(address, "bert", "ook lang genoeg"),
                lambda: remove_account(address, "anna"),
            ):
                change()
                for user, password in (("anna", "lang genoeg"), ("bert", "ook lang genoeg")):
                    seen.append((await client.get("/", auth=(user, password))).status_code)
            return seen

    assert run(statuses()) == [200, 401, 200, 200, 401, 200]
    for user, sentence in (("anna", "no account anna in postgresql://"), ("bert", "bert is the last account")):
        with pytest.raises(BronvraagError, match=sentence):
            remove_account(address, user)
