"""`copy_library`: a library into another of either kind, with what people gave it; nothing is embedded again.

1. Documents are copied in the order in which they came, each with its files in one transaction. What the target holds already is left out, so that a copy
   that was interrupted goes on where it was.
2. In the end both are read again and compared: how many documents and passages there are, and for every document a digest of all that belongs to it.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from qa.exceptions import LibraryError
from qa.library.library import Library, require_model
from qa.library.records import EmbeddedDocument, FileRecord, digest_of
from qa.library.state import LibraryState
from qa.library.upload_name import is_upload

BATCH_PASSAGES = 256
STATE_FILES = (
    "calibration.json",
    "calibration.csv",
    "adapter.safetensors",
    "previous-adapter.safetensors",
    "accounts",
)
"""What a library's state holds beside uploads and feedback."""

OnProgress = Callable[[str, int], None]


@dataclass(frozen=True)
class Copied:
    """What was copied, and what was there already and the same."""

    n_documents: int
    n_passages: int
    n_there: int
    n_uploads: int
    n_feedback: int


def copy_library(source: Library, target: Library, *, on_progress: OnProgress = lambda _what, _n_done: None) -> Copied:
    """Copy what a library holds into another, and compare the two.

    Args:
        source: what is copied; it should not change meanwhile.
        target: a new library, or one that an earlier copy of the same began.
        on_progress: told what is done, `copy` or `compare`, and with how many documents.

    Raises:
        LibraryError: their models differ, the target cannot be written, or the two are not alike in the end.
    """
    require_model(target, source.identity)
    n_uploads, n_feedback = _copy_state(source.state, target.state)
    ids = source.document_ids()
    there = target.records(ids).keys() if ids else set()
    n_passages = n_done = 0
    for batch in _batches(source, target.state, [one for one in ids if one not in there]):
        target.store(
            documents=[document for document, _files in batch], files=[file for _document, files in batch for file in files]
        )
        n_passages += sum(len(document.passages) for document, _files in batch)
        n_done += len(batch)
        on_progress("copy", n_done)
    target.settle()
    _compare(source, target, ids, on_progress)
    return Copied(len(ids) - len(there), n_passages, len(there), n_uploads, n_feedback)


def digest_of_document(library: Library, document_id: str) -> str:
    """Return a digest of everything that a library holds of a document, except for where its files lie on this computer."""
    document = library.document(document_id)
    passages = library.passages_of(document_id)
    embeddings = library.known_embeddings([record.passage for record in passages])
    digest = hashlib.sha256(repr(replace(document, source="")).encode(errors="surrogatepass"))
    for record in passages:
        embedding = embeddings[digest_of(record.passage)]
        digest.update(repr(replace(record, passage_id=0)).encode(errors="surrogatepass"))
        digest.update(embedding.digest + embedding.vector.tobytes() + embedding.packed_tokens)
    files = sorted((Path(file.path).name, file.size_bytes, file.modified_ns) for file in library.files_of(document_id))
    digest.update(json.dumps([files, asdict(library.records([document_id])[document_id])["indexed_at"]]).encode())
    return digest.hexdigest()


def _batches(
    source: Library, state: LibraryState, document_ids: Sequence[str]
) -> Iterator[list[tuple[EmbeddedDocument, list[FileRecord]]]]:
    batch: list[tuple[EmbeddedDocument, list[FileRecord]]] = []
    for document_id in document_ids:
        batch.append((_embedded(source, document_id), [_moved(file, state) for file in source.files_of(document_id)]))
        if len(batch) >= BATCH_PASSAGES or sum(len(one.passages) for one, _files in batch) >= BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _embedded(source: Library, document_id: str) -> EmbeddedDocument:
    passages = [record.passage for record in source.passages_of(document_id)]
    known = source.known_embeddings(passages)
    document, record = source.document(document_id), source.records([document_id])[document_id]
    return EmbeddedDocument(document, passages, [known[digest_of(one)] for one in passages], indexed_at=record.indexed_at)


def _moved(file: FileRecord, state: LibraryState) -> FileRecord:
    """Return a file as the target knows it: an upload lies among its own uploads."""
    return replace(file, path=str(state.uploads / Path(file.path).name)) if is_upload(file.path) else file


def _copy_state(source: LibraryState, target: LibraryState) -> tuple[int, int]:
    for name in STATE_FILES:
        if path := source.file(name):
            target.put_file(name, path.read_bytes())
    folder, n_uploads = source.all_uploads(), 0
    for path in sorted(folder.iterdir()) if folder else ():
        if is_upload(str(path)):
            kept = target.uploads / path.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            with suppress(shutil.SameFileError):
                shutil.copyfile(path, kept)
            target.keep_upload(kept)
            n_uploads += 1
    there, n_feedback = set(target.feedback()), 0
    for line in source.feedback():
        if line not in there:
            target.add_feedback(line, most_bytes=2**62)
            n_feedback += 1
    return n_uploads, n_feedback


def _compare(source: Library, target: Library, document_ids: Sequence[str], on_progress: OnProgress) -> None:
    counts = source.counts(), target.counts()
    if counts[0] != counts[1]:
        raise LibraryError(
            "copy_other_counts",
            source=source.name,
            target=target.name,
            n_documents=counts[0][0],
            n_passages=counts[0][1],
            n_copied=counts[1][0],
            n_copied_passages=counts[1][1],
        )
    for n_done, document_id in enumerate(document_ids, start=1):
        if digest_of_document(source, document_id) != digest_of_document(target, document_id):
            raise LibraryError("copy_differs", document_id=document_id, source=source.name, target=target.name)
        on_progress("compare", n_done)
