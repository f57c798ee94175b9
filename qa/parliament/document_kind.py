"""`read_kind`: what a document is, by what it calls itself, by its form, and else by the words its title begins with."""

import re
from collections.abc import Iterable

from qa.document import Kind
from qa.parliament.motions import is_motion
from qa.parliament.opening import Opening
from qa.parliament.speakers import is_debate
from qa.passage import Role

MAX_TITLE_LINE = 250

_LETTER_OPENING = re.compile(
    r"\b(?:met|in) deze brief\b|\bhierbij (?:bied|stuur|zend|informeer|doe|ontvangt)\b|\bgeachte (?:mevrouw de |heer )?voorzitter\b"
    r"|\binformeer ik uw kamer\b",
    re.IGNORECASE,
)
_LETTER_SIGNED = re.compile(r"^De (?:Minister|Staatssecretaris)(?:-President)?[^.\n]{0,120}", re.IGNORECASE | re.MULTILINE)

PAPER_TYPE = re.compile(
    r"(?:(?:(?:Nr|NR|nr)\. ?(?P<number>[0-9]{1,4})|(?P<letter>[A-Z]{1,3})) )?(?:[A-Z]+ ){0,2}(?P<type>BRIEF VAN DE (?:MINISTER|STAATSSECRETARIS)|BRIEF VAN|MOTIE VAN|VERSLAG\b)[A-Z0-9 ,./()ÈÉËÏÖÜ-]{0,200}"
)
"""Pattern of the line above a Kamerstuk that says what it is."""

_PAPER_TYPES = {
    "BRIEF VAN DE MINISTER": Kind.LETTER,
    "BRIEF VAN DE STAATSSECRETARIS": Kind.LETTER,
    "BRIEF VAN": Kind.OTHER,
    "MOTIE VAN": Kind.MOTION,
    "VERSLAG": Kind.REPORT,
}
_BEGINNINGS = [
    (Kind.DECISIONS, r"besluitenlijst\b"),
    (
        Kind.AGENDA,
        r"(?:geannoteerde|voorlopige|concept-?)\s?agenda\b|agenda(?:\s(?:van|voor|procedurevergadering|commissie|vergadering|plenaire)\b|\s?:|$)",
    ),
    (Kind.FICHE, r"(?:bnc-)?fiche\b"),
    (Kind.FAQ, r"(?:veelgestelde|meestgestelde) vragen\b|vragen en antwoorden\b|vraag en antwoord\b|q&a\b|faq\b"),
    (Kind.REPORT, r"(?:conceptverslag|verslag|stenogram|handelingen|notulen) (?:van|der|houdende)\b|notulen\b"),
    (Kind.LAW, r"(?:wet|besluit|regeling|rijkswet|verordening|beleidsregels?) (?:van|tot|houdende|inzake)\b|voorstel van wet\b"),
    (
        Kind.STUDY,
        r"(?:eind|onderzoeks|voortgangs|tussen|jaar|advies|evaluatie)?rapport(?:age)?\b|(?:eind)?evaluatie\b|jaarverslag\b",
    ),
    (
        Kind.POLICY,
        (
            r"(?:beleids|kabinets|start|toekomst|kader)?nota\b|(?:beleids|toekomst)?visie\b|\w*strategie\b|(?:nationaal |landelijk )?actie(?:plan|programma)\b"
            r"|plan van aanpak\b|beleids(?:plan|kader|brief|agenda|programma)\b|kabinetsreactie\b"
        ),
    ),
]
_KIND_OF_TITLE = [(kind, re.compile(rf"(?:[\w-]+: )?(?:{words})", re.IGNORECASE)) for kind, words in _BEGINNINGS]
_ARTICLE = re.compile(r"Artikel \d+[a-z]?\b[^.]{0,80}")
_MIN_ARTICLES = 3


def read_kind(text: str, opening: Opening, title: str | None) -> Kind:
    """Return what a document is.

    Args:
        text: the canonical text.
        opening: of the document.
        title: its title, where its format or a label says which that is.
    """
    for line in opening.first_lines:
        if named := PAPER_TYPE.fullmatch(line):
            return _PAPER_TYPES[named["type"]]
    is_letter = _LETTER_OPENING.search(text[:3000]) is not None
    called = _called([*([title] if title else []), *opening.first_lines[:4]])
    if Role.ANSWER in opening.roles:
        return Kind.FAQ if called is Kind.FAQ else Kind.ANSWERS
    if Role.NOTICE in opening.roles:
        return Kind.NOTICE
    if is_debate(opening.paragraphs):
        return Kind.REPORT
    if not is_letter and is_motion(opening.paragraphs):
        return Kind.MOTION
    if is_letter and _LETTER_SIGNED.search(text):
        return Kind.LETTER
    if called:
        return called
    return Kind.LAW if sum(map(bool, map(_ARTICLE.fullmatch, opening.paragraphs))) >= _MIN_ARTICLES else Kind.OTHER


def _called(lines: Iterable[str]) -> Kind | None:
    for line in lines:
        if len(line) <= MAX_TITLE_LINE:
            for kind, pattern in _KIND_OF_TITLE:
                if pattern.match(line):
                    return kind
    return None
