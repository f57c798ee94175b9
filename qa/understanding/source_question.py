"""`AskedOfSource`: what a follow-up such as "Who said that?" asks of the document that was cited before, rather than of all documents.

It is such a question if every word of it asks, points back, names a kind of paper or person, or says that something is said or asked. One word
of content ("who made that estimate?") makes it a question for the documents.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WHO = frozenset("wie wiens who whom whose".split())
_WHICH = frozenset("welk welke wat what which".split())
_WHEN = frozenset("wanneer when".split())
_WHERE = frozenset("waar waarin where".split())
_POINTS = frozenset("dat dit die deze het it that this these those they them ze hem him hij zij he she you u je".split())
_SAYING = frozenset(
    """
zei zeiden zegt zeggen gezegd zeg beweert beweerde beweren schreef schrijft schreven geschreven stelt antwoordt antwoordde antwoordden antwoorden geantwoord beantwoordt
beantwoordde beantwoorden beantwoord ondertekende ondertekend ondertekenen tekende getekend meldde meldt gemeld spreekt sprak woord
said says say saying wrote writes written answered answers answer signed told tells stated states claimed claims speaks spoke speaking quoted
""".split()
)
_ASKING = frozenset(
    "vroeg vroegen vraagt vragen gevraagd stelde stelden gesteld ingediend indiende diende dienden indienden vroeg asked asks ask asking submitted tabled moved put raised asking proposed voorgesteld voorstelde".split()
)
_OFFICIALS = frozenset(
    "minister ministers bewindspersoon bewindslieden staatssecretaris secretary state spreker speaker kabinet".split()
)
_ASKERS = frozenset("kamerlid kamerleden lid leden mp mps member members partij partijen party parties fractie".split())
_PAPERS = frozenset(
    """
document documenten stuk brief kamerbrief antwoord antwoorden vraag vragen motie debat tekst bron citaat uitspraak passage sent verstuurd verzonden
documents letter answers question questions motion debate text source quote statement paper
""".split()
)
_DATES = frozenset("jaar datum dag maand year date day month".split())
_CALLED = frozenset("heet heten genaamd titel naam called title name titled".split())
_STANDS = frozenset("staat staan stond stonden vind vinden lees lezen find read stands stand".split())
_AROUND = frozenset(
    """
en and maar but ook also dan then eigenlijk precies exactly nou oh o ok oké okay trouwens is was zijn waren wordt werd worden werden heeft hebben had hadden are were be been has have do does
did door by about over oud old hierover daarover hiervan get got krijg kreeg one hoe how s his her zijn haar from van of uit from op on in aan at to de the een a an er there hier daar allemaal weer nog as als ik i kan can je
""".split()
)
_ALLOWED = (
    _WHO
    | _WHICH
    | _WHEN
    | _WHERE
    | _POINTS
    | _SAYING
    | _ASKING
    | _OFFICIALS
    | _ASKERS
    | _PAPERS
    | _DATES
    | _STANDS
    | _CALLED
    | _AROUND
)
MOST_WORDS = 9


class AskedOfSource(StrEnum):
    """What is asked of the document that was cited before."""

    WHO = "who"
    """Who said, wrote, answered or signed it."""
    WHO_ASKED = "who asked"
    """Which members asked for it, or moved it."""
    WHEN = "when"
    """When it was said or asked."""
    WHICH = "which"
    """In which document it stands."""


def asked_of_sources(questions: Sequence[str]) -> list[AskedOfSource | None]:
    """Return what each of the questions of a conversation, oldest first, asks of the document cited before it; None of one that asks something else."""
    asked: list[AskedOfSource | None] = []
    for question in questions:
        asked.append(asked_of_source(question, goes_on=bool(asked and asked[-1])))
    return asked


def asked_of_source(question: str, *, goes_on: bool = False) -> AskedOfSource | None:
    """Return what a follow-up asks of the document that was cited before it, or None if it asks something else.

    Args:
        question: as typed.
        goes_on: whether the question before was one about the source, too; then `And when?` needs no word that points back.
    """
    words = _WORD.findall(question.casefold())
    asked = frozenset(words)
    if not words or len(words) > MOST_WORDS or not asked <= _ALLOWED:
        return None
    points_back = goes_on or bool(asked & (_POINTS | _PAPERS))
    says, asks = bool(asked & (_SAYING | _OFFICIALS)), bool(asked & (_ASKING | _ASKERS))
    if asked & _WHO or (asked & {"welk", "welke", "which"} and asked & (_OFFICIALS | _ASKERS)):
        if asks and not asked & _OFFICIALS:
            return AskedOfSource.WHO_ASKED
        of_a_paper = bool(asked & _PAPERS) and asked <= _WHO | _AROUND | _POINTS | _PAPERS
        by_whom = of_a_paper or (asked <= _WHO | {"door", "by", "en", "and"} and len(asked) > 1)
        return AskedOfSource.WHO if says or by_whom else None
    if asked & _WHEN or (asked & _WHICH and asked & _DATES) or {"hoe", "oud"} <= asked:
        return AskedOfSource.WHEN if points_back else None
    names_a_paper = asked & {"welk", "welke", "which"} and asked & _PAPERS and not (says or asked & _ASKING)
    if (
        (asked & (_WHERE | {"welk", "welke", "which"}) and (goes_on or asked & _STANDS) and points_back)
        or names_a_paper
        or (asked & _CALLED and points_back)
    ):
        return AskedOfSource.WHICH
    return (
        AskedOfSource.WHICH if asked & {"bron", "source"} and asked <= _AROUND | _POINTS | _WHICH | {"bron", "source"} else None
    )
