"""The filters as HTML: chips of those that are chosen or recognised, and the values to choose from with their counts."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.library import Catalogue, Count
from qa.library.filters import Dimension, Filters
from qa.templates import macros
from qa.wording.filters import say_dimension, say_part, say_value
from qa.wording.library import LIBRARY_TEXTS
from qa.wording.sentence import say_number

TEMPLATE = "page/filters/filters.html"
SHOWN_VALUES = 60
_FEW = 7
"""Values that are shown without a box to search among them."""
_SHOWN: Sequence[Dimension] = ("kinds", "members", "parties", "ministers", "ministries", "dossiers")

Titles = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class _Chip:
    name: str
    part: str
    is_recognised: bool = False


@dataclass(frozen=True, kw_only=True)
class _Value:
    """A value to choose; `detail` tells it from others of its name, such as a member's party."""

    value: str
    name: str
    detail: str
    n_documents: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class _Facet:
    """A kind of filter with its values; `said_more` tells how many are not shown."""

    dimension: Dimension
    name: str
    values: Sequence[_Value]
    n_chosen: int
    narrowed: str
    is_always_open: bool
    can_be_narrowed: bool
    said_more: str


def chips_html(chosen: Filters, recognised: Filters, language: Language, title_of: Titles) -> str:
    """Return a list of chips that can be removed; empty if there are none."""
    extra = [part for part in recognised.parts() if part.without(chosen)]
    chips = [*_chips(chosen.parts(), language, title_of), *_chips(extra, language, title_of, is_recognised=True)]
    return str(macros(TEMPLATE).chips(chips, LIBRARY_TEXTS[language]))


def suggestions_html(suggested: Sequence[Filters], language: Language, title_of: Titles) -> str:
    """Return buttons that add what a question may mean; empty if there is nothing to suggest."""
    return str(macros(TEMPLATE).suggestions(_chips(suggested, language, title_of), LIBRARY_TEXTS[language]))


def facets_html(
    catalogue: Catalogue, filters: Filters, language: Language, *, words: str = "", narrowed: Mapping[str, str] | None = None
) -> str:
    """Return the values to choose from.

    Args:
        catalogue: of the documents.
        filters: that are chosen.
        language: of the reader.
        words: that the documents must hold in what they say about themselves.
        narrowed: by kind of filter, what the names of its values must hold.
    """
    counts = catalogue.facets(filters, words).counts
    parties = catalogue.parties()
    facets = [
        _facet(dimension, counts[dimension], filters.values(dimension), (narrowed or {}).get(dimension, ""), language, parties)
        for dimension in _SHOWN
        if counts[dimension]
    ]
    return str(macros(TEMPLATE).facets(facets, LIBRARY_TEXTS[language]))


def _chips(parts: Iterable[Filters], language: Language, title_of: Titles, *, is_recognised: bool = False) -> list[_Chip]:
    return [
        _Chip(
            name=say_part(part, language, title_of=title_of),
            part=json.dumps(part.as_dict(), ensure_ascii=False),
            is_recognised=is_recognised,
        )
        for part in parts
    ]


def _facet(
    dimension: Dimension,
    counts: Sequence[Count],
    chosen: Sequence[str],
    narrowed: str,
    language: Language,
    parties: Mapping[str, str],
) -> _Facet:
    details = parties if dimension == "members" else {}
    values = [
        _Value(
            value=count.value,
            name=say_value(dimension, count.value, language),
            detail=details.get(count.value, ""),
            n_documents=say_number(count.n_documents, language),
            is_chosen=count.value in chosen,
        )
        for count in counts
    ]
    sought = narrowed.casefold()
    wanted = [value for value in values if value.is_chosen or sought in f"{value.name} {value.detail}".casefold()]
    wanted.sort(key=lambda value: not value.is_chosen)
    n_more = max(0, len(wanted) - SHOWN_VALUES)
    return _Facet(
        dimension=dimension,
        name=say_dimension(dimension, language),
        values=wanted[:SHOWN_VALUES],
        n_chosen=len(chosen),
        narrowed=narrowed,
        is_always_open=dimension == "kinds",
        can_be_narrowed=len(counts) > _FEW and dimension != "kinds",
        said_more=LIBRARY_TEXTS[language].more_values.format(n=say_number(n_more, language)) if n_more else "",
    )
