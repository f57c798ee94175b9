"""The tables of a library in PostgreSQL, and how one of an older layout becomes one of this: by numbered steps, each in a transaction of its own.

- They lie in the first schema of the connection's `search_path`, so that a database can hold several libraries.
- `state` has one row, changed by every transaction that changes the library: a random token, by which what is remembered of it is believed or not, and counts.
- What belongs to passages has their document first in its key, so that it can be spread over machines by document.
- `passage_words` holds our own terms, since the stems of PostgreSQL join fewer forms. Its terms lie apart (`toast_tuple_target`), so that reading only which
  passages have a term reads little.
- Texts are compared and ordered letter by letter (`COLLATE "C"`), as everywhere else in the program.
"""

import json
import secrets
from dataclasses import asdict

from psycopg import Connection, errors

from embeddings import ModelIdentity
from qa.exceptions import LibraryError
from qa.library.kept import made_with

TABLES = """
CREATE TABLE library (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), id text NOT NULL, layout integer NOT NULL, model text NOT NULL, versions text NOT NULL);
CREATE TABLE state (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), token text NOT NULL, n_documents bigint NOT NULL, n_passages bigint NOT NULL,
    n_own bigint NOT NULL, n_context bigint NOT NULL
);
INSERT INTO state VALUES (true, 'new', 0, 0, 0, 0);
CREATE TABLE notes (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE documents (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document_id text COLLATE "C" NOT NULL UNIQUE, title text COLLATE "C" NOT NULL,
    folded_title text COLLATE "C" NOT NULL, date text COLLATE "C", metadata text NOT NULL, doubts text NOT NULL, searched text NOT NULL,
    indexed_at text COLLATE "C" NOT NULL, n_passages integer NOT NULL
);
CREATE INDEX documents_by_title ON documents (folded_title);
CREATE INDEX documents_by_date ON documents (date);
CREATE TABLE texts (
    document bigint PRIMARY KEY REFERENCES documents ON DELETE CASCADE, text text NOT NULL, page_starts text NOT NULL, footnotes text NOT NULL,
    printed_spans text NOT NULL, structure text NOT NULL
);
CREATE TABLE files (
    path text COLLATE "C" PRIMARY KEY, document bigint NOT NULL REFERENCES documents, size_bytes bigint NOT NULL, modified_ns bigint NOT NULL
);
CREATE INDEX files_by_document ON files (document, path);
CREATE TABLE document_values (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE, dimension text NOT NULL, value text COLLATE "C" NOT NULL,
    PRIMARY KEY (document, dimension, value)
);
CREATE INDEX document_values_by_value ON document_values (dimension, value);
CREATE TABLE register (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE, key text COLLATE "C" NOT NULL, kind text NOT NULL, name text COLLATE "C" NOT NULL,
    affiliation text COLLATE "C"
);
CREATE INDEX register_by_key ON register (key, kind);
CREATE INDEX register_by_document ON register (document);
CREATE SEQUENCE passage_ids;
CREATE TABLE passages (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE, passage_id bigint NOT NULL, digest bytea NOT NULL, role text NOT NULL,
    numbers text NOT NULL, first integer NOT NULL, after integer NOT NULL, pages text NOT NULL, in_table boolean NOT NULL, speaker text, text text NOT NULL,
    context text NOT NULL, PRIMARY KEY (document, passage_id)
);
CREATE INDEX passages_by_id ON passages (passage_id);
CREATE INDEX passages_by_digest ON passages (digest);
CREATE TABLE embeddings (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE, passage_id bigint NOT NULL, vector halfvec NOT NULL, packed bytea NOT NULL,
    PRIMARY KEY (document, passage_id)
);
ALTER TABLE embeddings ALTER COLUMN packed SET STORAGE EXTERNAL;
CREATE INDEX embeddings_by_id ON embeddings (passage_id);
CREATE TABLE passage_words (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE, passage_id bigint NOT NULL, own text[] COLLATE "C" NOT NULL,
    context text[] COLLATE "C" NOT NULL, PRIMARY KEY (document, passage_id)
) WITH (toast_tuple_target = 128);
CREATE INDEX passage_words_by_id ON passage_words (passage_id);
CREATE INDEX passage_words_by_term ON passage_words USING gin ((own || context));
CREATE TABLE vocabulary (term text COLLATE "C" PRIMARY KEY, reversed text COLLATE "C" NOT NULL, n_passages bigint NOT NULL);
CREATE INDEX vocabulary_reversed ON vocabulary (reversed, n_passages);
CREATE TABLE kept_files (name text PRIMARY KEY, content bytea NOT NULL, kept_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE uploads (name text PRIMARY KEY, content bytea NOT NULL, kept_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE uploads ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TABLE feedback (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line text NOT NULL);
"""
_WORK = 'CREATE TABLE work (path text COLLATE "C" PRIMARY KEY)'
STEPS: tuple[str, ...] = (TABLES, _WORK)
"""What brings a library from the layout before to the next; the first makes an empty one."""
LAYOUT = len(STEPS)

_ADD_PGVECTOR = "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public"
_LOCK = "SELECT pg_advisory_xact_lock(1114795886, hashtext(current_schema()))"
_HAS_LIBRARY = "SELECT to_regclass(format('%I.library', current_schema())) IS NOT NULL"
_LAYOUT = "SELECT layout FROM library"
_FIX_LENGTH = """
DO $$ BEGIN
    EXECUTE format('ALTER TABLE embeddings ALTER COLUMN vector TYPE halfvec(%s)', (SELECT model::json ->> 'dim' FROM library)::integer);
END $$
"""
_SET_LAYOUT = "UPDATE library SET layout = %(layout)s"
_NEW = "INSERT INTO library (id, layout, model, versions) VALUES (%(id)s, %(layout)s, %(model)s, %(versions)s)"
_DROP = """
DROP TABLE IF EXISTS library, state, notes, documents, texts, files, document_values, register, passages, embeddings, passage_words, vocabulary, work CASCADE;
DROP SEQUENCE IF EXISTS passage_ids;
CREATE TEMPORARY TABLE old_uploads ON COMMIT DROP AS SELECT * FROM uploads;
CREATE TEMPORARY TABLE old_kept_files ON COMMIT DROP AS SELECT * FROM kept_files;
CREATE TEMPORARY TABLE old_feedback ON COMMIT DROP AS SELECT line FROM feedback ORDER BY number;
DROP TABLE uploads, kept_files, feedback;
"""
_GIVE_BACK = """
INSERT INTO uploads SELECT * FROM old_uploads;
INSERT INTO kept_files SELECT * FROM old_kept_files;
INSERT INTO feedback (line) SELECT line FROM old_feedback;
"""


def has_library(connection: Connection) -> bool:
    """Tell whether there is a library."""
    row = connection.execute(_HAS_LIBRARY).fetchone()
    return bool(row and row[0])


def make_tables(connection: Connection, identity: ModelIdentity, *, name: str, in_place_of_another: bool = False) -> None:
    """Make an empty library; one that is there may be put aside, except for what people gave it. Of several programs that do this at once, one does.

    Raises:
        LibraryError: there is one already.
    """
    with connection.transaction():
        connection.execute(_LOCK)
        try:
            with connection.transaction():
                connection.execute(_ADD_PGVECTOR)
        except (
            errors.FeatureNotSupported,
            errors.UndefinedFile,
            errors.InvalidSchemaName,
            errors.InsufficientPrivilege,
        ) as error:
            raise LibraryError("library_needs_pgvector", folder=name) from error
        there = has_library(connection)
        if there and not in_place_of_another:
            raise LibraryError("library_exists", folder=name)
        if there:
            connection.execute(_DROP)
        for step in STEPS:
            connection.execute(step)
        if there:
            connection.execute(_GIVE_BACK)
        model, versions = json.dumps(asdict(identity)), json.dumps(made_with())
        connection.execute(_NEW, {"id": secrets.token_hex(8), "layout": LAYOUT, "model": model, "versions": versions})
        connection.execute(_FIX_LENGTH)


def check_layout(connection: Connection, *, name: str) -> None:
    """Bring a library of an older layout up to date, step by step; an interrupted one is gone on with by the next program.

    Raises:
        LibraryError: there is none, it is of a newer version of the program, or it may not be changed by this user.
    """
    if not has_library(connection):
        raise LibraryError("no_library", folder=name)
    while (layout := _layout(connection)) < LAYOUT:
        with connection.transaction():
            connection.execute(_LOCK)
            if _layout(connection) == layout:  # else another program was faster
                connection.execute(STEPS[layout])
                connection.execute(_SET_LAYOUT, {"layout": layout + 1})
    if layout > LAYOUT:
        raise LibraryError("library_other_version", folder=name, layout=layout, read=LAYOUT)


def _layout(connection: Connection) -> int:
    row = connection.execute(_LAYOUT).fetchone()
    return int(row[0]) if row else 0
