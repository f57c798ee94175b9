"""The templates of HTML, by Jinja2. Every text in them is escaped, unless it was made by another template.

A file `part/name.html` holds macros. Foreign text goes through `visible`, which drops what cannot be seen and would turn what follows around; `isolated`
keeps its direction to itself as well.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from qa.text.visible_text import visible_text


def macros(name: str) -> Any:
    """Return the macros of a template, such as those of `page/chat/turn.html`, as functions that return HTML."""
    return _environment.get_template(name).module


def isolated(text: str) -> Markup:
    """Return foreign text as HTML whose direction cannot reach beyond it."""
    return Markup("<bdi>{}</bdi>").format(visible_text(text))


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_environment.filters["visible"] = visible_text
_environment.filters["isolated"] = isolated
