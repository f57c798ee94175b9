"""The page: a header; below it the conversations and filters at the side, the section that is chosen, and the source panel. Views compose it.

What a view shows, and how it behaves, stands in its own module; the browser's part beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from qa.desk import Desk
from qa.page.chat.conversations_view import build_conversations_view
from qa.page.chat.examples import Examples
from qa.page.chat.view import build_chat_view
from qa.page.chat.welcome_view import build_welcome_view
from qa.page.collected.view import build_collected_view
from qa.page.documents.view import build_documents_view
from qa.page.filters.scope import ask_within
from qa.page.filters.view import build_filters_view
from qa.page.lists.view import build_list_view
from qa.page.shell.header_view import build_header_view
from qa.page.shell.interface_texts import interface_texts
from qa.page.source.view import build_source_view
from qa.work_queues import WorkQueues

__all__ = ["build_page", "interface_texts"]

MAX_EVENTS = 1000
"""Events that Gradio takes in before it says that the page is busy; questions wait in `queues`, everything else is done at once."""
IDLE_SECONDS = 0.025, 1.0
"""How long Gradio waits before it looks for events again when there are none, and for progress bars, which this page has none of; its own thousand looks a second take up to a tenth of a core."""
SECTIONS = ("chat", "documents", "questions", "collected")
"""Of the header, in their order; each is a column with the id `<name>-section`."""


def build_page(desk: Desk, queues: WorkQueues) -> gr.Blocks:
    """Return the page that asks `desk`, where what takes a while waits in `queues`."""
    page = gr.Blocks(title="Bronvraag", fill_width=True, analytics_enabled=False)
    with page:
        build_header_view(SECTIONS)
        with gr.Row(elem_id="workbench"):
            with gr.Column(elem_id="side"):
                build_conversations_view()
            with _section("chat"):
                examples = Examples(desk)
                build_welcome_view(desk, examples)
                build_chat_view(desk, queues.questions, ask_within(desk), examples, [build_filters_view(desk)])
            with _section("documents"):
                build_documents_view(desk)
            with _section("questions"):
                build_list_view(desk, queues.lists)
            with _section("collected"):
                build_collected_view()
            build_source_view(desk, queues.pictures)
    page.queue(max_size=MAX_EVENTS, default_concurrency_limit=None)
    page._queue.sleep_when_free, page._queue.progress_update_sleep_when_free = IDLE_SECONDS
    return page


@contextmanager
def _section(name: str) -> Iterator[None]:
    """Hold the components of a section of the page, which is shown when it is chosen in the header."""
    with gr.Column(elem_id=f"{name}-section", elem_classes="section"):
        yield
