"""`bronvraag ask` and `evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from qa import console
from qa.cli.filtering import (
    DossiersOption,
    FromOption,
    KindsOption,
    MembersOption,
    MinistersOption,
    PartiesOption,
    ToOption,
    chosen_filters,
)
from qa.cli.options import Format, FormatOption, LibraryOption, TopK
from qa.library import default_folder


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
    kinds: KindsOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    members: MembersOption = None,
    parties: PartiesOption = None,
    ministers: MinistersOption = None,
    dossiers: DossiersOption = None,
    top_k: TopK = 5,
    output: FormatOption = Format.TEXT,
) -> None:
    """Answer a question with quoted, cited passages, or say that the documents do not."""
    from qa.answering import check_question
    from qa.batch import BatchQuestion, read_batch
    from qa.workspace import open_workspace

    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE.jsonl", param_hint="'QUESTION'")
    asked = read_batch(batch) if batch else [BatchQuestion(question=check_question(question or ""))]
    answerer = open_workspace(library or default_folder(), report=console.note).answerer
    filters = chosen_filters(
        answerer.catalogue(),
        kinds=kinds,
        date_from=date_from,
        date_to=date_to,
        members=members,
        parties=parties,
        ministers=ministers,
        dossiers=dossiers,
    )
    for item in asked:
        answer = answerer.ask(item.question, item.history, top_k=top_k, filters=filters)
        typer.echo(answer.to_json() if batch or output is Format.JSON else console.answer_text(answer))


def evaluate(
    questions: Annotated[
        Path,
        typer.Argument(
            metavar="QUESTIONS.jsonl", help="Labelled questions, such as seeds/questions.jsonl, or the library's feedback.jsonl."
        ),
    ],
    library: LibraryOption = None,
    misses: Annotated[bool, typer.Option("--misses", help="List the questions that went wrong, too.")] = False,
) -> None:
    """Measure the answers against labelled questions: hit rates, quote hits and refusals by language, with 95 % intervals."""
    from qa.evaluation import evaluate as run
    from qa.evaluation import load_questions
    from qa.evaluation.feedback import is_feedback, load_feedback
    from qa.evaluation.report import as_misses, as_table
    from qa.workspace import open_workspace

    if is_feedback(questions):
        feedback = load_feedback(questions)
        labelled = feedback.questions
        console.note(feedback.summary)
    else:
        labelled = load_questions(questions)
    answerer = open_workspace(library or default_folder(), report=console.note).answerer
    with console.counter(len(labelled), "questions") as count:
        evaluation = run(answerer, labelled, on_progress=count)
    typer.echo(as_table(evaluation))
    if misses:
        typer.echo("\n" + as_misses(evaluation))
