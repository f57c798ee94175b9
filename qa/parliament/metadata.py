"""What a document says about itself: title, kind, identifier, dates, people. Read from its text, never invented."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.document import Kind, Metadata, Person
from qa.parliament.dates import DATE, read_date
from qa.parliament.headings import parse_heading
from qa.parliament.identifiers import CHAPTER, SESSION, OfficialId, parse_official_id, read_session
from qa.parliament.people import read_answerers, read_askers, read_on_behalf, read_signatures
from qa.passage import Role

MAX_TITLE = 300

MAX_OPENING = 5000
"""Characters at the beginning in which a document says what it is."""

_RECEIVED = re.compile(rf"\(ontvangen\s+(?:\(ontvangen\s+)?{DATE}", re.IGNORECASE)
_SENT_IN = re.compile(rf"\(ingezonden\s+(?:op\s+)?{DATE}", re.IGNORECASE)
_LETTER_DATE = re.compile(
    rf"(?:(?:Den Haag|['’‘]s-Gravenhage|Amsterdam),?|Datum:?|Voorgesteld|Vastgesteld|Ontvangen)\s{{1,3}}{DATE}", re.IGNORECASE
)
_LABEL = re.compile(r"(?:Datum|Betreft|Onderwerp)\s?:?", re.IGNORECASE)
_SUBJECT_LINE = re.compile(r"(?:Betreft|Onderwerp)\s?:?\s+(?P<subject>\S.*)", re.IGNORECASE)

_ASKED = re.compile(r"(?P<who>Vragen van (?:het lid|de leden) .+?) aan (?:de|het) ")
_ABOUT = re.compile(r" over (?P<subject>.+?)(?: ?\(ingezonden |$)")
_LETTER_OPENING = re.compile(
    r"\b(?:met|in) deze brief\b|\bhierbij (?:bied|stuur|zend|informeer|doe|ontvangt)\b|\bgeachte voorzitter\b|\binformeer ik uw kamer\b",
    re.IGNORECASE,
)
_LETTER_SIGNED = re.compile(r"^De (?:Minister|Staatssecretaris)(?:-President)?[^.\n]{0,120},", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"\bover\s+(?P<subject>[^.;]+)")
_SALUTATION = re.compile(r"Geachte\b.{0,80},|Aan de Voorzitter\b.{0,120}", re.IGNORECASE)
_MOTION = re.compile(r"^De Kamer,", re.MULTILINE)
_ORDER_OF_THE_DAY = "gaat over tot de orde van de dag"

_PAPER_TYPE = re.compile(
    r"(?:(?:(?:Nr|NR|nr)\. ?(?P<number>[0-9]{1,4})|(?P<letter>[A-Z]{1,3})) )?(?:[A-Z]+ ){0,2}(?P<type>BRIEF VAN DE (?:MINISTER|STAATSSECRETARIS)|BRIEF VAN|MOTIE VAN|VERSLAG\b)[A-Z0-9 ,./()ÈÉËÏÖÜ-]{0,200}"
)
_PAPER_TYPES = {
    "BRIEF VAN DE MINISTER": Kind.LETTER,
    "BRIEF VAN DE STAATSSECRETARIS": Kind.LETTER,
    "BRIEF VAN": Kind.OTHER,
    "MOTIE VAN": Kind.MOTION,
    "VERSLAG": Kind.REPORT,
}
_DOSSIER = rf"(?P<dossier>[1-4][0-9] ?[0-9]{{3}})(?:[ -](?P<chapter>{CHAPTER}|[0-9]{{2}}))?"
_DOSSIER_TITLE = re.compile(rf"{_DOSSIER} [A-Z].{{3,600}}")
_PAPER_LINE = re.compile(
    rf"(?:Kamerstuk(?:ken)? |(?:Tweede|Eerste) Kamer, vergaderjaar {SESSION}, )?{_DOSSIER}"
    r"(?:,? [Nn]r\.? ?(?P<number>[0-9]{1,4})|, (?P<letter>[A-Z]{1,3}))(?: [0-9]{1,3})?"
)
_SESSION_LINE = re.compile(rf"(?:(?:Tweede|Eerste) Kamer, )?vergaderjaar {SESSION}(?:\b.*)?", re.IGNORECASE)
_PUBLISHED_ID = re.compile(r"(?P<id>(?:ah|kv|kst)-[A-Za-z0-9()-]{5,40})(?: ISSN .*)?")


def read_metadata(
    text: str, *, heading: str | None = None, furniture: Sequence[str] = (), official_id: str | None = None
) -> Metadata:
    """Return what the document says about itself.

    Args:
        text: the canonical text.
        heading: the document's own main heading, where its format marks one.
        furniture: the lines that were taken out of the text: running heads and feet, letterhead.
        official_id: the identifier, where the format carries it apart from the text.
    """
    document = _Opening.of(text, heading, furniture)
    kind = _kind(text, document)
    identifier = official_id if official_id and parse_official_id(official_id) else _official_id(document.furniture)
    paper = (parse_official_id(identifier) if identifier else None) or _paper(document)
    answers = kind in {Kind.ANSWERS, Kind.NOTICE}
    sent = read_date(_SENT_IN.search(document.introduction))
    return Metadata(
        title=_shorten((heading or "").strip() or _title(kind, document)),
        kind=kind,
        official_id=identifier,
        date=_date(kind, document),
        sent=sent if answers or kind is Kind.OTHER else None,
        session=(paper.session if paper else None) or _session(document),
        dossier=paper.dossier if paper else None,
        number=paper.number if paper else None,
        asked_by=read_askers(document.introduction) if answers or (sent and kind is Kind.OTHER) else (),
        answered_by=_answered_by(kind, document),
        on_behalf_of=read_on_behalf(document.introduction) if answers or kind is Kind.LETTER else (),
    )


@dataclass(frozen=True)
class _Opening:
    """The parts of a document in which it speaks about itself.

    Attributes:
        paragraphs: of the whole text.
        introduction: what precedes the first question or answer, one paragraph a line, at most `MAX_OPENING` characters.
        furniture: the lines that were taken out of the text, their spaces made single.
        roles: of the headings in the text.
        first_lines: the heading and the first paragraphs.
    """

    paragraphs: Sequence[str]
    introduction: str
    furniture: Sequence[str]
    roles: frozenset[Role]
    first_lines: Sequence[str]

    @classmethod
    def of(cls, text: str, heading: str | None, furniture: Sequence[str]) -> "_Opening":
        # Some PDFs write an accent as a character of its own; names are compared, so they have one form.
        paragraphs = unicodedata.normalize("NFC", text).split("\n\n")
        headings = [parse_heading(paragraph) for paragraph in paragraphs]
        n_before = next((position for position, found in enumerate(headings) if found), len(paragraphs))
        return cls(
            paragraphs=paragraphs,
            introduction="\n".join(" ".join(paragraph.split()) for paragraph in paragraphs[:n_before])[:MAX_OPENING],
            furniture=[" ".join(line.split()) for line in furniture],
            roles=frozenset(found.role for found in headings if found),
            first_lines=[" ".join(line.split()) for line in [heading or "", *paragraphs[:8]] if len(line) < MAX_OPENING],
        )


def _kind(text: str, document: _Opening) -> Kind:
    for line in document.first_lines:
        if named := _PAPER_TYPE.fullmatch(line):
            return _PAPER_TYPES[named["type"]]
    if Role.ANSWER in document.roles:
        return Kind.ANSWERS
    if Role.NOTICE in document.roles:
        return Kind.NOTICE
    if _MOTION.search(text) and _ORDER_OF_THE_DAY in text:
        return Kind.MOTION
    if _LETTER_OPENING.search(text[:3000]) and _LETTER_SIGNED.search(text):
        return Kind.LETTER
    return Kind.OTHER


def _title(kind: Kind, document: _Opening) -> str:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (title := _title_of_questions(document.introduction)):
        return title
    if subject := _subject_line(document.furniture):
        return subject
    openings = [paragraph for paragraph in document.paragraphs[:4] if not _SALUTATION.fullmatch(paragraph)]
    if kind is Kind.LETTER and openings and (subject_match := _SUBJECT.search(openings[0])):
        return f"Kamerbrief over {subject_match['subject']}"
    return openings[0] if openings else document.paragraphs[0]


def _title_of_questions(introduction: str) -> str | None:
    for paragraph in introduction.split("\n"):
        asked = _ASKED.search(paragraph)
        about = _ABOUT.search(paragraph, asked.end()) if asked else None
        if asked and about:
            return f"{asked['who']} over {about['subject'].removesuffix('.')}"
    return None


def _subject_line(furniture: Sequence[str]) -> str | None:
    for line in _labelled(furniture):
        if match := _SUBJECT_LINE.fullmatch(line):
            return match["subject"]
    return None


def _labelled(lines: Sequence[str]) -> list[str]:
    """Return the lines, those that are only a label (`Datum`) joined with the next."""
    joined: list[str] = []
    for line in lines:
        if joined and _LABEL.fullmatch(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _shorten(title: str) -> str:
    title = title.strip()
    if len(title) <= MAX_TITLE:
        return title
    return title[:MAX_TITLE].rsplit(maxsplit=1)[0].rstrip(",;:") + " …"


def _official_id(furniture: Sequence[str]) -> str | None:
    found = {match["id"] for line in furniture if (match := _PUBLISHED_ID.fullmatch(line)) and parse_official_id(match["id"])}
    return found.pop() if len(found) == 1 else None


def _date(kind: Kind, document: _Opening) -> str | None:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (received := _RECEIVED.search(document.introduction)):
        return read_date(received)
    for line in [*_labelled(document.furniture), *document.paragraphs]:
        if match := _LETTER_DATE.fullmatch(line.strip()):
            return read_date(match)
    return None


def _answered_by(kind: Kind, document: _Opening) -> tuple[Person, ...]:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (named := read_answerers(document.introduction)):
        return named
    return read_signatures(document.paragraphs) if kind in {Kind.LETTER, Kind.ANSWERS, Kind.NOTICE} else ()


def _session(document: _Opening) -> str | None:
    lines = [*document.furniture, *document.first_lines]
    found = {session for line in lines if (session := read_session(_SESSION_LINE.fullmatch(line)))}
    return found.pop() if len(found) == 1 else None


def _paper(document: _Opening) -> OfficialId | None:
    """Return dossier and number where the document prints them as its own: in its furniture or heading, or as the two lines above its text."""
    lines = [line for line in [*document.furniture, *document.first_lines[:1]] if len(line) < MAX_OPENING]
    found = {_identifier(match) for line in lines if (match := _PAPER_LINE.fullmatch(line))}
    if not found:
        titles = [match for line in document.first_lines if (match := _DOSSIER_TITLE.fullmatch(line))]
        types = [match for line in document.first_lines if (match := _PAPER_TYPE.fullmatch(line))]
        found = {_identifier(title, numbered) for title in titles for numbered in types}
    return found.pop() if len(found) == 1 else None


def _identifier(dossier: re.Match[str], numbered: re.Match[str] | None = None) -> OfficialId | None:
    number = (numbered or dossier)["number"] or (numbered or dossier)["letter"]
    chapter = f"-{dossier['chapter']}" if dossier["chapter"] else ""
    return parse_official_id(f"kst-{dossier['dossier'].replace(' ', '')}{chapter}-{number}")
