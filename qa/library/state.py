"""`LibraryState`: what people have given to a library and what was fitted for it, apart from what is derived from documents; and the kind of it that is a folder."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from qa.exceptions import LibraryError
from qa.library.upload_name import UPLOADS
from qa.paths import absolute_path

FEEDBACK = "feedback.jsonl"


class LibraryState(Protocol):
    """The uploads, the feedback, the calibration and the adapters of a library; a library that is made anew keeps them. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """Where it is, in a sentence."""

    @property
    def uploads(self) -> Path:
        """A folder of this computer in which uploaded files arrive, and lie while they are read."""

    @property
    def work(self) -> Path:
        """A folder of this computer for what is not finished."""

    def file(self, name: str) -> Path | None:
        """Return where this computer can read a file of that name as it is now, if there is one."""

    def put_file(self, name: str, content: bytes) -> None:
        """Keep a file, in place of the one of that name, as a whole.

        Raises:
            LibraryError: it cannot be written.
        """

    def add_feedback(self, line: str, *, most_bytes: int) -> bool:
        """Add a line at the end of the feedback, or tell that this would make it longer than `most_bytes`.

        Raises:
            OSError: it cannot be written.
            LibraryError: the same, of a database.
        """

    def feedback(self) -> Iterable[str]:
        """Return the lines of the feedback, oldest first."""

    def upload_sizes(self) -> list[int]:
        """Return the sizes of the uploads that are kept and of those that arrive here, in bytes."""

    def keep_upload(self, path: Path) -> None:
        """Keep a file that lies in `uploads`.

        Raises:
            OSError: it cannot be kept.
            LibraryError: the same, of a database.
        """

    def holds_upload(self, path: Path) -> bool:
        """Tell whether a file that was indexed under a path is an upload, and so the library's own to delete."""

    def delete_upload(self, path: Path) -> None:
        """Delete an upload, if it is there."""

    def readable(self, path: str) -> Path:
        """Return where this computer can read a file that was indexed under a path; only an upload may lie elsewhere."""

    def all_uploads(self) -> Path | None:
        """Return the folder in which this computer can read all uploads, or None if there are none."""


class StateFolder:
    """A folder with the uploads, the feedback, the calibration and the adapters of a library."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"StateFolder({str(self.path)!r})"

    @property
    def name(self) -> str:
        """Where it is, in a sentence."""
        return str(self.path)

    @property
    def uploads(self) -> Path:
        """The folder in which uploaded files arrive and stay."""
        return absolute_path(self.path) / UPLOADS

    @property
    def work(self) -> Path:
        """The folder itself."""
        return self.path

    def file(self, name: str) -> Path | None:
        """Return the path of a file, if there is one."""
        path = self.path / name
        return path if path.is_file() else None

    def put_file(self, name: str, content: bytes) -> None:
        """Keep a file, in place of the one of that name, as a whole.

        Raises:
            LibraryError: it cannot be written.
        """
        draft = self.path / f".{secrets.token_hex(8)}.part"
        try:
            draft.write_bytes(content)
            draft.replace(self.path / name)
        except OSError as error:
            raise LibraryError("library_unusable", folder=self.path, reason=error.strerror) from error
        finally:
            draft.unlink(missing_ok=True)

    def add_feedback(self, line: str, *, most_bytes: int) -> bool:
        """Append a line in one call of the system, so that lines of several programs do not mix; or tell that this would make it longer than `most_bytes`.

        Raises:
            OSError: it cannot be written.
        """
        content = line.encode("utf-8", errors="replace") + b"\n"
        with self._lock:
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            descriptor = os.open(self.path / FEEDBACK, flags, 0o600)
            try:
                size_bytes = os.fstat(descriptor).st_size
                if size_bytes + len(content) > most_bytes:
                    return False
                if os.write(descriptor, content) < len(content):  # the disk is full; half a line would spoil the file
                    os.ftruncate(descriptor, size_bytes)
                    raise OSError("the disk is full")
            finally:
                os.close(descriptor)
        return True

    def feedback(self) -> Iterable[str]:
        """Return the lines of the feedback, oldest first."""
        path = self.file(FEEDBACK)
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path else []

    def upload_sizes(self) -> list[int]:
        """Return the sizes of the uploads that are kept and of those that arrive, in bytes."""
        return sizes_in(self.uploads)

    def keep_upload(self, path: Path) -> None:
        """Leave a file where it is: it is kept there."""

    def holds_upload(self, path: Path) -> bool:
        """Tell whether a file is an upload, by where it is."""
        return path.parent == self.uploads

    def delete_upload(self, path: Path) -> None:
        """Delete an upload, if it is there."""
        path.unlink(missing_ok=True)

    def readable(self, path: str) -> Path:
        """Return the path."""
        return Path(path)

    def all_uploads(self) -> Path | None:
        """Return the folder of uploads, or None if there is none."""
        return self.uploads if self.uploads.is_dir() else None


def sizes_in(folder: Path, pattern: str = "*") -> list[int]:
    """Return the sizes of the files in a folder whose names match a pattern, in bytes."""
    sizes = []
    for path in folder.glob(pattern):
        with suppress(OSError):  # removed meanwhile
            sizes.append(path.stat().st_size)
    return sizes
