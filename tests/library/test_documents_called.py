"""Documents are found by what others call them in their references."""

import pytest

from qa.document import Kind, Metadata
from qa.library import DocumentRecord
from tests.builders import catalogue_of


def record(document_id: str, **metadata: str) -> DocumentRecord:
    said = Metadata(title=document_id, kind=Kind.OTHER, **metadata)  # type: ignore[arg-type] - only texts are given
    return DocumentRecord(document_id, said, f"/data/{document_id}.pdf", "2026-11-22T10:00:00+00:00", 1)


CATALOGUE = catalogue_of(
    [
        record("answers", official_id="ah-tk-20232024-878"),
        record("letter", dossier="36410-IV", number="15"),
        record("other", official_id="kst-30573-1", dossier="30573", number="2"),
        record("nameless"),
    ]
)


@pytest.mark.parametrize(
    ("identifier", "document_id"),
    [
        ("ah-tk-20232024-878", "answers"),
        ("AH-TK-20232024-878", "answers"),
        ("kst-36410-IV-15", "letter"),
        ("kst-30573-1", "other"),
    ],
)
def test_a_document_is_found_by_its_official_identifier(identifier: str, document_id: str) -> None:
    assert CATALOGUE.documents_called([identifier]) == {identifier: document_id}


@pytest.mark.parametrize("identifier", ["kst-30573-2", "kst-30573", "30573", "", "nameless"])
def test_what_no_document_is_called_finds_none(identifier: str) -> None:
    assert CATALOGUE.documents_called([identifier]) == {}


def test_many_identifiers_are_looked_up_at_once() -> None:
    assert CATALOGUE.documents_called({"kst-36410-IV-15", "kst-1-2", "ah-tk-20232024-878"}) == {
        "kst-36410-IV-15": "letter",
        "ah-tk-20232024-878": "answers",
    }
