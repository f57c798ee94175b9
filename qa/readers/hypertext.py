"""HTML files as trees, by lxml: it mends what is not closed or not nested as browsers do, in one pass and without recursion."""

import codecs
import re

from lxml import etree

from qa.exceptions import ReadError
from qa.readers.markup import Element, TreeBuilder
from qa.readers.text import decode

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MARKED = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_DECODED_AS_TEXT = {"utf-8", "utf-16", "iso8859-1", "ascii", "cp1252"}
"""What browsers read in another way than its name says, or `decode` tells apart itself."""
_HEAD_BYTES = 4096
"""Where a page says how it is encoded."""


class _Target(TreeBuilder):
    def comment(self, _text: str) -> None:
        """Leave a comment out."""

    def pi(self, _target: str, _text: str | None = None) -> None:
        """Leave a processing instruction out."""

    def doctype(self, _name: str, _public_id: str | None, _address: str | None) -> None:
        """Leave the document type out; nothing is fetched for it."""

    def close(self) -> Element:
        """Return the tree, as a parser's target does."""
        return self.root


def parse_html(content: bytes) -> Element:
    """Return the tree of an HTML file, below an element without a name.

    Raises:
        ReadError: it is no text, or larger or deeper than any document.
    """
    target = _Target()
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        parser.feed(decode_html(content).encode("utf-8", "replace"))
        parser.close()
    except (etree.LxmlError, AssertionError) as error:
        raise ReadError("html_unreadable") from error
    return target.root


def decode_html(content: bytes) -> str:
    """Return the text of an HTML file in the encoding that it names, or else as any text file.

    Raises:
        ReadError: the bytes are no text.
    """
    charset = _CHARSET.search(content[:_HEAD_BYTES])
    if charset is None or content.startswith(_MARKED):
        return decode(content)
    name = (charset[1] or charset[2]).decode("ascii")
    try:
        encoding = codecs.lookup(name).name
        if encoding not in _DECODED_AS_TEXT:
            return content.decode(encoding)
        text = decode(content)
        if encoding == "utf-8":
            content.decode(encoding)
    except LookupError:  # no encoding that there is
        return decode(content)
    except (UnicodeError, ValueError) as error:
        raise ReadError("encoding_wrong", name=name) from error
    return text
