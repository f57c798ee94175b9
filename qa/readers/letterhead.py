"""The letterhead of a letter in a table or text box: addresses, `Datum`, `Ons kenmerk`, `Betreft`. It says what the letter is; it is not its text."""

import re
from collections.abc import Sequence

MAX_LINE = 250
"""A subject may take a few lines; running text takes more."""

_LABELS = (
    r"Datum|(?:Ons |Uw |Onze )?(?:kenmerk|referentie|brief)(?: \(.{1,30}\))?|Betreft|Onderwerp|Bijlagen?|Contactpersoon|Retouradres|Bezoekadres|Postadres"
    r"|Auteur|Kopie aan|Telefoon|E-mail|Pagina \d+ van \d+"
)
_LABEL_ALONE = re.compile(rf"(?:{_LABELS})(?:\(en\))?\s*:?", re.IGNORECASE)
_LABELLED = re.compile(rf"(?P<label>{_LABELS})\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<label>Postbus \d+|\d{4} ?[A-Z]{2}\b|www\.[\w.-]+|T[: ]+\+?[\d (]{6})|^(?P<place>Den Haag|[’'‘]s-Gravenhage)$"
)


def is_letterhead(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table with these paragraphs in its rows is a letterhead: short lines, at least two of them labels or addresses."""
    lines = [line for row in rows for line in row]
    if any(len(line) > MAX_LINE for line in lines) or any(map(_is_heading_row, rows)):
        return False
    labels = {match.group().lower() for line in lines for match in (_LABELLED.match(line), _ADDRESS.search(line)) if match}
    return len(labels) > 1


def _is_heading_row(row: Sequence[str]) -> bool:
    """Return whether the row heads the columns of an ordinary table (`Datum | Onderwerp`)."""
    return len(row) > 1 and all(map(_LABEL_ALONE.fullmatch, row))


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
