"""What an empty conversation shows: what the program does, in both languages, each above examples that the library can answer."""

import html
from collections.abc import Sequence

import gradio as gr

from qa.answer import Language
from qa.opening_questions import opening_questions
from qa.page.citation_html import escaped
from qa.page.engine import Engine
from qa.page.texts import DUTCH_EXAMPLES, ENGLISH_EXAMPLES, EXAMPLES_ARE_ABOUT, TEXTS

N_EXAMPLES = 2
"""Below each language."""


def build_welcome_view(engine: Engine) -> gr.HTML:
    """Build the welcome; it is drawn again whenever the page is opened, since the library may have changed."""

    def draw_welcome(_: object = None) -> str:
        return welcome_html(engine)

    return gr.HTML(
        welcome_html(engine),
        elem_id="welcome",
        apply_default_css=False,
        js_on_load="server.draw_welcome().then((html) => { props.value = html; }, () => {})",
        server_functions=[draw_welcome],
    )


def welcome_html(engine: Engine) -> str:
    """Return the welcome with examples."""
    return "".join(_welcome(language, questions, of) for language, (questions, of) in _examples(engine).items())


def _examples(engine: Engine) -> dict[Language, tuple[Sequence[str], Language]]:
    """Return the examples to show below each language and their own language: ours where the library holds what they are about, or else its own."""
    catalogue = engine.catalogue()
    if catalogue.listing(words=EXAMPLES_ARE_ABOUT, n_most=1).n_documents:
        return {"nl": (DUTCH_EXAMPLES, "nl"), "en": (ENGLISH_EXAMPLES, "en")}
    questions = opening_questions(catalogue, engine.passages)
    return {"nl": (questions[:N_EXAMPLES], "nl"), "en": (questions[N_EXAMPLES : 2 * N_EXAMPLES], "nl")}


def _welcome(language: Language, questions: Sequence[str], of: Language) -> str:
    texts = TEXTS[language]
    examples = [
        f'<li><button type="button" class="example" data-act="ask" lang="{of}">{escaped(question)}</button></li>'
        for question in questions
    ]
    heading = f'<h3 class="sr-only">{html.escape(texts.examples)}</h3>' if examples else ""
    return (
        f'<section lang="{language}"><h2>{html.escape(texts.welcome)}</h2><p>{html.escape(texts.introduction)}</p>'
        f'<div>{heading}<ul class="examples">{"".join(examples)}</ul></div></section>'
    )
