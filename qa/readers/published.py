"""What a publication says about itself in its markup, as `<meta>` elements in HTML and XML do, by name: `DC.identifier`, `OVERHEIDop.vergaderjaar` ..."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from qa.document import Kind, Metadata
from qa.parliament.metadata import read_metadata
from qa.readers.builder import CanonicalText
from qa.readers.markup import Element

Published = Mapping[str, Sequence[str]]
"""What a publication says about itself, by name: `DC.identifier`, `OVERHEIDop.vergaderjaar` ..."""

_IDENTIFIERS = ("DC.identifier", "DCTERMS.identifier", "dcterms.identifier")
_RECORD = "OVERHEIDop.externMetadataRecord"
_IN_RECORD = re.compile(r"/(?P<id>[a-z]+-[\w-]+)/metadata\.xml$")
_TITLE = "OVERHEIDop.documenttitel"
_DATES = (
    *("OVERHEIDop.datumVergadering", "OVERHEIDop.datumOndertekening", "OVERHEIDop.datumBrief", "OVERHEIDop.datumOntvangst"),
    *("DCTERMS.issued", "dcterms.issued", "DC.date", "article:published_time"),
)
"""Days of what is published; the last are those of the publication itself, where nothing says the former."""
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<day2>\d\d)-(?P<month2>\d\d)-(?P<year2>\d{4})(?!\d)")


def metadata_of(canonical: CanonicalText, published: Published, title: str | None, *, kind: Kind | None = None) -> Metadata:
    """Return what a publication says about itself.

    Args:
        canonical: its text.
        published: what its markup says of it, by name.
        title: that of its own markup, which questions and answers do without.
        kind: what its markup says it is.
    """
    own = identifiers(published)
    official_id = own[0] if len(own) == 1 else None
    metadata = read_metadata(
        canonical.text, furniture=canonical.furniture, official_id=official_id, kind=kind, date=_date(published)
    )
    if metadata.kind in {Kind.ANSWERS, Kind.NOTICE, Kind.MOTION} and kind is None:
        return metadata
    named = iter(published.get(_TITLE, ()) if kind is None or title is None else ())
    return read_metadata(
        canonical.text,
        heading=next(named, title),
        furniture=canonical.furniture,
        official_id=official_id,
        kind=kind,
        date=_date(published),
    )


def _date(published: Published) -> str | None:
    """Return the day of the meeting, or that a letter was signed or received, if the publication says one that exists."""
    for name in _DATES:
        for value in published.get(name, ()):
            match = _DATE.match(value)
            if match is None:
                continue
            year, month, day = (int(match[part] or match[f"{part}2"]) for part in ("year", "month", "day"))
            try:
                return date(year, month, day).isoformat()
            except ValueError:  # no such day
                continue
    return None


def identifiers(published: Published) -> list[str]:
    """Return the official identifiers that a publication gives itself."""
    named = list(dict.fromkeys(value for name in _IDENTIFIERS for value in published.get(name, ())))
    return named or [match["id"] for value in published.get(_RECORD, ()) if (match := _IN_RECORD.search(value))]


def published_by(elements: Sequence[Element]) -> dict[str, list[str]]:
    """Return what elements with a `name` and a `content` say."""
    published: dict[str, list[str]] = {}
    for element in elements:
        name = element.attributes.get("name", "") or element.attributes.get("property", "")
        value = " ".join(element.attributes.get("content", "").split())
        if name and value:
            published.setdefault(name, []).append(value)
    return published
