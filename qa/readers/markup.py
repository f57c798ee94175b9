"""`Element`: a tree of markup, and XML files as such trees.

1. A tree is walked step by step (`walk`), never by recursion: how deep a document is nested does not matter.
2. Names are without namespace: the kinds of files that are read here tell their elements apart without.
3. XML is parsed by expat, of the standard library, which reads in one pass and reports what a DTD declares. A file that declares entities is
   refused before any is used; nothing outside the file is ever fetched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from qa.exceptions import ReadError

MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 20_000
OPENING_CHARACTERS = 200


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name and attributes without namespace, and what it holds."""

    name: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Element({self.name}, n_children={len(self.children)})"

    def elements(self) -> Iterator["Element"]:
        """Yield the elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def child(self, name: str) -> "Element | None":
        """Return the first element of that name directly in it, or None."""
        for child in self.children:
            if isinstance(child, Element) and child.name == name:
                return child
        return None


class Start(NamedTuple):
    """A walk enters an element."""

    element: Element


class End(NamedTuple):
    """A walk leaves an element."""

    element: Element


def walk(root: Element, *, skip: Callable[[Element], bool] = lambda _element: False) -> Iterator[Start | End | str]:
    """Yield `root` and all that it holds in the order of the document; elements for which `skip` holds are passed over."""
    path: list[tuple[Element, Iterator[Element | str]]] = [(root, iter(root.children))]
    yield Start(root)
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            yield End(element)
        elif isinstance(child, str):
            yield child
        elif not skip(child):
            path.append((child, iter(child.children)))
            yield Start(child)


def elements_of(root: Element, *names: str) -> Iterator[Element]:
    """Yield every element in the tree of one of these names, or every element if none is given, in the order of the document."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not names or element.name in names:
            yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def text_of(root: Element, *, skip: Callable[[Element], bool] = lambda _element: False) -> str:
    """Return all text in the tree, white space made single."""
    return " ".join("".join(step for step in walk(root, skip=skip) if isinstance(step, str)).split())


def opening_of(root: Element, *, skip: Callable[[Element], bool] = lambda _element: False) -> str:
    """Return the text in the tree, white space made single, up to `OPENING_CHARACTERS` or so: enough to tell a number or a heading from a sentence."""
    found = ""
    for n_steps, step in enumerate(walk(root, skip=skip)):
        if isinstance(step, str):
            found += step[:OPENING_CHARACTERS]
        if len(found) > OPENING_CHARACTERS or n_steps > OPENING_CHARACTERS:
            break
    return " ".join(found.split())


def whole_number(element: Element, name: str, default: int = 1) -> int:
    """Return the whole number that an attribute says, or `default` where it says none."""
    value = element.attributes.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default


class TreeBuilder:
    """A tree in the making, from the starts, texts and ends that a parser reports.

    Args:
        leave_out: names of elements that are left out with all that they hold.
    """

    def __init__(self, leave_out: frozenset[str] = frozenset()) -> None:
        self.root = Element("", {})
        self._path = [self.root]
        self._n_elements = 0
        self._leave_out = leave_out
        self._left_out_depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if self._left_out_depth or _local(name) in self._leave_out:
            self._left_out_depth += 1
            return
        self._n_elements += 1
        if self._n_elements > MAX_ELEMENTS:
            raise ReadError("markup_too_large", most=MAX_ELEMENTS)
        if len(self._path) > MAX_DEPTH:
            raise ReadError("markup_too_deep", most=MAX_DEPTH)
        element = Element(_local(name), {_local(key): value for key, value in attributes.items()} if attributes else {})
        self._path[-1].children.append(element)
        self._path.append(element)

    def end(self, _name: str) -> None:
        """End the element that was begun last."""
        if self._left_out_depth:
            self._left_out_depth -= 1
        elif len(self._path) > 1:
            self._path.pop()

    def data(self, text: str) -> None:
        """Add text."""
        if not self._left_out_depth:
            self._path[-1].children.append(text)


def parse_xml(content: bytes, *, leave_out: frozenset[str] = frozenset()) -> Element:
    """Return the root element of an XML file.

    Args:
        content: the file.
        leave_out: names of elements that nobody will ask for; to keep them takes most of the time.

    Raises:
        ReadError: it is not well-formed, declares entities, or is larger or deeper than any document.
    """
    builder = TreeBuilder(leave_out)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse_entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as error:  # the latter two: an encoding that does not exist or is no such thing
        raise ReadError("xml_not_well_formed", reason=error) from error
    return next(builder.root.elements())


def _refuse_entity(*_declaration: object) -> None:
    raise ReadError("xml_entities")


@lru_cache(maxsize=10_000)
def _local(name: str) -> str:
    return name.rpartition(":")[2]
