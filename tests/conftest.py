"""What tests of every part share: the fake embedder, the real one, a browser, and the documents that the project ships with."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# No test reaches a model hub: whoever asks for it finds a closed port. Set before anything reads it.
os.environ["HF_ENDPOINT"] = "http://127.0.0.1:9"
# Tests run on every core at once: torch's threads would wait for each other six times as long as the work takes.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from embeddings import PackedEmbedder
from qa.document import Document
from qa.readers import read
from qa.workers.limits import n_cores
from tests.fake_embedder import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

SEEDS = Path(__file__).parent.parent / "seeds"

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def pytest_xdist_auto_num_workers() -> int:
    """Run three processes on two cores: a third of the time, a test waits for a browser, a server or a clock."""
    return n_cores() * 3 // 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files that take long first, so that at the end no core waits for another's long file."""
    slow = {item.path for item in items if any(item.iter_markers("browser")) or any(item.iter_markers("model"))}
    items.sort(key=lambda item: item.path not in slow and item.path.parent.name != "server")


@pytest.fixture
def fake_embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def embedder() -> PackedEmbedder:
    """The real embedded model; what uses it is marked `model`."""
    return PackedEmbedder.load()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The browser of this computer; what uses it is marked `browser`."""
    from tests.chromium import chromium_path, started_chromium  # Playwright is slow to import

    if chromium_path() is None:
        pytest.skip("no browser: neither chromium nor google-chrome is installed")
    with started_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def letter() -> Document:
    """The letter to parliament of the seeds."""
    return read(SEEDS / "000_1e22f4b235aa3793.txt")


@pytest.fixture(scope="session")
def answers() -> Document:
    """The written questions with answers of the seeds."""
    return read(SEEDS / "001_22b0354069afef56.txt")
