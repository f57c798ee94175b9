"""`bronvraag train`."""

from pathlib import Path
from typing import Annotated

import typer

from qa import console
from qa.cli.options import LibraryOption
from qa.exceptions import BronvraagError
from qa.paths import default_folder


def train(
    questions: Annotated[
        list[Path],
        typer.Argument(
            metavar="QUESTIONS.jsonl...", help="Labelled questions about documents in the library, or its feedback.jsonl."
        ),
    ],
    library: LibraryOption = None,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="How often every question is gone through.")] = 6,
    seed: Annotated[int, typer.Option(help="Of the order of the questions; the same seed gives the same result.")] = 0,
) -> None:
    """Train how questions are read, on labelled questions about this library; what is stored stays as it is.

    Questions about some of the documents, a quarter of all, are held back and asked before and after. If it did not get better, nothing changes. Otherwise the result is used for
    this library from now on, and the one before is kept beside it. Training that was stopped goes on where it was when the command is given again.
    """
    from qa.measuring import load_questions
    from qa.measuring.feedback import is_feedback, load_feedback
    from qa.measuring.report import comparison_text
    from qa.workspace import open_workspace

    try:
        from embeddings.training import TrainingSettings
        from qa.measuring.training import train_library
    except ImportError as error:
        raise BronvraagError("training_needs_more") from error

    labelled = load_questions(*(path for path in questions if not is_feedback(path)))
    for path in filter(is_feedback, questions):
        labelled += load_feedback(path).questions
    workspace = open_workspace(library or default_folder())
    result = train_library(workspace, labelled, settings=TrainingSettings(n_epochs=epochs, seed=seed), report=console.note)
    typer.echo(comparison_text(result.comparison))
    if result.adapter:
        console.note(f"Better: used for this library from now on ({result.adapter} in {workspace.library.state.name}).")
    else:
        console.note("Not better on the questions that were held back: nothing was changed.")
