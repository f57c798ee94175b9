"""The title of a document in its own words: what a label says it is, who asked about what, or the first line that can be one."""

import re

from qa.document import Kind
from qa.parliament.dates import DATE
from qa.parliament.letterhead import is_letterhead_line
from qa.parliament.opening import Opening

MAX_TITLE = 300

_SUBJECT_LINE = re.compile(r"(?:Betreft|Onderwerp|Document|Titel)\s?(?::|\s)\s*(?:\|\s)?(?P<subject>\S.*)", re.IGNORECASE)
_LABELLED_LINE = re.compile(r"(?:Betreft|Onderwerp|Document|Titel)\s?:\s*(?P<subject>\S.*)")
_ASKED = re.compile(r"(?P<who>Vragen van (?:het lid|de leden) .+?) aan (?:de|het) ")
_ABOUT = re.compile(r" over (?P<subject>.+?)(?: ?\(ingezonden |$)")
_SUBJECT = re.compile(r"\bover\s+(?P<subject>[^.;]+)")
_SALUTATION = re.compile(r"(?:Geachte|Beste)\b.{0,80},?|Aan de (?:Voorzitter|leden|commissie)\b.{0,200}", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(rf"(?:[A-ZÀ-Þ’'‘][\w’' -]{{1,40}},\s)?(?:\w+\s)?{DATE}(?:\s.{{0,30}})?")
_ANSWERS_TO = re.compile(r"(?:Antwoord(?:en)?|Beantwoording|Reactie)\b.{5,}", re.DOTALL)
_N_LINES = 8


def read_title(kind: Kind, opening: Opening) -> str:
    """Return the title of a document of this kind."""
    return shorten(_title(kind, opening))


def labelled_title(opening: Opening) -> str | None:
    """Return what the furniture or a labelled line at the beginning calls the subject."""
    for line in opening.furniture:
        if match := _SUBJECT_LINE.fullmatch(line):
            return match["subject"]
    for line in opening.paragraphs[:_N_LINES]:
        if len(line) <= 2 * MAX_TITLE and (match := _LABELLED_LINE.fullmatch(line)):
            return match["subject"]
    return None


def shorten(title: str) -> str:
    """Return a title of at most `MAX_TITLE` characters, cut at a word."""
    title = title.strip()
    if len(title) <= MAX_TITLE:
        return title
    return title[:MAX_TITLE].rsplit(maxsplit=1)[0].rstrip(",;:") + " …"


def _title(kind: Kind, opening: Opening) -> str:
    if kind in {Kind.ANSWERS, Kind.NOTICE} and (title := _title_of_questions(opening.introduction)):
        return title
    if subject := labelled_title(opening):
        return subject
    openings = [line for line in opening.paragraphs[:_N_LINES] if not _is_no_title(line)]
    if kind in {Kind.ANSWERS, Kind.NOTICE}:
        openings = [line for line in opening.introduction.split("\n") if _ANSWERS_TO.fullmatch(line)] or openings
    if kind is Kind.LETTER and openings and (subject_match := _SUBJECT.search(openings[0])):
        return f"Kamerbrief over {subject_match['subject']}"
    return openings[0] if openings else opening.paragraphs[0]


def _is_no_title(line: str) -> bool:
    return _SALUTATION.fullmatch(line) is not None or _PLACE_AND_DATE.fullmatch(line) is not None or is_letterhead_line(line)


def _title_of_questions(introduction: str) -> str | None:
    for paragraph in introduction.split("\n"):
        asked = _ASKED.search(paragraph)
        about = _ABOUT.search(paragraph, asked.end()) if asked else None
        if asked and about:
            return f"{asked['who']} over {about['subject'].removesuffix('.')}"
    return None
