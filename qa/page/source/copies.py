"""`Copy`: what a reader takes along of a citation - its formal reference, the quote, Markdown, a link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.document import Document
from qa.parliament.formal_reference import formal_reference
from qa.passage import Passage, Role
from qa.text.visible_text import visible_text
from qa.wording.documents import say_date, say_kind, say_role
from qa.wording.interface import TEXTS

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&#|~$!])")
_BEGINS_A_LIST = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A text to be copied. The browser knows at which address it reaches this page; where it is to stand, the text is in two parts.

    Attributes:
        name: for the reader.
        before: the text, or its part before the address.
        after: the part after the address; None where there is no address in it.
    """

    name: str
    before: str
    after: str | None = None


def copies_of(document: Document, cited: Passage | None, quote: str, language: Language) -> Sequence[Copy]:
    """Return what can be copied.

    Args:
        document: the cited one.
        cited: the passage that the quote is of, if it is of one.
        quote: exactly as it stands in the document; empty if the whole document is shown.
        language: of the page.
    """
    texts, reference = TEXTS[language], reference_to(document, cited, language)
    formal = Copy(name=texts.copy_reference, before=reference)
    link = Copy(name=texts.copy_link, before="", after="")
    if not quote:
        return [formal, link]
    said = visible_text(quote)
    return [
        formal,
        Copy(name=texts.copy_quote, before=f"“{said}” ({reference})"),
        Copy(name=texts.copy_markdown, before=f"> {as_markdown(said)}\n>\n> — [{as_markdown(reference)}](", after=")"),
        link,
    ]


def reference_to(document: Document, cited: Passage | None, language: Language) -> str:
    """Return the formal reference; for a document that is no official publication its title, what it is, and its date."""
    metadata = document.metadata
    role, numbers = (cited.role, cited.numbers) if cited else (Role.PARAGRAPH, ())
    formal = formal_reference(metadata, role, numbers)
    if formal:
        return visible_text(formal)
    what = say_role(role, numbers, metadata.kind, language) if cited else say_kind(metadata.kind, language)
    date = say_date(metadata.date, language) if metadata.date else ""
    return visible_text(", ".join(filter(None, [metadata.title, what, date])))


def as_markdown(line: str) -> str:
    """Return one line of text as Markdown that shows it and does nothing else."""
    escaped = _MEANS_SOMETHING.sub(r"\\\1", line)
    return _BEGINS_A_LIST.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", escaped)
