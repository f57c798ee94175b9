"""Filters as one constant condition on `documents d`, whose parameters say which parts of it count."""

from collections.abc import Sequence
from typing import Any

from qa.library.filters import DIMENSIONS, Dimension, Filters


def _with_values(dimension: Dimension) -> str:
    return (
        f"(%({dimension})s::text[] IS NULL OR d.number IN "
        f"(SELECT document FROM document_values WHERE dimension = '{dimension}' AND value = ANY(%({dimension})s::text[])))"
    )


MATCHING = " AND ".join(
    [
        *(_with_values(dimension) for dimension in DIMENSIONS if dimension != "document_ids"),
        "(%(document_ids)s::text[] IS NULL OR d.document_id = ANY(%(document_ids)s::text[]))",
        "(%(date_from)s::text IS NULL OR d.date >= %(date_from)s::text)",
        "(%(date_to)s::text IS NULL OR d.date <= %(date_to)s::text)",
        "(%(searched)s::text[] IS NULL OR NOT EXISTS (SELECT FROM unnest(%(searched)s::text[]) word WHERE strpos(d.searched, word) = 0))",
    ]
)
"""That a document fits the filters and holds all the words."""

AMONG = f"(%(all)s::boolean OR (document IN (SELECT d.number FROM documents d WHERE {MATCHING})) IS TRUE)"
"""That a row is of a document that fits. `IS TRUE` keeps the order in which an index of vectors gives its rows."""


def matching(filters: Filters, words: Sequence[str] = (), *, leaving_open: Dimension | None = None) -> dict[str, Any]:
    """Return the parameters of these conditions; one kind of filter may be left open."""
    values: dict[str, Any] = {
        dimension: list(chosen) if (chosen := filters.values(dimension)) and dimension != leaving_open else None
        for dimension in DIMENSIONS
    }
    bounds = {"date_from": filters.date_from, "date_to": filters.date_to}
    found = {**values, **bounds, "searched": list(words) or None}
    return {**found, "all": not any(value is not None for value in found.values())}
