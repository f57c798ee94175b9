"""`bronvraag bench`."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from qa import console
from qa.cli.options import Format, FormatOption, LibraryOption
from qa.paths import default_folder


def parse_sizes(text: str) -> list[int]:
    """Return the numbers of passages in a list such as `1000,10000`."""
    sizes = text.replace("_", "").split(",")
    if not all(size.strip().isdecimal() and int(size) for size in sizes):
        raise typer.BadParameter(f"{text!r} is not a list of numbers of passages such as 1000,10000", param_hint="'--sizes'")
    return [int(size) for size in sizes]


def bench(
    library: LibraryOption = None,
    sizes: Annotated[str, typer.Option(metavar="N,N,...", help="Passages of the libraries to measure.")] = "1000,10000",
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Another version to measure in turn: a checkout, or the Python that it is installed for.",
            show_default=False,
        ),
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="With documents of 3,000 passages each, some three megabytes.")] = False,
    n_questions: Annotated[int, typer.Option("--questions", min=1, help="How many questions are asked.")] = 40,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep the libraries that are made there, and use those that are there.", show_default=False
        ),
    ] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Measure what questions cost on this computer: milliseconds by stage, start, memory, bytes a passage, passages a second.

    Libraries of the sizes given are grown from the passages of yours, with other words and vectors nearby, so that nothing is embedded. A million passages
    take half an hour and 12 GB; ten thousand some ten seconds.
    """
    from qa.library import open_library
    from qa.measuring.bench import N_EMBEDDED, measure, other_version, questions_of, texts_of, this_version
    from qa.measuring.bench_report import bench_json, bench_text
    from qa.measuring.large_library import LONG_DOCUMENT

    wanted, folder = parse_sizes(sizes), library or default_folder()
    opened = open_library(folder)
    questions = questions_of(opened, n_questions)
    texts = texts_of(opened, N_EMBEDDED)
    with ExitStack() as stack:
        place = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place.mkdir(parents=True, exist_ok=True)
        versions = [this_version(folder.absolute())]
        if against:
            console.note("Indexing the same files with the other version ...")
            versions.append(other_version(against, opened, place.absolute() / "other"))
        result = [
            measure(
                versions,
                place.absolute(),
                size,
                questions,
                texts=texts,
                passages_a_document=LONG_DOCUMENT if long else 0,
                report=console.note,
            )
            for size in wanted
        ]
    typer.echo(bench_json(result) if output is Format.JSON else bench_text(result))
