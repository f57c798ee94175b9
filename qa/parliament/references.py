"""References to other papers in running text, in the many ways that people write them.

1. A word such as `Kamerstukken II 2023/24,` or `TK` announces a dossier, its chapter and one or more numbers; after `en` another dossier may follow.
2. `Aanhangsel Handelingen`, with a session, announces numbers.
3. Without such a word a number is a reference only where its form can hardly be anything else: `36 410 IV, nr. 15`, `36410-IV-15`, `(36 471-64)`,
   official identifiers and the Chamber's own numbers.
4. Of references that overlap the first and longest remains; what stands inside another site's web address is that address's, not a reference.

Every repetition in the patterns is bounded, so that the time grows with the length of the text and no faster.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from operator import itemgetter

from qa.parliament.dates import MONTH
from qa.parliament.identifiers import (
    ANSWERS_ID,
    CHAPTER,
    PAPER_ID,
    QUESTIONS_ID,
    SESSION,
    Series,
    chamber_address,
    dossier_address,
    parse_official_id,
    public_address,
    read_session,
)

FIRST_SESSION_ONLINE = "1995-1996"
"""Older papers are published under identifiers of another form, which their number does not tell."""


class ReferenceKind(StrEnum):
    """What a reference refers to, in the field's own Dutch terms."""

    PAPER = "Kamerstuk"
    DOSSIER = "dossier"
    ANSWERS = "Aanhangsel"
    QUESTIONS = "Kamervragen"
    CHAMBER_DOCUMENT = "document van de Kamer"
    CASE = "zaak van de Kamer"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A place in a text that refers to another paper.

    Attributes:
        start: offset of its first character.
        end: offset just after it.
        kind: what it refers to.
        identifier: the official identifier (`kst-30573-153`), the dossier's number (`30573`, `36410-IV`) or the Chamber's (`2024D49539`).
        address: where the public finds it, where that is certain.
    """

    start: int
    end: int
    kind: ReferenceKind
    identifier: str
    address: str | None


_NR = r"(?i:nrs?|nummers?)\b\.?:?\s{0,2}"
_END = rf"(?!\w)(?!\s{{1,3}}{MONTH})"
_NUMBER = rf"(?:[0-9]{{1,4}}|[A-Z]{{1,3}}){_END}"
_ALONE = r"(?![\s.][0-9]{3}(?![0-9]))"  # 35 in `35 405` is half of the next dossier
_DOSSIER = r"(?P<dossier>[1-4][0-9][\s.]?[0-9]{3})(?![0-9])(?!\s?\(R[0-9])"  # a law of the Kingdom, (R2048), has identifiers of another form
_CHAPTER = rf"(?:(?:\s?[-–.]\s?|,?\s)(?P<chapter>{CHAPTER}|II\s[AB])|[-–](?P<part>[0-9][0-9]))"
_PAPER = re.compile(
    rf"{_DOSSIER}{_CHAPTER}?"
    rf"(?:[\s,.;:]{{0,3}}(?P<word>{_NR})(?P<named>{_NUMBER})|[-–](?P<joined>{_NUMBER})|,\s{{0,2}}(?P<listed>{_NUMBER}){_ALONE})"
)
_WHOLE_DOSSIER = re.compile(rf"{_DOSSIER}(?:(?:\s?[-–]|\s)(?P<chapter>[IVX]{{2,6}}[A-E]?)(?!\w)|[-–](?P<part>0[0-9])(?![0-9]))?")
_PAPERS_HEAD = re.compile(
    r"(?<!\w)(?:(?i:kamerstuk(?:ken|dossiers?|nummers?|nr)?|kamerdossier|kst)\.?|(?P<short>TK|EK|(?:Tweede|Eerste)\sKamer))"
    r"(?:\s{0,2},?\s{0,2}(?P<chamber>II?(?![A-Z])|TK|EK|(?:Tweede|Eerste)\sKamer))?"
    rf"(?:[\s,:]{{0,3}}(?:(?i:vergaderjaar)\s{{1,2}})?{SESSION})?"
    r"[\s,:;]{0,3}(?:(?i:met\snummer|nr|nrs|nummer)\b\.?\s{0,2})?(?=[1-4][0-9])"
)
_NEXT_DOSSIER = re.compile(rf"\s{{0,2}}(?:[,;]|,?\s?en|,?\s?alsmede)\s{{0,2}}(?:{SESSION},?\s{{1,2}})?(?=[1-4][0-9])")
_NEXT_NUMBER = re.compile(
    rf"(?P<joint>\s{{0,2}}(?:,\s?en|[,;/–-]|en|t/m|tot\sen\smet)\s{{0,2}})(?P<word>{_NR})?(?P<number>{_NUMBER}){_ALONE}(?P<closed>(?=\s{{0,2}}(?:[).,;:\]]|\Z)))?"
)
_ANSWERS_HEAD = re.compile(
    r"(?<!\w)(?i:aanhangsel)(?:\s{1,2}(?i:van\sde|der|bij\sde))?(?:\s{1,2}(?i:handelingen))?"
    r"(?:\s{0,2},?\s{0,2}(?P<chamber>II?(?![A-Z])|TK|EK|(?:Tweede|Eerste)\sKamer))?"
    rf"[\s,:]{{0,3}}(?:(?i:vergaderjaar)\s{{1,2}})?{SESSION}[\s,:;]{{0,3}}(?P<word>{_NR})?(?P<number>[0-9]{{1,4}}{_END})"
)
_BARE_PAPER = re.compile(
    rf"(?<![\w.,/-])(?P<dossier>[1-4][0-9]\s?[0-9]{{3}}){_CHAPTER}?[\s,]{{0,3}}(?P<word>{_NR})(?P<number>{_NUMBER})"
)
_BARE_JOINED = re.compile(
    rf"(?<![\w.,/-])(?P<dossier>[1-4][0-9]{{4}})-(?:(?P<chapter>{CHAPTER})|(?P<part>(?<=21501-)[0-9][0-9]))-(?P<number>[0-9]{{1,4}})(?![\w-])"
)
_BRACKETED = re.compile(r"(?<=\()(?P<dossier>[1-4][0-9]\s?[0-9]{3})(?P<chapter>)(?P<part>)[-–](?P<number>[0-9]{1,4})(?=\))")
_NOT_A_PAPER = re.compile(
    r"(?i:(?<!\w)artikel(?:en)?|(?<!\w)art\.|€|(?<!\w)eur|(?<!\w)euro|Stb\.?|Stcrt\.?|staatsblad|staatscourant|tel\.?|telefoon|nummer)\W{0,3}\Z"
)
_OFFICIAL = re.compile(
    rf"(?<![\w/-])(?:https?://(?:zoek\.)?officielebekendmakingen\.nl/)?"
    rf"(?P<id>{'|'.join(re.sub(r'[?]P<[a-z]+>', '?:', pattern) for pattern in (PAPER_ID, ANSWERS_ID, QUESTIONS_ID))})(?![\w-])(?:\.(?:html|pdf|xml|odt)\b)?"
)
_CHAMBER_NUMBER = re.compile(r"(?<![\w-])20[0-9][0-9][DZ][0-9]{5}(?!\w)")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»]+")
_SENATE = {"I", "EK", "Eerste Kamer"}
_KINDS = {Series.PAPER: ReferenceKind.PAPER, Series.ANSWERS: ReferenceKind.ANSWERS, Series.QUESTIONS: ReferenceKind.QUESTIONS}


def find_references(text: str) -> list[Reference]:
    """Return the references to other papers, in order and without overlap.

    Of several numbers after one dossier (`nrs. 3 en 4`) each is a reference: the first from the beginning of the whole, the others from their number;
    of a range its first and last. What cannot be told for certain, such as the identifier of a paper from before 1995, is left out.
    """
    found = [*_papers(text), *_answers(text), *_bare(text)]
    return list(_without_overlap(sorted(found, key=lambda reference: (reference.start, -reference.end)), text))


def _papers(text: str) -> Iterator[Reference]:
    for head in _PAPERS_HEAD.finditer(text):
        if not _is_too_old(head):
            yield from _announced_papers(text, head)


def _announced_papers(text: str, head: re.Match[str]) -> Iterator[Reference]:
    start = head.start()
    paper = _PAPER.match(text, head.end())
    if paper is None or not _is_paper(paper, head):
        if not head["short"]:
            yield from _whole_dossier(text, start, head.end())
        return
    while paper:
        listed = list(_numbered(text, f"kst-{_dossier(paper)}-", start, _number_span(paper), paper["word"]))
        yield from listed
        following = _NEXT_DOSSIER.match(text, listed[-1].end)
        start = following.end() if following else len(text)
        paper = _PAPER.match(text, start)
        if paper and paper["listed"]:
            return  # after the first dossier only `nr.` or a hyphen tells a paper's number


def _is_too_old(match: re.Match[str]) -> bool:
    session = read_session(match)
    return session is not None and session < FIRST_SESSION_ONLINE


def _is_paper(paper: re.Match[str], head: re.Match[str]) -> bool:
    """Tell the Senate's letters (`35 925, E`, `33569-A`) from another word in capitals after a comma, and from a chapter after a hyphen."""
    if paper["listed"] and not paper["listed"].isdigit():
        return len(paper["listed"]) == 1 or head["chamber"] in _SENATE or head["short"] in _SENATE
    return paper["joined"] is None or not re.fullmatch(r"[IVX]+[A-E]?", paper["joined"])


def _whole_dossier(text: str, start: int, position: int) -> Iterator[Reference]:
    match = _WHOLE_DOSSIER.match(text, position)
    if match:
        dossier = _dossier(match)
        yield Reference(
            start=start, end=match.end(), kind=ReferenceKind.DOSSIER, identifier=dossier, address=dossier_address(dossier)
        )


def _dossier(match: re.Match[str]) -> str:
    number = re.sub(r"\D", "", match["dossier"])
    chapter = match["chapter"] or match["part"]
    return f"{number}-{''.join(chapter.split())}" if chapter else number


def _number_span(paper: re.Match[str]) -> tuple[int, int]:
    group = next(name for name in ("named", "joined", "listed") if paper[name])
    return paper.span(group)


def _numbered(text: str, prefix: str, start: int, first: tuple[int, int], word: str | None) -> Iterator[Reference]:
    """Return a reference for the first number, which begins at `start`, and one for each number that goes on the list."""
    yield _official(prefix + text[slice(*first)], start, first[1])
    for number_start, number_end in _further_numbers(text, first[1], is_plural=_is_plural(word)):
        yield _official(prefix + text[number_start:number_end], number_start, number_end)


def _is_plural(word: str | None) -> bool:
    return word is not None and word.lower().startswith(("nrs", "nummers"))


def _further_numbers(text: str, position: int, *, is_plural: bool) -> Iterator[tuple[int, int]]:
    """Return the spans of the numbers that go on a list: any after `nrs.`, and after `nr.` only what can be nothing else."""
    while following := _NEXT_NUMBER.match(text, position):
        is_certain = is_plural or following["word"] or ("," not in following["joint"] and following["closed"] is not None)
        if not is_certain:
            return
        yield following.span("number")
        position = following.end("number")


def _official(identifier: str, start: int, end: int) -> Reference:
    parsed = parse_official_id(identifier)
    kind = _KINDS[parsed.series] if parsed else ReferenceKind.PAPER
    return Reference(start=start, end=end, kind=kind, identifier=identifier, address=public_address(identifier))


def _answers(text: str) -> Iterator[Reference]:
    for head in _ANSWERS_HEAD.finditer(text):
        session = read_session(head)
        if session and session >= FIRST_SESSION_ONLINE:
            prefix = f"ah-{'ek' if head['chamber'] in _SENATE else 'tk'}-{session.replace('-', '')}-"
            yield from _numbered(text, prefix, head.start(), head.span("number"), head["word"])


def _bare(text: str) -> Iterator[Reference]:
    too_old = {head.end() for head in _PAPERS_HEAD.finditer(text) if _is_too_old(head)}
    for match in _BARE_PAPER.finditer(text):
        if match.start() not in too_old and not _NOT_A_PAPER.search(text[max(0, match.start() - 16) : match.start()]):
            yield from _numbered(text, f"kst-{_dossier(match)}-", match.start(), match.span("number"), match["word"])
    for match in chain(_BARE_JOINED.finditer(text), _BRACKETED.finditer(text)):
        yield _official(f"kst-{_dossier(match)}-{match['number']}", match.start(), match.end())
    for match in _OFFICIAL.finditer(text):
        if parse_official_id(match["id"]):
            yield _official(match["id"], match.start(), match.end())
    for match in _CHAMBER_NUMBER.finditer(text):
        number = match.group()
        kind = ReferenceKind.CHAMBER_DOCUMENT if "D" in number else ReferenceKind.CASE
        yield Reference(start=match.start(), end=match.end(), kind=kind, identifier=number, address=chamber_address(number))


def _without_overlap(references: list[Reference], text: str) -> Iterator[Reference]:
    addresses = [match.span() for match in _WEB_ADDRESS.finditer(text)]
    end = 0
    for reference in references:
        if reference.start >= end and not _is_inside(reference, addresses):
            yield reference
            end = reference.end


def _is_inside(reference: Reference, addresses: list[tuple[int, int]]) -> bool:
    """Tell whether it is part of a web address without being its beginning."""
    position = bisect_left(addresses, reference.start, key=itemgetter(0)) - 1
    return position >= 0 and reference.start < addresses[position][1]
