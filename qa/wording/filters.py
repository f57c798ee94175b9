"""How filters are said in words, and what an answer says of them."""

from collections.abc import Callable, Mapping

from qa.answer import Language
from qa.document import Kind
from qa.library.filters import DIMENSIONS, Dimension, Filters, last_day
from qa.parliament.identifiers import spaced_dossier
from qa.wording.documents import say_date, say_kind, say_month

_DIMENSIONS: Mapping[Language, Mapping[Dimension, str]] = {
    "nl": {
        "kinds": "Soort",
        "members": "Kamerlid",
        "parties": "Fractie",
        "ministers": "Bewindspersoon",
        "ministries": "Ministerie",
        "dossiers": "Dossier",
        "document_ids": "Document",
    },
    "en": {
        "kinds": "Kind",
        "members": "Member",
        "parties": "Party",
        "ministers": "Minister or state secretary",
        "ministries": "Ministry",
        "dossiers": "Dossier",
        "document_ids": "Document",
    },
}
_SINCE: Mapping[Language, str] = {"nl": "vanaf {}", "en": "from {} on"}
_UNTIL: Mapping[Language, str] = {"nl": "tot en met {}", "en": "until {}"}
_BETWEEN: Mapping[Language, str] = {"nl": "{} tot en met {}", "en": "{} to {}"}
_ONLY: Mapping[Language, str] = {
    "nl": "Alleen gezocht in documenten met deze filters: {filters}.",
    "en": "Only documents with these filters were searched: {filters}.",
}
_NOT_FOUND: Mapping[Language, str] = {
    "nl": "Met deze filters staat hierover niets in de documenten: {filters}. Doorzocht: {found} van de {all} documenten. "
    "Haal een filter weg om meer documenten te doorzoeken, of probeer andere woorden.",
    "en": "With these filters the documents say nothing about this: {filters}. Searched: {found} of the {all} documents. "
    "Remove a filter to search more documents, or try other words.",
}
_NO_DOCUMENTS: Mapping[Language, str] = {
    "nl": "Geen van de {all} documenten past bij deze filters: {filters}. Haal een filter weg om documenten te doorzoeken.",
    "en": "None of the {all} documents fits these filters: {filters}. Remove a filter to search documents.",
}


def say_dimension(dimension: Dimension, language: Language) -> str:
    """Return what a kind of filter is called."""
    return _DIMENSIONS[language][dimension]


def say_value(dimension: Dimension, value: str, language: Language, *, title_of: Callable[[str], str] = str) -> str:
    """Return a filter's value; `title_of` tells the title of a document by its id."""
    if dimension == "kinds":
        return say_kind(Kind(value), language)
    if dimension == "dossiers":
        return spaced_dossier(value)
    return title_of(value) if dimension == "document_ids" else value


def say_part(part: Filters, language: Language, *, title_of: Callable[[str], str] = str) -> str:
    """Return one part of filters, as it stands on its chip: `Fractie: PVV`."""
    if part.date_from or part.date_to:
        return say_period(part.date_from, part.date_to, language)
    dimension = next(name for name in DIMENSIONS if part.values(name))
    value = say_value(dimension, part.values(dimension)[0], language, title_of=title_of)
    return value if dimension == "kinds" else f"{say_dimension(dimension, language)}: {value}"


def say_filters(filters: Filters, language: Language, *, title_of: Callable[[str], str] = str) -> str:
    """Return all filters in one line."""
    return "; ".join(say_part(part, language, title_of=title_of) for part in filters.parts())


def say_period(first: str | None, last: str | None, language: Language) -> str:
    """Return a period: a whole year or month by its name."""
    if first is None:
        return _UNTIL[language].format(say_date(last or "", language))
    if last is None:
        return _SINCE[language].format(_named(first, "", language) or say_date(first, language))
    if named := _named(first, last, language):
        return named
    if first == last:
        return say_date(first, language)
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return _BETWEEN[language].format(first[:4], last[:4])
    return _BETWEEN[language].format(say_date(first, language), say_date(last, language))


def limited(message: str, said_filters: str, language: Language) -> str:
    """Return the sentence above citations that were looked for under filters."""
    return f"{_ONLY[language].format(filters=said_filters)} {message}"


def not_found(said_filters: str, language: Language, *, n_found: int, n_documents: int) -> str:
    """Return the refusal under filters, which fit `n_found` of the documents."""
    sentence = _NOT_FOUND if n_found else _NO_DOCUMENTS
    return sentence[language].format(filters=said_filters, found=n_found, all=n_documents)


def _named(first: str, last: str, language: Language) -> str | None:
    """Return the name of the year or month that a period is, or that one without end begins with."""
    if first.endswith("-01-01") and last in {"", f"{first[:4]}-12-31"}:
        return first[:4]
    if first.endswith("-01") and last in {"", last_day(first[:7])}:
        return say_month(first[:7], language)
    return None
