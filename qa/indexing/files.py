"""Which files there are: below the paths that were given, and no longer."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.exceptions import BronvraagError
from qa.indexing.report import Failure
from qa.paths import absolute_path, shown_path
from qa.readers import SUFFIXES
from qa.wording.sentence import Sentence

METADATA_BESIDE = "metadata.xml"
"""What an official publication says about itself; it is read with the publication that it lies beside."""


@dataclass(frozen=True)
class FoundFiles:
    """What is below the given paths: files that can perhaps be read, numbers of others by the ending of their names, and folders that cannot be searched."""

    paths: Sequence[Path]
    skipped_by_kind: Counter[str]
    failures: list[Failure]


def existing_path(path: Path) -> Path:
    """Return the absolute path.

    Raises:
        BronvraagError: there is nothing there.
    """
    if not os.path.lexists(absolute := absolute_path(path)):
        raise BronvraagError("no_such_path", path=shown_path(path))
    return absolute


def find_files(roots: Iterable[Path]) -> FoundFiles:
    """Find every file once; in folders only those of a kind that can be read, sorted, hidden ones and links to folders left out."""
    paths: dict[Path, bool] = {}
    failures: list[Failure] = []
    for root in roots:
        for path in _walk(root, failures) if root.is_dir() else [root]:
            paths[path] = paths.get(path, False) or path == root or _can_be_read(path)
    skipped = Counter(shown_path(path.suffix.lower()) for path, wanted in paths.items() if not wanted)
    return FoundFiles([path for path, wanted in paths.items() if wanted], skipped, failures)


def _can_be_read(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.name != METADATA_BESIDE


def is_gone(path: str) -> bool:
    """Tell whether there is certainly nothing at `path`; a folder that cannot be looked into may still hold it."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _walk(folder: Path, failures: list[Failure]) -> Iterator[Path]:
    def report(error: OSError) -> None:
        failures.append(Failure(shown_path(error.filename), Sentence("folder_not_searched", {"reason": error.strerror})))

    for parent, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
