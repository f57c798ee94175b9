"""The command `bronvraag`."""

from qa.cli.program import main

__all__ = ["main"]
