"""The filters as HTML: chips of those that are chosen or recognised, and the values to choose from with their counts."""

import html
import json
from collections.abc import Callable, Mapping, Sequence

from qa.answer import Language
from qa.library import Catalogue, Count
from qa.library.filters import Dimension, Filters
from qa.wording.filters import say_dimension, say_part, say_value
from qa.wording.library import LIBRARY_TEXTS
from qa.wording.sentence import say_number

SHOWN_VALUES = 60
_FEW = 7
"""Values that are shown without a box to search among them."""
_SHOWN: Sequence[Dimension] = ("kinds", "members", "parties", "ministers", "ministries", "dossiers")

Titles = Callable[[str], str]


def chips_html(chosen: Filters, recognised: Filters, language: Language, title_of: Titles) -> str:
    """Return a list of chips that can be removed; empty if there are none."""
    texts = LIBRARY_TEXTS[language]
    chips = [_chip(part, language, title_of) for part in chosen.parts()]
    chips += [_chip(part, language, title_of, is_recognised=True) for part in recognised.parts() if part.without(chosen)]
    if not chips:
        return ""
    rest = f'<li><button type="button" class="remove-all">{html.escape(texts.remove_all)}</button></li>' if len(chips) > 1 else ""
    return f'<ul class="chips" aria-label="{html.escape(texts.chosen)}">{"".join(chips)}{rest}</ul>'


def _chip(part: Filters, language: Language, title_of: Titles, *, is_recognised: bool = False) -> str:
    texts = LIBRARY_TEXTS[language]
    name = say_part(part, language, title_of=title_of)
    origin = f' <span class="origin">{html.escape(texts.recognised)}</span>' if is_recognised else ""
    label = html.escape(texts.remove_filter.format(name=name))
    classes = "chip recognised" if is_recognised else "chip"
    return (
        f'<li class="{classes}"><bdi>{html.escape(name)}</bdi>{origin}'
        f'<button type="button" class="remove-filter" data-part="{_part(part)}" aria-label="{label}" title="{label}"></button></li>'
    )


def suggestions_html(suggested: Sequence[Filters], language: Language, title_of: Titles) -> str:
    """Return buttons that add what a question may mean; empty if there is nothing to suggest."""
    texts = LIBRARY_TEXTS[language]
    buttons = [
        f'<li><button type="button" class="add-filter" data-part="{_part(part)}" aria-label="{html.escape(texts.suggest.format(name=name))}">'
        f"<bdi>{html.escape(name)}</bdi></button></li>"
        for part in suggested
        for name in (say_part(part, language, title_of=title_of),)
    ]
    return f'<ul class="suggested" aria-label="{html.escape(texts.suggested)}">{"".join(buttons)}</ul>' if buttons else ""


def period_html(language: Language) -> str:
    """Return the two days between which documents are; the browser keeps what is in them."""
    texts = LIBRARY_TEXTS[language]
    days = [(texts.period_from, "date_from"), (texts.period_to, "date_to")]
    inputs = [
        f'<label><span>{html.escape(name)}</span><input type="date" name="{field}" min="1800-01-01" max="2999-12-31"></label>'
        for name, field in days
    ]
    return (
        f'<fieldset class="facet period"><legend>{html.escape(texts.period)}</legend>{"".join(inputs)}'
        f'<p class="wrong" role="alert" data-text="{html.escape(texts.period_wrong)}"></p></fieldset>'
    )


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
    return "".join(
        _facet(dimension, counts[dimension], filters.values(dimension), (narrowed or {}).get(dimension, ""), language)
        for dimension in _SHOWN
        if counts[dimension]
    )


def _facet(dimension: Dimension, counts: Sequence[Count], chosen: Sequence[str], narrowed: str, language: Language) -> str:
    name = html.escape(say_dimension(dimension, language))
    values = _values(dimension, counts, chosen, narrowed, language)
    if dimension == "kinds":
        return f'<fieldset class="facet"><legend>{name}</legend>{values}</fieldset>'
    is_open = " open" if chosen or narrowed else ""
    n_chosen = f' <span class="n-chosen">{len(chosen)}</span>' if chosen else ""
    return (
        f'<details class="facet" data-dimension="{dimension}"{is_open}><summary data-focus="{dimension}">{name}{n_chosen}</summary>'
        f'<fieldset><legend class="sr-only">{name}</legend>{values}</fieldset></details>'
    )


def _values(dimension: Dimension, counts: Sequence[Count], chosen: Sequence[str], narrowed: str, language: Language) -> str:
    texts = LIBRARY_TEXTS[language]
    said = [(count, say_value(dimension, count.value, language)) for count in counts]
    wanted = [(count, name) for count, name in said if narrowed.casefold() in name.casefold() or count.value in chosen]
    wanted.sort(key=lambda value: value[0].value not in chosen)
    items = [_value(dimension, count, name, language, is_chosen=count.value in chosen) for count, name in wanted[:SHOWN_VALUES]]
    label = html.escape(texts.narrow.format(name=say_dimension(dimension, language)))
    search = (
        f'<input type="search" class="narrow" data-focus="narrow-{dimension}" aria-label="{label}" placeholder="{label}" '
        f'value="{html.escape(narrowed)}" maxlength="100" autocomplete="off">'
        if len(counts) > _FEW and dimension != "kinds"
        else ""
    )
    n_more = len(wanted) - len(items)
    more = f'<p class="more">{html.escape(texts.more_values.format(n=say_number(n_more, language)))}</p>' if n_more > 0 else ""
    return f'{search}<ul class="values">{"".join(items)}</ul>{more}'


def _value(dimension: Dimension, count: Count, name: str, language: Language, *, is_chosen: bool) -> str:
    value = html.escape(count.value)
    checked = " checked" if is_chosen else ""
    return (
        f'<li><label><input type="checkbox" name="{dimension}" value="{value}" data-focus="{dimension}:{value}"{checked}>'
        f'<bdi>{html.escape(name)}</bdi> <span class="n">{say_number(count.n_documents, language)}</span></label></li>'
    )


def _part(part: Filters) -> str:
    return html.escape(json.dumps(part.as_dict(), ensure_ascii=False))
