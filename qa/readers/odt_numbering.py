"""`OdtNumbering`: the numbers of lists and headings in ODT files; a file holds how they are made, not the numbers themselves.

A list names a style with a level for each depth: its form, what stands before and behind the number, and how many levels are shown (OpenDocument 1.3, part 3,
5.3.1 and 16.30 to 16.34). Headings are counted by the style of the outline.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.readers.markup import Element, elements_of, whole_number
from qa.readers.numerals import numeral

MAX_LEVELS = 10

_PLACE = re.compile(r"%([0-9]{1,2})%")
_NO_STYLE: Mapping[int, "_Level"] = {}


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    pattern: str


class OdtNumbering:
    """The lists around the place that is being read, and how far each has counted.

    Args:
        parts: the roots of `content.xml` and `styles.xml`.
    """

    def __init__(self, parts: Iterable[Element]) -> None:
        self._styles: dict[str, Mapping[int, _Level]] = {}
        self._of_paragraphs: dict[str, str] = {}
        self._outline: Mapping[int, _Level] = _NO_STYLE
        for style in (style for part in parts for style in elements_of(part, "list-style", "outline-style", "style")):
            name = style.attributes.get("name", "")
            if style.name == "list-style":
                self._styles[name] = _levels(style, "list-level-style-number")
            elif style.name == "outline-style":
                self._outline = _levels(style, "outline-level-style")
            elif "list-style-name" in style.attributes:
                self._of_paragraphs[name] = style.attributes["list-style-name"]
        self._open: list[str] = []
        self._counters: dict[int, int] = {}
        self._last: dict[str, dict[int, int]] = {}
        self._headings: dict[int, int] = {}

    def begin_list(self, element: Element) -> None:
        """Begin a list, in another one or by itself."""
        goes_on = element.attributes.get("continue-numbering") == "true"
        style = element.attributes.get("style-name") or (self._open[-1] if self._open else self._style_of_first(element))
        if not self._open:
            earlier = element.attributes.get("continue-list") or (style if goes_on else "")
            self._counters = self._last.get(earlier, {}) if earlier else {}
            self._last[style] = self._counters
            if name := element.attributes.get("id"):
                self._last[name] = self._counters
        elif not goes_on:
            self._counters.pop(len(self._open), None)
        self._open.append(style)

    def end_list(self) -> None:
        """End the list that was begun last."""
        if self._open:
            self._open.pop()

    def number_of(self, item: Element) -> str:
        """Count an item of the list, and return its number as it is printed, or nothing if it has none."""
        first = next(item.elements(), None)
        if not self._open or first is None or first.name == "list":  # it only holds a list that stands deeper
            return ""
        return _counted(self._styles.get(self._open[-1], _NO_STYLE), self._counters, len(self._open) - 1, item)

    def number_of_heading(self, heading: Element) -> str:
        """Count a heading, and return its number as it is printed, or nothing if it has none or is an item of a list."""
        if self._open or heading.attributes.get("is-list-header") == "true":
            return ""
        return _counted(self._outline, self._headings, whole_number(heading, "outline-level") - 1, heading)

    def _style_of_first(self, element: Element) -> str:
        paragraph = next(elements_of(element, "p", "h"), None)
        return self._of_paragraphs.get(paragraph.attributes.get("style-name", ""), "") if paragraph is not None else ""


def _counted(levels: Mapping[int, _Level], counters: dict[int, int], depth: int, element: Element) -> str:
    level = levels.get(depth)
    counters[depth] = whole_number(element, "start-value", counters.get(depth, (level.start if level else 1) - 1) + 1)
    for deeper in [place for place in counters if place > depth]:
        del counters[deeper]
    if level is None or not level.form:
        return ""

    def said(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        shown = levels.get(place)
        return numeral(counters.get(place, shown.start), shown.form) if shown and shown.form else ""

    return _PLACE.sub(said, level.pattern).strip()


def _levels(style: Element, name: str) -> dict[int, _Level]:
    return dict(_each_level(style, name))


def _each_level(style: Element, name: str) -> Iterator[tuple[int, _Level]]:
    for element in elements_of(style, name):
        depth = whole_number(element, "level")
        if not 0 < depth <= MAX_LEVELS:
            continue
        said = element.attributes
        n_shown = min(depth, whole_number(element, "display-levels"))
        shown = ".".join(f"%{place}%" for place in range(depth - n_shown + 1, depth + 1))
        pattern = said.get("num-list-format") or f"{said.get('num-prefix', '')}{shown}{said.get('num-suffix', '')}"
        yield depth - 1, _Level(whole_number(element, "start-value"), said.get("num-format", ""), pattern)
