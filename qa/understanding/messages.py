"""What kind of message a question is: one about content, or a greeting, thanks, a question about the library itself, and so on.

1. Words are compared without case, accents and repeated letters (`hallooo`); a long word may have one slip (`geodemorgen`).
2. A message is of another kind than content only if *all* its words belong to that kind, one of them decisively. One word more, `hallo, hoeveel kost de
   dijk?`, and it asks for content. So no list of whole phrases is needed, and a question about a subject can hardly be mistaken.
3. Tasks (summarise, translate, what do you think) are told by their verb with whoever is spoken to; what else the message says is still searched for.
4. Names of people, parties and periods count as no words of their own in a question about the library: `hoeveel brieven van Van der Burg uit 2022`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import pairwise

from qa.answer import Language, MessageKind
from qa.text.words import is_function_word, question_words

_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"(\w)\1{2,}")
_LONG = 5
"""Letters of a word in which one may be wrong."""

_POLITE = """alsjeblieft alstublieft aub svp please graag eens even hoor nou zeg ok oke okee okay oh ah eh uh hmm ja yes nog ook weer again just so mij me my
deze dit die dat this that these those hier here daar there er""".split()

_GREETING = frozenset(
    """hoi hallo hey heej hee hai haai haii hi hiya hello hallootjes goedemorgen goedemiddag goedenavond goedenmiddag goedendag goededag
goeiemorgen goeiemiddag goeienavond goeieavond goeiedag moin moi yo hoihoi greetings howdy mogge goeie dag""".split()
)
_AROUND_GREETING = frozenset(
    """bronvraag chatbot bot robot assistent assistant computer allemaal all everyone iedereen iets vragen vraag vraagje stellen question
questions ask something mag ik u je jij jullie you beste geachte dear sir madam meneer mevrouw heer aanwezig ben bent is are iemand anyone thuis goede goeden good
morgen middag avond morning afternoon evening day nieuw new hulp een paar got have had heb""".split()
)
_THANKS = frozenset(
    """dank bedankt bedank dankje dankjewel dankuwel dankjulliewel dankzij thanks thank thankyou thx tnx thnx ty merci appreciated appreciate
cheers""".split()
)
_AROUND_THANKS = frozenset(
    """hartelijk heel erg zeer veel wel duizendmaal antwoord antwoorden hulp info informatie duidelijk prima super mooi top fijn goed perfect great
good nice helpful very much many lot bunch answer answers help helping clear everything alles moeite snelle snel quick reactie reply uitleg genoeg enough ver tot zover
kan kon kom verder vooruit hiermee bent je u jou you that wow geweldig fantastisch awesome brilliant excellent echt zo was wat bronvraag""".split()
)
_GOODBYE = frozenset(
    """doei doeg doeii houdoe ciao bye byebye goodbye ziens goodnight welterusten groetjes groeten tabee later laters adieu hoi doeidoei""".split()
) - {"hoi"}
_AROUND_GOODBYE = frozenset(
    """tot straks morgen snel gauw volgende keer een de fijne prettige goede nice good dag avond weekend week day evening night see you u je nog have next
time soon tomorrow take care ik ga weg stop klaar ben bedankt dank wel thanks met vriendelijke""".split()
)
_FAREWELLS = (
    "fijne dag",
    "prettige dag",
    "fijne avond",
    "prettige avond",
    "fijn weekend",
    "prettig weekend",
    "nice day",
    "good night",
    "see you",
    "see ya",
    "take care",
    "tot straks",
    "tot morgen",
    "tot later",
    "tot de volgende",
    "tot snel",
    "ik ga weg",
)
_HELP = frozenset(
    """help hulp helpen uitleg handleiding instructie instructies gebruiksaanwijzing mogelijkheden manual instructions guide faq features
functies""".split()
)
_SPOKEN_TO = frozenset(
    """je jij jou jouw u uw jullie you your bronvraag chatbot bot tool app applicatie application site website programma program systeem system assistent
assistant ding thing""".split()
)
_AROUND_HELP = frozenset(
    """wat hoe wie waar waarvoor waarmee wanneer what how who which where why waarom kan kun kunt kunnen kon can could would doe doet doen do does werk werkt
werken work works working gebruik gebruiken gebruikt use using used ben bent are is zijn heet called naam name maakt gemaakt made make built soort soorten dingen things
allemaal all everything alles vragen vraag stellen question questions ask asking antwoord antwoorden beantwoorden answer answers weet weten know hebt heb have nodig need
begin beginnen start started vertel tell uitleggen leg uit explain uitleg voor for mee iemand someone precies exactly eigenlijk actually over about jezelf yourself
zelf moet should mogelijk possible data gegevens ai betekent bedoeld doel purpose voorbeeld voorbeelden example examples opties options zoeken search kent snap begrijp
understand niet not""".split()
)
_SMALL_TALK = frozenset(
    """hoe gaat het met how are you doing is up sup what's whats ja nee nou jawel yes no nope yep yeah sure oke okee ok okay prima goed fijn leuk grappig cool nice
great mooi top haha hahaha lol hihi grap grapje mop moppen joke jokes vertel tell robot mens human echt real alive levend levende stom stomme dom domme sukkel idioot idiot stupid dumb
slecht bad slim smart clever knap love hou hate haat jou jij you je u me ik mij verveel bored boring saai alles everything fine thuis ok een a an any the van of ben bent was zo very
heel erg wauw wow sorry pardon test testing testje testen vriend friend vriendin weet know geen nothing niks nvt laat maar never mind nevermind interessant interesting jammer
eens agree oud old slaap sleep eet eat drink heb have zin vandaag today jarig birthday verjaardag gefeliciteerd bedoel mean huh hè he hmm waar woon live zing sing""".split()
)
_SMALL_CORE = frozenset(
    """gaat how haha hahaha lol hihi grap grapje mop moppen joke jokes robot mens human stom stomme dom domme sukkel idioot idiot stupid dumb slim smart love hou hate
haat ja nee yes no nope yep yeah oke okee ok okay prima leuk cool wauw wow sorry test testing testje jarig verjaardag verveel bored laat nevermind mind grappig top sup whats interessant
interesting jammer levend alive huh woon live zing sing oud old slecht bad knap clever eet""".split()
)

_ASKING = frozenset(
    "hoe hoeveel wat wie waarom wanneer waar welk welke how what who why when where which whose niet not er".split()
)

_DOCUMENTS = frozenset(
    """document documenten bestand bestanden stuk stukken brief brieven kamerbrief kamerbrieven kamerstuk kamerstukken motie moties kamervraag kamervragen bron
bronnen antwoord antwoorden debat debatten verslag verslagen dossier dossiers publicatie publicaties passage passages pagina paginas documents document files file letters
letter papers motions motion questions answers sources source debates reports dossiers publications documentjes vragensets sets pdf pdfs""".split()
)
_PEOPLE = frozenset(
    """ministers staatssecretarissen bewindspersonen kamerleden leden partijen fracties ministeries departementen mensen personen members mps parties ministries people secretaries departments politici politicians""".split()
)
_COLLECTION = frozenset(
    """bibliotheek library collectie collection database databank corpus archief archive verzameling onderwerpen onderwerp themas thema topics subjects subject
topic jaren jaar periode periodes years year period dates kinds types soorten soort kind type""".split()
)
_LISTING = frozenset(
    """hoeveel aantal welke wat lijst overzicht toon laat zien geef noem alle alles nieuwste laatste recentste recente oudste eerste meest most many how which list show
all every newest latest recent oldest first number count total totaal tellen tel overview what who wie wiens whose opsomming opsommen bladeren browse vanaf wanneer when""".split()
)
_AROUND_LIBRARY = frozenset(
    """minister staatssecretaris bewindspersoon kamerlid partij fractie ministerie departement heb hebt heeft hebben have has had staat staan zit zitten bevat bevatten zijn is are in er there van by from of aan to uit met with over about die dat that
door gesteld gestelde gestuurd gestuurde geschreven ondertekend beantwoord beantwoorde ingediend ingediende asked sent written signed answered tabled submitted ken kent know
doorzoeken doorzoek zoek zoekt search searched vinden vind find opgenomen included geindexeerd indexed beschikbaar available je jij u jullie you your uw jouw deze dit
the this these me mij ik kan can could tot nu toe so far recently onlangs toegevoegd added gaan go goes gaat komen komt come comes terug terugkomen voor voorkomen
lid member mp tweede kamer eerste parliament parlement covered cover gedekt hold holds bevinden bronvraag precies eigenlijk actually totaal momenteel currently nu now bij
gebruik gebruikt use used using nieuw new oud old ga elkaar worden wordt be groot big large""".split()
)
_POINTING = frozenset("deze dit die dat this that these those".split())

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
_LISTS_ABOUT = re.compile(
    r"^\W*(?:(?:geef|toon|laat|show|list|give|zoek|find|noem|graag|please|me|mij|zien|us|een|an?|the|de|van|of|lijst|overzicht|overview|alle|all|every)\s+)*"
    r"(?:lijst\s+(?:van|met)|list\s+of|overzicht\s+(?:van|met)|overview\s+of|alle|all|every)\s+(?:de\s+|the\s+|schriftelijke\s+|written\s+)*"
    r"(?:documenten|stukken|brieven|kamerbrieven|moties|kamervragen|vragen|antwoorden|debatten|documents|papers|letters|motions|questions|answers|debates)\b",
    re.IGNORECASE,
)
"""`Alle vragen van lid Keijzer over stikstof` asks for a list, whatever follows."""


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


def names_subject(question: str, language: Language) -> bool:
    """Tell whether a task says what it is about, beside itself."""
    return any(not _is_among(_plain(word.text), _TASK) for word in question_words(question, language))


def message_kind(question: str, language: Language, *, names: Collection[str] = (), has_history: bool = False) -> MessageKind:
    """Return the kind of a message as far as its words tell: never a name or a reference, which a library knows.

    Args:
        question: as typed.
        language: of the question.
        names: words of the question that name people, parties or periods.
        has_history: whether something was asked before, so that short words may point at it.
    """
    words = [_plain(word) for word in _WORD.findall(question)]
    if _ASKS_TO_TRANSLATE.search(question):
        return MessageKind.TRANSLATE
    if _SUMMARISE.search(question):
        return MessageKind.SUMMARISE
    if _OPINION.search(question):
        return MessageKind.OPINION
    if not words:
        return MessageKind.HELP if set(question) <= set("? ") else MessageKind.CONTENT
    if kind := _social(words, question.casefold()):
        return kind
    if _is_help(words, language, has_history=has_history):
        return MessageKind.HELP
    if _LISTS_ABOUT.search(question) and not question.rstrip().endswith("?"):
        return MessageKind.LIBRARY
    if _is_about_library(words, {_plain(name) for name in names}, has_history=has_history):
        return MessageKind.LIBRARY
    if _all_among(words, _SMALL_TALK) and _any_among(words, _SMALL_CORE):
        return MessageKind.SMALL_TALK
    return MessageKind.CONTENT


def asks_something(question: str) -> bool:
    """Tell whether a message has a question or a number in it, `Thanks, and what about 2017`, so that it is no mere courtesy."""
    words = {_plain(word) for word in _WORD.findall(question)}
    return bool(words & _ASKING) or any(letter.isdigit() for letter in question)


def _social(words: list[str], text: str) -> MessageKind | None:
    around = frozenset(_POLITE)
    words = [
        word for word in words if word in _ASKING or not (is_function_word(word, "nl") or is_function_word(word, "en"))
    ] or words
    thanks = around | _THANKS | _AROUND_THANKS | _GREETING
    if _any_among(words, _THANKS) and _all_among(words, thanks | _GOODBYE | _AROUND_GOODBYE):
        return MessageKind.THANKS
    leaves = _any_among(words, _GOODBYE) or any(one in text for one in _FAREWELLS)
    if leaves and _all_among(words, around | _GOODBYE | _AROUND_GOODBYE):
        return MessageKind.GOODBYE
    greets = _any_among(words, _GREETING) or _greets_by_two(words)
    if greets and _all_among(words, around | _GREETING | _AROUND_GREETING | _AROUND_GOODBYE):
        return MessageKind.GREETING
    return None


def _greets_by_two(words: list[str]) -> bool:
    pairs = set(pairwise(words))
    hours = {"morning", "afternoon", "evening", "day", "morgen", "middag", "avond"}
    return any(first in {"good", "goede", "goeden", "goeie"} and second in hours for first, second in pairs) or bool(
        {"beste", "geachte", "dear"} & set(words[:1]) and {"bronvraag", "chatbot", "bot", "assistent", "assistant"} & set(words)
    )


def _is_help(words: list[str], language: Language, *, has_history: bool) -> bool:
    known = _AROUND_HELP | _HELP | _SPOKEN_TO | _GREETING | frozenset(_POLITE)
    if not _all_among(words, known, language):
        return False
    spoken_to = [word for word in words if word in _SPOKEN_TO]
    if _any_among(words, _HELP) and len(words) <= 8:
        return True
    works = {"werkt", "works", "work", "werken"} & set(words) and {"dit", "deze", "this", "het", "it"} & set(words)
    return bool(spoken_to or (works and not has_history)) and bool(
        {
            "wat",
            "hoe",
            "wie",
            "waar",
            "waarvoor",
            "waarmee",
            "what",
            "how",
            "who",
            "which",
            "kan",
            "kun",
            "kunt",
            "can",
            "leg",
            "explain",
            "vertel",
            "tell",
        }
        & set(words)
    )


def _is_about_library(words: list[str], names: Collection[str], *, has_history: bool) -> bool:
    nouns = _DOCUMENTS | _PEOPLE | _COLLECTION
    known = nouns | _LISTING | _AROUND_LIBRARY | frozenset(_POLITE) | _GREETING
    own = [_meant(word, known) for word in words if word not in names]
    if has_history and (_POINTING & set(own) or not _DOCUMENTS & set(own)):
        return False
    return _any_among(own, nouns) and _any_among(own, _LISTING) and _all_among(own, known) and not _asks_content(own)


def _asks_content(words: list[str]) -> bool:
    """Tell `wie stelde de vragen` and `wanneer is de brief gestuurd`, which a document answers, from questions about the collection."""
    plural = {word for word in words if word in _DOCUMENTS and word.endswith(("en", "s", "n"))} | ({"pdf"} & set(words))
    lists = {"hoeveel", "aantal", "welke", "lijst", "overzicht", "alle", "all", "every", "list", "many", "number", "count", "which", "nieuwste", "laatste", "recentste", "recente",
             "oudste", "newest", "latest", "recent", "oldest", "first", "total", "totaal", "toon", "show", "noem", "overview"} & set(words)  # fmt: skip
    places = (_COLLECTION & set(words)) | ({"you", "your", "je", "jij", "u", "jullie", "bronvraag"} & set(words))
    return (
        not (lists or places)
        or (bool({"wie", "who", "wanneer", "when"} & set(words)) and not places and not (_PEOPLE & set(words) and lists))
        or (
            not plural
            and not places
            and not (_PEOPLE & set(words))
            and not ({"nieuwste", "laatste", "recentste", "oudste", "newest", "latest", "oldest", "recent"} & set(words))
        )
    )


def _all_among(words: Iterable[str], known: frozenset[str], language: Language | None = None) -> bool:
    return all(_is_among(word, known) or (language is not None and is_function_word(word, language)) for word in words)


def _any_among(words: Iterable[str], known: frozenset[str]) -> bool:
    return any(_is_among(word, known) for word in words)


def _is_among(word: str, known: frozenset[str]) -> bool:
    return _meant(word, known) in known


def _meant(word: str, known: frozenset[str]) -> str:
    """Return the known word that a long word with one slip in it was meant to be, or else the word itself."""
    if word in known or len(word) <= _LONG:
        return word
    return next((other for other in _slips(word) if other in known), _shortened(known).get(word, word))


@cache
def _shortened(known: frozenset[str]) -> Mapping[str, str]:
    """Return long words by what is left of them without one letter."""
    return {word[:place] + word[place + 1 :]: word for word in sorted(known) if len(word) > _LONG for place in range(len(word))}


def _slips(word: str) -> Iterable[str]:
    """Yield what a word was meant to be if two neighbours changed places, or one letter was doubled or is one too many."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return _REPEATED.sub(r"\1", "".join(filter(str.isalnum, letters)))
