"""`Period`: a stretch of days as a question names it, in Dutch or English: `in maart 2024`, `sinds 2022`, `between 2021 and 2023`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa.library.filters import last_day
from qa.parliament.dates import MONTHS

_ENGLISH_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER_OF = {name: number for names in (MONTHS, _ENGLISH_MONTHS) for number, name in enumerate(names, start=1)}
_MONTH = rf"(?:{'|'.join(sorted(_NUMBER_OF, key=len, reverse=True))})"
_YEAR = r"(?:19|20)[0-9][0-9](?![0-9])"

MOMENT = (
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s+{_YEAR}|{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|{_MONTH}\s+{_YEAR}|(?:het\s+jaar\s+|the\s+year\s+)?{_YEAR}|(?:vorig|afgelopen|dit)\s+jaar|(?:last|this)\s+year)"
)
"""Pattern of a day, a month or a year; it has no groups."""

_RANGE = (
    rf"(?:(?:tussen|between)\s+(?P<between>{MOMENT})\s+(?:en|and)\s+(?P<and>{MOMENT})"
    rf"|(?:van|from)\s+(?P<van>{MOMENT})\s+(?:tot\s+en\s+met|t/m|tot|to|until|through)\s+(?P<tot>{MOMENT})"
    rf"|(?:sinds|vanaf|since)\s+(?P<since>{MOMENT})|from\s+(?P<onwards>{MOMENT})\s+on(?:wards?)?\b"
    rf"|(?:van\s+)?(?:na|after)\s+(?P<after>{MOMENT})|(?:van\s+voor|van\s+vóór|vóór|(?:from\s+)?before)\s+(?P<before>{MOMENT})"
    rf"|(?:tot\s+en\s+met|t/m|up\s+to\s+and\s+including)\s+(?P<until>{MOMENT}))"
)
_OF_A_DOCUMENT = re.compile(rf"\s+(?:{_RANGE}|(?:uit|van|from|of|dated)\s+(?P<moment>{MOMENT}))", re.IGNORECASE)
_OF_ANYTHING = re.compile(rf"\b(?:{_RANGE}|(?:in|gedurende|during)\s+(?P<moment>{MOMENT}))", re.IGNORECASE)

_PARTS = re.compile(rf"(?:(?P<day>[0-9]{{1,2}})[a-z]*\s+(?:of\s+)?)?(?:(?P<month>{_MONTH})\s+)?(?:(?P<late_day>[0-9]{{1,2}})[a-z]*,?\s+)?(?P<year>{_YEAR})$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, as `YYYY-MM-DD`, either of which may be open; and the place in the text that names them."""

    first: str | None
    last: str | None
    start: int
    end: int


def period_at(text: str, position: int, today: date) -> Period | None:
    """Return the period that stands at a place as part of what a document is: ` uit 2024` after `brieven`."""
    match = _OF_A_DOCUMENT.match(text, position)
    return _read(match, today) if match else None


def periods_in(text: str, today: date) -> Iterator[Period]:
    """Yield the periods that a text names, of whatever it may be."""
    for match in _OF_ANYTHING.finditer(text):
        if period := _read(match, today):
            yield period


def _read(match: re.Match[str], today: date) -> Period | None:
    said = {name: _bounds(text, today) for name, text in match.groupdict().items() if text}
    try:
        first, last = _first_and_last(said)
    except (KeyError, TypeError, OverflowError):  # a day that does not exist, such as 31 juni
        return None
    return None if first and last and first > last else Period(first, last, match.start(), match.end())


def _first_and_last(said: dict[str, tuple[str, str] | None]) -> tuple[str | None, str | None]:
    match list(said.items()):
        case [(_, (first, _)), (_, (_, last))]:
            return first, last
        case [("since" | "onwards", (first, _))]:
            return first, None
        case [("after", (_, last))]:
            return (date.fromisoformat(last) + timedelta(days=1)).isoformat(), None
        case [("before", (first, _))]:
            return None, (date.fromisoformat(first) - timedelta(days=1)).isoformat()
        case [("until", (_, last))]:
            return None, last
        case [("moment", (first, last))]:
            return first, last
    raise KeyError


def _bounds(moment: str, today: date) -> tuple[str, str] | None:
    """Return the first and last day of a moment, or None if it does not exist."""
    lowered = moment.lower()
    if lowered.endswith((" jaar", " year")):
        number = today.year if lowered.startswith(("dit", "this")) else today.year - 1
        return f"{number}-01-01", f"{number}-12-31"
    parts = _PARTS.search(lowered)
    if parts is None:
        return None
    year = parts["year"]
    if parts["month"] is None:
        return f"{year}-01-01", f"{year}-12-31"
    month = f"{year}-{_NUMBER_OF[parts['month']]:02}"
    day = parts["day"] or parts["late_day"]
    if day is None:
        return f"{month}-01", last_day(month)
    exact = f"{month}-{int(day):02}"
    return (exact, exact) if "01" <= exact[8:] <= last_day(month)[8:] else None
