"""The filters view: which documents are searched, as chips above the question box, with a panel to choose from.

The browser keeps what is chosen (`filters.js`) and shows what the server draws of it; the component's value travels with each question.
"""

from typing import Any

import gradio as gr

from qa.answer import Language
from qa.answering import MAX_QUESTION
from qa.desk import Desk
from qa.exceptions import FilterError
from qa.page.filters.facets_html import TEMPLATE, chips_html, facets_html, suggestions_html
from qa.page.filters.scope import read_scope
from qa.templates import macros
from qa.wording.interface import as_language
from qa.wording.library import LIBRARY_TEXTS
from qa.wording.sentence import say_number


def build_filters_view(desk: Desk) -> gr.HTML:
    """Build the bar of filters; its value is the scope that `qa.page.filters.scope` reads."""

    def draw_filters(request: object) -> dict[str, str]:
        wishes: dict[str, Any] = request if isinstance(request, dict) else {}
        try:
            return _drawn(desk, wishes)
        except FilterError:
            return {"error": LIBRARY_TEXTS[as_language(wishes.get("language"))].failed}

    def draw_filter_frame(request: object) -> str:
        return frame_html(as_language(request))

    return gr.HTML(
        None,
        elem_id="filters",
        html_template='<div class="filters"></div>',
        apply_default_css=False,
        js_on_load="bronvraag.startFilters(element, props, server)",
        server_functions=[draw_filters, draw_filter_frame],
        render=False,
    )


def frame_html(language: Language) -> str:
    """Return what of the bar stays the same: the button, the places for chips, and the panel with the period."""
    return str(macros(TEMPLATE).frame(LIBRARY_TEXTS[language]))


def read_narrowed(value: object) -> dict[str, str]:
    """Return, by kind of filter, what the browser wants the names of its values to hold."""
    given = value if isinstance(value, dict) else {}
    return {str(name): text[:100] for name, text in given.items() if isinstance(text, str)}


def _drawn(desk: Desk, wishes: dict[str, Any]) -> dict[str, str]:
    language, catalogue = as_language(wishes.get("language")), desk.catalogue()
    texts, scope = (
        LIBRARY_TEXTS[language],
        read_scope({key: wishes.get(key) for key in ("filters", "declined") if wishes.get(key)}),
    )
    question = wishes.get("question")
    recognised = desk.recognise(question[:MAX_QUESTION] if isinstance(question, str) else "")
    applied = recognised.without(scope.declined).applied
    whole = scope.chosen.joined(applied)
    declined = [part for part in recognised.applied.parts() if not part.without(scope.declined)]
    suggested = [part for part in [*declined, *recognised.suggested] if part.without(whole)]
    n_found, n_all = catalogue.n_matching(whole), len(catalogue)
    said = texts.searched_in.format(found=say_number(n_found, language), all=say_number(n_all, language)) if whole else ""
    is_open = wishes.get("open") is True
    return {
        "chosen": chips_html(scope.chosen, applied, language, catalogue.title),
        "offered": suggestions_html(suggested, language, catalogue.title),
        "said": said,
        "facets": facets_html(catalogue, scope.chosen, language, narrowed=read_narrowed(wishes.get("narrowed")))
        if is_open
        else "",
    }
