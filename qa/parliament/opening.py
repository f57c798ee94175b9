"""`Opening`: the parts of a document in which it speaks about itself."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.parliament.parts import divide
from qa.passage import Role

MAX_OPENING = 5000
"""Characters at the beginning in which a document says what it is."""

_LABEL = re.compile(r"(?:Datum|Betreft|Onderwerp|Ons kenmerk|Uw kenmerk|Onze referentie|Kenmerk)\s?:?", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """What is read of a document to learn what it says about itself.

    Attributes:
        paragraphs: of the whole text.
        introduction: what precedes the first question or answer, one paragraph a line, at most `MAX_OPENING` characters.
        furniture: the lines that were taken out of the text, their spaces made single, a label on one line with what it labels.
        roles: of the paragraphs.
        first_lines: the heading and the first paragraphs.
    """

    paragraphs: Sequence[str]
    introduction: str
    furniture: Sequence[str]
    roles: frozenset[Role]
    first_lines: Sequence[str]

    @classmethod
    def of(cls, text: str, heading: str | None, furniture: Sequence[str]) -> "Opening":
        """Return the opening of a canonical text, below the heading that its format marks, without these lines of furniture."""
        # Some PDFs write an accent as a character of its own; names are compared, so they have one form.
        paragraphs = unicodedata.normalize("NFC", text).split("\n\n")
        parts = divide(paragraphs)
        before = {Role.INTRODUCTION, Role.PARAGRAPH}
        n_before = next((position for position, part in enumerate(parts) if part.role not in before), len(paragraphs))
        return cls(
            paragraphs=paragraphs,
            introduction="\n".join(" ".join(paragraph.split()) for paragraph in paragraphs[:n_before])[:MAX_OPENING],
            furniture=_labelled([" ".join(line.split()) for line in furniture]),
            roles=frozenset(part.role for part in parts),
            first_lines=[" ".join(line.split()) for line in [heading or "", *paragraphs[:8]] if len(line) < MAX_OPENING],
        )


def _labelled(lines: Sequence[str]) -> list[str]:
    """Return the lines, those that are only a label (`Datum`) joined with the next."""
    joined: list[str] = []
    for line in lines:
        if joined and _LABEL.fullmatch(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined
