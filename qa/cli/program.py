"""The program: its commands, and how it ends.

Answers and reports go to standard output, everything else to standard error. Exit codes: 0 done (a refusal is an answer), 1 an error, 2 wrong usage,
130 interrupted. Modules that load the model or the page are imported by the commands that need them, so that `--help` and `info` stay quick.
"""

import sys
from collections.abc import Sequence

import typer

from embeddings import EmbeddingsError
from qa import console
from qa.cli.asking import ask
from qa.cli.calibrating import calibrate
from qa.cli.indexing import index
from qa.cli.library import info, list_documents, remove, show
from qa.cli.measuring import evaluate, self_test
from qa.cli.serving import mcp, serve
from qa.cli.table import table
from qa.exceptions import BronvraagError

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
for command in (index, ask, table, serve, mcp, list_documents, show, remove, info, evaluate, self_test, calibrate):
    app.command(command.__name__.removesuffix("_documents").replace("_", "-"))(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the program with its exit code."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except (BronvraagError, EmbeddingsError) as error:
        console.note(f"bronvraag: {error}")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(1)
