"""Filters as conditions on `documents d`: constant SQL, and the parameters that go with it."""

import json
from collections.abc import Sequence
from typing import Any

from qa.library.filters import DIMENSIONS, Dimension, Filters

_WITH_VALUES = (
    "d.number IN (SELECT document FROM document_values WHERE dimension = ? AND value IN (SELECT value FROM json_each(?)))"
)
_THESE = "d.document_id IN (SELECT value FROM json_each(?))"


def matching(filters: Filters, words: Sequence[str] = (), *, leaving_open: Dimension | None = None) -> tuple[str, Sequence[Any]]:
    """Return the condition that a document fits the filters and holds all the words, and its parameters; one kind of filter may be left open."""
    conditions: list[str] = ["TRUE"]
    parameters: list[Any] = []
    for dimension in DIMENSIONS:
        values = filters.values(dimension)
        if not values or dimension == leaving_open:
            continue
        if dimension == "document_ids":
            conditions.append(_THESE)
        else:
            conditions.append(_WITH_VALUES)
            parameters.append(dimension)
        parameters.append(json.dumps(values))
    for bound, condition in ((filters.date_from, "d.date >= ?"), (filters.date_to, "d.date <= ?")):
        if bound:
            conditions.append(condition)
            parameters.append(bound)
    for word in words:
        conditions.append("instr(d.searched, ?) > 0")
        parameters.append(word)
    return " AND ".join(conditions), parameters
