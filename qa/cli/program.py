"""The program: its commands, and how it ends.

Answers and reports go to standard output, everything else to standard error. Exit codes: 0 done (a refusal is an answer), 1 an error, 2 wrong usage,
130 interrupted. Modules that load the model or the page are imported by the commands that need them, so that `--help` and `info` stay quick.
"""

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import NoReturn

import typer

from embeddings import EmbeddingsError
from qa import console
from qa.exceptions import BronvraagError

COMMANDS = {
    "index": "qa.cli.indexing",
    "ask": "qa.cli.asking",
    "table": "qa.cli.table",
    "serve": "qa.cli.serving",
    "mcp": "qa.cli.serving",
    "list": "qa.cli.library",
    "show": "qa.cli.library",
    "remove": "qa.cli.library",
    "info": "qa.cli.library",
    "evaluate": "qa.cli.measuring",
    "evaluate-messages": "qa.cli.measuring",
    "self-test": "qa.cli.measuring",
    "bench": "qa.cli.benching",
    "calibrate": "qa.cli.calibrating",
    "train": "qa.cli.training",
    "copy": "qa.cli.copying",
    "account": "qa.cli.account",
}
"""In which module each command is; a module is imported when its command is used, or listed."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the program with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    app = program(given[:1] if given and given[0] in COMMANDS else COMMANDS)
    try:
        app(args=given)
    except (BronvraagError, EmbeddingsError) as error:
        console.note(f"bronvraag: {error}")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        _give_up_output()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        unwritten = BronvraagError("output_not_written", reason=error.strerror)
        console.note(f"bronvraag: {unwritten}")
        _give_up_output()


def _give_up_output() -> NoReturn:
    """End the program with an error, without a word about what still waits to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)


def program(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the program with some of its commands, by default all."""
    app = typer.Typer(
        name="bronvraag",
        help="Ask questions in Dutch or English about Dutch parliamentary documents; get the passages that answer, quoted and cited. "
        "Everything runs on this computer, without the internet.",
        epilog="Begin with: bronvraag index FOLDER, then: bronvraag ask 'Hoeveel ...?' or: bronvraag serve",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # a program with commands, even with one
    for name in names:
        command = getattr(import_module(COMMANDS[name]), "list_documents" if name == "list" else name.replace("-", "_"))
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app
