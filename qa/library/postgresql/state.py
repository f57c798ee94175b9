"""`PostgresqlState`: what people have given to a library, and what was fitted for it, in the library's own database; this computer keeps copies only."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from qa.library.postgresql.connections import Connections
from qa.library.state import sizes_in
from qa.library.upload_name import UPLOADS, is_upload

if TYPE_CHECKING:
    import psycopg

_FILE_DIGEST = "SELECT md5(content) FROM kept_files WHERE name = %(name)s"
_FILE = "SELECT content FROM kept_files WHERE name = %(name)s"
_PUT_FILE = """
INSERT INTO kept_files (name, content) VALUES (%(name)s, %(content)s) ON CONFLICT (name) DO UPDATE SET content = excluded.content, kept_at = now()
"""
_LOCK = "SELECT pg_advisory_xact_lock(1114795889, hashtext(current_schema()))"
_FEEDBACK_BYTES = "SELECT coalesce(sum(octet_length(line) + 1), 0) FROM feedback"
_ADD_FEEDBACK = "INSERT INTO feedback (line) VALUES (%(line)s)"
_FEEDBACK = "SELECT line FROM feedback ORDER BY number"
_UPLOAD_SIZES = "SELECT octet_length(content) FROM uploads"
_KEEP_UPLOAD = "INSERT INTO uploads (name, content) VALUES (%(name)s, %(content)s) ON CONFLICT (name) DO NOTHING"
_DELETE_UPLOAD = "DELETE FROM uploads WHERE name = %(name)s"
_HOLDS_UPLOAD = "SELECT EXISTS (SELECT FROM uploads WHERE name = %(name)s)"
_UPLOAD = "SELECT content FROM uploads WHERE name = %(name)s"
_UPLOAD_NAMES = "SELECT name FROM uploads ORDER BY name"


class PostgresqlState:
    """The state of a library in a database. Copies of its files lie in this user's cache folder; each is written as a whole, and may be deleted at any time."""

    def __init__(self, connections: Connections, library_id: str) -> None:
        self._connections = connections
        self._copies = platformdirs.user_cache_path("bronvraag") / "libraries" / library_id

    def __repr__(self) -> str:
        return f"PostgresqlState({self.name!r})"

    @property
    def name(self) -> str:
        """Where it is, in a sentence."""
        return self._connections.name

    @property
    def uploads(self) -> Path:
        """A folder of this computer in which uploaded files arrive, and lie while they are read."""
        return self._copies / UPLOADS

    @property
    def work(self) -> Path:
        """A folder of this computer for what is not finished."""
        self._copies.mkdir(parents=True, exist_ok=True)
        return self._copies

    def file(self, name: str) -> Path | None:
        """Return a copy of the file of that name as it is now, if there is one."""
        with self._connections.reading() as moment:
            found = moment.one(_FILE_DIGEST, {"name": name})
            if found is None:
                return None
            copy = self.work / f"{found[0]}-{name}"
            if not copy.is_file():
                _write(copy, moment.one(_FILE, {"name": name})[0])
        return copy

    def put_file(self, name: str, content: bytes) -> None:
        """Keep a file, in place of the one of that name."""
        self._do(_PUT_FILE, {"name": name, "content": content})

    def add_feedback(self, line: str, *, most_bytes: int) -> bool:
        """Add a line at the end of the feedback, or tell that this would make it longer than `most_bytes`."""
        text = line.encode("utf-8", errors="replace").decode().replace("\0", "")

        def write(connection: "psycopg.Connection[Any]") -> bool:
            connection.execute(_LOCK)
            row = connection.execute(_FEEDBACK_BYTES).fetchone()
            if row is None or row[0] + len(text.encode()) + 1 > most_bytes:
                return False
            connection.execute(_ADD_FEEDBACK, {"line": text})
            return True

        return self._connections.written(write)

    def feedback(self) -> Iterable[str]:
        """Return the lines of the feedback, oldest first."""
        with self._connections.reading() as moment:
            return [line for (line,) in moment.all(_FEEDBACK)]

    def upload_sizes(self) -> list[int]:
        """Return the sizes of the uploads that are kept and of those that arrive here, in bytes."""
        with self._connections.reading() as moment:
            kept = [size for (size,) in moment.all(_UPLOAD_SIZES)]
        return kept + sizes_in(self.uploads, ".*.part")

    def keep_upload(self, path: Path) -> None:
        """Keep a file that lies in `uploads`."""
        self._do(_KEEP_UPLOAD, {"name": path.name, "content": path.read_bytes()})

    def holds_upload(self, path: Path) -> bool:
        """Tell whether a file that was indexed under a path is an upload."""
        if not is_upload(str(path)):
            return False
        with self._connections.reading() as moment:
            return bool(moment.one(_HOLDS_UPLOAD, {"name": path.name})[0])

    def delete_upload(self, path: Path) -> None:
        """Delete an upload, if it is there."""
        self._do(_DELETE_UPLOAD, {"name": path.name})
        (self.uploads / path.name).unlink(missing_ok=True)

    def readable(self, path: str) -> Path:
        """Return where this computer can read a file that was indexed under a path: an upload in a copy, any other where it was indexed."""
        indexed = Path(path)
        if not is_upload(path):
            return indexed
        copy = self.uploads / indexed.name
        if not copy.is_file():
            with self._connections.reading() as moment:
                found = moment.one(_UPLOAD, {"name": indexed.name})
            if found is None:
                return indexed
            _write(copy, found[0])
        return copy

    def all_uploads(self) -> Path | None:
        """Return a folder with copies of all uploads, or None if there are none."""
        with self._connections.reading() as moment:
            names = [name for (name,) in moment.all(_UPLOAD_NAMES)]
        for name in names:
            self.readable(str(self.uploads / name))
        return self.uploads if names else None

    def _do(self, statement: str, parameters: dict[str, Any]) -> None:
        self._connections.written(lambda connection: connection.execute(statement, parameters))


def _write(path: Path, content: bytes) -> None:
    """Write a copy as a whole, whoever else does at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.copy")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
