"""What is doubtful about a document, in words, with what helps."""

from collections.abc import Mapping

from qa.answer import Language
from qa.document import Doubt, DoubtCode

MAX_PAGES = 8
"""Page numbers that are named, ranges counting as one."""

_SAID: Mapping[Language, Mapping[DoubtCode, str]] = {
    "nl": {
        DoubtCode.DAMAGED_PAGES: "{n} van {all} pagina’s zijn beschadigd en niet gelezen ({pages}). Haal het bestand opnieuw op.",
        DoubtCode.PAGES_WITHOUT_TEXT: "{n} van {all} pagina’s hebben geen tekst ({pages}): het zijn afbeeldingen. Maak ze doorzoekbaar (OCR) met: ocrmypdf --skip-text",
        DoubtCode.UNREADABLE_PAGES: "{n} van {all} pagina’s hebben een onleesbare tekstlaag en zijn niet gelezen ({pages}). Maak het bestand opnieuw doorzoekbaar (OCR) met: ocrmypdf --force-ocr",
        DoubtCode.FORM_VALUES: "Wat op het formulier is ingevuld, is meegelezen (pagina {pages}). Controleer het bij de afdruk.",
        DoubtCode.NO_PASSAGES: "In dit document is geen doorzoekbare tekst gevonden. Controleer het bestand.",
        DoubtCode.FEW_WORDS: "Veel van de tekst in dit document kan niet worden gevonden. Lees het document zelf.",
    },
    "en": {
        DoubtCode.DAMAGED_PAGES: "{n} of {all} pages are damaged and were not read ({pages}). Fetch the file again.",
        DoubtCode.PAGES_WITHOUT_TEXT: "{n} of {all} pages have no text ({pages}): they are pictures. Make them searchable (OCR) with: ocrmypdf --skip-text",
        DoubtCode.UNREADABLE_PAGES: "{n} of {all} pages have an unreadable text layer and were not read ({pages}). Make the file searchable anew (OCR) with: ocrmypdf --force-ocr",
        DoubtCode.FORM_VALUES: "What was filled in on the form was read too (page {pages}). Check it with the print.",
        DoubtCode.NO_PASSAGES: "No text that can be searched was found in this document. Check the file.",
        DoubtCode.FEW_WORDS: "Much of the text in this document cannot be found. Read the document itself.",
    },
}
_ONE_PAGE: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "nl": (
        ("1 van {all} pagina’s zijn beschadigd en niet", "1 van {all} pagina’s is beschadigd en niet"),
        ("1 van {all} pagina’s hebben", "1 van {all} pagina’s heeft"),
        ("tekstlaag en zijn niet", "tekstlaag en is niet"),
        ("het zijn afbeeldingen. Maak ze", "het is een afbeelding. Maak die"),
    ),
    "en": (
        ("1 of {all} pages are damaged and were not", "1 of {all} pages is damaged and was not"),
        ("1 of {all} pages have", "1 of {all} pages has"),
        ("text layer and were not", "text layer and was not"),
        ("they are pictures. Make them", "it is a picture. Make it"),
    ),
}


def say_doubt(doubt: Doubt, language: Language) -> str:
    """Return what is doubtful, in one or two sentences."""
    said = _SAID[language][doubt.code]
    if len(doubt.pages) == 1:
        said = said.replace("{n}", "1")
        for many, one in _ONE_PAGE[language]:
            said = said.replace(many, one)
    return said.format(n=len(doubt.pages), all=doubt.n_pages, pages=_say_pages(doubt.pages))


def _say_pages(pages: tuple[int, ...]) -> str:
    """Return page numbers with ranges, `2-4, 7`; an ellipsis stands for what is left out."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    said = [str(first) if first == last else f"{first}-{last}" for first, last in ranges[:MAX_PAGES]]
    return ", ".join([*said, "…"] if len(ranges) > MAX_PAGES else said)
