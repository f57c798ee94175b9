"""How filters are said in words, and what an answer says of them."""

from collections.abc import Callable

from qa.answer import Language
from qa.document import Kind
from qa.library.filters import DIMENSIONS, Dimension, Filters, last_day
from qa.parliament.identifiers import spaced_dossier
from qa.wording.documents import say_date, say_kind, say_month
from qa.wording.sentence import say, words


def say_dimension(dimension: Dimension, language: Language) -> str:
    """Return what a kind of filter is called."""
    return say(language, "dimensions", dimension)


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
        return _form("until", language).format(say_date(last or "", language))
    if last is None:
        return _form("since", language).format(_named(first, "", language) or say_date(first, language))
    if named := _named(first, last, language):
        return named
    if first == last:
        return say_date(first, language)
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return _form("between", language).format(first[:4], last[:4])
    return _form("between", language).format(say_date(first, language), say_date(last, language))


def limited(message: str, said_filters: str, language: Language) -> str:
    """Return the sentence above citations that were looked for under filters."""
    return f"{say(language, 'filters', 'only', filters=said_filters)} {message}"


def not_found(said_filters: str, language: Language, *, n_found: int, n_documents: int) -> str:
    """Return the refusal under filters, which fit `n_found` of the documents."""
    code = "not_found" if n_found else "no_documents"
    return say(language, "filters", code, filters=said_filters, found=n_found, all=n_documents)


def _form(name: str, language: Language) -> str:
    form: str = words(language)["filters"][name]
    return form


def _named(first: str, last: str, language: Language) -> str | None:
    """Return the name of the year or month that a period is, or that one without end begins with."""
    if first.endswith("-01-01") and last in {"", f"{first[:4]}-12-31"}:
        return first[:4]
    if first.endswith("-01") and last in {"", last_day(first[:7])}:
        return say_month(first[:7], language)
    return None
