"""What a document says about itself: title, kind, official identifier, date. Read from its text, never invented."""

import re
from collections.abc import Sequence
from datetime import date

from qa.document import Kind, Metadata
from qa.headings import parse_heading
from qa.passage import Role

MAX_TITLE = 120

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_DATE = rf"(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)"
_RECEIVED = re.compile(rf"\(ontvangen\s+(?:\(ontvangen\s+)?{_DATE}", re.IGNORECASE)
_LETTER_DATE = re.compile(
    rf"^(?:Den Haag|'s-Gravenhage|’s-Gravenhage|Datum|Amsterdam),?:?\s+{_DATE}$", re.IGNORECASE | re.MULTILINE
)
_OFFICIAL_ID = re.compile(r"(?:ah|kv)-[te]k-\d[\dA-Z]*-?\d+|kst-\d+(?:-[A-Z\d]+)+")
_ASKED = re.compile(r"^(?P<who>Vragen van (?:het lid|de leden) .+?) aan .+? over (?P<subject>.+)$")
_SENT = re.compile(r"\s*\(ingezonden .*$")
_LETTER_OPENING = re.compile(
    r"\b(?:met|in) deze brief\b|\bhierbij (?:bied|stuur|zend|informeer|doe|ontvangt)\b|\bgeachte voorzitter\b|\binformeer ik uw kamer\b",
    re.IGNORECASE,
)
_LETTER_SIGNED = re.compile(r"^De (?:Minister|Staatssecretaris)(?:-President)?[^.\n]{0,120},", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"\bover\s+(?P<subject>[^.;]+)")


def read_metadata(text: str, *, heading: str | None = None, furniture: Sequence[str] = ()) -> Metadata:
    """Return what the document says about itself.

    Args:
        text: the canonical text.
        heading: the document's own main heading, where its format marks one.
        furniture: the running heads and feet that were taken out of the text.
    """
    paragraphs = text.split("\n\n")
    kind = _kind(text, paragraphs)
    return Metadata(
        title=_shorten(heading or _title(kind, paragraphs)),
        kind=kind,
        official_id=_official_id(furniture),
        date=_date(kind, text),
    )


def _kind(text: str, paragraphs: Sequence[str]) -> Kind:
    roles = {heading.role for heading in map(parse_heading, paragraphs) if heading}
    if Role.ANSWER in roles:
        return Kind.ANSWERS
    if Role.NOTICE in roles:
        return Kind.NOTICE
    if _LETTER_OPENING.search(text[:3000]) and _LETTER_SIGNED.search(text):
        return Kind.LETTER
    return Kind.OTHER


def _title(kind: Kind, paragraphs: Sequence[str]) -> str:
    if kind in {Kind.ANSWERS, Kind.NOTICE}:
        for paragraph in paragraphs:
            if asked := _ASKED.match(paragraph):
                return f"{asked['who']} over {_SENT.sub('', asked['subject'])}"
    if kind is Kind.LETTER and (subject := _SUBJECT.search(paragraphs[0])):
        return f"Kamerbrief over {subject['subject']}"
    return paragraphs[0]


def _shorten(title: str) -> str:
    if len(title) <= MAX_TITLE:
        return title.strip()
    return title[:MAX_TITLE].rsplit(maxsplit=1)[0].rstrip(",;:") + " …"


def _official_id(furniture: Sequence[str]) -> str | None:
    found = {line for line in furniture if _OFFICIAL_ID.fullmatch(line)}
    return found.pop() if len(found) == 1 else None


def _date(kind: Kind, text: str) -> str | None:
    match = (_RECEIVED if kind in {Kind.ANSWERS, Kind.NOTICE} else _LETTER_DATE).search(text)
    if match is None:
        return None
    try:
        return date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["day"])).isoformat()
    except ValueError:  # a day that does not exist, such as 31 juni
        return None
