"""Markdown files, by markdown-it-py (CommonMark). Markup shapes the paragraphs and is not part of the text; HTML in it is text like any other."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa.document import Document
from qa.parliament.metadata import read_metadata
from qa.readers.builder import TextBuilder
from qa.readers.text import decode


def read_markdown(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a Markdown file.

    Raises:
        ReadError: it is not text, or there is none in it.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).parse(decode(content))
    builder = TextBuilder()
    for paragraph in _paragraphs(tokens):
        builder.add_paragraph(paragraph)
    canonical = builder.build()
    return canonical.as_document(source, document_id, read_metadata(canonical.text, heading=_first_heading(tokens)))


def _first_heading(tokens: list[Token]) -> str | None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            return _inline_text(inline) or None
    return None


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            lines = [_inline_text(token)]
        elif token.type in {"fence", "code_block"}:
            lines = token.content.splitlines()
        else:
            continue
        yield from filter(None, (" ".join(line.split()) for line in lines))


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "image", "html_inline"}:
            parts.append(child.content)
    return "".join(parts)
