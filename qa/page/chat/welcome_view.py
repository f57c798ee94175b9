"""What an empty conversation shows: what the program does, in both languages, each above examples that the library can answer."""

import html

import gradio as gr

from qa.answer import Language
from qa.desk import Desk
from qa.page.chat.citation_html import escaped
from qa.page.chat.examples import Examples, examples_of
from qa.wording.interface import TEXTS


def build_welcome_view(desk: Desk) -> gr.HTML:
    """Build the welcome; it is drawn again whenever the page is opened, since the library may have changed."""

    def draw_welcome(_: object = None) -> str:
        return welcome_html(desk)

    return gr.HTML(
        welcome_html(desk),
        elem_id="welcome",
        apply_default_css=False,
        js_on_load="server.draw_welcome().then((html) => { props.value = html; }, () => {})",
        server_functions=[draw_welcome],
    )


def welcome_html(desk: Desk) -> str:
    """Return the welcome with examples."""
    return "".join(_welcome(language, examples) for language, examples in examples_of(desk).items())


def _welcome(language: Language, examples: Examples) -> str:
    texts = TEXTS[language]
    buttons = [
        f'<li><button type="button" class="example" data-act="ask" lang="{examples.language}">{escaped(question)}</button></li>'
        for question in examples.questions
    ]
    heading = f'<h3 class="sr-only">{html.escape(texts.examples)}</h3>' if buttons else ""
    return (
        f'<section lang="{language}"><h2>{html.escape(texts.welcome)}</h2><p>{html.escape(texts.introduction)}</p>'
        f'<div>{heading}<ul class="examples">{"".join(buttons)}</ul></div></section>'
    )
