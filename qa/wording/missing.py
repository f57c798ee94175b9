"""What a question names and the library does not hold, said in a sentence, so that no other document is taken for it."""

from collections.abc import Sequence

from qa.answer import Language
from qa.library.register import Register
from qa.parliament.identifiers import parse_official_id, spaced_dossier
from qa.wording.documents import enumerated
from qa.wording.sentence import say, say_one_or_many


def say_missing(missing: Sequence[str], register: Register, language: Language) -> str:
    """Return what the library does not hold, and how many other papers of the same dossiers it does.

    Args:
        missing: identifiers and dossiers, at least one, such as `missing_from` returns.
        register: of the library.
        language: of the question.
    """
    names = [say(language, "missing", "dossier", number=spaced_dossier(name)) if name[:5].isdigit() else name for name in missing]
    papers = (parsed for name in missing if (parsed := parse_official_id(name)))
    dossiers = dict.fromkeys(parsed.dossier for parsed in papers if parsed.dossier)
    held = [(dossier, len(register.documents_called(dossier))) for dossier in dossiers]
    others = [say_one_or_many(language, "missing", "of_dossier", n, number=spaced_dossier(dossier)) for dossier, n in held if n]
    return " ".join([say(language, "missing", "missing", names=enumerated(names, language)), *others])


def say_missing_parts(document: str, *, answers: Sequence[int], questions: Sequence[int], language: Language) -> str:
    """Return which answers and questions a document does not have; `document` is what it is called."""
    parts = [
        say(language, "missing", part, numbers=enumerated(numbers, language, conjunction="or"))
        for part, numbers in (("answer", answers), ("question", questions))
        if numbers
    ]
    return say(language, "missing", "no_part", document=document, parts=enumerated(parts, language, conjunction="or"))


def say_unheld(nowhere: Sequence[str], not_by: Sequence[str], language: Language) -> str:
    """Return which names occur in no document, and by whom no document is."""
    absent = say_one_or_many(language, "missing", "nowhere", len(nowhere), names=enumerated(nowhere, language)) if nowhere else ""
    silent = say(language, "missing", "not_by", names=enumerated(not_by, language, conjunction="or")) if not_by else ""
    return " ".join(filter(None, [absent, silent]))
