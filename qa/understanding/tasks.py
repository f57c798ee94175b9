"""Tasks that are not done here: to summarise, to translate, to have an opinion.

Each is told by its verb with whoever is spoken to; what else the message says is what it is to be about, and is searched for.
"""

import re

from qa.answer import Language, MessageKind
from qa.text.words import is_function_word, question_words
from qa.understanding.plain_words import WORD, is_among, plain_word

_YOU = r"(?:je|jij|jou|jouw|jezelf|jullie|bronvraag|chatbot)"
_OPINION = re.compile(
    rf"\b(?:wat|hoe)\s+(?:vind|denk)\s+(?:je|jij|bronvraag)\b|\b(?:wat\s+is|geef)\s+jouw\b|\bjouw\s+(?:\w+\s+)?(?:mening|standpunt|oordeel|voorkeur|advies)\b"
    rf"|\b(?:vind|denk|geloof|bent?)\s+(?:je|jij)\s+(?:het|dat|de|zelf|voor|tegen|een|er|links|rechts|ook)\b|\bop\s+wie\s+(?:moet|zou|zal)\s+ik\b|\b{_YOU}\s+eigen\s+mening\b"
    r"|\bwhat\s+do\s+you\s+(?:personally\s+)?(?:think|reckon|believe|make\s+of)\b|\bwhat(?:'s|’s|\s+is)\s+your\s+(?:\w+\s+)?(?:opinion|view|take|position|favou?rite)\b|\byour\s+(?:own\s+|personal\s+)?opinion\b"
    r"|\bdo\s+you\s+(?:personally\s+)?(?:agree|like|think|believe|support|prefer)\b|\b(?:who|which\s+party)\s+should\s+i\s+vote\b|\bare\s+you\s+(?:for|against|in\s+favou?r|left|right)\b"
    r"|\bin\s+your\s+(?:own\s+)?opinion\b",
    re.IGNORECASE,
)
_SUMMARISE = re.compile(
    r"\bvat\b.{0,120}\bsamen\b|\b(?:samen\s?te?\s?vatten|samenvat(?:ten)?)\b|\bsumm?ari[sz]e?\b|\btl;?\s?dr\b|\b(?:geef|maak|wil|schrijf|graag)\b.{0,40}\bsamenvatting\b|^(?:korte\s+)?samenvatting\b"
    r"|\b(?:give|make|write|want|need)\b.{0,40}\bsummary\b|^(?:(?:a|short|brief)\s+)*summary\b|\b(?:schrijf|stel)\b.{0,30}\b(?:brief|mail|e-?mail|speech|toespraak|persbericht|tweet|nota|memo|stuk|tekst|verslag|gedicht)\b"
    r"|\b(?:write|draft|compose)\b.{0,30}\b(?:letter|e-?mail|mail|speech|press\s+release|tweet|memo|note|text|report|poem|essay)\b|\b(?:sum\s+up|boil\b.{0,60}\bdown)\b",
    re.IGNORECASE,
)
_ASKS_TO_TRANSLATE = re.compile(
    r"^\W*(?:(?:hoi|hallo|hi|hello|please|graag|ok|oke|en|and|now|nu|dan|then)\W+)*(?:vertaa?l|translate|vertaling|translation)\b(?!\s+(?:worden|is|zijn|in\s+welke))"
    r"|\b(?:kan|kun|kunt|wil|wilt|zou|could|can|would|will)\s+(?:je|jij|u|you)\b(?!.*\blaten\b).*\b(?:vertalen|translate)\b",
    re.IGNORECASE,
)
_TASK = frozenset(
    """vertaal vertalen vertaling translate translation translated version versie engels engelse english nederlands nederlandse dutch frans franse french duits duitse
german spaans spanish pools polish turks turkish arabisch arabic taal language gewone gewoon eenvoudig eenvoudige simpel plain simple woord word woorden words zin zinnen sentence
sentences alinea paragraph regels lines pagina page samen samenvatting samenvatten samengevat vat summarise summarize summary sum kort korte korter kern brief briefly short shorter gist
punten hoofdpunten points key main belangrijkste takeaways lijst lijstje list tabel table tijdlijn timeline overzicht overview schrijf schrijven write draft maak maken make stel opstellen
geef geven give mail e-mail email persbericht release press stuk tekst text antwoord antwoorden answer answers citaat quote document documenten documents passage leg uit explain uitleg vind vinden
denk denken think mening opinion view oordeel eens agree gelijk right eerlijk fair terecht jou jouw volgens graag please alsjeblieft aub kun kan could ook beste best favoriete
favourite hele whole alles everything zeg heet zet reply respond""".split()
)
"""Words of a task itself; what else a message says is what it is to be about."""


def task_of(message: str) -> MessageKind | None:
    """Return the task that a message asks to be done, if it does."""
    if _ASKS_TO_TRANSLATE.search(message):
        return MessageKind.TRANSLATE
    if _SUMMARISE.search(message):
        return MessageKind.SUMMARISE
    return MessageKind.OPINION if _OPINION.search(message) else None


def names_subject(question: str, language: Language) -> bool:
    """Tell whether a task says what it is about, beside itself."""
    return any(not _says_task(word.text) for word in question_words(question, language))


def subject_of(question: str, language: Language) -> str:
    """Return what a task is to be about, without the words of the task itself: of `Vertaal de brief over Jemen naar het Engels` that is `Jemen`."""
    words = [(match, _says_task(match[0])) for match in WORD.finditer(question)]
    said = [match for match, is_task in words if not is_task and not is_function_word(match[0], language)]
    if not said:
        return question
    return " ".join(match[0] for match, is_task in words if not is_task and said[0].start() <= match.start() <= said[-1].start())


def _says_task(word: str) -> bool:
    return is_among(plain_word(word), _TASK)
