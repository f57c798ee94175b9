"""The list of conversations. They are kept in the browser, which also draws them (`conversations.js`); the server sees none of it.

Gradio's own `BrowserState` would send every conversation to the server and back with each event that touches one, under a key that all tabs share.
"""

import gradio as gr

from qa.page.shell.header_view import in_both_languages
from qa.templates import macros


def build_conversations_view() -> gr.HTML:
    """Build the list, empty."""
    return gr.HTML(
        None,
        elem_id="conversations",
        html_template=str(macros("page/chat/conversations.html").view(in_both_languages)),
        apply_default_css=False,
        js_on_load="bronvraag.startConversations(element)",
    )
