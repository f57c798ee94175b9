"""The command `bronvraag`.

Answers and reports go to standard output, everything else to standard error. Exit codes: 0 done (a refusal is an answer), 1 an error, 2 wrong usage,
130 interrupted. Modules that load the model or the page are imported by the commands that need them, so that `--help` and `info` stay quick.
"""

import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from embeddings import EmbeddingsError
from qa import console
from qa.exceptions import BronvraagError
from qa.library import Library, default_folder

if TYPE_CHECKING:
    from qa.indexing import IndexReport
    from qa.workspace import Workspace

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

LibraryOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer shows this form best
    typer.Option(
        "--library",
        metavar="DIR",
        help="Folder of the library.",
        show_default="in your user data folder",
        envvar="BRONVRAAG_LIBRARY",
    ),
]
TopK = Annotated[int, typer.Option("--top-k", min=1, max=50, help="Most citations to show.")]


class Format(StrEnum):
    """How `ask` writes an answer."""

    TEXT = "text"
    JSON = "json"


@app.command()
def index(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files and folders; folders are searched with all folders in them.")
    ],
    library: LibraryOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A sentence-transformers folder or hub name, for a new library.",
            show_default="the embedded model",
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the library anew; the old one is set aside in its folder.")
    ] = False,
) -> None:
    """Add files and folders to the library, or bring it up to date with them.

    Reads .txt and .md. Only what changed since the last time is read again, and files that are gone leave the library. A file that cannot be read is
    reported and does not stop the others. It can be interrupted at any time; running it again goes on where it was.
    """
    from qa.workspace import open_workspace

    workspace = open_workspace(library or default_folder(), create=True, model=model, rebuild=rebuild, report=console.note)
    report, summary = _index(workspace, paths)
    typer.echo(summary)
    if report.failures and not report.n_read:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="In Dutch or English.", show_default=False)] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help='Answer many: one {"question": ..., "history": [earlier questions]} a line gives one JSON answer a line, in the same order. - reads standard input.',
            show_default=False,
        ),
    ] = None,
    library: LibraryOption = None,
    top_k: TopK = 5,
    output: Annotated[Format, typer.Option("--format", help="Text to read, or JSON for programs.")] = Format.TEXT,
) -> None:
    """Answer a question with quoted, cited passages, or say that the documents do not."""
    from qa.answering import check_question
    from qa.batch import BatchQuestion, read_batch
    from qa.workspace import open_workspace

    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE.jsonl", param_hint="'QUESTION'")
    asked = read_batch(batch) if batch else [BatchQuestion(question=check_question(question or ""))]
    answerer = open_workspace(library or default_folder(), report=console.note).answerer
    for item in asked:
        answer = answerer.ask(item.question, item.history, top_k=top_k)
        typer.echo(answer.to_json() if batch or output is Format.JSON else console.answer_text(answer))


@app.command()
def serve(
    library: LibraryOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is for this computer only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 7860,
    first_index: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Index this first if the library holds nothing yet.", show_default=False)
    ] = None,
) -> None:
    """Serve the chat page on this computer."""
    from qa.workspace import open_workspace

    console.note("Starting ...")
    workspace = open_workspace(library or default_folder(), create=first_index is not None, report=console.note)
    if first_index and not workspace.library.counts()[0]:
        _report, summary = _index(workspace, [first_index])
        console.note(summary)
    if host not in {"127.0.0.1", "localhost", "::1"}:
        console.note(
            f"WARNING: listening on {host}: everyone who can reach this computer can read the library. There is no password yet."
        )
    answerer = workspace.answerer
    answerer.warm_up()

    from qa.page.server import serve as serve_page  # forbids the model hub to the whole program, so only when the model is loaded

    serve_page(answerer, host=host, port=port, on_ready=lambda url: console.note(f"Bronvraag answers at {url} (Ctrl-C stops it)"))


@app.command()
def info(library: LibraryOption = None) -> None:
    """Show what is in the library and what it was made with."""
    typer.echo(console.library_info(Library.open(library or default_folder())))


@app.command()
def evaluate(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Labelled questions, such as seeds/questions.jsonl.")
    ],
    library: LibraryOption = None,
    misses: Annotated[bool, typer.Option("--misses", help="List the questions that went wrong, too.")] = False,
) -> None:
    """Measure the answers against labelled questions: hit rates, quote hits and refusals by language, with 95 % intervals."""
    from qa.evaluation import evaluate as run
    from qa.evaluation import load_questions
    from qa.evaluation.report import as_misses, as_table
    from qa.workspace import open_workspace

    labelled = load_questions(questions)
    answerer = open_workspace(library or default_folder(), report=console.note).answerer
    with console.counter(len(labelled), "questions") as count:
        evaluation = run(answerer, labelled, on_progress=count)
    typer.echo(as_table(evaluation))
    if misses:
        typer.echo("\n" + as_misses(evaluation))


def _index(workspace: "Workspace", paths: Sequence[Path]) -> "tuple[IndexReport, str]":
    """Bring the library up to date, say which files could not be read, and return the report with its summary."""
    began = time.monotonic()
    with console.index_progress() as show:
        report = workspace.indexer.index(paths, on_progress=show)
    for failure in report.failures:
        console.note(f"Not read: {failure.path}: {failure.reason}.")
    return report, console.index_summary(report, workspace.library.folder, seconds=time.monotonic() - began)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the program with its exit code."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except (BronvraagError, EmbeddingsError) as error:
        console.note(f"bronvraag: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        console.note("\nInterrupted; what was done so far is kept.")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
