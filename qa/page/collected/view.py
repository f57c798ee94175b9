"""The view of kept quotes. They are kept in the browser, which also draws them (`collected.js`); the server only makes files of them."""

import gradio as gr

from qa.exceptions import BronvraagError
from qa.page.collected.request import exported_collection
from qa.page.shell.header_view import in_both_languages
from qa.templates import macros
from qa.wording.interface import TEXTS, as_language


def build_collected_view() -> gr.HTML:
    """Build the view, empty."""

    def export_collection(request: object) -> dict[str, str]:
        try:
            return exported_collection(request)
        except BronvraagError:
            language = as_language(request.get("language")) if isinstance(request, dict) else "nl"
            return {"error": TEXTS[language].export_failed}

    return gr.HTML(
        None,
        elem_id="collected",
        html_template=str(macros("page/collected/collected.html").view(in_both_languages)),
        apply_default_css=False,
        js_on_load="bronvraag.startCollected(element, server)",
        server_functions=[export_collection],
    )
