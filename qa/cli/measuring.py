"""`bronvraag evaluate`, `evaluate-messages` and `self-test`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from qa import console
from qa.cli.options import Format, FormatOption, LibraryOption
from qa.exceptions import BronvraagError
from qa.paths import default_folder


def evaluate(
    questions: Annotated[
        list[Path],
        typer.Argument(
            metavar="QUESTIONS.jsonl...", help="Labelled questions, such as seeds/questions.jsonl, or a library's feedback.jsonl."
        ),
    ],
    library: LibraryOption = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List the questions that went wrong, too: what was expected and what came.")
    ] = False,
    output_file: Annotated[
        Path | None,
        typer.Option("--output", metavar="RUN.json", help="Keep the run there, to compare with later ones.", show_default=False),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--compare", metavar="RUN.json", help="Show what changed since the run kept there, too.", show_default=False
        ),
    ] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Measure the answers against labelled questions.

    Shows hit rates, mean reciprocal rank, nDCG, quote hits and refusals by kind and language, with 95 % intervals. As JSON: the run, or with --compare what
    changed since the earlier one.
    """
    from qa.cli.progress import counter
    from qa.measuring import Conditions, Run, compare, load_questions, load_run
    from qa.measuring import evaluate as ask_all
    from qa.measuring.feedback import is_feedback, load_feedback
    from qa.measuring.report import comparison_text, misses_text, run_text
    from qa.workspace import open_workspace

    if output_file and not output_file.absolute().parent.is_dir():
        raise BronvraagError("no_folder_for_run", folder=output_file.absolute().parent)
    labelled = load_questions(*(path for path in questions if not is_feedback(path)))
    for path in filter(is_feedback, questions):
        feedback = load_feedback(path)
        labelled += feedback.questions
        console.note(feedback.summary)
    before = load_run(earlier) if earlier else None
    workspace = open_workspace(library or default_folder())
    with counter(len(labelled), "questions") as count:
        run = Run.of(ask_all(workspace.answerer, labelled, on_progress=count), Conditions.of(workspace.library))
    if output_file:
        run.save(output_file)
    comparison = compare(before, run) if before else None
    if output is Format.JSON:
        typer.echo((comparison or run).to_json())
        return
    blocks = [run_text(run), misses_text(run.outcomes) if misses else "", comparison_text(comparison) if comparison else ""]
    typer.echo("\n\n".join(filter(None, blocks)))


def evaluate_messages(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE.jsonl...",
            help="Labelled messages or conversations, such as seeds/measuring/messages.jsonl; labelled questions count as messages about content.",
        ),
    ],
    library: LibraryOption = None,
    half: Annotated[
        Literal["tune", "report"] | None,
        typer.Option(
            "--half",
            help="Only the half of the messages or conversations to choose by, or that to measure by.",
            show_default=False,
        ),
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was taken for something else, too.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Measure what kinds of messages are recognised, and how conversations are followed.

    Every message is sent by itself; every turn of a conversation with what was asked and cited before it. Which half one belongs to follows from its id.
    """
    from qa.cli.progress import counter
    from qa.measuring.message_report import MessageRun, load_sendable, message_run_text
    from qa.workspace import open_workspace

    messages, conversations = load_sendable(files, half=half)
    workspace = open_workspace(library or default_folder())
    with counter(len(messages) + len(conversations), "messages and conversations") as count:
        run = MessageRun.of(workspace.answerer, messages, conversations, on_progress=count)
    typer.echo(run.model_dump_json(indent=2) if output is Format.JSON else message_run_text(run, misses=misses))


def self_test(
    library: LibraryOption = None,
    sample: Annotated[
        int,
        typer.Option(min=1, metavar="N", help="Make the questions of so many documents, taken at random, always the same ones."),
    ] = 50,
    output: FormatOption = Format.TEXT,
) -> None:
    """Measure how well and how fast this library answers, by questions made of its own text; nothing needs to be labelled.

    Members' questions should find their own answers, footnotes their documents and sentences their passages. Takes about a minute; the library is not changed.
    """
    from qa.cli.progress import counter
    from qa.measuring.self_report import self_test_text
    from qa.measuring.self_test import SelfTest
    from qa.workspace import open_workspace

    workspace = open_workspace(library or default_folder())
    test = SelfTest.of(workspace.library, workspace.embedder, n_documents=sample)
    console.note(f"Asking {test.n_questions} questions made of the library's own text ...")
    with counter(test.n_questions, "questions") as count:
        result = test.run(on_progress=count)
    typer.echo(result.to_json() if output is Format.JSON else self_test_text(result))
