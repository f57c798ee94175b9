"""Importing Gradio: quietly, and in a third of the time. What mounts the page imports it from here, before anything else does."""

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Gradio reads these when it is imported: no usage statistics, no look-up of newer versions.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")


@contextmanager
def _without_stub_files() -> Iterator[None]:
    """Keep Gradio from writing stub files of its components, meant for editors of code, into its own folder whenever it is imported.

    It leaves out components that are in no file, so it is told that its own are not.
    """
    getfile = inspect.getfile

    def file_of(object: Any) -> str:  # noqa: A002 - the name that it has there
        if isinstance(object, type) and object.__module__.startswith("gradio."):
            raise OSError("the file is not needed")
        return getfile(object)

    inspect.getfile = file_of
    try:
        yield
    finally:
        inspect.getfile = getfile


with _without_stub_files():
    import gradio as gr

__all__ = ["gr"]
