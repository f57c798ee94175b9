"""Why a file is not read, in the reader's language. The readers of files say it in English; what is not known here stays so."""

import re
from collections.abc import Mapping

from qa.answer import Language

_DUTCH: Mapping[str, str] = {
    r"it is empty": "het is leeg",
    r"it holds no text": "er staat geen tekst in",
    r"it is larger than (.+), the most that is accepted": "het is groter dan {0}, meer wordt niet aangenomen",
    r"it is (.+) MB, and (.+) MB is the most that is read": "het is {0} MB; meer dan {1} MB wordt niet gelezen",
    r"it is (.+) and the limit is (.+) \(--max-size\)": "het is {0}; meer dan {1} wordt niet gelezen",
    r"it cannot be stored \(.*\)": "het kan op de server niet worden bewaard",
    r"this library keeps (.+) uploads of (.+) in all, .*": "de bibliotheek bewaart al {0} toegevoegde bestanden van samen {1}; verwijder er eerst een paar",
    r"\d+ other files are arriving; .*|\d+ changes of the library are waiting already; .*": "de server is bezig met andere bestanden; probeer het over een minuut opnieuw",
    r"it is not a text file .*": "het is geen tekstbestand en geen ander soort bestand dat kan worden gelezen",
    r"it has no text layer, .*": "het heeft geen tekstlaag, alleen afbeeldingen van pagina’s; maak het eerst doorzoekbaar (OCR)",
    r"its text layer is unreadable: .*": "de tekstlaag is onleesbaar: er staan andere letters in dan de pagina’s tonen; maak het opnieuw doorzoekbaar (OCR, ocrmypdf --force-ocr)",
    r"it is damaged: none of its pages .*": "het is beschadigd: geen van de pagina’s kan worden geopend",
    r"it holds no text but page numbers and running heads": "er staan alleen paginanummers en kopregels in",
    r"it is protected by a password; .*": "het is beveiligd met een wachtwoord; bewaar het zonder wachtwoord",
    r"it is damaged or not complete, and cannot be opened as PDF": "het is beschadigd of niet compleet, en kan niet als pdf worden geopend",
    r"it is damaged: its page (\d+) cannot be opened": "het is beschadigd: pagina {0} kan niet worden geopend",
    r"it has (\d+) pages, and (\d+) is the most that is read": "het heeft {0} pagina’s; meer dan {1} wordt niet gelezen",
    r"it is a zip archive but no Word or ODT document, .*": "het is een zipbestand maar geen Word- of ODT-document, of niet compleet; pak het eerst uit",
    r"it is a zip archive of more than \d+ files, .*": "het is een zipbestand met te veel bestanden",
    r"it is a zip archive packed in an unusual way; .*": "het is op een ongewone manier ingepakt; bewaar het document opnieuw",
    r"it is a Word file without its text .*|it is an ODT file without its text .*": "de tekst ontbreekt in dit bestand; bewaar het opnieuw",
    r"it is a zip archive that unpacks to far more than a document holds, .*": "het is een zipbestand dat uitgepakt veel groter is dan een document, en wordt niet uitgepakt",
    r"it is a damaged or incomplete zip archive; .*": "het is een beschadigd of onvolledig zipbestand; haal het opnieuw op",
    r"it is an old Office file or protected by a password; .*": "het is een oud Office-bestand of beveiligd met een wachtwoord; bewaar het als .docx zonder wachtwoord",
    r"it is what an official publication says about itself, .*": "het zijn alleen de gegevens over een officiële publicatie; voeg de publicatie zelf toe",
    r"it cannot be opened .*|it was deleted before it could be read|it could not be read": "het kan niet worden geopend",
    r"it is not the file that was indexed; .*|it changed each time .*": "het is intussen veranderd; probeer het opnieuw",
    r"it is a link to something that does not exist|it is .*, not an ordinary file": "het is geen gewoon bestand",
    r"it is not HTML that can be read; .*": "het is geen HTML die kan worden gelezen; bewaar de pagina opnieuw",
    r"it says that it is in (.+), but it is not; .*": "het zegt dat het in {0} is geschreven, maar dat is niet zo; bewaar de pagina opnieuw",
    r"it is XML of another kind than official publications.*": "het is andere XML dan van officiële publicaties; bewaar het als HTML of tekst",
    r"it is not well-formed XML .*": "het is geen geldige XML; haal het opnieuw op",
    r"it is XML that declares entities of its own, .*": "het is XML met eigen entiteiten, en die worden nooit ingevuld; bewaar het zonder DTD",
    r"it has more than \d+ elements of markup, .*|it is nested more than \d+ deep, .*": "de opmaak is ingewikkelder dan die van enig document",
    r"it is no Excel file, or an incomplete one; .*": "het is geen Excel-bestand, of niet compleet; bewaar het opnieuw als .xlsx",
    r"it has (.+) rows, and (.+) is the most": "het heeft {0} rijen; meer dan {1} worden niet gelezen",
    r"reading it takes more than (.+) s, the limit .*": "het lezen duurt langer dan {0} seconden, de grens",
    r"reading it takes more than (.+) of memory, the limit .*": "het lezen vraagt meer dan {0} geheugen, de grens",
    r"its reader crashed .*|its reader failed .*": "het lezen is mislukt; het bestand is misschien beschadigd",
    r"drawing it .*|it cannot be drawn .*|it has no page .*|it is damaged: its page .*": "de pagina kan niet worden getekend",
    r"its text holds .*": "de tekst bevat tekens die niet bestaan",
}
_PATTERNS = [(re.compile(pattern, re.DOTALL), dutch) for pattern, dutch in _DUTCH.items()]


def say_reason(reason: str, language: Language) -> str:
    """Return why a file was refused, completing the sentence "<file>: ..."."""
    if language == "en":
        return reason
    for pattern, dutch in _PATTERNS:
        if match := pattern.fullmatch(reason):
            return dutch.format(*match.groups())
    return reason
