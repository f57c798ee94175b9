"""Who asks and who answers, read from the opening of a set of questions and from the signature of a letter."""

import re
from collections.abc import Iterator, Sequence

from qa.document import Person

_ASKERS = re.compile(
    r"\b[Vv]ragen\svan\s(?:het\s(?:Kamer)?lid|de\s(?:Kamer)?leden)\s(?P<who>[^;:?]{1,1500}?)\s(?:aan\s(?:de|het)|over|inzake|\(ingezonden)\s"
)
_PARTY = re.compile(r"\((?P<party>[^()]{1,80})\)?")
_SEPARATOR = re.compile(r",\s?en\s|,|\s+en\s")
_SHARED_PARTY = re.compile(r"(?:allen|beiden|beide)\s+(?:van\s+)?(?:de\s+)?", re.IGNORECASE)
_LOST_SPACE = re.compile(r"(?<![^\W_])(van|de|der|den|ten|ter)(?=[A-Z])")
_AND_OTHERS = re.compile(r"\s+c\.\s?s\.?$")

_ANSWERERS = re.compile(
    r"\b(?:Antwoord(?:en)?|Mededeling(?:en)?)\svan\s(?P<who>(?:de\s)?(?:[Mm]inister|[Ss]taatssecretaris)[^.;:?]{1,1500})"
)
_ENDS_ANSWERERS = re.compile(r",?\s*\(ontvangen|,?\s*mede\s+namens|\s(?:op|over|inzake|betreffende|naar\saanleiding\svan)\s")
_ANSWERER = re.compile(r"(?P<name>[^()]{1,200})\((?P<ministry>[^()]{1,200})\)")
_OFFICE = r"(?:[Mm]inister-[Pp]resident|[Mm]inister|[Ss]taatssecretaris)"
_BEFORE_NAME = re.compile(rf"(?:(?:,|en|van|de|{_OFFICE}(?:sen|s)?)(?=[\s,])[\s,]*|\s+)*")

_WORD = r"[A-ZÀ-Þ][\w’'-]{0,40}"
MINISTRY = rf"{_WORD}(?:(?:,\s?en\s|,\s|\sen\s|\s){_WORD}){{0,8}}"
"""Pattern of a ministry's or a portfolio's name: words with capitals, with commas and `en` between them."""

_MEDE_NAMENS = re.compile(r"\b[Mm]ede\s+namens\s+")
_OFFICE_HOLDER = re.compile(
    rf"(?:de\s+)?(?:(?P<president>[Mm]inister-[Pp]resident(?:,\s[Mm]inister\svan\s{MINISTRY})?)"
    rf"|(?P<office>[Mm]inister|[Ss]taatssecretaris)(?:sen|s)?\s+(?:(?P<portfolio>(?:van|voor)\s+{MINISTRY})|(?P<named>[^(),.]{{1,60}}\([^()]{{1,120}}\))))"
)
_SAME_OFFICE = re.compile(rf"(?P<portfolio>(?:van|voor)\s+{MINISTRY})")
_JOINT = re.compile(r"\s*(?:,\s*en|,|\ben)\s+(?:(?:mede\s+)?namens\s+)?")
_SENTENCE_END = re.compile(r"[.?!]\s|\n")
MAX_SENTENCE = 600
MAX_NAME = 100
MAX_NAME = 100
_WRITER = re.compile(r"\b(?:ik|wij|we)\b", re.IGNORECASE)

_PARTICLES = r"(?:(?:van|de|der|den|ten|ter|te|’t|'t|in|op|el)\s){0,3}"
_TITLES = r"(?:(?:[Pp]rof|[Mm]r|[Dd]rs|[Dd]r|[Ii]r|[Ii]ng|[Jj]hr|[Dd]s)\.?\s?){0,4}"
_SURNAME = r"[\w’'-]{2,30}(?:[\s-][A-ZÀ-Þ][\w’'-]{1,30}){0,2}"
_DOUBLE = rf"(?:(?:\s?-\s?|-)(?:van|de|der|den|ten|ter|te|’t|'t)\s{_PARTICLES}[\w’'-]{{2,30}})?"
_DEGREES = r"(?:,?\s(?:MSc|MA|BA|BSc|LLM|MPA|MBA|PhD|RA|EMIA))*"
_NAME = rf"{_TITLES}(?:[A-ZÀ-Þ][a-zß-ÿ]{{0,2}}\.[\s-]?){{1,6}}(?:[A-ZÀ-Þ]\s)?{_PARTICLES}{_SURNAME}{_DOUBLE}{_DEGREES}"
_FULL_NAME = rf"{_TITLES}[A-ZÀ-Þ][\w’'-]{{1,20}}(?:\s(?:van|de|der|den|ten|ter|te|’t|'t|in|op|el)){{0,3}}(?:\s[A-ZÀ-Þ][\w’'-]{{1,30}}){{1,2}}{_DOUBLE}{_DEGREES}"
_OFFICE_START = r"(?:[Dd]e |DE )?(?:[Mm]inister|[Ss]taatssecretaris|MINISTER|STAATSSECRETARIS)\b"
_OFFICE_LINE = rf"(?:[Dd]e\s|DE\s)?(?:[Mm]inister-[Pp]resident,\s*)?(?:[Mm]inister|[Ss]taatssecretaris|MINISTER|STAATSSECRETARIS)\s(?:van|voor|VAN|VOOR)\s(?P<ministry>{MINISTRY})"
_SIGNATURE = re.compile(rf"{_OFFICE_LINE},?\s+(?P<name>{_NAME}|{_FULL_NAME})(?=\s*(?:$|{_OFFICE_START}))\s*")
_OPENS_SIGNATURE = re.compile(rf"{_OFFICE_LINE}\s*,?\s*")
_IS_NAME = re.compile(rf"{_NAME}|{_FULL_NAME}")
_BEGINS_OFFICE = re.compile(_OFFICE_START)
_TITLES_OF_NAME = re.compile(f"^{_TITLES}")
_DEGREES_OF_NAME = re.compile(rf"{_DEGREES}$")


def is_office(text: str) -> bool:
    """Return whether the text is an office as letters are signed with (`De Minister van Financiën,`), and nothing else."""
    return len(text) <= MAX_SENTENCE and _BEGINS_OFFICE.match(text) is not None and _OPENS_SIGNATURE.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Return whether the text is the name of a person as letters are signed with, and nothing else."""
    return len(text) <= MAX_NAME and _IS_NAME.fullmatch(text) is not None


def read_askers(introduction: str) -> tuple[Person, ...]:
    """Return the members who ask, with their parties, in the order in which the introduction names them."""
    match = _ASKERS.search(introduction)
    return tuple(_members(match["who"])) if match else ()


def _members(who: str) -> Iterator[Person]:
    waiting: list[str] = []  # members whose party, `(allen PVV)`, may still follow
    for part in _split_outside_parentheses(who):
        party = _PARTY.search(part)
        name = _mend_name(part[: party.start()] if party else part)
        if not name:
            continue
        waiting.append(name)
        if party is None:
            continue
        shared = _SHARED_PARTY.match(party["party"])
        affiliation = " ".join(party["party"][shared.end() if shared else 0 :].split())
        yield from (Person(name=other, affiliation=affiliation if shared else None) for other in waiting[:-1])
        yield Person(name=name, affiliation=affiliation)
        waiting = []
    yield from (Person(name=name) for name in waiting)


def _split_outside_parentheses(text: str) -> Iterator[str]:
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if text.count("(", start, separator.start()) <= text.count(")", start, separator.start()):
            yield text[start : separator.start()]
            start = separator.end()
    yield text[start:]


def _mend_name(name: str) -> str:
    """Return the name with single spaces, also where print lost one: `Inge vanDijk`."""
    return _AND_OTHERS.sub("", _LOST_SPACE.sub(r"\1 ", " ".join(name.split())))


def read_answerers(introduction: str) -> tuple[Person, ...]:
    """Return who answers or announces a delay, with their ministries, as the introduction names them."""
    match = _ANSWERERS.search(introduction)
    if match is None:
        return ()
    end = _ENDS_ANSWERERS.search(match["who"])
    who = match["who"][: end.start()] if end else match["who"]
    return tuple(
        Person(name=name, affiliation=" ".join(answerer["ministry"].split()))
        for answerer in _ANSWERER.finditer(who)
        if (name := _mend_name(_BEFORE_NAME.sub("", answerer["name"], count=1)))
    )


def read_on_behalf(opening: str) -> tuple[str, ...]:
    """Return in whose name the answer or letter is written too: what follows `mede namens` where the writer says `ik`, or who answers is named."""
    for match in _MEDE_NAMENS.finditer(opening):
        if _is_by_the_writer(opening, match) and (holders := tuple(_office_holders(opening, match.end()))):
            return holders
    return ()


def _is_by_the_writer(opening: str, match: re.Match[str]) -> bool:
    before = _SENTENCE_END.split(opening[max(0, match.start() - MAX_SENTENCE) : match.start()])[-1]
    after = _SENTENCE_END.split(opening[match.end() : match.end() + MAX_SENTENCE])[0]
    return _WRITER.search(before + after) is not None or _ANSWERERS.search(before) is not None


def _office_holders(text: str, position: int) -> Iterator[str]:
    office = ""
    while True:
        if holder := _OFFICE_HOLDER.match(text, position):
            office = (holder["office"] or "").capitalize()
            yield " ".join((holder["president"] or f"{office} {holder['portfolio'] or holder['named']}").split())
        elif office and (holder := _SAME_OFFICE.match(text, position)):
            yield " ".join(f"{office} {holder['portfolio']}".split())
        else:
            return
        joint = _JOINT.match(text, holder.end())
        if joint is None:
            return
        position = joint.end()


def read_signatures(paragraphs: Sequence[str]) -> tuple[Person, ...]:
    """Return who signed a letter: paragraphs that hold an office and a name and nothing else; titles are no part of a name."""
    return tuple(
        Person(name=_without_titles(name), affiliation=" ".join(ministry.split()))
        for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True)
        for ministry, name in _signatures(paragraph, following)
    )


def _without_titles(name: str) -> str:
    return _DEGREES_OF_NAME.sub("", _TITLES_OF_NAME.sub("", " ".join(name.split()), count=1))


def _signatures(paragraph: str, following: str) -> list[tuple[str, str]]:
    """Return the ministries and names that a paragraph consists of, or its ministry and the name that follows."""
    if len(paragraph) > 1000 or not _BEGINS_OFFICE.match(paragraph):
        return []
    office = _OPENS_SIGNATURE.fullmatch(paragraph)
    if office and is_name(following):
        return [(office["ministry"], following)]
    found = list(_SIGNATURE.finditer(paragraph))
    is_whole = sum(len(signature[0]) for signature in found) == len(paragraph)
    return [(signature["ministry"], signature["name"]) for signature in found] if is_whole else []
