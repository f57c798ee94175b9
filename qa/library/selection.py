"""What users call a document: its id, the identifier of its publication, or the path of a file or folder."""

from pathlib import Path

from qa.exceptions import LibraryError
from qa.library.library import Library
from qa.library.records import DocumentRecord, FileRecord
from qa.paths import absolute_path, is_below


def files_named(library: Library, name: str) -> list[FileRecord]:
    """Return the indexed files that `name` stands for: all files of a document, a file, or all files in a folder.

    Raises:
        LibraryError: there are none.
    """
    documents = {record.document_id for record in library.documents() if _is_called(record, name)}
    path = absolute_path(Path(name))
    files = [file for file in library.files() if file.document_id in documents or is_below(Path(file.path), [path])]
    if not files:
        raise LibraryError("nothing_called", name=name)
    return files


def document_named(library: Library, name: str) -> DocumentRecord:
    """Return the one document that `name` stands for.

    Raises:
        LibraryError: there is none, or more than one.
    """
    found = {file.document_id for file in files_named(library, name)}
    if len(found) > 1:
        some = ", ".join(sorted(found)[:5])
        raise LibraryError("several_called", name=name, n=len(found), some=f"{some}{', ...' if len(found) > 5 else ''}")
    return next(record for record in library.documents() if record.document_id in found)


def _is_called(record: DocumentRecord, name: str) -> bool:
    official_id = record.metadata.official_id
    return name == record.document_id or (official_id is not None and name.casefold() == official_id.casefold())
