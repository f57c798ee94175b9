"""The page: a header, the conversation with the question box below it, and the source panel beside it. Events only translate.

The document panel is filled by the browser (`static/page.js`), which calls `open_source` on the server; the link in the answer says what to open.
"""

import html
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, get_args

import gradio as gr

from qa.answer import Language
from qa.page.conversation import Message, add_question, add_reply, add_waiting
from qa.page.engine import MAX_WAITING, N_AT_ONCE, Engine
from qa.page.source_view import build_source_view
from qa.page.texts import DUTCH_EXAMPLES, ENGLISH_EXAMPLES, TEXTS

interface_texts = gr.I18n(**{language: asdict(texts) for language, texts in TEXTS.items()})


def build_page(engine: Engine) -> gr.Blocks:
    """Return the page that asks `engine`."""
    page = gr.Blocks(title="Bronvraag", fill_width=True, analytics_enabled=False)
    with page:
        with gr.Row(elem_id="top"):
            gr.HTML(_brand_html(), elem_id="brand")
            new = gr.Button(interface_texts("new_conversation"), size="sm", min_width=0, elem_id="new-conversation")
            gr.HTML(_switches_html(), elem_id="switches", js_on_load="bronvraag.startSwitches(element)")
        with gr.Row(elem_id="workbench"):
            with gr.Column(elem_id="conversation"):
                chat, box = _chat(), _question_box()
            build_source_view(engine)
        _connect(engine, chat, box, new)
    page.queue(max_size=MAX_WAITING, default_concurrency_limit=N_AT_ONCE)
    return page


def _connect(engine: Engine, chat: gr.Chatbot, box: gr.Textbox, new: gr.Button) -> None:
    def ask(question: str, messages: Sequence[Message]) -> Iterator[tuple[Any, Any]]:
        """Show the question at once, with a sign of waiting, and empty the box; then the reply. What is typed meanwhile stays in the box."""
        if not question.strip():
            yield gr.skip(), gr.skip()
            return
        asked = add_question(messages, question)
        yield add_waiting(asked), ""
        yield add_reply(asked, engine), gr.skip()

    def ask_example(messages: Sequence[Message], chosen: gr.SelectData) -> Iterator[tuple[Any, Any]]:
        yield from ask(str(chosen.value["text"]), messages)

    shared: dict[str, Any] = {"concurrency_id": "ask", "api_visibility": "private", "show_progress_on": chat}
    typed = box.submit(ask, [box, chat], [chat, box], **shared)
    example = chat.example_select(ask_example, chat, [chat, box], **shared)
    new.click(
        lambda: ([], ""),
        None,
        [chat, box],
        cancels=[typed, example],
        queue=False,
        api_visibility="private",
        show_progress="hidden",
    )


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label=interface_texts("conversation"),
        show_label=False,
        container=False,
        elem_id="chat",
        height="100%",
        layout="bubble",
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        line_breaks=False,
        placeholder=_welcome_html(),
        examples=[{"text": question} for question in (*DUTCH_EXAMPLES, *ENGLISH_EXAMPLES)],
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=interface_texts("question_label"),
        show_label=False,
        container=False,
        placeholder=interface_texts("question_placeholder"),
        submit_btn=True,
        lines=1,
        max_lines=6,
        autofocus=True,
        elem_id="question",
    )


def _brand_html() -> str:
    return f"<h1>Bronvraag</h1><p>{_in_both_languages('tagline')}</p>"


def _switches_html() -> str:
    return (
        f'<button type="button" class="switch" id="switch-language">{_in_both_languages("other_language", of_the_other=True)}</button>'
        '<button type="button" class="switch" id="switch-theme"></button>'
    )


def _welcome_html() -> str:
    parts = [
        f'<div lang="{language}"><h2>{html.escape(texts.welcome)}</h2><p>{html.escape(texts.introduction)}</p></div>'
        for language, texts in TEXTS.items()
    ]
    return "".join(parts)


def _in_both_languages(name: str, *, of_the_other: bool = False) -> str:
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
