"""Words around an identifier or a name that ask for nothing but the document itself: `Wat staat er in ...`, `open ...`, `questions by ...`."""

import re
from collections.abc import Collection

_WORD = re.compile(r"[^\W_]+")

_FUNCTION_WORDS = """
aan alle allemaal als alsjeblieft aub bij dat de den der dit door deze die een eens en er graag haar het hier hun ik in is je kan kun kunt kom
maar me met mij naar nog nu of om op over s te tot u uit uw van voor waar waarover waarvan wat we welk welke wie wil wilt zijn
a about all an and any are at by can could do does for from go have here i is it its let me my of on or out please s t the there these this those to
us was we were what where which who with would you your
""".split()
_ASKING_WORDS = """
bekijk bekijken bevat bladeren document documenten gaat geef geven inhoud laat lees lezen open openen opzoeken paragraaf pdf stuk stukken staan staat
tekst toon tonen vind vinden volledige weergeven zegt zeggen zien zoek zoeken brief brieven kamerbrief kamerbrieven kamerstuk kamerstukken antwoord
antwoorden beantwoord beantwoording vraag vragen kamervraag kamervragen schriftelijke dossier nr nummer vergaderjaar tk ek ii tweede eerste kamer
handelingen aanhangsel
bring contain contains content contents display documents file find full get give letter letters look open paper papers parliamentary read say says
see show text up written answer answers question questions number no tell
""".split()
_PEOPLE_WORDS = """
antwoordde antwoordden beantwoordde beantwoordden brief gaf gaven gedaan gegeven geschreven gesteld gestelde gestuurd gevraagd heeft hebben ingediend
ingediende kamerlid kamerleden lid leden minister ministers bewindspersoon staatssecretaris staatssecretarissen stelde stelden stuurde vroeg vroegen
schreef fractie partij demissionair mevrouw heer dhr mw ministerie
answered ask asked asks did former gave given had has he her his member members minister mp mps mr mrs ms parliament party put secretary sent she
state submitted wrote posed raised
""".split()

OPENING_WORDS = frozenset(_FUNCTION_WORDS) | frozenset(_ASKING_WORDS)
"""Around an identifier."""

PEOPLE_WORDS = OPENING_WORDS | frozenset(_PEOPLE_WORDS)
"""Around a name."""

_ABOUT = re.compile(
    r"\b(?:over|inzake|rond|omtrent|about|on|concerning|regarding)\s+(?:(?:de|het|een|the|an?)\s+)?(?=\S)", re.IGNORECASE
)

_OPENS_SUBJECT = PEOPLE_WORDS - frozenset("wie waar waarover waarvan welk welke who where which".split())


def only_opens(rest: str, words: Collection[str] = OPENING_WORDS) -> bool:
    """Tell whether the rest of a question, without what it names, says nothing about a subject."""
    return all(word in words or len(word) == 1 for word in _WORD.findall(rest.casefold()))


def asked_about(question: str) -> str:
    """Return what a question is about, where all before `over` or `about` only opens it and asks for nobody and no time or place; else the question."""
    before, *subject = _ABOUT.split(question, maxsplit=1)
    return subject[0] if subject and only_opens(before, _OPENS_SUBJECT) else question


def subject_in(question: str) -> str:
    """Return what stands behind `over` or `about` in a question, whatever stands before it; nothing if it has neither."""
    _before, *subject = _ABOUT.split(question, maxsplit=1)
    return subject[0] if subject else ""
