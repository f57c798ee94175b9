"""What a question names and the library does not hold, said in a sentence, so that no other document is taken for it."""

from collections.abc import Sequence

from qa.answer import Language
from qa.library.register import Register
from qa.parliament.identifiers import parse_official_id, spaced_dossier

_AND: dict[Language, str] = {"nl": "en", "en": "and"}
_OR: dict[Language, str] = {"nl": "of", "en": "or"}
_MISSING: dict[Language, str] = {"nl": "De bibliotheek bevat {names} niet.", "en": "The library does not hold {names}."}
_DOSSIER: dict[Language, str] = {"nl": "dossier {number}", "en": "dossier {number}"}
_OF_DOSSIER: dict[Language, tuple[str, str]] = {
    "nl": ("Van dossier {number} bevat zij wel één document.", "Van dossier {number} bevat zij wel {n} documenten."),
    "en": ("Of dossier {number} it holds one document.", "Of dossier {number} it holds {n} documents."),
}
_NO_PART: dict[Language, str] = {"nl": "{document} heeft geen {parts}.", "en": "{document} has no {parts}."}
_ANSWER: dict[Language, str] = {"nl": "antwoord op vraag {numbers}", "en": "answer to question {numbers}"}
_QUESTION: dict[Language, str] = {"nl": "vraag {numbers}", "en": "question {numbers}"}


def say_missing(missing: Sequence[str], register: Register, language: Language) -> str:
    """Return what the library does not hold, and how many other papers of the same dossiers it does.

    Args:
        missing: identifiers and dossiers, at least one, such as `missing_from` returns.
        register: of the library.
        language: of the question.
    """
    names = [_DOSSIER[language].format(number=spaced_dossier(name)) if name[:5].isdigit() else name for name in missing]
    papers = (parsed for name in missing if (parsed := parse_official_id(name)))
    dossiers = dict.fromkeys(parsed.dossier for parsed in papers if parsed.dossier)
    held = [(dossier, len(register.documents_called(dossier))) for dossier in dossiers]
    others = [_OF_DOSSIER[language][n > 1].format(number=spaced_dossier(dossier), n=n) for dossier, n in held if n]
    return " ".join([_MISSING[language].format(names=_joined(names, _AND[language])), *others])


def say_missing_parts(document: str, *, answers: Sequence[int], questions: Sequence[int], language: Language) -> str:
    """Return which answers and questions a document does not have; `document` is what it is called."""
    parts = [
        template[language].format(numbers=_joined(list(map(str, numbers)), _OR[language]))
        for template, numbers in ((_ANSWER, answers), (_QUESTION, questions))
        if numbers
    ]
    return _NO_PART[language].format(document=document, parts=_joined(parts, _OR[language]))


def _joined(words: Sequence[str], conjunction: str) -> str:
    *firsts, last = words
    return f"{', '.join(firsts)} {conjunction} {last}" if firsts else last
