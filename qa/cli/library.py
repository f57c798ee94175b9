"""`bronvraag list`, `show`, `remove` and `info`: what the library holds."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

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
from qa.cli.options import Format, FormatOption, LibraryOption
from qa.paths import default_folder

if TYPE_CHECKING:
    from qa.library import DocumentRecord, Library

NAME = "the id of a document, its official identifier, or a path"


def list_documents(
    library: LibraryOption = None,
    kinds: KindsOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    members: MembersOption = None,
    parties: PartiesOption = None,
    ministers: MinistersOption = None,
    dossiers: DossiersOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """List the documents in the library, by title."""
    from qa.library import open_library

    opened = open_library(library or default_folder())
    filters = chosen_filters(
        opened.catalogue(),
        kinds=kinds,
        date_from=date_from,
        date_to=date_to,
        members=members,
        parties=parties,
        ministers=ministers,
        dossiers=dossiers,
    )
    fitting = opened.catalogue().documents_matching(filters)
    records = [record for record in opened.documents() if record.document_id in fitting]
    if output is Format.TEXT:
        nothing = "The library holds no documents that fit." if filters else "The library holds no documents."
        typer.echo("\n".join(map(console.document_lines, records)) or nothing)
        return
    files = _files_by_document(opened)
    typer.echo(_as_json([_record_dict(record, files[record.document_id]) for record in records]))


def show(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help=f"A document in the library: {NAME}.")],
    library: LibraryOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show a document as it was read: what it says about itself, and its passages with their roles and numbers."""
    from qa.library import document_named, open_library

    opened = open_library(library or default_folder())
    record = document_named(opened, document)
    read = opened.document(record.document_id)
    passages = [stored.passage for stored in opened.passages_of(record.document_id)]
    files = _files_by_document(opened)[record.document_id]
    if output is Format.TEXT:
        typer.echo(console.document_text(record, read, passages, files))
        return
    shown = [{**asdict(passage), "page": read.page_at(passage.start)} for passage in passages]
    typer.echo(_as_json({**_record_dict(record, files), "text": read.text, "passages": shown}))


def remove(
    names: Annotated[
        list[str],
        typer.Argument(metavar="PATH_OR_DOCUMENT...", help=f"What to remove: {NAME}; a folder stands for all files in it."),
    ],
    library: LibraryOption = None,
) -> None:
    """Remove documents from the library. The files on disk stay; indexing them again adds them again."""
    from qa.library import files_named, open_library

    opened = open_library(library or default_folder())
    paths = list(dict.fromkeys(file.path for name in names for file in files_named(opened, name)))
    removed = opened.remove_files(paths)
    opened.settle()
    typer.echo(console.removal_text(paths, removed))


def info(library: LibraryOption = None) -> None:
    """Show how much the library holds and what it was made with; `list` shows the documents."""
    from qa.library import open_library

    typer.echo(console.library_info(open_library(library or default_folder())))


def _files_by_document(library: "Library") -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for file in library.files():
        files.setdefault(file.document_id, []).append(file.path)
    return files


def _record_dict(record: "DocumentRecord", files: list[str]) -> dict[str, object]:
    return {
        "document_id": record.document_id,
        **asdict(record.metadata),
        "files": files,
        "indexed_at": record.indexed_at,
        "n_passages": record.n_passages,
        "doubts": [asdict(doubt) for doubt in record.doubts],
    }


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
