"""`interface_texts`: the texts as Gradio's components take them, which follow the language of the page."""

from dataclasses import asdict

import gradio as gr

from qa.wording.interface import TEXTS

interface_texts = gr.I18n(**{language: asdict(texts) for language, texts in TEXTS.items()})
