"""`WordNumbering`: the numbers that Word makes for paragraphs of lists and for headings; a file holds how they are made, not the numbers themselves.

A paragraph, or its style, names a list and a level in it. Each level counts from its start, begins anew below a higher one, and has a pattern in which
`%1` is the number of the first level (ECMA-376, part 1, 17.9).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qa.readers.markup import Element, elements_of
from qa.readers.numerals import numeral

MAX_LEVELS = 9

_PLACE = re.compile(r"%([1-9])")
_FORMS = {"decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_NO_NUMBERS = {"bullet", "none", ""}


@dataclass(frozen=True)
class _Level:
    start: int
    number_format: str
    pattern: str


@dataclass
class _List:
    levels: Mapping[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)


class WordNumbering:
    """The lists of a Word file, and how far each has counted."""

    def __init__(self, numberings: Iterable[Element], styles: Iterable[Element]) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for root in numberings:
            for abstract in elements_of(root, "abstractNum"):
                self._lists[abstract.attributes.get("abstractNumId", "")] = _List(_levels(abstract))
            for number in elements_of(root, "num"):
                name = number.attributes.get("numId", "")
                self._abstract[name] = _value(number, "abstractNumId")
                self._restarts[name] = _restarts(number)
        self._styles = {
            style.attributes.get("styleId", ""): (_numbering(style.child("pPr")), _value(style, "basedOn"))
            for root in styles
            for style in root.elements()
            if style.name == "style"
        }

    def next_number(self, paragraph: Element) -> str:
        """Count a paragraph, and return its number as it is printed, or nothing if it has none."""
        name, depth = self._place(paragraph)
        found = self._lists.get(self._abstract.get(name, ""))
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        restarts = self._restarts[name]
        for place in [place for place in restarts if place not in found.counters or place == depth]:
            found.counters[place] = restarts.pop(place) - 1
        found.counters[depth] = found.counters.get(depth, level.start - 1) + 1
        for deeper in [place for place in found.counters if place > depth]:
            del found.counters[deeper]
        if level.number_format in _NO_NUMBERS:
            return ""
        return _PLACE.sub(lambda match: self._said(found, int(match[1]) - 1), level.pattern).strip()

    def _said(self, found: _List, depth: int) -> str:
        level = found.levels.get(depth)
        if level is None or level.number_format in _NO_NUMBERS:
            return ""
        return numeral(found.counters.get(depth, level.start), _FORMS.get(level.number_format, "1"))

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, else those of its style."""
        properties = paragraph.child("pPr")
        if properties is None:
            return "", 0
        own = _numbering(properties)
        style = _value(properties, "pStyle")
        seen: set[str] = set()
        inherited: tuple[str, str] = "", ""
        while style in self._styles and style not in seen and not inherited[0]:
            seen.add(style)
            inherited, style = self._styles[style]
        name, depth = own[0] or inherited[0], own[1] or inherited[1]
        return name, int(depth) if len(depth) == 1 and depth.isdecimal() else 0


def _levels(abstract: Element) -> dict[int, _Level]:
    levels = {}
    for element in elements_of(abstract, "lvl"):
        depth = element.attributes.get("ilvl", "")
        if depth.isdecimal() and int(depth) < MAX_LEVELS:
            start = _value(element, "start")
            levels[int(depth)] = _Level(
                int(start) if start.isdecimal() and len(start) < 6 else 1, _value(element, "numFmt"), _value(element, "lvlText")
            )
    return levels


def _restarts(number: Element) -> dict[int, int]:
    found = {}
    for override in elements_of(number, "lvlOverride"):
        depth, start = override.attributes.get("ilvl", ""), _value(override, "startOverride")
        if depth.isdecimal() and start.isdecimal() and len(start) < 6:
            found[int(depth)] = int(start)
    return found


def _numbering(properties: Element | None) -> tuple[str, str]:
    numbering = properties.child("numPr") if properties is not None else None
    return (_value(numbering, "numId"), _value(numbering, "ilvl")) if numbering is not None else ("", "")


def _value(element: Element, name: str) -> str:
    child = element.child(name)
    return child.attributes.get("val", "") if child is not None else ""
