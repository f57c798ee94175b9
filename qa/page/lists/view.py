"""A table for a whole set: a list of questions goes in, pasted or as a file, and a table of cited earlier answers comes out, question by question.

The browser asks the questions one after the other (`lists.js`), so that it can show how far it is and stop; nothing of the list is kept on the server, and in the browser it stays over a reload.
"""

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from qa.answer import Language
from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.fair_queue import FairQueue
from qa.page.lists.request import answered, drawn, listed, table_file
from qa.page.lists.rows_html import TEMPLATE
from qa.page.shell.header_view import in_both_languages
from qa.question_lists.question_file import SUFFIXES
from qa.question_lists.question_list import MAX_CHARACTERS
from qa.templates import macros
from qa.wording.interface import TEXTS, as_language
from qa.work_queues import person_of

logger = logging.getLogger(__name__)


def build_list_view(desk: Desk, lists: FairQueue) -> gr.HTML:
    """Build the form for a list of questions, and the table that it is answered with."""

    async def read_list(visitor: gr.Request, request: object) -> dict[str, Any]:
        return await _in_queue(lists, visitor, listed, request)

    async def answer_listed(visitor: gr.Request, request: object) -> dict[str, Any]:
        return await _in_queue(lists, visitor, lambda sent: answered(desk, sent), request)

    async def make_table(visitor: gr.Request, request: object) -> dict[str, Any]:
        return await _in_queue(lists, visitor, table_file, request)

    async def draw_rows(visitor: gr.Request, request: object) -> dict[str, Any]:
        return await _in_queue(lists, visitor, drawn, request)

    return gr.HTML(
        None,
        elem_id="lists",
        html_template=_view_html(),
        apply_default_css=False,
        js_on_load="bronvraag.startLists(element, server)",
        server_functions=[read_list, answer_listed, draw_rows, make_table],
    )


async def _in_queue(
    lists: FairQueue, visitor: gr.Request, act: Callable[[object], dict[str, Any]], request: object
) -> dict[str, Any]:
    try:
        return await lists.run(person_of(visitor), lambda: _or_error(act, request))
    except BronvraagError as error:
        return {"error": error.sentence.said_elsewhere(_language_of(request))}


def _or_error(act: Callable[[object], dict[str, Any]], request: object) -> dict[str, Any]:
    try:
        return act(request)
    except BronvraagError as error:
        return {"error": error.sentence.said_elsewhere(_language_of(request))}
    except Exception:  # whatever went wrong with one question, the others go on; the log says what it was
        logger.exception("A list of questions could not be dealt with")
        return {"error": TEXTS[_language_of(request)].failed}


def _language_of(request: object) -> Language:
    return as_language(request.get("language")) if isinstance(request, dict) else "nl"


def _view_html() -> str:
    """Return the form and the empty table; there is nothing in it but our own texts."""
    return str(macros(TEMPLATE).view(in_both_languages, ",".join(SUFFIXES), MAX_CHARACTERS))
