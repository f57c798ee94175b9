"""What an empty conversation shows: what the program does, in both languages, each above its own examples."""

import html

import gradio as gr

from qa.answer import Language
from qa.page.texts import DUTCH_EXAMPLES, ENGLISH_EXAMPLES, TEXTS

_EXAMPLES: dict[Language, tuple[str, ...]] = {"nl": DUTCH_EXAMPLES, "en": ENGLISH_EXAMPLES}


def build_welcome_view() -> gr.HTML:
    """Build the welcome; the browser asks what an example says."""
    return gr.HTML("".join(_welcome(language) for language in TEXTS), elem_id="welcome", apply_default_css=False)


def _welcome(language: Language) -> str:
    texts = TEXTS[language]
    examples = [
        f'<li><button type="button" class="example" data-act="ask">{html.escape(question)}</button></li>'
        for question in _EXAMPLES[language]
    ]
    return (
        f'<section lang="{language}"><h2>{html.escape(texts.welcome)}</h2><p>{html.escape(texts.introduction)}</p>'
        f'<h3 class="sr-only">{html.escape(texts.examples)}</h3><ul class="examples">{"".join(examples)}</ul></section>'
    )
