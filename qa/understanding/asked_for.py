"""`AskedFor`: the kind of thing that a question wants to know, by its interrogative, and how a sentence shows that it has one.

The expected type of an answer is old advice for choosing a sentence that answers (E. Hovy et al., "Question answering in Webclopedia", TREC-9, 2000).
"""

import re
from enum import StrEnum

from qa.parliament.dates import MONTHS


class AskedFor(StrEnum):
    """What a question wants to know."""

    PERSON = "person"
    """Who: a person or an organisation."""
    TIME = "time"
    NUMBER = "number"
    REASON = "reason"


_ASKING = {
    AskedFor.NUMBER: r"hoeveel|hoe vaak|hoe (?:groot|hoog|lang|duur|veel|oud)|welk (?:percentage|aandeel|bedrag|aantal)|wat kost\w*|how (?:many|much|often|long|large|big|high|old)|"
    r"what (?:percentage|share|amount|number|proportion)",
    AskedFor.TIME: r"wanneer|(?:in|sinds|uit|vanaf|tot) welk(?:e)? (?:jaar|maand|datum)|welk(?:e)? (?:jaar|datum|dag)|sinds wanneer|when|(?:what|which) (?:year|date|day|month)|since when",
    AskedFor.PERSON: r"wie|door wie|welke (?:organisatie|instantie|minister|partij|commissie)\w*|who|whom|by whom|(?:which|what) (?:organi[sz]ation|agency|minister|body|party)\w*",
    AskedFor.REASON: r"waarom|hoezo|why|how come",
}
_ASKED = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _ASKING.items()}
_NUMERALS = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|honderd|duizend|miljoen|miljard|half|helft|derde|kwart|procent|jaarlijks|dagelijks|maandelijks"
_SHOWN = {
    AskedFor.NUMBER: re.compile(rf"\d|\b(?:{_NUMERALS})\b", re.IGNORECASE),
    AskedFor.TIME: re.compile(
        rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(MONTHS)})\b|\b(?:kwartaal|voorjaar|najaar|zomer|winter|medio|vorig jaar|dit jaar|volgend jaar|week|weken|maanden)\b",
        re.IGNORECASE,
    ),
    AskedFor.PERSON: re.compile(
        r"\b[A-Z]{2,}\b|\b[A-Z][a-zé]+ (?:(?:van|de|der|den|ten|ter|het) )*[A-Z][a-zé]{2,}|\b(?:minister|staatssecretaris|ministerie|gemeenten?|provincies?|commissie|"
        r"politie|inspectie|[Dd]e heer|[Mm]evrouw)\b"
    ),
    AskedFor.REASON: re.compile(
        r"\b(?:omdat|doordat|daarom|aangezien|want|waardoor|hierdoor|daardoor|vanwege|wegens|gezien|om(?=[^.]* te )|zodat|reden(?:en)?|immers|namelijk)\b",
        re.IGNORECASE,
    ),
}


def asked_for(question: str) -> AskedFor | None:
    """Return what a question, in Dutch or English, wants to know; None if its interrogative does not tell."""
    found = [(match.start(), kind) for kind, pattern in _ASKED.items() if (match := pattern.search(question))]
    return min(found)[1] if found else None


def shows(sentence: str, kind: AskedFor) -> bool:
    """Tell whether a Dutch sentence has such a thing in it."""
    return bool(_SHOWN[kind].search(sentence))
