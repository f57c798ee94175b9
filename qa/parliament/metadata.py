"""What a document says about itself: title, kind, identifier, dates, people. Read from its text, never invented."""

import re
from collections.abc import Sequence

from qa.document import Kind, Metadata, Person, Speaker, SpeakerRole
from qa.parliament.dates import DATE, read_date
from qa.parliament.document_kind import PAPER_TYPE, read_kind
from qa.parliament.identifiers import CHAPTER, SESSION, OfficialId, parse_official_id, read_session
from qa.parliament.letterhead import read_letterhead
from qa.parliament.motions import Motion, read_motion
from qa.parliament.opening import MAX_OPENING, Opening
from qa.parliament.people import read_answerers, read_askers, read_on_behalf, read_signatures
from qa.parliament.speakers import speakers_of
from qa.parliament.titles import MAX_TITLE, labelled_title, read_title, shorten

__all__ = ["MAX_OPENING", "MAX_TITLE", "read_metadata"]

_RECEIVED = re.compile(rf"\(ontvangen\s+(?:\(ontvangen\s+)?{DATE}", re.IGNORECASE)
_SENT_IN = re.compile(rf"\(ingezonden\s+(?:op\s+)?{DATE}", re.IGNORECASE)
_LETTER_DATE = re.compile(
    rf"(?:(?:Den Haag|['’‘]s-Gravenhage|Amsterdam),?|Datum:?(?:\s\|)?|Voorgesteld|Vastgesteld|Ontvangen)\s{{1,3}}{DATE}",
    re.IGNORECASE,
)
_DOSSIER = rf"(?P<dossier>[1-4][0-9] ?[0-9]{{3}})(?:[ -](?P<chapter>{CHAPTER}|[0-9]{{2}}))?"
_DOSSIER_TITLE = re.compile(rf"{_DOSSIER} [A-Z].{{3,600}}")
_PAPER_LINE = re.compile(
    rf"(?:Kamerstuk(?:ken)? |(?:Tweede|Eerste) Kamer, vergaderjaar {SESSION}, )?{_DOSSIER}"
    r"(?:,? [Nn]r\.? ?(?P<number>[0-9]{1,4})|, (?P<letter>[A-Z]{1,3}))(?: [0-9]{1,3})?"
)
_SESSION_LINE = re.compile(rf"(?:(?:Tweede|Eerste) Kamer, )?vergaderjaar {SESSION}(?:\b.*)?", re.IGNORECASE)
_PUBLISHED_ID = re.compile(r"(?P<id>(?:ah|kv|kst)-[A-Za-z0-9()-]{5,40})(?: ISSN .*)?")


def read_metadata(
    text: str,
    *,
    heading: str | None = None,
    furniture: Sequence[str] = (),
    official_id: str | None = None,
    kind: Kind | None = None,
    date: str | None = None,
) -> Metadata:
    """Return what the document says about itself.

    Args:
        text: the canonical text.
        heading: the document's own main heading, where its format marks one.
        furniture: the lines that were taken out of the text: running heads and feet, letterhead.
        official_id: the identifier, where the format carries it apart from the text.
        kind: what it is, where the format says so.
        date: the one to cite it by, where the format carries it.
    """
    opening = Opening.of(text, heading, furniture)
    heading = (heading or "").strip()
    kind = kind or read_kind(text, opening, heading or labelled_title(opening))
    identifier = official_id if official_id and parse_official_id(official_id) else _official_id(opening.furniture)
    paper = (parse_official_id(identifier) if identifier else None) or _paper(opening)
    answers = kind in {Kind.ANSWERS, Kind.NOTICE}
    sent = read_date(_SENT_IN.search(opening.introduction))
    motion = read_motion(opening.paragraphs) if kind is Kind.MOTION else Motion()
    letterhead = read_letterhead(opening.furniture)
    return Metadata(
        title=shorten(heading) if heading else read_title(kind, opening),
        kind=kind,
        official_id=identifier,
        date=_date(kind, opening) or date,
        sent=sent if answers or kind is Kind.OTHER else None,
        session=(paper.session if paper else None) or _session(opening),
        dossier=paper.dossier if paper else None,
        number=paper.number if paper else None,
        asked_by=read_askers(opening.introduction) if answers or (sent and kind is Kind.OTHER) else (),
        answered_by=_answered_by(kind, opening),
        on_behalf_of=read_on_behalf(opening.introduction) if answers or kind is Kind.LETTER else (),
        moved_by=motion.moved_by,
        request=motion.request,
        outcome=motion.outcome,
        speakers=_speakers(opening) if kind is Kind.REPORT else (),
        reference=letterhead.reference,
        sender=letterhead.sender,
        addressee=letterhead.addressee,
    )


def _speakers(opening: Opening) -> tuple[Speaker, ...]:
    found = (speaker for speaker, _start in speakers_of(opening.paragraphs) if speaker)
    return tuple(dict.fromkeys(speaker for speaker in found if speaker.role not in {SpeakerRole.CHAIR, SpeakerRole.CLERK}))


def _official_id(furniture: Sequence[str]) -> str | None:
    found = {match["id"] for line in furniture if (match := _PUBLISHED_ID.fullmatch(line)) and parse_official_id(match["id"])}
    return found.pop() if len(found) == 1 else None


def _date(kind: Kind, opening: Opening) -> str | None:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (received := _RECEIVED.search(opening.introduction)):
        return read_date(received)
    for line in [*opening.furniture, *opening.paragraphs]:
        if match := _LETTER_DATE.fullmatch(line.strip()):
            return read_date(match)
    return None


def _answered_by(kind: Kind, opening: Opening) -> tuple[Person, ...]:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (named := read_answerers(opening.introduction)):
        return named
    return read_signatures(opening.paragraphs) if kind in {Kind.LETTER, Kind.ANSWERS, Kind.NOTICE} else ()


def _session(opening: Opening) -> str | None:
    lines = [*opening.furniture, *opening.first_lines]
    found = {session for line in lines if (session := read_session(_SESSION_LINE.fullmatch(line)))}
    return found.pop() if len(found) == 1 else None


def _paper(opening: Opening) -> OfficialId | None:
    """Return dossier and number where the document prints them as its own: in its furniture or heading, or as the two lines above its text."""
    lines = [line for line in [*opening.furniture, *opening.first_lines[:1]] if len(line) < MAX_OPENING]
    found = {_identifier(match) for line in lines if (match := _PAPER_LINE.fullmatch(line))}
    if not found:
        titles = [match for line in opening.first_lines if (match := _DOSSIER_TITLE.fullmatch(line))]
        types = [match for line in opening.first_lines if (match := PAPER_TYPE.fullmatch(line))]
        found = {_identifier(title, numbered) for title in titles for numbered in types}
    return found.pop() if len(found) == 1 else None


def _identifier(dossier: re.Match[str], numbered: re.Match[str] | None = None) -> OfficialId | None:
    number = (numbered or dossier)["number"] or (numbered or dossier)["letter"]
    chapter = f"-{dossier['chapter']}" if dossier["chapter"] else ""
    return parse_official_id(f"kst-{dossier['dossier'].replace(' ', '')}{chapter}-{number}")
