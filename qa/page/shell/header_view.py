"""The header: the name of the program, its sections, and what concerns the whole page or the open conversation."""

import html
from collections.abc import Sequence
from dataclasses import asdict
from typing import get_args

import gradio as gr

from qa.answer import Language
from qa.export import Format
from qa.wording.interface import TEXTS

_EXPORTS = {Format.WORD: "export_word", Format.MARKDOWN: "export_markdown", Format.WEB_PAGE: "export_html"}


def build_header_view(views: Sequence[str]) -> gr.HTML:
    """Build the header.

    Args:
        views: names of the sections, `chat` first; the header leads to them where there are several.
    """
    return gr.HTML(
        f"{_brand()}{_sections(views)}{_actions()}",
        elem_id="top",
        apply_default_css=False,
        js_on_load="bronvraag.startHeader(element)",
    )


def in_both_languages(name: str, *, of_the_other: bool = False) -> str:
    """Return a text in every language; the style sheet shows the one that the page is in.

    Args:
        name: of the text.
        of_the_other: the text is in the other language than the page, such as that language's own name.
    """
    languages = get_args(Language)
    spans = [
        f'<span class="in-{language}" lang="{languages[1 - place] if of_the_other else language}">{html.escape(asdict(TEXTS[language])[name])}</span>'
        for place, language in enumerate(languages)
    ]
    return "".join(spans)


def _brand() -> str:
    return (
        f'<button type="button" id="toggle-side" aria-controls="side" aria-expanded="false"><span class="sr-only">{in_both_languages("side")}</span></button>'
        f'<div id="brand"><h1>Bronvraag</h1><p>{in_both_languages("tagline")}</p></div>'
    )


def _sections(views: Sequence[str]) -> str:
    if len(views) < 2:
        return ""
    buttons = [f'<button type="button" data-view="{view}">{in_both_languages(f"view_{view}")}</button>' for view in views]
    return f'<nav id="sections" aria-labelledby="sections-name"><span class="sr-only" id="sections-name">{in_both_languages("views")}</span>{"".join(buttons)}</nav>'


def _actions() -> str:
    exports = [
        f'<button type="button" data-export="{wanted}">{in_both_languages(name)}</button>' for wanted, name in _EXPORTS.items()
    ]
    exports.append(f'<button type="button" id="print">{in_both_languages("print")}</button>')
    return (
        '<div id="switches">'
        f'<button type="button" id="new-conversation">{in_both_languages("new_conversation")}</button>'
        f'<details id="export"><summary>{in_both_languages("export")}</summary><div class="menu">{"".join(exports)}</div></details>'
        f'<button type="button" class="switch" id="switch-language">{in_both_languages("other_language", of_the_other=True)}</button>'
        '<button type="button" class="switch" id="switch-theme"></button>'
        "</div>"
    )
