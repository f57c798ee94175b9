"""What kind of message a question is: one about content, or a greeting, thanks, a question about the library itself, and so on.

1. Words are compared without case, accents and repeated letters (`hallooo`); a long word may have one slip (`geodemorgen`).
2. A message is of another kind than content only if *all* its words belong to that kind, one of them decisively. One word more, `hallo, hoeveel kost de
   dijk?`, and it asks for content. So no list of whole phrases is needed, and a question about a subject can hardly be mistaken.
3. Names of people, parties and periods count as no words of their own in a question about the library: `hoeveel brieven van Van der Burg uit 2022`.
"""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from qa.answer import Language, MessageKind
from qa.text.words import is_function_word
from qa.understanding.plain_words import WORD, is_among, meant, plain_word
from qa.understanding.tasks import task_of

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

_LISTS_ABOUT = re.compile(
    r"^\W*(?:(?:geef|toon|laat|show|list|give|zoek|find|noem|graag|please|me|mij|zien|us|een|an?|the|de|van|of|lijst|overzicht|overview|alle|all|every)\s+)*"
    r"(?:lijst\s+(?:van|met)|list\s+of|overzicht\s+(?:van|met)|overview\s+of|alle|all|every)\s+(?:de\s+|the\s+|schriftelijke\s+|written\s+)*"
    r"(?:documenten|stukken|brieven|kamerbrieven|moties|kamervragen|vragen|antwoorden|debatten|documents|papers|letters|motions|questions|answers|debates)\b",
    re.IGNORECASE,
)
"""`Alle vragen van lid Keijzer over stikstof` asks for a list, whatever follows."""


def message_kind(question: str, language: Language, *, names: Collection[str] = (), has_history: bool = False) -> MessageKind:
    """Return the kind of a message as far as its words tell: never a name or a reference, which a library knows.

    Args:
        question: as typed.
        language: of the question.
        names: words of the question that name people, parties or periods.
        has_history: whether something was asked before, so that short words may point at it.
    """
    words = [plain_word(word) for word in WORD.findall(question)]
    if task := task_of(question):
        return task
    if not words:
        return MessageKind.HELP if set(question) <= set("? ") else MessageKind.CONTENT
    if kind := _social(words, question.casefold()):
        return kind
    if _is_help(words, language, has_history=has_history):
        return MessageKind.HELP
    if _LISTS_ABOUT.search(question) and not question.rstrip().endswith("?"):
        return MessageKind.LIBRARY
    if _is_about_library(words, {plain_word(name) for name in names}, has_history=has_history):
        return MessageKind.LIBRARY
    if _all_among(words, _SMALL_TALK) and _any_among(words, _SMALL_CORE):
        return MessageKind.SMALL_TALK
    return MessageKind.CONTENT


def asks_something(question: str) -> bool:
    """Tell whether a message has a question or a number in it, `Thanks, and what about 2017`, so that it is no mere courtesy."""
    words = {plain_word(word) for word in WORD.findall(question)}
    return bool(words & _ASKING) or any(letter.isdigit() for letter in question)


def may_be_courtesy(question: str) -> bool:
    """Tell whether all words of a message are such as stand in greetings, thanks and goodbyes: `mooi`, `tot zover`."""
    courteous = frozenset(_POLITE) | _THANKS | _AROUND_THANKS | _GREETING | _AROUND_GREETING | _GOODBYE | _AROUND_GOODBYE
    return _all_among([plain_word(word) for word in WORD.findall(question)], courteous)


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
    own = [meant(word, known) for word in words if word not in names]
    if has_history and (_POINTING & set(own) or not _DOCUMENTS & set(own)):
        return False
    if not has_history and own and all(word in _PEOPLE or _is_plural(word) for word in own):
        return True
    return _any_among(own, nouns) and _any_among(own, _LISTING) and _all_among(own, known) and not _asks_content(own)


def _asks_content(words: list[str]) -> bool:
    """Tell `wie stelde de vragen` and `wanneer is de brief gestuurd`, which a document answers, from questions about the collection."""
    plural = set(filter(_is_plural, words)) | ({"pdf"} & set(words))
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


def _is_plural(word: str) -> bool:
    return word in _DOCUMENTS and word.endswith(("en", "s", "n"))


def _all_among(words: Iterable[str], known: frozenset[str], language: Language | None = None) -> bool:
    return all(is_among(word, known) or (language is not None and is_function_word(word, language)) for word in words)


def _any_among(words: Iterable[str], known: frozenset[str]) -> bool:
    return any(is_among(word, known) for word in words)
