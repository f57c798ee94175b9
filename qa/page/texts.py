"""`Texts`: every text of the interface, in Dutch and in English."""

from dataclasses import asdict, dataclass
from typing import get_args

from qa.answer import Language

DUTCH_EXAMPLES = (
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Wanneer en waar vindt het International Migration Review Forum plaats?",
)
ENGLISH_EXAMPLES = (
    "When was the Global Compact on Migration adopted?",
    "Which organisations were consulted about the GCM?",
)


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of the interface in one language."""

    tagline: str
    welcome: str
    introduction: str
    conversation: str
    question_label: str
    question_placeholder: str
    new_conversation: str
    examples: str
    send: str
    other_language: str
    """The name of the other language, in that language."""
    switch_theme: str
    skip: str
    close: str
    source: str
    open_source: str
    document_text: str
    file: str
    published: str
    leaves: str
    """Says that a link leads to a page on the internet."""
    left_out: str
    """Said before the number of citations that are not shown."""
    question_warning: str
    footnote: str
    footnote_back: str
    page: str
    open_failed: str
    open_failed_server: str
    failed: str


TEXTS: dict[Language, Texts] = {
    "nl": Texts(
        tagline="Vragen aan Kamerstukken, met letterlijke citaten",
        welcome="Wat staat er in de Kamerstukken?",
        introduction="Stel een vraag. U krijgt letterlijke citaten; kies het nummer om het citaat in het hele document te lezen.",
        conversation="Gesprek",
        question_label="Uw vraag",
        question_placeholder="Stel een vraag over de documenten …",
        new_conversation="Nieuw gesprek",
        examples="Voorbeeldvragen",
        send="Vraag versturen",
        other_language="English",
        switch_theme="Licht of donker",
        skip="Naar de vraag",
        close="Document sluiten",
        source="Bron",
        open_source="Open de bron",
        document_text="Tekst van het document",
        file="Bestand",
        published="Officiële publicatie",
        leaves="opent een pagina op internet, buiten deze computer",
        left_out="Passages die minder goed passen zijn weggelaten",
        question_warning="Dit is een vraag van een Kamerlid, niet het antwoord van de regering.",
        footnote="Voetnoot",
        footnote_back="Terug naar de plaats van voetnoot",
        page="pagina",
        open_failed="Deze bron kan niet worden geopend: het document staat niet in de bibliotheek, of de verwijzing klopt niet.",
        open_failed_server="Deze bron kan nu niet worden geopend. Controleer of Bronvraag nog draait en probeer het opnieuw.",
        failed="Er ging iets mis bij het zoeken naar een antwoord. Probeer het opnieuw.",
    ),
    "en": Texts(
        tagline="Questions to Dutch parliamentary documents, with verbatim quotes",
        welcome="What do the documents say?",
        introduction="Ask in English or Dutch. You get verbatim quotes; choose the number to read the quote in its whole document.",
        conversation="Conversation",
        question_label="Your question",
        question_placeholder="Ask a question about the documents …",
        new_conversation="New conversation",
        examples="Example questions",
        send="Send the question",
        other_language="Nederlands",
        switch_theme="Light or dark",
        skip="To the question",
        close="Close the document",
        source="Source",
        open_source="Open the source",
        document_text="Text of the document",
        file="File",
        published="Official publication",
        leaves="opens a page on the internet, outside this computer",
        left_out="Passages that fit less well were left out",
        question_warning="This is a member's question, not the government's answer.",
        footnote="Footnote",
        footnote_back="Back to the place of footnote",
        page="page",
        open_failed="This source cannot be opened: the document is not in the library, or the link is wrong.",
        open_failed_server="This source cannot be opened now. Check that Bronvraag is still running and try again.",
        failed="Something went wrong while looking for an answer. Please try again.",
    ),
}


def as_language(value: object) -> Language:
    """Return the language that a value from outside names, Dutch if it names none."""
    return next((language for language in get_args(Language) if language == value), "nl")


def preferred_language(accept_language: str) -> Language:
    """Return the first of our languages in an `Accept-Language` header, Dutch if it holds none (RFC 9110, section 12.5.4)."""
    ranges = [entry.strip().partition(";q=") for entry in accept_language.lower().split(",")]
    ranked = sorted(ranges, key=lambda entry: -_quality(entry[2]))
    known = (tag.split("-")[0] for tag, _, quality in ranked if _quality(quality) > 0)
    return as_language(next((tag for tag in known if tag in TEXTS), "nl"))


def as_dictionary(language: Language) -> dict[str, str]:
    """Return the texts by name."""
    return asdict(TEXTS[language])


def _quality(value: str) -> float:
    try:
        return float(value or 1)
    except ValueError:
        return 0
