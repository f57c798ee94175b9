"""`Address`: the place of a quote in a document, as it stands in a link. It is all that is needed to open the quote again."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PREFIX = "#src="
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


def parse_address(link: str) -> Address | None:
    """Return the address that a link holds, or None if it holds none."""
    match = _ADDRESS.fullmatch(link.removeprefix(PREFIX))
    if match is None:
        return None
    return Address(unquote(match["document_id"]), int(match["start"]), int(match["end"]))
