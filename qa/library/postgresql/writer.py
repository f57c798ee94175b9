"""`Writer`: changes to a library, inside one transaction.

1. Documents are written first, with all that is theirs: any number of programs do so at once. Of several that store the same document, the second waits for
   the first, and finds it there. They take documents in the order of their ids, so that two never wait for each other.
2. What all share comes last, one program after the other (an advisory lock that ends with the transaction): which files hold what, what no file holds
   any more, and the counts of words. It takes some milliseconds.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Connection, Cursor

from qa.library.catalogue import searched_text, values_of
from qa.library.kept import METADATA, document_record, document_values, passage_values, text_values
from qa.library.postgresql.vectors import halved
from qa.library.postgresql.words import MAX_TERM
from qa.library.records import DocumentRecord, EmbeddedDocument, FileRecord
from qa.library.register import entries_of
from qa.text.words import terms_of

_ADD_DOCUMENT = """
INSERT INTO documents (number, document_id, title, folded_title, date, metadata, doubts, searched, indexed_at, n_passages)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (document_id) DO NOTHING RETURNING document_id, number
"""
_NUMBERS_TO_GIVE = "SELECT nextval(pg_get_serial_sequence('documents', 'number')) FROM generate_series(1, %(n)s)"
_PASSAGE_IDS = "SELECT nextval('passage_ids') FROM generate_series(1, %(n)s)"
_COPY_TEXTS = "COPY texts (document, text, page_starts, footnotes, printed_spans, structure) FROM STDIN (FORMAT BINARY)"
_COPY_VALUES = "COPY document_values (document, dimension, value) FROM STDIN (FORMAT BINARY)"
_COPY_REGISTER = "COPY register (document, key, kind, name, affiliation) FROM STDIN (FORMAT BINARY)"
_COPY_PASSAGES = """
COPY passages (document, passage_id, digest, role, numbers, first, after, pages, in_table, speaker, text, context) FROM STDIN (FORMAT BINARY)
"""
_COPY_EMBEDDINGS = "COPY embeddings (document, passage_id, vector, packed) FROM STDIN (FORMAT BINARY)"
_COPY_WORDS = "COPY passage_words (document, passage_id, own, context) FROM STDIN (FORMAT BINARY)"
_MODEL = "SELECT model FROM library"
_LOCK = "SELECT pg_advisory_xact_lock(1114795887, hashtext(current_schema()))"
_PUT_FILES = """
INSERT INTO files SELECT f.path, d.number, f.size_bytes, f.modified_ns
FROM unnest(%(paths)s::text[], %(document_ids)s::text[], %(sizes)s::bigint[], %(times)s::bigint[]) f(path, document_id, size_bytes, modified_ns)
JOIN documents d ON d.document_id = f.document_id
ON CONFLICT (path) DO UPDATE SET document = excluded.document, size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns
"""
_HELD = "SELECT document, min(path) FROM files WHERE document IN (SELECT document FROM files WHERE path = ANY(%(paths)s::text[])) GROUP BY document"
_NUMBERS = "SELECT number FROM documents WHERE document_id = ANY(%(document_ids)s::text[])"
_REMOVE_FILES = "DELETE FROM files WHERE path = ANY(%(paths)s::text[])"
_ORPHANS = """
SELECT number, date, document_id, metadata, indexed_at, n_passages, doubts FROM documents
WHERE number = ANY(%(numbers)s::bigint[]) AND NOT EXISTS (SELECT FROM files WHERE document = number) ORDER BY title, document_id
"""
_REMOVE_WORDS = """
DELETE FROM passage_words WHERE document = ANY(%(numbers)s::bigint[]) RETURNING own, context
"""
_REMOVE_VALUES = "DELETE FROM document_values WHERE document = ANY(%(numbers)s::bigint[]) RETURNING dimension, value"
_REMOVE_DOCUMENTS = "DELETE FROM documents WHERE number = ANY(%(numbers)s::bigint[])"
_COUNT_WORDS = """
INSERT INTO vocabulary SELECT term, reverse(term), n FROM unnest(%(terms)s::text[], %(counts)s::bigint[]) counted(term, n)
ON CONFLICT (term) DO UPDATE SET n_passages = vocabulary.n_passages + excluded.n_passages
"""
_DROP_WORDS = "DELETE FROM vocabulary WHERE term = ANY(%(terms)s::text[]) AND n_passages <= 0"
_COUNT_VALUES = """
INSERT INTO value_counts SELECT * FROM unnest(%(dimensions)s::text[], %(values)s::text[], %(counts)s::bigint[]) counted(dimension, value, n)
ON CONFLICT (dimension, value) DO UPDATE SET n_documents = value_counts.n_documents + excluded.n_documents
"""
_DROP_VALUES = "DELETE FROM value_counts WHERE n_documents <= 0"
_NEW_STATE = """
UPDATE state SET token = %(token)s, n_documents = n_documents + %(n_documents)s, n_passages = n_passages + %(n_passages)s,
    n_own = n_own + %(n_own)s, n_context = n_context + %(n_context)s
"""
_NAMED = "SELECT metadata, (SELECT min(path) FROM files WHERE document = number) FROM documents WHERE number = %(number)s"
_NAME_ANEW = "UPDATE documents SET searched = %(searched)s WHERE number = %(number)s AND searched <> %(searched)s"

MAX_ORDERED = 300
"""Letters of a title by which lists are ordered: an index takes no longer ones."""
_INT, _TEXT, _SHORT, _BYTES, _TEXTS = "int8", "text", "int4", "bytea", "text[]"
Terms = tuple[Sequence[str], Sequence[str]]


class Writer:
    """Changes to a library, inside one transaction of a connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._cursor = Cursor(connection)
        self._added: set[int] = set()
        self._counts: Counter[str] = Counter()
        self._values: Counter[tuple[str, str]] = Counter()
        self._change = {"n_documents": 0, "n_passages": 0, "n_own": 0, "n_context": 0}

    def model(self) -> str:
        """Return the model that made the vectors, as JSON; while this transaction lasts, nobody makes the library anew."""
        row = self._cursor.execute(_MODEL).fetchone()
        return str(row[0]) if row else "{}"

    def add_documents(self, documents: Sequence[EmbeddedDocument], *, indexed_at: str) -> None:
        """Add documents with their passages and what was embedded of each; those that another program has added meanwhile stay as they are."""
        once = list({one.document.document_id: one for one in documents}.values())
        given = self._cursor.execute(_NUMBERS_TO_GIVE, {"n": len(once)}).fetchall()
        numbered = [(one, number) for one, (number,) in zip(once, given, strict=True)]
        numbers: dict[str, int] = {}
        for one, number in sorted(numbered, key=lambda pair: pair[0].document.document_id):
            document_id, title, folded_title, *rest = document_values(one.document)
            values = (
                number,
                document_id,
                title,
                folded_title[:MAX_ORDERED],
                *rest,
                one.indexed_at or indexed_at,
                len(one.passages),
            )
            numbers |= dict(self._cursor.execute(_ADD_DOCUMENT, values).fetchall())
        added = [one for one in once if one.document.document_id in numbers]
        self._added |= set(numbers.values())
        ids = iter(self._cursor.execute(_PASSAGE_IDS, {"n": sum(len(one.passages) for one in added)}).fetchall())
        self._put([(numbers[one.document.document_id], one, [next(ids)[0] for _ in one.passages]) for one in added])

    def share(self, files: Sequence[FileRecord], removed_paths: Sequence[str]) -> list[DocumentRecord]:
        """Record which files hold which documents, forget paths, remove every document that no path holds any more, and return what was removed.

        A file whose document another program has removed is left out: it is read again next time.
        """
        self._cursor.execute(_LOCK)
        paths = [*{file.path for file in files}, *removed_paths]
        held: dict[int, str] = dict(self._cursor.execute(_HELD, {"paths": paths}).fetchall())
        latest = {file.path: file for file in files}.values()
        self._cursor.execute(
            _PUT_FILES,
            {
                "paths": [file.path for file in latest],
                "document_ids": [file.document_id for file in latest],
                "sizes": [file.size_bytes for file in latest],
                "times": [file.modified_ns for file in latest],
            },
        )
        self._cursor.execute(_REMOVE_FILES, {"paths": list(removed_paths)})
        now = {number for (number,) in self._cursor.execute(_NUMBERS, {"document_ids": [file.document_id for file in latest]})}
        touched = held.keys() | now
        removed, gone = self._without_orphans(touched, held)
        self._name_anew(touched - self._added - gone)
        self._count()
        return removed

    def _put(self, documents: Sequence[tuple[int, EmbeddedDocument, Sequence[int]]]) -> None:
        """Write what belongs to documents with these numbers, and their passages under these ids."""
        texts: list[Sequence[Any]] = []
        values: list[Sequence[Any]] = []
        register: list[Sequence[Any]] = []
        passages: list[Sequence[Any]] = []
        embeddings: list[Sequence[Any]] = []
        words: list[Sequence[Any]] = []
        for number, one, ids in documents:
            metadata = one.document.metadata
            texts.append((number, *text_values(one.document)))
            values += [(number, str(dimension), value) for dimension, value in values_of(metadata)]
            register += [(number, key, str(kind), name, party) for key, kind, name, party in entries_of(metadata)]
            for passage_id, passage, kept in zip(ids, one.passages, one.embeddings, strict=True):
                role, *rest = passage_values(one.document, passage)
                passages.append((number, passage_id, kept.digest, str(role), *rest))
                embeddings.append((number, passage_id, halved(kept.vector), kept.packed_tokens))
                words.append((number, passage_id, _kept(terms_of(passage.text)), _kept(terms_of(passage.context))))
        self._copy(_COPY_TEXTS, (_INT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT), texts)
        self._copy(_COPY_VALUES, (_INT, _TEXT, _TEXT), values)
        self._copy(_COPY_REGISTER, (_INT, _TEXT, _TEXT, _TEXT, _TEXT), register)
        columns = (_INT, _INT, _BYTES, _TEXT, _TEXT, _SHORT, _SHORT, _TEXT, "bool", _TEXT, _TEXT, _TEXT)
        self._copy(_COPY_PASSAGES, columns, passages)
        self._copy(_COPY_EMBEDDINGS, (_INT, _INT, "halfvec", _BYTES), embeddings)
        self._copy(_COPY_WORDS, (_INT, _INT, _TEXTS, _TEXTS), words)
        self._note_change([(own, context) for _number, _id, own, context in words], len(documents), 1)
        self._values.update((dimension, value) for _number, dimension, value in values)
        self._values.update(
            ("date", one.document.metadata.date) for _number, one, _ids in documents if one.document.metadata.date
        )

    def _copy(self, statement: str, types: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            with self._cursor.copy(statement) as copy:
                copy.set_types(types)
                for row in rows:
                    copy.write_row(row)

    def _note_change(self, passages: Sequence[Terms], n_documents: int, sign: int) -> None:
        for own, context in passages:
            for term in {*own, *context}:
                self._counts[term] += sign
        self._change["n_documents"] += sign * n_documents
        self._change["n_passages"] += sign * len(passages)
        self._change["n_own"] += sign * sum(len(own) for own, _context in passages)
        self._change["n_context"] += sign * sum(len(context) for _own, context in passages)

    def _without_orphans(self, touched: Iterable[int], held: Mapping[int, str]) -> tuple[list[DocumentRecord], set[int]]:
        orphans = self._cursor.execute(_ORPHANS, {"numbers": list(touched)}).fetchall()
        if not orphans:
            return [], set()
        gone = {"numbers": [row[0] for row in orphans]}
        words = self._cursor.execute(_REMOVE_WORDS, gone).fetchall()
        self._values.subtract(self._cursor.execute(_REMOVE_VALUES, gone).fetchall())
        self._values.subtract(("date", row[1]) for row in orphans if row[1])
        self._cursor.execute(_REMOVE_DOCUMENTS, gone)
        self._note_change(words, len(orphans), -1)
        records = [
            document_record((document_id, metadata, indexed_at, n_passages, doubts, held.get(number, "")))
            for number, _date, document_id, metadata, indexed_at, n_passages, doubts in orphans
        ]
        return records, set(gone["numbers"])

    def _name_anew(self, numbers: Iterable[int]) -> None:
        """Let documents be found by the name of the file that they are shown under now."""
        for number in sorted(numbers):
            row = self._cursor.execute(_NAMED, {"number": number}).fetchone()
            if row and row[1] is not None:
                searched = searched_text(METADATA.validate_json(row[0]), row[1])
                self._cursor.execute(_NAME_ANEW, {"searched": searched, "number": number})

    def _count(self) -> None:
        """Count the words and the values, and give the library's new state a token."""
        changed = {term: n for term, n in sorted(self._counts.items()) if n}
        if changed:
            self._cursor.execute(_COUNT_WORDS, {"terms": list(changed), "counts": list(changed.values())})
        if fewer := [term for term, n in changed.items() if n < 0]:
            self._cursor.execute(_DROP_WORDS, {"terms": fewer})
        if values := {value: n for value, n in sorted(self._values.items()) if n}:
            dimensions, texts = zip(*values, strict=True)
            self._cursor.execute(
                _COUNT_VALUES, {"dimensions": list(dimensions), "values": list(texts), "counts": list(values.values())}
            )
        if any(n < 0 for n in values.values()):
            self._cursor.execute(_DROP_VALUES)
        self._cursor.execute(_NEW_STATE, {**self._change, "token": secrets.token_hex(8)})


def _kept(terms: Iterable[str]) -> list[str]:
    return [term[:MAX_TERM] for term in terms]
