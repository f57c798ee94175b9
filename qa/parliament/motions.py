"""Motions: who moved one, what it asks of whom, and whether the text says that it was carried."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.document import Person

_OPENS = re.compile(r"De Kamer,(?: .*)?", re.DOTALL)
_CLOSES = re.compile(r"(?:en )?gaat over tot de orde van de dag\.?", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:verzoekt|roept|nodigt|draagt|spreekt|verklaart|constateert|besluit)\b.{0,200}?\b(?:de regering|het kabinet|het Presidium|uit)\b"
    r"|verzoekt\b|spreekt uit\b|roept\b.{1,200}?\bop\b",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = re.compile(
    r"(?:^|, |; )(?P<request>(?:verzoekt|roept) (?:de regering|het kabinet)[^;]*?)(?:,? en gaat over tot|[;,.]?$)"
)
_MOVED_BY = re.compile(
    r"(?:(?:GEWIJZIGDE|NADER GEWIJZIGDE) )?MOTIE VAN (?:HET LID|DE LEDEN) (?P<who>[^.]{2,300})|(?:Gewijzigde )?[Mm]otie van (?:het lid|de leden) (?P<named>.{2,200}?)(?=\s(?:over|inzake)\s|\.?$)",
)
_SEPARATOR = re.compile(r",\s?(?:EN|en)\s|,\s|\s(?:EN|en)\s")
_AND_OTHERS = re.compile(r"\sc\.\s?s\.?$", re.IGNORECASE)
_SURNAME = r"[A-ZÀ-Þ][\w’'-]{1,30}"
_PARTICLES = "van", "de", "den", "der", "ten", "ter", "el", "in", "’t", "'t"
_SMALL = rf"(?:{'|'.join(_PARTICLES)})"
_NAME = re.compile(
    rf"(?:(?:Van|De|Den|Der|Ten|Ter|El|’t|'t)(?: {_SMALL}){{0,2}} |(?:{_SURNAME} )?(?:{_SMALL} ){{1,3}}|^{_SURNAME} (?={_SURNAME}$))?{_SURNAME}",
    re.MULTILINE,
)
"""A surname, with a given name only before a particle (`Inge van Dijk`) or where nothing else stands on the line."""
_RESULT = re.compile(
    r"\b(?:de|deze)(?: [\w-]{1,20})? motie(?:[ -][\w’' (),/-]{0,80})? (?:is|wordt|werd) (?:met algemene stemmen )?(?P<result>aangenomen|verworpen|aangehouden|ingetrokken)\b",
    re.IGNORECASE,
)


class Outcome(StrEnum):
    """What became of a motion, where the text says so."""

    CARRIED = "aangenomen"
    REJECTED = "verworpen"
    POSTPONED = "aangehouden"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, kw_only=True)
class Motion:
    """A motion: those who moved it, what it asks, and what became of it, as far as its own text says."""

    moved_by: tuple[Person, ...] = ()
    request: str | None = None
    outcome: Outcome | None = None


def is_motion(paragraphs: Sequence[str]) -> bool:
    """Return whether the paragraphs hold the opening and the close that every motion has."""
    return any(map(_OPENS.fullmatch, paragraphs)) and any(
        _CLOSES.fullmatch(text) or "gaat over tot de orde van de dag" in text for text in paragraphs
    )


def read_motion(paragraphs: Sequence[str]) -> Motion:
    """Return what a motion says of itself, from its paragraphs."""
    opened = next((place for place, text in enumerate(paragraphs) if _OPENS.fullmatch(text)), len(paragraphs))
    closed = next(
        (place for place in range(opened, len(paragraphs)) if "gaat over tot de orde van de dag" in paragraphs[place]),
        len(paragraphs) - 1,
    )
    return Motion(
        moved_by=_movers(paragraphs[:opened], paragraphs[closed + 1 :]),
        request=_request(paragraphs[opened : closed + 1]),
        outcome=_outcome(paragraphs),
    )


def _request(paragraphs: Sequence[str]) -> str | None:
    for text in paragraphs:
        if _REQUEST.match(text):
            return re.sub(r",? en gaat over tot de orde van de dag\.?$", "", text).rstrip(" ,;")
        if within := _WITHIN.search(text):
            return within["request"].rstrip(" ,;.")
    return None


def _movers(head: Sequence[str], signatures: Sequence[str]) -> tuple[Person, ...]:
    """Return who signed; as the head names them, where all of them signed on one line and nothing but spaces divides them."""
    signed, named = _signed(signatures), _moved_by(head)
    together = " ".join(person.name for person in signed)
    return named if not signed or together == " ".join(person.name for person in named) else signed


def _moved_by(paragraphs: Sequence[str]) -> tuple[Person, ...]:
    """Return whom the head of a motion names."""
    for text in paragraphs:
        match = re.search(_MOVED_BY, text)
        if match:
            who = _AND_OTHERS.sub("", (match["who"] or match["named"]).strip())
            return tuple(Person(name=_cased(name)) for name in _SEPARATOR.split(who) if name)
    return ()


def _cased(name: str) -> str:
    """Return a name in the capitals of running text; heads of Kamerstukken are set in capitals only."""
    if not name.isupper():
        return name
    words = [
        word.lower() if place and word.lower() in _PARTICLES else "-".join(part.capitalize() for part in word.split("-"))
        for place, word in enumerate(name.split())
    ]
    return " ".join(words)


def _signed(paragraphs: Sequence[str]) -> tuple[Person, ...]:
    """Return the names that stand alone below a motion, one or more a paragraph, up to the first that holds anything else."""
    names: list[str] = []
    for text in paragraphs:
        found = _NAME.findall(text)
        if not found or len(text) > 300 or _NAME.sub("", text).strip(" ,;\n"):
            break
        names += found
    return tuple(Person(name=name) for name in names)


def _outcome(paragraphs: Sequence[str]) -> Outcome | None:
    found = {match["result"].lower() for text in paragraphs for match in _RESULT.finditer(text)}
    return Outcome(found.pop()) if len(found) == 1 else None
