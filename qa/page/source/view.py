"""The source view: the panel beside the conversation. It is filled by the browser (`source.js`), which asks the server for what a link names."""

import gradio as gr

from qa.desk import Desk
from qa.exceptions import BusyError
from qa.fair_queue import FairQueue
from qa.page.source.page_view import busy_page
from qa.page.source.page_view import open_page as open_page_view
from qa.page.source.panel import open_source as open_source_panel
from qa.work_queues import person_of


def build_source_view(desk: Desk, pictures: FairQueue) -> gr.HTML:
    """Return the panel, empty and out of sight until a citation is chosen.

    The browser puts the panel's HTML in place by itself: Gradio would take it for a template first, which is slow for a long document, and evaluate it.
    """

    def open_source(request: object) -> str:
        return open_source_panel(desk, request)

    async def open_page(visitor: gr.Request, request: object) -> str:
        try:
            return await pictures.run(person_of(visitor), lambda: open_page_view(desk, request))
        except BusyError as error:
            return busy_page(error, request)

    return gr.HTML(
        '<div class="panel"></div>',
        elem_id="source",
        apply_default_css=False,
        js_on_load="bronvraag.startPanel(element, server)",
        server_functions=[open_source, open_page],
    )
