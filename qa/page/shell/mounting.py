"""Mounting the page in the server's application; importing this loads Gradio."""

from fastapi import FastAPI

from qa.desk import Desk
from qa.page.shell.gradio_import import gr
from qa.page.shell.layout import build_page, interface_texts
from qa.page.shell.theme import THEME
from qa.work_queues import WorkQueues


def mount_page(app: FastAPI, desk: Desk, queues: WorkQueues) -> None:
    """Add the page at `/`; it takes every path that the application does not have yet."""
    gr.mount_gradio_app(
        app,
        build_page(desk, queues),
        path="/",
        theme=THEME,
        i18n=interface_texts,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
    )
