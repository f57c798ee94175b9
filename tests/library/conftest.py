from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.kinds import KINDS, Libraries, folders, shared_server
from tests.postgresql_server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL with pgvector."""
    with shared_server() as running:
        yield running


@pytest.fixture(params=KINDS)
def libraries(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Libraries]:
    """What makes libraries of each kind."""
    new_place = folders(tmp_path) if request.param == "folder" else request.getfixturevalue("server").new_address
    made = Libraries(new_place)
    yield made
    made.close()
