"""Importing Gradio: quietly, and in a fifth of the time. What mounts the page imports it from here, before anything else does."""

import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
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


class _WhenUsed(ModuleType):
    """A module that is imported when something of it is looked up."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


@contextmanager
def _without_what_the_page_does_not_use() -> Iterator[None]:
    """Keep Gradio from importing pandas, for tables that the page has none of, and the package of the protocol for assistants, for its own server of it.

    It tries to import the second, and goes without it where it is not installed.
    """
    before = {name: sys.modules.get(name) for name in ("pandas", "mcp")}
    sys.modules["pandas"] = before["pandas"] or _WhenUsed("pandas")
    sys.modules["mcp"] = before["mcp"]  # type: ignore[assignment]  # None says that it cannot be imported
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]


with _without_stub_files(), _without_what_the_page_does_not_use():
    import gradio as gr

__all__ = ["gr"]
