"""`Address`: the place of a quote in a document, as it stands in a link. It is all that is needed to open the quote again.

A whole document has a link of its own, `#doc=...`.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PREFIX = "#src="
DOCUMENT_PREFIX = "#doc="
MAX_DOCUMENT_ID = 512
_ADDRESS = re.compile(r"(?P<document_id>.{1,512})\.(?P<start>\d{1,9})\.(?P<end>\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Address:
    """A span of a document's canonical text: `start` is the offset of its first character, `end` the offset just after its last."""

    document_id: str
    start: int
    end: int

    @property
    def link(self) -> str:
        """The link to it, in letters that mean nothing in HTML or Markdown."""
        return f"{PREFIX}{quote(self.document_id, safe='')}.{self.start}.{self.end}"

    def is_within(self, text: str) -> bool:
        """Whether it spans at least one character of `text`, and nothing outside it."""
        return 0 <= self.start < self.end <= len(text)


def document_link(document_id: str) -> str:
    """Return the link to a whole document."""
    return f"{DOCUMENT_PREFIX}{quote(document_id, safe='')}"


def parse_document_link(link: str) -> str | None:
    """Return the id of the document that a link leads to, or None if it leads to none."""
    document_id = unquote(link.removeprefix(DOCUMENT_PREFIX)) if link.startswith(DOCUMENT_PREFIX) else ""
    return document_id if 0 < len(document_id) <= MAX_DOCUMENT_ID else None


def parse_address(link: str) -> Address | None:
    """Return the address that a link holds, or None if it holds none."""
    match = _ADDRESS.fullmatch(link.removeprefix(PREFIX))
    if match is None:
        return None
    return Address(unquote(match["document_id"]), int(match["start"]), int(match["end"]))
