"""`bronvraag ask`."""

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
    WithoutOption,
    chosen_filters,
    declined_filters,
)
from qa.cli.options import Format, FormatOption, LibraryOption, TopK
from qa.paths import default_folder


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
    without: WithoutOption = None,
    top_k: TopK = 5,
    with_all: Annotated[bool, typer.Option("--all", help="Show in text also the passages that fit less well.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Answer a question with quoted, cited passages, or say that the documents do not."""
    from qa.answering import check_question
    from qa.batch import BatchQuestion, read_batch
    from qa.workspace import open_workspace

    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE.jsonl", param_hint="'QUESTION'")
    asked = read_batch(batch) if batch else [BatchQuestion(question=check_question(question or ""))]
    workspace = open_workspace(library or default_folder())
    filters = chosen_filters(
        workspace.library.catalogue(),
        kinds=kinds,
        date_from=date_from,
        date_to=date_to,
        members=members,
        parties=parties,
        ministers=ministers,
        dossiers=dossiers,
    )
    answerer = workspace.answerer
    for item in asked:
        declined = declined_filters(answerer.recognise(item.question), without)
        answer = answerer.ask(item.question, item.history, top_k=top_k, filters=filters, declined=declined)
        typer.echo(answer.to_json() if batch or output is Format.JSON else console.answer_text(answer, with_all=with_all))
