"""`bronvraag account add` and `remove`."""

import sys
from typing import Annotated, Any

import typer

from qa import console
from qa.paths import read_place, shown_place

account = typer.Typer(help="Accounts for `bronvraag serve --auth FILE`.", no_args_is_help=True, rich_markup_mode=None)


@account.callback()
def _accounts() -> None:
    """Keep `add` a command of its own, with one command beside it or none."""


@account.command()
def add(
    file: Annotated[
        Any,
        typer.Argument(
            metavar="FILE",
            parser=read_place,
            help="File of accounts, made if there is none; or the address of a library's database, for servers that share it.",
            show_default=False,
        ),
    ],
    user: Annotated[str, typer.Argument(metavar="USER", help="Name to sign in with.", show_default=False)],
    keeper: Annotated[
        bool, typer.Option("--keeper", help="May remove documents; once one account is named so, the others no longer can.")
    ] = False,
) -> None:
    """Add an account, or give one another password. The password is asked for, or read as a line from standard input; only its digest is kept."""
    from qa.server.accounts import add_account

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    n_readable = add_account(file, user, password, is_keeper=keeper)
    may = "can sign in, and remove documents," if keeper else "can sign in"
    console.note(f"{user} {may} when the server is started with --auth {shown_place(file)}.")
    if n_readable:
        console.note(f"Passwords that stood readable in {shown_place(file)} were replaced by their digests: {n_readable}.")


@account.command()
def remove(
    file: Annotated[
        Any,
        typer.Argument(
            metavar="FILE",
            parser=read_place,
            help="File of accounts, or the address of a library's database.",
            show_default=False,
        ),
    ],
    user: Annotated[str, typer.Argument(metavar="USER", help="Name of the account.", show_default=False)],
) -> None:
    """Take an account away; servers that run let it in no more after some seconds."""
    from qa.server.accounts import remove_account

    remove_account(file, user)
    console.note(f"{user} can no longer sign in.")
