"""`with_properties`: what a file's properties say of a document, where its own text says the same: they are often left over from another document."""

import re
from dataclasses import dataclass, replace

from qa.document import Kind, Metadata
from qa.parliament.dates import MONTHS
from qa.parliament.opening import MAX_OPENING
from qa.parliament.titles import shorten

MIN_TITLE = 8
"""Characters of a title; shorter ones agree with any text."""

_TITLED_BY_THEMSELVES = {Kind.ANSWERS, Kind.NOTICE, Kind.LETTER, Kind.MOTION, Kind.REPORT}
_DATE = re.compile(r"(?:D:)?(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)")


@dataclass(frozen=True, kw_only=True)
class Properties:
    """What a file says of itself apart from its text: a title, and when it was made, as it writes it."""

    title: str = ""
    made: str = ""


def with_properties(metadata: Metadata, properties: Properties, text: str) -> Metadata:
    """Return what a document says about itself, with the title and the date of its file's properties where its opening has them too."""
    title = " ".join(properties.title.split())
    opening = text[:MAX_OPENING]
    paragraphs = {" ".join(paragraph.split()).lower().rstrip(" .:") for paragraph in opening.split("\n\n")}
    is_title = len(title) >= MIN_TITLE and title.lower().rstrip(" .:") in paragraphs
    if is_title and metadata.kind not in _TITLED_BY_THEMSELVES:
        metadata = replace(metadata, title=shorten(title))
    return replace(metadata, date=_agreeing_date(properties.made, opening)) if metadata.date is None else metadata


def _agreeing_date(made: str, opening: str) -> str | None:
    """Return the day a file was made as `YYYY-MM-DD`, if the opening names that day."""
    match = _DATE.match(made)
    if match is None or not 1 <= int(match["month"]) <= len(MONTHS):
        return None
    written = rf"(?<!\d)0?{int(match['day'])}\s{{1,3}}{MONTHS[int(match['month']) - 1]}\s{{1,3}}{match['year']}(?!\d)"
    return f"{match['year']}-{match['month']}-{match['day']}" if re.search(written, opening, re.IGNORECASE) else None
