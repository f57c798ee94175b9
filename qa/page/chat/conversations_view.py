"""The list of conversations. They are kept in the browser, which also draws them (`conversations.js`); the server sees none of it.

Gradio's own `BrowserState` would send every conversation to the server and back with each event that touches one, under a key that all tabs share.
"""

import gradio as gr

from qa.page.shell.header_view import in_both_languages


def build_conversations_view() -> gr.HTML:
    """Build the list, empty."""
    return gr.HTML(
        None,
        elem_id="conversations",
        html_template=(
            f'<nav aria-labelledby="conversations-name"><div class="head"><h2 id="conversations-name">{in_both_languages("conversations")}</h2>{_close()}</div><p class="notice" role="status"></p><p class="deleted" role="status"></p>'
            f'<ul></ul><p class="none">{in_both_languages("conversations_none")}</p>'
            f'<p class="kept">{in_both_languages("conversations_kept")}</p></nav>'
        ),
        apply_default_css=False,
        js_on_load="bronvraag.startConversations(element)",
    )


def _close() -> str:
    return f'<button type="button" id="close-side"><span class="sr-only">{in_both_languages("close_side")}</span></button>'
