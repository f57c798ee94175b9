"""`Reader`: what is read of documents, files and passages in one moment. What a question reads twice is read once."""

from collections.abc import Iterable, Sequence
from typing import Any

from qa.document import Document
from qa.exceptions import NotInLibraryError
from qa.library.kept import document_of, document_record, passage_record
from qa.library.postgresql.moment import Moment
from qa.library.postgresql.rows import PASSAGE, RECORD
from qa.library.postgresql.vectors import array_of
from qa.library.records import DocumentRecord, FileRecord, PassageRecord, StoredEmbedding
from qa.library.register import Called, Entry, Found

_FILES = "SELECT f.path, d.document_id, f.size_bytes, f.modified_ns FROM files f JOIN documents d ON d.number = f.document"
_ALL_FILES = f"{_FILES} ORDER BY f.path"
_FILES_OF = f"{_FILES} WHERE d.document_id = %(document_id)s ORDER BY f.path"
_FILES_BELOW = f"""
{_FILES} WHERE f.path IN (
    SELECT one.path FROM unnest(%(below)s::text[]) b JOIN files one ON one.path = b
    UNION SELECT one.path FROM unnest(%(below)s::text[]) b JOIN files one
        ON one.path > (rtrim(b, '/') || '/') COLLATE "C" AND one.path < (rtrim(b, '/') || '0') COLLATE "C"
) ORDER BY f.path
"""
_DOCUMENTS = f"SELECT {RECORD} FROM documents d ORDER BY d.title, d.document_id"
_DOCUMENT_IDS = "SELECT document_id FROM documents ORDER BY number"
_RECORDS = f"SELECT {RECORD} FROM documents d WHERE d.document_id = ANY(%(document_ids)s::text[])"
_RECORDS_OF_PASSAGES = f"SELECT {RECORD} FROM documents d WHERE d.number IN (SELECT document FROM passages WHERE passage_id = ANY(%(ids)s::bigint[]))"
_DOCUMENT = """
SELECT (SELECT min(path) FROM files f WHERE f.document = d.number), d.metadata, t.text, t.page_starts, t.footnotes, t.printed_spans, t.structure, d.doubts
FROM documents d JOIN texts t ON t.document = d.number WHERE d.document_id = %(document_id)s
"""
_HAS_DOCUMENT = "SELECT EXISTS (SELECT FROM documents WHERE document_id = %(document_id)s)"
_PASSAGES = (
    f"SELECT {PASSAGE} FROM passages p JOIN documents d ON d.number = p.document WHERE p.passage_id = ANY(%(ids)s::bigint[])"
)
_WITH_TOKENS = f"""
SELECT e.packed, {PASSAGE} FROM passages p JOIN documents d ON d.number = p.document
JOIN embeddings e ON e.document = p.document AND e.passage_id = p.passage_id WHERE p.passage_id = ANY(%(ids)s::bigint[])
"""
_PASSAGES_OF = f"""
SELECT {PASSAGE} FROM documents d JOIN passages p ON p.document = d.number WHERE d.document_id = ANY(%(document_ids)s::text[])
ORDER BY p.first, p.passage_id
"""
_KNOWN = """
SELECT DISTINCT ON (p.digest) p.digest, e.vector, e.packed FROM passages p
JOIN embeddings e ON e.document = p.document AND e.passage_id = p.passage_id WHERE p.digest = ANY(%(digests)s::bytea[]) ORDER BY p.digest, p.passage_id
"""
_CALLED = """
SELECT key, kind, name, affiliation, document_id, date FROM register JOIN documents ON number = document
WHERE key = ANY(%(keys)s::text[]) AND kind = ANY(%(kinds)s::text[]) ORDER BY coalesce(date, '') COLLATE "C" DESC, document_id, register.ctid
"""
_NOTED = "SELECT value FROM notes WHERE key = %(key)s"
_VERSIONS = "SELECT versions FROM library"
_IDENTITY = "SELECT model FROM library"
_SIZE = """
SELECT coalesce(sum(pg_total_relation_size(format('%%I.%%I', current_schema(), name))), 0)::bigint
FROM unnest('{documents,texts,files,document_values,register,passages,embeddings,passage_words,vocabulary,kept_files,uploads,feedback}'::text[]) name
"""


class Reader:
    """Reads a library in one moment."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._records: dict[str, DocumentRecord] = moment.remembered.setdefault("records", {})

    def noted(self, key: str) -> str | None:
        """Return what was noted under a key, if anything was."""
        row = self._moment.one(_NOTED, {"key": key})
        return row[0] if row else None

    def identity(self) -> str:
        """Return the model that made the vectors, as JSON."""
        return str(self._moment.one(_IDENTITY)[0])

    def versions(self) -> str:
        """Return the versions of the packages that made the library, as JSON."""
        return str(self._moment.one(_VERSIONS)[0])

    def size_bytes(self) -> int:
        """Return how much disk the library takes."""
        return int(self._moment.one(_SIZE)[0])

    def files(self, below: Sequence[str] | None = None) -> list[FileRecord]:
        """Return the indexed files, by path: all, or those that are one of these paths or lie below one."""
        rows = self._moment.all(_ALL_FILES) if below is None else self._moment.all(_FILES_BELOW, {"below": list(below)})
        return [FileRecord(*row) for row in rows]

    def files_of(self, document_id: str) -> list[FileRecord]:
        """Return the files that hold a document, by path."""
        return [FileRecord(*row) for row in self._moment.all(_FILES_OF, {"document_id": document_id})]

    def documents(self) -> list[DocumentRecord]:
        """Return a record of every document, by title."""
        return [document_record(row) for row in self._moment.all(_DOCUMENTS)]

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they came."""
        return [document_id for (document_id,) in self._moment.all(_DOCUMENT_IDS)]

    def records(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Return the records of those of these documents that there are."""
        wanted = list(document_ids)
        if unknown := [one for one in wanted if one not in self._records]:
            self._remember(self._moment.all(_RECORDS, {"document_ids": unknown}))
        return {one: self._records[one] for one in wanted if one in self._records}

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInLibraryError: the library does not hold it.
        """
        row = self._moment.one(_DOCUMENT, {"document_id": document_id})
        if row is None:
            raise NotInLibraryError("no_such_document", document_id=document_id)
        return document_of(document_id, row[0], row[1:])

    def has_document(self, document_id: str) -> bool:
        """Tell whether the library holds the document."""
        return bool(self._moment.one(_HAS_DOCUMENT, {"document_id": document_id})[0])

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the passages with these ids, in this order; ids that are not in the library are left out."""
        known: dict[int, PassageRecord] = self._moment.remembered.setdefault("passage records", {})
        if unknown := [one for one in passage_ids if one not in known]:
            known |= {row[0]: passage_record(row) for row in self._moment.all(_PASSAGES, {"ids": unknown})}
        return [known[one] for one in passage_ids if one in known]

    def passages_with_tokens(self, passage_ids: Sequence[int]) -> dict[int, tuple[PassageRecord, bytes]]:
        """Return those of these passages that there are, with their packed token vectors, by id; the records of their documents come with them."""
        ids = {"ids": list(passage_ids)}
        rows, records = self._moment.together((_WITH_TOKENS, ids), (_RECORDS_OF_PASSAGES, ids))
        self._remember(records)
        found = {row[1]: (passage_record(row[1:]), row[0]) for row in rows}
        known: dict[int, PassageRecord] = self._moment.remembered.setdefault("passage records", {})
        known |= {passage_id: record for passage_id, (record, _packed) in found.items()}
        return found

    def passages_of(self, document_ids: Sequence[str]) -> dict[str, list[PassageRecord]]:
        """Return the passages of each document, in order of start."""
        known: dict[str, list[PassageRecord]] = self._moment.remembered.setdefault("passages", {})
        if unknown := [one for one in document_ids if one not in known]:
            known |= {document_id: [] for document_id in unknown}
            for row in self._moment.all(_PASSAGES_OF, {"document_ids": unknown}):
                known[row[1]].append(passage_record(row))
        return {document_id: list(known[document_id]) for document_id in document_ids}

    def embeddings_by_digest(self, digests: Iterable[bytes]) -> dict[bytes, StoredEmbedding]:
        """Return what is stored for texts that the library has embedded already, by the digest of the text."""
        rows = self._moment.all(_KNOWN, {"digests": list(set(digests))})
        return {digest: StoredEmbedding(digest, array_of(vector), packed) for digest, vector, packed in rows}

    def _remember(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            self._records[row[0]] = document_record(row)


def called(moment: Moment, keys: Iterable[str], kinds: Iterable[Called]) -> list[Found]:
    """Return everything that goes by one of these names."""
    rows = moment.all(_CALLED, {"keys": list(keys), "kinds": [str(kind) for kind in kinds]})
    return [
        Found(Entry(key, Called(kind), name, affiliation), document_id, date)
        for key, kind, name, affiliation, document_id, date in rows
    ]
