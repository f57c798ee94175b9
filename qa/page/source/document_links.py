"""`Links`: the references in a document's text that a reader can follow, to the library's own copy first."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qa.address import document_link
from qa.document import Document
from qa.page.source.answers_named import answers_named
from qa.parliament.references import Reference, find_references
from qa.passage import Passage
from qa.wording.interface import Texts

_PERHAPS_A_REFERENCE = re.compile(r"[1-4][0-9][\s.]?[0-9]{3}|20[0-9]{2}[DZ]|(?i:aanhangsel)|(?:ah|kv)-[te]k-")
"""Is in every reference. Looking for this first makes a document of 300 pages several times as fast to show."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place in a text that leads to another paper; `leaves` tells whether it leads away from this computer."""

    start: int
    end: int
    address: str
    title: str
    leaves: bool


@dataclass(frozen=True)
class Links:
    """The links of a text, in order and without overlap."""

    all: Sequence[Link]

    def within(self, start: int, end: int) -> Sequence[Link]:
        """Return those that lie wholly in a piece of the text."""
        if not self.all:
            return ()
        first = bisect_left(self._starts, start)
        return self.all[first : max(first, bisect_right(self._ends, end))]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [link.start for link in self.all]

    @cached_property
    def _ends(self) -> Sequence[int]:
        return [link.end for link in self.all]


NO_LINKS = Links(())


def links_of(
    document: Document,
    passages: Sequence[Passage],
    documents_called: Callable[[Collection[str]], Mapping[str, str]],
    texts: Texts,
) -> Links:
    """Return the links of a document.

    Args:
        document: in whose text references are looked for.
        passages: of the document; one that is named, such as `het antwoord op vraag 3`, is linked too.
        documents_called: gives, for official identifiers, the ids of those documents that the library holds.
        texts: of the page's language.
    """
    references = list(_references(document.text))
    held = documents_called({reference.identifier for reference in references})
    links = []
    for reference in references:
        own = held.get(reference.identifier)
        if own is not None and own != document.document_id:
            address, title, leaves = document_link(own), texts.own_copy, False
        elif reference.address:
            address, title, leaves = reference.address, texts.leaves, True
        else:
            continue
        links.append(Link(start=reference.start, end=reference.end, address=address, title=title, leaves=leaves))
    taken = [(link.start, link.end) for link in links]
    for (start, end), target in answers_named(document.text, passages):
        if not any(other[0] < end and start < other[1] for other in taken):
            links.append(Link(start=start, end=end, address=f"#part-{target}", title=texts.answer_here, leaves=False))
    return Links(sorted(links, key=lambda link: link.start))


def _references(text: str) -> Iterator[Reference]:
    """Yield the references, looked for only in the lines that may hold any."""
    end = -1
    for match in _PERHAPS_A_REFERENCE.finditer(text):
        if match.start() < end:
            continue
        start = text.rfind("\n\n", 0, match.start())
        start = 0 if start < 0 else start + 2
        end = text.find("\n\n", match.end())
        end = len(text) if end < 0 else end
        for reference in find_references(text[start:end]):
            yield replace(reference, start=reference.start + start, end=reference.end + start)
