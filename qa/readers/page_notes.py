"""Footnotes of web pages: a link with a number for its text, to a block further on that is called a footnote or begins with that number."""

import re
from collections.abc import Iterator

from qa.readers.markup import Element, End, Start, elements_of, walk

_NOTE_BLOCKS = {"li", "p", "div", "dd", "aside", "td"}
_NOTE_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?\s*")
BODY_NUMBER = re.compile(r"[\[(]?\d{1,3}[\]).:]*\s*")
_NOTE_NAME = re.compile(r"\bno(?:te|ot)|(?:foot|end|cite_?)note|(?:voet|eind)noot|\bfn", re.IGNORECASE)
_MAX_NOTE_LABEL = 8


def find_notes(page: Element) -> dict[Element, tuple[Element, str]]:
    """Return the body and the number of the footnote that each mark stands for."""
    targets, blocks, places = _link_targets(page)
    notes: dict[Element, tuple[Element, str]] = {}
    for link in elements_of(page, "a"):
        target = targets.get(link.attributes.get("href", "").removeprefix("#"))
        body = blocks.get(target) if target is not None else None
        if body is None or places[body] < places[link] or not link.attributes["href"].startswith("#"):
            continue
        number = _NOTE_NUMBER.fullmatch("".join(_first_texts(link)))
        if number and _begins_note(body, number[1]):
            notes[link] = (body, number[1])
    return notes


def _link_targets(page: Element) -> tuple[dict[str, Element], dict[Element, Element], dict[Element, int]]:
    """Return the elements by the ids that links point to, the block around each, and the place of every element in the page."""
    targets: dict[str, Element] = {}
    blocks: dict[Element, Element] = {}
    places: dict[Element, int] = {}
    path: list[Element] = []
    for step in walk(page):
        if isinstance(step, Start):
            element = step.element
            places[element] = len(places)
            if element.name in _NOTE_BLOCKS:
                path.append(element)
            for key in ("id", "name"):
                if path and element.attributes.get(key):
                    targets.setdefault(element.attributes[key], element)
                    blocks[element] = path[-1]
        elif isinstance(step, End) and step.element.name in _NOTE_BLOCKS:
            path.pop()
    return targets, blocks, places


def _begins_note(body: Element, number: str) -> bool:
    """Return whether a block can be the body of the footnote: it is called one, or its number stands first."""
    if _NOTE_NAME.search(f"{body.attributes.get('class', '')} {body.attributes.get('id', '')}"):
        return True
    return BODY_NUMBER.sub("", "".join(_first_texts(body)).strip(), count=1) != "" and "".join(_first_texts(body)).strip(
        " [(\n"
    ).startswith(number)


def _first_texts(element: Element) -> Iterator[str]:
    """Yield the text that an element begins with, as much of it as a footnote's number takes."""
    n_characters = 0
    for n_steps, step in enumerate(walk(element)):
        if isinstance(step, str):
            yield step
            n_characters += len(step.strip())
        if n_characters > _MAX_NOTE_LABEL or n_steps > 5 * _MAX_NOTE_LABEL:
            return
