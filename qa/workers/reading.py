"""`read_file`: one file, read and segmented, or the reason why it cannot be. This runs in a worker."""

import json
import os
import stat
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from qa.coverage import coverage_doubts
from qa.document import Document
from qa.exceptions import ReadError
from qa.passage import Passage
from qa.segmenter import segment
from qa.wording.sentence import Sentence
from qa.workers.limits import Limits, size_text

MAX_REASON_CHARACTERS = 200
_OTHER_KINDS = {
    stat.S_IFIFO: "is_a_pipe",
    stat.S_IFSOCK: "is_a_socket",
    stat.S_IFCHR: "is_a_device",
    stat.S_IFBLK: "is_a_device",
    stat.S_IFDIR: "is_a_folder",
}


class Reader(Protocol):
    """Makes a document of a file; `qa.readers.read` is the one. It must be importable by its name, as a worker imports it."""

    def __call__(self, path: Path, *, max_size_bytes: int) -> Document:
        """Return the document, or raise `ReadError`."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read, with the size and time of change that it had before and after."""

    document: Document
    passages: Sequence[Passage]
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True)
class Refused:
    """A file that was not read; `reason` completes the sentence "<path>: ..."."""

    reason: Sentence


Outcome = ReadFile | Refused


def read_file(path: Path, reader: Reader, limits: Limits) -> Outcome:
    """Read a file; once more if it changed meanwhile."""
    try:
        for _attempt in range(2):
            before = _status(path)
            outcome = _attempted(path, reader, limits, before)
            if _signature(_status(path)) == _signature(before):
                return outcome
    except ReadError as error:
        return Refused(error.sentence)
    return Refused(Sentence("changed_while_read"))


def memory_refusal(limits: Limits) -> Refused:
    """What is said of a file that needs more memory than it may have."""
    return Refused(Sentence("reading_too_large", {"most": size_text(limits.max_memory_bytes)}))


def _attempted(path: Path, reader: Reader, limits: Limits, status: os.stat_result) -> Outcome:
    if status.st_size > limits.max_size_bytes:
        return Refused(Sentence("size_over_limit", {"size": size_text(status.st_size), "most": size_text(limits.max_size_bytes)}))
    try:
        document = reader(path, max_size_bytes=limits.max_size_bytes)
        _check(document)
        passages = segment(document)
        document = replace(document, doubts=(*document.doubts, *coverage_doubts(document, passages)))
        return ReadFile(document, passages, *_signature(status))
    except ReadError as error:
        return Refused(error.sentence)
    except MemoryError:
        return memory_refusal(limits)
    except Exception as error:  # a reader's bug costs this one file, and is reported by name
        message = " ".join(f"{type(error).__name__}: {error}".split())[:MAX_REASON_CHARACTERS]
        return Refused(Sentence("reader_failed", {"reason": ascii(message)[1:-1]}))


def _status(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise ReadError("link_to_nothing" if path.is_symlink() else "deleted_before_read") from error
    except OSError as error:
        raise ReadError("not_opened", reason=error.strerror or error) from error
    if not stat.S_ISREG(status.st_mode):  # opening a pipe or a device could wait for ever
        raise ReadError(_OTHER_KINDS.get(stat.S_IFMT(status.st_mode), "not_a_file"))
    return status


def _signature(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _check(document: Document) -> None:
    """Refuse text that cannot be kept: half of a UTF-16 pair has no encoding, and SQLite's `substr` stops at a NUL."""
    try:
        everything = document.text + json.dumps(asdict(document.metadata), ensure_ascii=False)
        everything.encode()
    except UnicodeEncodeError as error:
        raise ReadError("half_characters") from error
    if "\0" in everything:
        raise ReadError("nul_characters")
