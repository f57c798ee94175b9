"""The letterhead of a letter: addresses, `Datum`, `Ons kenmerk`, `Betreft`. It says what the letter is; it is not its text.

It stands in tables or text boxes, or as short paragraphs above the salutation. What makes a letterhead is that it holds at least two different
signs of one: labels, an addressee, parts of an address, a place with a date.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.parliament.dates import DATE
from qa.parliament.headings import parse_heading

MAX_LINE = 250
"""Lines of a letterhead are shorter, except its subject."""
MAX_SUBJECT = 2000
MAX_JOINED_LINES = 700
"""Lines that are joined to one, as a cell of a table may hold them."""
MAX_LEADING = 40
"""Paragraphs above a salutation."""

_SUBJECT_LABEL = r"Betreft|Onderwerp"
_LABELS = (
    rf"Datum|(?:Ons |Uw |Onze )?(?:kenmerk|referentie|brief)(?: \(.{{1,30}}\))?|{_SUBJECT_LABEL}|Bijlagen?|Contactpersoon|Retouradres|Bezoekadres|Postadres"
    r"|Auteur|Kopie aan|Telefoon|E-mail|Pagina \d+ van \d+|Projectnaam|Zaaknummer|Dossiernummer"
)
_LABEL_ALONE = re.compile(rf"(?:{_LABELS})(?:\(en\)|\(n\))?\s*:?", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:> ?)?(?P<label>{_LABELS})(?:\(en\)|\(n\))?(?=\s*:|\s|$)", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:{_SUBJECT_LABEL})\s*:?", re.IGNORECASE)
_SUBJECT_LINE = re.compile(rf"(?:{_SUBJECT_LABEL})\b", re.IGNORECASE)
_SIGNS = {
    "box": re.compile(r"\bPostbus \d+"),
    "postcode": re.compile(r"\b\d{4} ?[A-Z]{2}\b(?=\s+[A-Z’'‘])"),
    "site": re.compile(r"\bwww\.[\w.-]+"),
    "telephone": re.compile(r"\bT[: ]+\+?[\d (]{6}"),
    "place": re.compile(r"^(?:Den Haag|[’'‘]s-Gravenhage)$"),
    "addressee": re.compile(
        r"^(?:Aan )?de [Vv]oorzitter van de (?:Tweede|Eerste) Kamer|^Aan de (?:[Vv]oorzitter|leden|commissie)\b", re.IGNORECASE
    ),
    "place and date": re.compile(rf"^(?:Den Haag|[’'‘]s-Gravenhage|[A-Z][a-z]+),? {DATE}$"),
    "return address": re.compile(r"^> ?Retouradres"),
    "ministry": re.compile(r"^Ministerie van (?:[A-Z][\w,]*|en|\s)+$"),
}
_SALUTATION = re.compile(r"(?:Geachte|Beste)\b.{0,120}", re.IGNORECASE)
_PAPER = re.compile(
    r"(?:(?:Nr|nr|NR)\. ?\d+|[A-Z]{1,3})?\s?(?:[A-Z]+ ){0,2}(?:BRIEF|MOTIE|VERSLAG|VOORSTEL|AMENDEMENT) VAN\b.*|[1-4]\d ?\d{3} [A-Z].*|Nr\. ?\d{1,4}"
)
_REFERENCE = re.compile(
    r"\b(?:Ons kenmerk|Onze referentie|Kenmerk)\s*:?\s*\|?\s*(?P<reference>[A-Z0-9][\w./-]{2,40}\d[\w./-]*)", re.IGNORECASE
)
_ADDRESSEE = re.compile(
    r"(?:Aan )?(?P<who>de [Vv]oorzitter(?: en de leden)? van de (?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?)", re.IGNORECASE
)
_SENDER = re.compile(
    r"(?P<who>Ministerie van [A-Z]\w+(?:(?:, |,? en | )[A-Z]\w+){0,6}|^(?:Directoraat-Generaal|Directie) [^\d,]{3,60}$)"
)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What a letterhead says, as far as it does."""

    reference: str | None = None
    sender: str | None = None
    addressee: str | None = None


def read_letterhead(lines: Iterable[str]) -> Letterhead:
    """Return what the lines of a letterhead say of the letter's reference, sender and addressee."""
    found: dict[str, str] = {}
    for line in lines:
        for name, pattern in (("reference", _REFERENCE), ("addressee", _ADDRESSEE), ("sender", _SENDER)):
            if name not in found and (match := pattern.search(line)):
                found[name] = match[1]
    return Letterhead(**found)


def is_letterhead(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table with these paragraphs in its rows is a letterhead: short lines, with at least two different signs of one."""
    lines = [line for row in rows for line in row]
    if any(map(_is_heading_row, rows)) or any(map(parse_heading, lines)):
        return False
    subjects = {following for line, following in itertools.pairwise(lines) if _SUBJECT.fullmatch(line)}
    if any(_is_too_long(line, is_subject=line in subjects) for line in lines):
        return False
    signs = signs_of(lines)
    return len(signs) > 1 or "return address" in signs


def signs_of(lines: Iterable[str]) -> set[str]:
    """Return the different signs of a letterhead in the lines."""
    signs: set[str] = set()
    for line in lines:
        if label := _LABELLED.match(line):
            signs.add(label["label"].lower())
        signs |= {name for name, pattern in _SIGNS.items() if pattern.search(line)}
    return signs


def is_letterhead_line(line: str) -> bool:
    """Return whether a line by itself can only belong to a letterhead."""
    if _is_too_long(line, is_subject=False):
        return False
    found = signs_of([line])
    return bool(found - {"site", "telephone"}) and (len(found) > 1 or not found & {"box", "postcode"} or len(line) < 80)


def leading_letterhead(paragraphs: Sequence[str]) -> int:
    """Return how many of the first paragraphs are a letterhead: all above a salutation, or those that can be nothing else."""
    above = 0
    for above, text in enumerate(paragraphs[:MAX_LEADING]):
        if _SALUTATION.fullmatch(text):
            break
        if _PAPER.fullmatch(text) or parse_heading(text) or _is_too_long(text, is_subject=False):
            above = next((place for place, line in enumerate(paragraphs) if not is_letterhead_line(line)), 0)
            break
    else:
        above = next((place for place, line in enumerate(paragraphs) if not is_letterhead_line(line)), 0)
    return above if len(signs_of(paragraphs[:above])) > 1 else 0


def is_salutation(line: str) -> bool:
    """Return whether a line is how a letter begins (`Geachte voorzitter,`), and nothing else."""
    return line.endswith(",") and _SALUTATION.fullmatch(line) is not None


def is_subject(line: str) -> bool:
    """Return whether a line begins with the label of a subject."""
    return _SUBJECT_LINE.match(line) is not None


def letterhead_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a letterhead, a label and what it labels on one line (`Datum 16 mei 2022`)."""
    lines: list[str] = []
    label = ""
    for line in (line for row in rows for line in row):
        if _LABEL_ALONE.fullmatch(line):
            if label:
                lines.append(label)
            label = line
        else:
            lines.append(f"{label} {line}".strip())
            label = ""
    return [*lines, label] if label else lines


def _is_heading_row(row: Sequence[str]) -> bool:
    """Return whether the row heads the columns of an ordinary table (`Datum | Onderwerp`)."""
    return len(row) > 1 and all(map(_LABEL_ALONE.fullmatch, row))


def _is_too_long(line: str, *, is_subject: bool) -> bool:
    if is_subject or _SUBJECT_LINE.match(line):
        return len(line) > MAX_SUBJECT
    return len(line) > MAX_LINE and (len(line) > MAX_JOINED_LINES or len(signs_of([line])) < 3)
