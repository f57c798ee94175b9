"""The chat: the turns of the open conversation, and the question box below them.

The browser draws the turns (`chat.js`) from HTML that the server makes; it keeps the conversation and sends along only what a request needs.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr
from anyio import to_thread

from qa.answer import Answer
from qa.conversation import read_turn
from qa.desk import Desk
from qa.exceptions import BronvraagError, BusyError, ConversationError
from qa.fair_queue import FairQueue
from qa.page.chat.asking import busy_reply, replies
from qa.page.chat.examples import Examples
from qa.page.chat.export_request import copied, exported
from qa.page.chat.feedback_request import feedback_from
from qa.page.chat.turn_html import turn_blocks, unreadable_blocks
from qa.page.shell.interface_texts import interface_texts
from qa.wording.interface import as_language
from qa.work_queues import person_of

AskWith = Callable[..., Answer]
"""Asks a question with its history; further arguments are the values of the filters."""

_TEMPLATE = '<div id="turns" tabindex="-1"></div><p id="said" class="sr-only" role="status"></p>'
_START = "bronvraag.startChat(element, props, server, watch, () => trigger('ask'), () => trigger('stop'))"


def build_chat_view(desk: Desk, questions: FairQueue, ask: AskWith, examples: Examples, filters: Sequence[Any] = ()) -> gr.HTML:
    """Build the turns and the question box.

    Args:
        desk: keeps feedback and suggests questions.
        questions: where they wait for their turn.
        ask: answers.
        examples: to try where nothing was found.
        filters: components whose values go to `ask`, not yet rendered; they stand above the question box.
    """
    turns = _turns(desk)
    for component in filters:
        component.render()
    with gr.Row(elem_id="ask-row"):
        box = _question_box()
    running = turns.ask(
        _answering(desk, questions, ask, examples),
        [turns, *filters],
        turns,
        concurrency_limit=None,  # they wait in a queue of our own, which is fair
        trigger_mode="multiple",  # a question may follow before Gradio has closed the event of the one before; "once" would lose it
        api_visibility="private",
        show_progress="hidden",
    )
    running.failure(None, None, None, js="() => bronvraag.failed()", api_visibility="private")
    turns.stop(None, None, None, cancels=[running], api_visibility="private")
    box.submit(None, box, box, js="(question) => bronvraag.askTyped(question)", api_visibility="private")
    return turns


def _answering(
    desk: Desk, questions: FairQueue, ask: AskWith, examples: Examples
) -> Callable[..., AsyncIterator[dict[str, Any]]]:
    async def answer_request(visitor: gr.Request, request: object, *filter_values: object) -> AsyncIterator[dict[str, Any]]:
        growing = replies(desk, lambda question, history: ask(question, history, *filter_values), examples, request)
        try:
            reply = await questions.run(person_of(visitor), lambda: next(growing, None))
        except BusyError as error:
            reply = busy_reply(error, request)
        while reply is not None:
            yield reply
            reply = await to_thread.run_sync(next, growing, None)

    return answer_request


def _turns(desk: Desk) -> gr.HTML:
    def draw_turns(request: object) -> list[list[str]]:
        """Return the blocks of each turn of a conversation that the browser kept."""
        wishes: dict[str, Any] = request if isinstance(request, dict) else {}
        turns = wishes.get("turns")
        language = as_language(wishes.get("language"))
        return [_blocks(turn, language) for turn in (turns if isinstance(turns, list) else [])[:200]]

    def export_conversation(request: object) -> dict[str, str]:
        return _or_error(exported, request)

    def copy_turn(request: object) -> dict[str, str]:
        return _or_error(copied, request)

    def give_feedback(request: object) -> dict[str, str]:
        def keep(sent: object) -> dict[str, str]:
            desk.give_feedback(feedback_from(desk, sent))
            return {}

        return _or_error(keep, request)

    return gr.HTML(
        None,
        elem_id="chat",
        html_template=_TEMPLATE,
        apply_default_css=False,
        js_on_load=_START,
        server_functions=[draw_turns, export_conversation, copy_turn, give_feedback],
    )


def _blocks(turn: object, language: Any) -> list[str]:
    try:
        return turn_blocks(read_turn(turn), language)
    except ConversationError:
        return unreadable_blocks(language)


def _or_error(act: Callable[[object], dict[str, str]], request: object) -> dict[str, str]:
    try:
        return act(request)
    except BronvraagError as error:
        language = as_language(request.get("language")) if isinstance(request, dict) else "nl"
        return {"error": error.sentence.said_elsewhere(language)}


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
