"""`Filters`: which documents a question is asked of, or a list shows. Empty filters mean every document.

A document fits if it fits every kind of filter that is set, and of several values of one kind at least one. A document that does not state what is
filtered on, such as a date, does not fit.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.document import Kind
from qa.exceptions import FilterError

MAX_VALUES = 200
"""Values of one kind of filter."""
MAX_VALUE_LENGTH = 300

Dimension = Literal["kinds", "members", "parties", "ministers", "ministries", "dossiers", "document_ids"]
"""A kind of filter with values to choose from; the date is a range instead."""
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which documents.

    Attributes:
        kinds: what they are.
        date_from: of the first day, as `YYYY-MM-DD`.
        date_to: of the last day.
        members: names of members of parliament who ask.
        parties: of the members who ask.
        ministers: names of members of the government who answer or write.
        ministries: of those.
        dossiers: numbers with their chapters, such as `30573` or `36410-IV`.
        document_ids: the documents themselves.
    """

    kinds: tuple[Kind, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    members: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    ministers: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse dates that do not exist and a range that ends before it begins."""
        for bound in (self.date_from, self.date_to):
            if bound is not None:
                _check_day(bound)
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise FilterError("period_backwards", first=self.date_from, last=self.date_to)

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """Return the chosen values of one kind of filter."""
        chosen: tuple[str, ...] = getattr(self, dimension)
        return chosen

    def parts(self) -> tuple["Filters", ...]:
        """Return filters of one value each, and one for the period, that together are these."""
        period = Filters(date_from=self.date_from, date_to=self.date_to)
        single: list[dict[str, Any]] = [{name: (value,)} for name in DIMENSIONS for value in self.values(name)]
        return (*([period] if period else []), *(Filters(**part) for part in single))

    def joined(self, other: "Filters") -> "Filters":
        """Return filters with the values of both; the other's period goes before."""
        values: dict[str, Any] = {name: tuple(dict.fromkeys((*self.values(name), *other.values(name)))) for name in DIMENSIONS}
        period = other if other.date_from or other.date_to else self
        return Filters(**values, date_from=period.date_from, date_to=period.date_to)

    def narrowed(self, document_ids: Sequence[str]) -> "Filters":
        """Return filters that leave only those of these documents that fit these filters too; their `document_ids` are empty if none can."""
        chosen = [one for one in document_ids if one in self.document_ids] if self.document_ids else document_ids
        return replace(self, document_ids=tuple(chosen))

    def without(self, other: "Filters") -> "Filters":
        """Return filters without the values of the other, and without the period if the other has the same."""
        values: dict[str, Any] = {
            name: tuple(value for value in self.values(name) if value not in other.values(name)) for name in DIMENSIONS
        }
        bounds = (self.date_from, self.date_to)
        if bounds == (other.date_from, other.date_to):
            bounds = (None, None)
        return Filters(**values, date_from=bounds[0], date_to=bounds[1])

    def as_dict(self) -> dict[str, Any]:
        """Return what is set, for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value}


EVERYTHING = Filters()


class _Asked(BaseModel):
    """Filters as they come from outside."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kinds: list[str] = Field(default=[], max_length=MAX_VALUES)
    date_from: str | None = None
    date_to: str | None = None
    members: "Values" = []
    parties: "Values" = []
    ministers: "Values" = []
    ministries: "Values" = []
    dossiers: "Values" = []
    document_ids: "Values" = []


Values = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=MAX_VALUE_LENGTH)]],
    Field(max_length=MAX_VALUES),
]


def read_filters(value: object) -> Filters:
    """Return the filters in a JSON object from outside, such as `{"kinds": ["motie"], "date_from": "2024"}`.

    Raises:
        FilterError: it holds something else; the text says what.
    """
    try:
        asked = _Asked.model_validate(value)
    except ValidationError as error:
        raise _explained(error) from error
    return make_filters(**asked.model_dump())


def make_filters(
    *, kinds: Sequence[str] = (), date_from: str | None = None, date_to: str | None = None, **values: Sequence[str]
) -> Filters:
    """Return filters of plain texts; a date may be a year or a month, which stands for its first or its last day.

    Raises:
        FilterError: a text is not a kind or a date.
    """
    chosen: dict[str, Any] = {name: tuple(dict.fromkeys(given)) for name, given in values.items()}
    return Filters(
        kinds=tuple(dict.fromkeys(map(read_kind, kinds))),
        date_from=first_day(date_from) if date_from else None,
        date_to=last_day(date_to) if date_to else None,
        **chosen,
    )


def read_kind(text: str) -> Kind:
    """Return the kind that is called so, in Dutch or by its short English name, such as `letter`.

    Raises:
        FilterError: none is.
    """
    named = next((kind for kind in Kind if text.strip().casefold() in {kind.casefold(), kind.name.casefold()}), None)
    if named is None:
        names = ", ".join(f"{kind.name.lower()} ({kind})" for kind in Kind)
        raise FilterError("no_such_kind", kind=text[:60], kinds=names)
    return named


def first_day(text: str) -> str:
    """Return the first day of a year, a month or a day, written `2024`, `2024-03` or `2024-03-01`."""
    year, month, day = _date_parts(text)
    return f"{year}-{month or '01'}-{day or '01'}"


def last_day(text: str) -> str:
    """Return the last day of a year, a month or a day."""
    year, month, day = _date_parts(text)
    month = month or "12"
    if day is None and "01" <= month <= "12" and year >= "0001":
        day = str(calendar.monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{day or '01'}"


def _date_parts(text: str) -> tuple[str, str | None, str | None]:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise FilterError("not_a_date", text=text[:40])
    return match["year"], match["month"], match["day"]


def _check_day(text: str) -> None:
    try:
        exists = date.fromisoformat(text).isoformat() == text
    except ValueError:
        exists = False
    if not exists:
        raise FilterError("no_such_date", text=text[:40])


def _explained(error: ValidationError) -> FilterError:
    first: Mapping[str, Any] = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))[:60]
    known = ", ".join(field.name for field in fields(Filters))
    if not place:
        return FilterError("filters_no_object", known=known)
    if first["type"] == "extra_forbidden":
        return FilterError("no_such_filter", name=place, known=known)
    if first["type"] in {"too_long", "string_too_long", "string_too_short"}:
        return FilterError("filter_too_long", name=place, most=MAX_VALUES, longest=MAX_VALUE_LENGTH)
    return FilterError("filter_unreadable", name=place)
