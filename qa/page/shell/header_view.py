"""The header: the name of the program, its sections, and what concerns the whole page or the open conversation."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

import gradio as gr

from qa.answer import Language
from qa.templates import macros
from qa.wording.interface import TEXTS

_TEMPLATE = "page/shell/header.html"


def build_header_view(views: Sequence[str]) -> gr.HTML:
    """Build the header.

    Args:
        views: names of the sections, `chat` first.
    """
    return gr.HTML(
        str(macros(_TEMPLATE).header(views, in_both_languages)),
        elem_id="top",
        apply_default_css=False,
        js_on_load="bronvraag.startHeader(element)",
    )


def in_both_languages(name: str, *, of_the_other: bool = False) -> Any:
    """Return a text in every language, as HTML; the style sheet shows the one that the page is in.

    Args:
        name: of the text.
        of_the_other: the text is in the other language than the page, such as that language's own name.
    """
    languages: Sequence[Language] = get_args(Language)
    said = [
        (language, languages[1 - place] if of_the_other else language, asdict(TEXTS[language])[name])
        for place, language in enumerate(languages)
    ]
    return macros(_TEMPLATE).in_both(said)
