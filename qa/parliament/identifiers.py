"""Identifiers of official publications: what `kst-36410-IV-15` or `ah-tk-20232024-878` says, and where the public finds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CHAPTER = r"(?:[IVX]{1,6}[A-E]?|[A-HJ])"
"""Pattern of a chapter of the budget: a Roman numeral, or the letter of a fund."""

SESSION = r"(?P<first>(?:18|19|20)[0-9][0-9])\s?[-–/]\s?(?P<last>[0-9]{4}|[0-9][0-9])(?![0-9])"
"""Pattern of a parliamentary session, with the groups that `read_session` reads: `2023-2024`, `2023–24`, `2023/24`."""

PAPER_ID = (
    rf"kst-(?P<dossier>[0-9]{{5}}(?:-(?:{CHAPTER}|[0-9][0-9]))?)-(?P<number>[0-9]{{1,4}}|[A-Z]{{1,3}})(?:-[a-z][0-9]{{1,2}})?"
)
"""Pattern of a Kamerstuk's identifier; a reprint or an annex ends in a letter and a number."""

ANSWERS_ID = r"ah-(?P<chamber>[te])k-(?P<first>[0-9]{4})(?P<last>[0-9]{4})-(?P<number>[0-9]{1,5})(?:-[a-z][0-9]{1,2})?"
"""Pattern of the identifier of answers to written questions."""

QUESTIONS_ID = r"kv-(?P<chamber>[te])k-(?P<number>[0-9]{4}[A-Z][0-9]{5}|[0-9]{8}-[0-9]{1,5})"
"""Pattern of the identifier of written questions alone."""

DEBATE_ID = r"h-(?P<chamber>[te])k-(?P<first>[0-9]{4})(?P<last>[0-9]{4})-(?P<meeting>[0-9]{1,3})-(?P<number>[0-9]{1,3})"
"""Pattern of the identifier of an item of the Handelingen, the report of a plenary meeting."""

_PUBLIC_SITE = "https://zoek.officielebekendmakingen.nl"
_GAP = r"[\s_-]{0,3}"
_TYPED_NUMBER = rf"{_GAP}(?:nr\.?{_GAP})?"
_TYPED_ID = re.compile(
    r"(?<![\w/-])(?:https?://(?:zoek\.)?officielebekendmakingen\.nl/)?(?:"
    rf"(?P<answers>ah){_GAP}(?P<chamber>[te])k{_GAP}(?P<first>[0-9]{{4}})[\s/_-]{{0,3}}(?P<last>[0-9]{{4}}|(?<=[\s/_-])[0-9]{{2}}(?=[\s_-]))"
    rf"{_TYPED_NUMBER}(?P<answer>[0-9]{{1,5}})"
    rf"|kst{_GAP}(?P<dossier>[0-9]{{2}}\s?[0-9]{{3}})(?:{_GAP}(?P<chapter>{CHAPTER}|(?<=-)[0-9][0-9](?=-)))?"
    rf"(?:(?<=[0-9IVXA-J])[\s_-]{{1,3}}(?:nr\.?{_GAP})?)(?P<paper>[0-9]{{1,4}}|(?<=-)[A-Z]{{1,3}})"
    rf"|kv{_GAP}(?P<asked_chamber>[te])k{_GAP}(?P<questions>[0-9]{{4}}[A-Z][0-9]{{5}})"
    r")(?P<annex>-[a-z][0-9]{1,2})?(?![\w-])(?:\.(?:html|pdf|xml|odt)\b)?",
    re.IGNORECASE,
)
_CHAMBER_DOCUMENT = re.compile(r"[0-9]{4}D[0-9]{5}")


class Series(StrEnum):
    """The series of official publications that parliament's papers appear in."""

    PAPER = "kst"
    ANSWERS = "ah"
    QUESTIONS = "kv"
    DEBATES = "h"


@dataclass(frozen=True, kw_only=True)
class OfficialId:
    """What an official identifier says.

    Attributes:
        series: what kind of publication it is.
        session: such as `2023-2024`, where the identifier names it.
        dossier: with its chapter, such as `30573` or `36410-IV`; only a Kamerstuk has one.
        number: in the dossier or, for answers, in the Aanhangsel of the session; letters for a paper of the Senate; the item of a meeting.
        meeting: the number of the meeting in its session; only a debate has one.
    """

    series: Series
    session: str | None = None
    dossier: str | None = None
    number: str
    meeting: str | None = None


def parse_official_id(text: str) -> OfficialId | None:
    """Return what the identifier says, or None if the text is not exactly an official identifier."""
    if paper := re.fullmatch(PAPER_ID, text):
        return OfficialId(series=Series.PAPER, dossier=paper["dossier"], number=paper["number"])
    if answers := re.fullmatch(ANSWERS_ID, text):
        session = read_session(answers)
        return OfficialId(series=Series.ANSWERS, session=session, number=answers["number"]) if session else None
    if questions := re.fullmatch(QUESTIONS_ID, text):
        return OfficialId(series=Series.QUESTIONS, number=questions["number"])
    if debate := re.fullmatch(DEBATE_ID, text):
        session = read_session(debate)
        return (
            OfficialId(series=Series.DEBATES, session=session, number=debate["number"], meeting=debate["meeting"])
            if session
            else None
        )
    return None


def find_typed_ids(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield identifiers, and where they begin and end, in any case and however their parts are joined: `AH TK 2023-2024 878`, `kst 36410-iv 15`.

    Only for questions: in a document's text identifiers are written as they are.
    """
    for match in _TYPED_ID.finditer(text):
        if identifier := _typed_id(match):
            yield identifier + (match["annex"] or "").lower(), match.start(), match.end()


def _typed_id(match: re.Match[str]) -> str | None:
    if match["answers"]:
        session = read_session(match)
        return f"ah-{match['chamber'].lower()}k-{session.replace('-', '')}-{match['answer']}" if session else None
    if match["questions"]:
        return f"kv-{match['asked_chamber'].lower()}k-{match['questions'].upper()}"
    chapter = f"-{match['chapter'].upper()}" if match["chapter"] else ""
    return f"kst-{re.sub(r'[^0-9]', '', match['dossier'])}{chapter}-{match['paper'].upper()}"


def read_session(match: re.Match[str] | None) -> str | None:
    """Return the session that a pattern with `SESSION` in it matched as `2023-2024`, or None if its years do not follow each other."""
    if match is None or match["first"] is None:
        return None
    first = int(match["first"])
    following = str(first + 1)
    return f"{first}-{following}" if match["last"] in {following, following[2:]} else None


def short_session(session: str) -> str:
    """Return a session as formal references write it: `2023/24`, but `1999/2000`."""
    first, last = session.split("-")
    return f"{first}/{last[2:]}" if first[:2] == last[:2] else f"{first}/{last}"


def spaced_dossier(dossier: str) -> str:
    """Return a dossier's number as print writes it: `30 573`, `36 410 IV`, `21 501-02`."""
    number, _, chapter = dossier.partition("-")
    joint = "-" if chapter.isdigit() else " "
    return f"{number[:2]} {number[2:]}" + (joint + chapter if chapter else "")


def public_address(official_id: str) -> str:
    """Return where the public reads the official publication."""
    return f"{_PUBLIC_SITE}/{official_id}.html"


def dossier_address(dossier: str) -> str:
    """Return where the public finds all papers of a dossier, such as `30573` or `36410-IV`."""
    return f"{_PUBLIC_SITE}/dossier/{dossier}"


def chamber_address(number: str) -> str | None:
    """Return where the Chamber shows its document `2024D49539`; a case, `2024Z07789`, has no address that follows from its number alone."""
    if not _CHAMBER_DOCUMENT.fullmatch(number):
        return None
    return f"https://www.tweedekamer.nl/kamerstukken/detail?id={number}&did={number}"
