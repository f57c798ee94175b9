"""`UploadFolder`: where files from the browser are kept, with what else belongs to the library, and how much of them.

A file is written under a random hidden name while it arrives, and gets its name, made of its content and of what it was called, when it is to stay.
"""

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qa.exceptions import UploadError
from qa.library.state import LibraryState
from qa.library.upload_name import kept_name
from qa.workers.limits import size_text

_ARRIVING = ".*.part"
_ABANDONED_S = 3600


@dataclass(frozen=True, kw_only=True)
class UploadLimits:
    """How large one file may be, how many files and bytes are kept in all, and how many arrive at the same time."""

    max_file_bytes: int = 50_000_000
    max_total_bytes: int = 5_000_000_000
    max_files: int = 20_000
    max_arriving: int = 20


class Incoming:
    """A file that is arriving; in the end it is either kept or discarded."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._n_bytes = 0
        self._digest = hashlib.sha256()
        self._file = path.open("xb")

    def __repr__(self) -> str:
        return f"Incoming({str(self._path)!r}, n_bytes={self._n_bytes})"

    @property
    def document_id(self) -> str:
        """The id of the document that this content is."""
        return self._digest.hexdigest()[:16]

    def write(self, content: bytes) -> None:
        """Add what has arrived.

        Raises:
            UploadError: the file is too large, or there is no room for it.
        """
        self._n_bytes += len(content)
        if self._n_bytes > self._max_bytes:
            raise UploadError("upload_too_large", most=size_text(self._max_bytes))
        self._digest.update(content)
        try:
            self._file.write(content)
        except OSError as error:
            raise UploadError("not_stored", reason=error.strerror) from error

    def keep(self, original: str) -> Path:
        """Return where the file stays; `original` is what the browser says it is called."""
        self._close()
        kept = self._path.with_name(kept_name(self.document_id, original))
        self._path.replace(kept)
        return kept

    def discard(self) -> None:
        """Forget the file, if it was not kept."""
        self._close()
        self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        with suppress(OSError):  # a full disk is told when it is written to
            self._file.close()


class UploadFolder:
    """The folder of uploads of a library."""

    def __init__(self, state: LibraryState, limits: UploadLimits | None = None) -> None:
        self._state = state
        self.path = state.uploads
        self.limits = limits or UploadLimits()

    def __repr__(self) -> str:
        return f"UploadFolder({str(self.path)!r})"

    def receive(self) -> Incoming:
        """Return a place for a file that arrives.

        Raises:
            UploadError: the folder is full, or cannot be written.
        """
        sizes = self._state.upload_sizes()
        if len(sizes) >= self.limits.max_files or sum(sizes) >= self.limits.max_total_bytes:
            raise UploadError("uploads_full", n=len(sizes), size=size_text(sum(sizes)))
        if sum(1 for _path in self.path.glob(_ARRIVING)) >= self.limits.max_arriving:
            raise UploadError("too_many_arriving", n=self.limits.max_arriving)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return Incoming(self.path / f".{secrets.token_hex(16)}.part", self.limits.max_file_bytes)
        except OSError as error:
            raise UploadError("not_stored", reason=error.strerror) from error

    def holds(self, path: Path) -> bool:
        """Tell whether a file was uploaded, and so is the library's own to delete."""
        return self._state.holds_upload(path)

    def keep(self, incoming: Incoming, original: str) -> Path:
        """Return where a file that has arrived stays; `original` is what the browser says it is called."""
        path = incoming.keep(original)
        try:
            self._state.keep_upload(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def delete(self, path: Path) -> None:
        """Delete an upload, if it is there."""
        self._state.delete_upload(path)

    def clear_unfinished(self) -> None:
        """Delete what an interrupted run left half received, an hour after its last byte: other servers of this library receive here too."""
        for path in self.path.glob(_ARRIVING):
            with suppress(OSError):  # kept or discarded meanwhile
                if path.stat().st_mtime < time.time() - _ABANDONED_S:
                    path.unlink()
