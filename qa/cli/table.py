"""`bronvraag table`."""

from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

from qa import console
from qa.answer import Citation
from qa.cli.options import LibraryOption
from qa.exceptions import BronvraagError
from qa.paths import default_folder


def table(
    questions: Annotated[
        Path,
        typer.Argument(
            metavar="QUESTIONS_FILE", help="A list or a set of questions: text, CSV, Excel, Word, ODT, PDF, HTML or XML."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="To write: .xlsx for Excel, or .csv.")],
    library: LibraryOption = None,
    quotes: Annotated[int, typer.Option(min=1, max=10, help="Most quotes for a question.")] = 3,
    language: Annotated[
        Optional[Literal["nl", "en"]],  # noqa: UP045 - typer shows this form best
        typer.Option(
            help="Of the table's words; CSV in Dutch has semicolons, in English commas.", show_default="that of the questions"
        ),
    ] = None,
    page: Annotated[
        str, typer.Option(metavar="URL", help="Where `bronvraag serve` shows the page; links to quotes begin with it.")
    ] = "http://127.0.0.1:7860/",
) -> None:
    """Make a table of the best cited earlier answers to every question of a list, to prepare a new set of answers with."""
    from qa.address import Address
    from qa.cli.progress import counter
    from qa.question_lists.answer_table import rows_of
    from qa.question_lists.question_file import read_question_list
    from qa.question_lists.table_file import as_csv, as_excel
    from qa.text.language import language_of
    from qa.workspace import open_workspace

    writers = {".xlsx": as_excel, ".csv": as_csv}
    if output.suffix.lower() not in writers:
        raise typer.BadParameter(f"{output.name} ends in neither .xlsx nor .csv", param_hint="'--output'")
    if not output.absolute().parent.is_dir():
        raise BronvraagError("no_folder_for_table", folder=output.absolute().parent)
    listed = read_question_list(questions)
    said = language or language_of(" ".join(question.text for question in listed))
    answerer = open_workspace(library or default_folder()).answerer

    def permalink(citation: Citation) -> str:
        return page + Address(citation.document_id, citation.quote_start, citation.quote_end).link

    rows = []
    with counter(len(listed), "questions") as count:
        for n_done, question in enumerate(listed, start=1):
            answer = answerer.ask(question.text, top_k=quotes)
            rows += rows_of(question.label, answer, language=said, permalink=permalink)
            count(n_done)
    _write(output, writers[output.suffix.lower()](rows, said))
    n_found = len({row.label for row in rows if row.quote})
    console.note(f"{len(listed)} questions, {n_found} with earlier answers: {output}")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BronvraagError("table_not_written", path=path, reason=error.strerror) from error
