"""`bronvraag calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from qa import console
from qa.cli.options import LibraryOption
from qa.paths import default_folder


def calibrate(
    questions: Annotated[
        list[Path], typer.Argument(metavar="QUESTIONS.jsonl...", help="Labelled questions about documents in the library.")
    ],
    library: LibraryOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE.json", help="Write it there, not in the library.", show_default=False),
    ] = None,
) -> None:
    """Fit ranking, relevance and refusal to labelled questions, and use the result for this library from now on.

    Two files are written: the calibration with its reliability curve and error rates, and beside it, as CSV, the signals that it was fitted on. Some 200
    questions in each language, a third of them without an answer in the documents, are a good number.
    """
    from qa.calibration import calibration_of
    from qa.calibration.calibration import FILE_NAME
    from qa.cli.progress import counter
    from qa.measuring import fit, load_questions, observe, save_observations
    from qa.measuring.fitting_report import calibration_text
    from qa.workspace import open_workspace

    labelled = load_questions(*questions)
    workspace = open_workspace(library or default_folder())
    name = workspace.embedder.identity.name
    with counter(len(labelled), "questions") as count:
        observations, continuations = observe(
            workspace.library, workspace.embedder, labelled, calibration_of(name), on_progress=count
        )
    calibration = fit(name, observations, continuations)
    state = workspace.library.state
    path = output or state.work / f"new-{FILE_NAME}"
    path.write_text(calibration.to_json(), encoding="utf-8")
    signals = path.with_suffix(".csv")
    save_observations(observations, signals)
    if output is None:
        for written, name in ((signals, Path(FILE_NAME).with_suffix(".csv").name), (path, FILE_NAME)):
            state.put_file(name, written.read_bytes())
            written.unlink()
    typer.echo(calibration_text(calibration))
    console.note(f"Written: {output or f'{FILE_NAME} in {state.name}'}, and beside it the signals as CSV.")
