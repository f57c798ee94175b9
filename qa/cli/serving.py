"""`bronvraag serve` and `mcp`."""

import gc
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from qa import console
from qa.cli.indexing import index_paths
from qa.cli.options import LibraryOption
from qa.paths import default_folder, read_place

if TYPE_CHECKING:
    from qa.desk import Desk

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


Host = Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is for this computer only.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")]
AccountsPlace = Annotated[
    Optional[Any],  # noqa: UP045 - typer shows this form best
    typer.Option(
        metavar="FILE",
        parser=read_place,
        help="Let in only who has an account in this file, or this library's database (`bronvraag account add`), or in the variable BRONVRAAG_AUTH.",
        show_default=False,
    ),
]
PublicHosts = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer shows this form best
    typer.Option(
        metavar="NAME",
        help="Name under which a reverse proxy offers the page; can be given more than once.",
        envvar="BRONVRAAG_PUBLIC_HOST",
        show_default=False,
    ),
]
TrustedProxies = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer shows this form best
    typer.Option(
        metavar="ADDRESS",
        help="Reverse proxy at another computer whose X-Forwarded headers are believed; those on this computer are.",
        envvar="BRONVRAAG_TRUSTED_PROXY",
        show_default=False,
    ),
]
RootPath = Annotated[
    str,
    typer.Option(
        metavar="PATH",
        help="Path below which a reverse proxy offers the page, if it does not say so itself (X-Forwarded-Prefix).",
        envvar="BRONVRAAG_ROOT_PATH",
        show_default=False,
    ),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Log requests, questions (without their words) and errors, each as a line of JSON.")
]
LogQuestions = Annotated[
    bool, typer.Option("--log-questions", help="As --log-json, with the words of questions; tell those who ask.")
]
ReadOnly = Annotated[
    bool, typer.Option("--read-only", help="Offer no upload and no removal of documents; the library stays as it is.")
]
FirstIndex = Annotated[
    Path | None, typer.Option(metavar="PATH", help="Index this first if the library holds nothing yet.", show_default=False)
]


def serve(
    library: LibraryOption = None,
    host: Host = "127.0.0.1",
    port: Port = 7860,
    auth: AccountsPlace = None,
    public_host: PublicHosts = None,
    trusted_proxy: TrustedProxies = None,
    root_path: RootPath = "",
    log_json: LogJson = False,
    log_questions: LogQuestions = False,
    read_only: ReadOnly = False,
    first_index: FirstIndex = None,
) -> None:
    """Serve the chat page on this computer; beside it the API for programs and the MCP server for assistants."""
    from qa.server.accounts import load_accounts
    from qa.server.forwarded import read_proxies
    from qa.server.hosts import served_names
    from qa.server.logs import log_as_json

    accounts, names = load_accounts(auth, os.environ), served_names(host, public_host or [])
    proxies = read_proxies(trusted_proxy or [], root_path)
    if isinstance(auth, Path) and accounts is not None:
        _warn_of_readable(auth, n_readable=accounts.n_readable)
    if log_json or log_questions:
        log_as_json(with_questions=log_questions)
    _log_plainly()
    console.note("Starting ...")
    desk = _open_desk(library or default_folder(), first_index, read_only=read_only)
    for warning in exposure_warnings(host, public_host or [], has_accounts=accounts is not None):
        console.note(warning)
    desk.warm_up()

    with _loading():  # it forbids the model hub to the whole program, so only when the model is loaded
        from qa.server.serving import serve as serve_all

    serve_all(
        desk,
        host=host,
        port=port,
        on_ready=lambda url: console.note(f"Bronvraag answers at {url} (Ctrl-C stops it)"),
        accounts=accounts,
        names=names,
        proxies=proxies,
    )


def _warn_of_readable(auth: Path, *, n_readable: int) -> None:
    if is_read_by_all(auth):
        console.note(f"WARNING: everyone on this computer can read the passwords in {auth}; run: chmod 600 {auth}")
    if n_readable:
        console.note(
            f"WARNING: passwords stand readable in {auth}; `bronvraag account add {auth} USER` replaces them by digests."
        )


def _open_desk(place: Any, first_index: Path | None, *, read_only: bool) -> "Desk":
    """Return a desk over a library, with something in it if anything is to be indexed first."""
    with _loading():
        from qa.desk import Desk
        from qa.indexing import Indexer
        from qa.intake import Intake
        from qa.workspace import open_workspace

    workspace = open_workspace(place, create=first_index is not None)
    if first_index and not workspace.library.counts()[0]:
        console.note(console.index_summary(index_paths(workspace, [first_index]), workspace.library.name))
    intake = None if read_only else Intake(workspace.library, Indexer(workspace.library, workspace.embedder))
    return Desk(workspace.library, workspace.answerer, intake=intake)


@contextmanager
def _loading() -> Iterator[None]:
    """Look for no rubbish while modules are loaded: what they make stays, and looking through it takes a seventh of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def mcp(library: LibraryOption = None) -> None:
    """Serve an assistant on this computer by the Model Context Protocol, over standard input and output; assistants start this themselves."""
    from qa.desk import Desk
    from qa.workspace import open_workspace

    _log_plainly()
    workspace = open_workspace(library or default_folder())
    desk = Desk(workspace.library, workspace.answerer)
    desk.warm_up()

    from qa.server.mcp import build_mcp_server
    from qa.work_queues import WorkQueues

    build_mcp_server(desk, WorkQueues().questions).run("stdio")


def _log_plainly() -> None:
    """Log by a line each, unless that is set up already; the package for assistants would wrap and colour them."""
    logging.basicConfig(format="%(levelname)s: %(message)s")


def is_read_by_all(file: Path) -> bool:
    """Whether every user of this computer can read a file."""
    return os.name == "posix" and bool(file.stat().st_mode & 0o004)


def exposure_warnings(host: str, public_hosts: Sequence[str], *, has_accounts: bool) -> list[str]:
    """Return what whoever starts a server for others must know."""
    if host in _LOOPBACK and not public_hosts:
        return []
    if not has_accounts:
        who = "everyone on the network of this computer" if host not in _LOOPBACK else f"everyone who reaches {public_hosts[0]}"
        return [
            "\n".join(
                [
                    "*" * 100,
                    f"WARNING: Bronvraag is open WITHOUT A PASSWORD to {who}:",
                    "they can read every document of the library, and change what it holds as far as the page allows.",
                    "Stop it with Ctrl-C unless that is what you want. For this computer only, leave out --host; for others,",
                    "give --auth FILE (`bronvraag account add FILE USER` makes it), or set BRONVRAAG_AUTH=user:password.",
                    "*" * 100,
                ]
            )
        ]
    if host in _LOOPBACK:
        return []
    readable = f"WARNING: on {host} passwords, questions and answers travel readable over the network. "
    return [
        f"{readable}Let a reverse proxy with https (such as Caddy or nginx) stand in front: --host 127.0.0.1 --public-host NAME."
    ]
