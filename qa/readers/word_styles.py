"""What a paragraph of a Word file is, by its style: a heading, an item of a list, a caption, a line of the table of contents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.readers.builder import BlockStyle
from qa.readers.markup import Element
from qa.structure import BlockKind

_HEADING_NAME = re.compile(r"(?:heading|kop|überschrift|titre)\s?(?P<level>[1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|inhopg|inhoudsopgave)\s?\d", re.IGNORECASE)
_CAPTION_NAME = re.compile(r"caption|bijschrift", re.IGNORECASE)
_LIST_NAME = re.compile(r"list bullet|list number|lijstopsom|lijstnummering|opsommingsteken", re.IGNORECASE)
LOOKS = frozenset({"docDefaults", "latentStyles", "rPr", "tblPr", "tblStylePr", "tcPr", "trPr"})
"""What a list of styles says of letters and tables, which nothing here depends on: most of it."""
_BODY_LEVEL = 9
"""Of the outline, for text."""


@dataclass(frozen=True)
class _Style:
    block: BlockStyle | None
    based_on: str


def block_styles(parts: Iterable[Element]) -> Mapping[str, BlockStyle]:
    """Return what the paragraphs of each style are, by the style's id, where it says so or the style that it is based on does."""
    styles = {
        style.attributes.get("styleId", ""): _Style(_block_of_style(style), _value(style, "basedOn"))
        for part in parts
        for style in part.elements()
        if style.name == "style"
    }
    found: dict[str, BlockStyle] = {}
    for style_id in styles:
        if block := _inherited(styles, style_id):
            found[style_id] = block
    return found


def block_of(paragraph: Element, styles: Mapping[str, BlockStyle]) -> BlockStyle | None:
    """Return what a paragraph is: what it says itself, else its style."""
    properties = paragraph.child("pPr")
    if properties is None:
        return None
    style_id = _value(properties, "pStyle")
    style = styles.get(style_id) or _block_named(style_id)
    level = _value(properties, "outlineLvl")
    if level.isdecimal() and int(level) < _BODY_LEVEL:
        return BlockKind.HEADING, int(level) + 1
    numbering = properties.child("numPr")
    if style is None and numbering is not None and _value(numbering, "numId") not in {"", "0"}:
        depth = _value(numbering, "ilvl")
        return BlockKind.ITEM, int(depth) + 1 if depth.isdecimal() and len(depth) == 1 else 1
    return style


def _inherited(styles: Mapping[str, _Style], style_id: str) -> BlockStyle | None:
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        if block := styles[style_id].block:
            return block
        style_id = styles[style_id].based_on
    return None


def _block_of_style(style: Element) -> BlockStyle | None:
    properties = style.child("pPr")
    level = _value(properties, "outlineLvl") if properties is not None else ""
    named = _block_named(_value(style, "name")) or _block_named(style.attributes.get("styleId", ""))
    if named is None and level.isdecimal() and int(level) < _BODY_LEVEL:
        return BlockKind.HEADING, int(level) + 1
    return named


def _block_named(name: str) -> BlockStyle | None:
    if heading := _HEADING_NAME.fullmatch(name):
        return BlockKind.HEADING, int(heading["level"])
    if _CONTENTS_NAME.fullmatch(name):
        return BlockKind.CONTENTS, 1
    if _CAPTION_NAME.fullmatch(name):
        return BlockKind.CAPTION, 1
    return (BlockKind.ITEM, 1) if _LIST_NAME.match(name) else None


def _value(element: Element, name: str) -> str:
    child = element.child(name)
    return child.attributes.get("val", "") if child is not None else ""
