"""Every sentence that an answer itself says, in both languages."""

from collections.abc import Sequence

from qa.answer import Language

FOUND: dict[Language, str] = {
    "nl": "Dit zeggen de documenten hierover:",
    "en": "This is what the documents, which are in Dutch, say about it:",
}

CLOSEST: dict[Language, str] = {
    "nl": "Een duidelijk antwoord is niet gevonden. Deze passages komen er het dichtst bij:",
    "en": "No clear answer was found. These passages, in Dutch, come closest:",
}

PROBABLE: dict[Language, str] = {
    "nl": "Dit is waarschijnlijk wat u zoekt:",
    "en": "This is probably what you are looking for (the documents are in Dutch):",
}

ELSEWHERE: dict[Language, str] = {
    "nl": "Dit lijkt over iets anders te gaan dan de documenten hier. Doorzocht: {documents} documenten met {passages} passages.",
    "en": "This seems to be about something else than the documents here. Searched: {documents} documents with {passages} passages.",
}

OTHER_YEARS: dict[Language, str] = {
    "nl": "Geen passage over {asked} gevonden; dit gaat over {found}.",
    "en": "No passage about {asked} was found; these are about {found}.",
}

CORRECTED: dict[Language, str] = {"nl": "Gezocht naar “{words}”.", "en": "Searched for “{words}”."}

REPLIES: dict[Language, dict[str, str]] = {
    "nl": {
        "greeting": "Dag! Stel een vraag over de documenten hier, dan laat ik zien wat er letterlijk staat, met de vindplaats.",
        "thanks": "Graag gedaan. Vraag gerust verder.",
        "goodbye": "Tot ziens!",
        "help": "Ik zoek in de {documents} documenten van deze bibliotheek en laat letterlijk zien wat daarin over uw vraag staat, met een link naar de precieze plaats. "
        "Vraag het in uw eigen woorden, noem een Kamerlid, een minister, een nummer of een periode, of vraag door op het vorige antwoord.",
        "small-talk": "Ik praat niet mee, maar zoek wel voor u in de documenten. Stel een vraag over wat erin staat.",
        "summarise": "Ik vat niet samen en schrijf geen teksten, maar laat letterlijk zien wat in de documenten staat.",
        "translate": "Ik vertaal niet: citaten blijven zoals ze in het document staan.",
        "opinion": "Ik heb zelf geen mening, maar laat zien wat de documenten zeggen.",
        "other-language": "Ik begrijp Nederlands en Engels het best; stel uw vraag liefst in een van die twee.",
        "library_count": "De bibliotheek bevat {n} documenten: {kinds}.",
        "library_found": "Daarvan staan er {n} in de bibliotheek: {filters}.",
        "library_none": "Daarvan staat er niets in de bibliotheek: {filters}.",
        "library_newest": "Het nieuwste is “{title}”{date}.",
        "library_oldest": "Het oudste is “{title}”{date}.",
        "library_years": "Ze zijn van {first} tot en met {last}.",
        "library_people": "{name}: {values}.",
        "more": "en nog {n}",
        "all": "Alle documenten",
    },
    "en": {
        "greeting": "Hello! Ask about the documents here, and I show what they say word for word, and where.",
        "thanks": "You are welcome. Do ask on.",
        "goodbye": "Goodbye!",
        "help": "I search the {documents} documents of this library and show word for word what they say about your question, with a link to the exact place. "
        "Ask in your own words, name a member, a minister, a number or a period, or ask on about the answer before.",
        "small-talk": "I do not chat, but I do search the documents for you. Ask about what they say.",
        "summarise": "I do not summarise or write texts; I show word for word what the documents say.",
        "translate": "I do not translate: quotes stay as they are in the document, in Dutch.",
        "opinion": "I have no opinion of my own, but show what the documents say.",
        "other-language": "I understand Dutch and English best; please ask in one of these.",
        "library_count": "The library holds {n} documents: {kinds}.",
        "library_found": "Of these it holds {n}: {filters}.",
        "library_none": "Of these it holds none: {filters}.",
        "library_newest": "The newest is “{title}”{date}.",
        "library_oldest": "The oldest is “{title}”{date}.",
        "library_years": "They date from {first} to {last}.",
        "library_people": "{name}: {values}.",
        "more": "and {n} more",
        "all": "All documents",
    },
}

NAMED: dict[Language, str] = {"nl": "Dit is wat u noemt:", "en": "This is what you named:"}

NOT_FOUND: dict[Language, str] = {
    "nl": "Hierover is in de documenten niets gevonden. Doorzocht: {documents} documenten met {passages} passages.",
    "en": "Nothing was found about this in the documents. Searched: {documents} documents with {passages} passages.",
}


def found(language: Language) -> str:
    """Return the sentence above citations."""
    return FOUND[language]


def named(language: Language) -> str:
    """Return the sentence above what a question names and nothing else."""
    return NAMED[language]


def joined(*sentences: str) -> str:
    """Return sentences as one text, without the empty ones."""
    return " ".join(filter(None, sentences))


def closest(language: Language) -> str:
    """Return the sentence above citations none of which is likely to answer."""
    return CLOSEST[language]


def not_found(language: Language, *, n_documents: int, n_passages: int) -> str:
    """Return the refusal: what was searched."""
    return NOT_FOUND[language].format(documents=n_documents, passages=n_passages)


def probable(language: Language) -> str:
    """Return the sentence above citations that probably answer."""
    return PROBABLE[language]


def elsewhere(language: Language, *, n_documents: int, n_passages: int) -> str:
    """Return what is said of a message that is certainly about something else, with what was searched."""
    return ELSEWHERE[language].format(documents=n_documents, passages=n_passages)


def other_years(language: Language, asked: Sequence[int], found: Sequence[int]) -> str:
    """Return that no passage is about the years asked for, and which years those shown are about, if they say so."""
    years = f"{found[0]}–{found[-1]}" if len(found) > 1 else "".join(map(str, found))
    sentence = OTHER_YEARS[language].format(asked=", ".join(map(str, asked)), found=years)
    return sentence if found else sentence.partition(";")[0] + "."


def corrected(language: Language, words: str) -> str:
    """Return which words were searched for instead of mistyped ones."""
    return CORRECTED[language].format(words=words)


def reply(code: str, language: Language, **details: object) -> str:
    """Return a sentence that answers a message which asks nothing of the documents."""
    return REPLIES[language][code].format(**details)
